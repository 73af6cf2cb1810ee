"""The commands of docs/audit.md are run, and what it quotes of their output is found there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.runner import run

PAGE = (Path(__file__).parents[1] / "docs" / "audit.md").read_text("utf-8")


def blocks() -> Iterator[str]:
    """The blocks of code, without their margin."""
    for block in re.findall(r"(?:^    .*\n)+", PAGE, re.MULTILINE):
        yield "".join(line.removeprefix("    ") for line in block.splitlines(keepends=True))


def commands() -> Iterator[tuple[str, list[str]]]:
    """Each command with the lines that are quoted of its output."""
    for block in blocks():
        if block.startswith("allocator "):
            joined = block.replace("\\\n", "")
            for part in re.split(r"^(?=allocator )", joined, flags=re.MULTILINE)[1:]:
                command, *quoted = part.splitlines()
                yield command, quoted


def test_every_command_says_what_is_quoted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "places.csv").write_text(
        next(block for block in blocks() if block.startswith("Provincie;")), "utf-8"
    )
    seen = 0
    for command, quoted in commands():
        outcome = run(monkeypatch, *shlex.split(command)[1:])
        assert outcome.status == 0, f"{command}\n{outcome.err}"
        said = outcome.out.splitlines()
        for line in quoted:
            assert line in said, f"{command}\n{line}\n---\n{outcome.out}"
            said = said[said.index(line) + 1 :]  # quoted in the order of the output
        seen += 1
    assert seen == 12
