"""The commands of the pages are run, and what they quote of their output is found there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.runner import run

DOCS = Path(__file__).parents[1] / "docs"
#: Pages that quote commands, each with how many; a block begins with `allocator`, or with `$` where
#: it quotes what is said on the error stream.
PAGES = {
    "audit.md": 12,
    "command-line.md": 1,
    "critics.md": 7,
    "how-numbers-come-about.md": 3,
    "index.md": 0,
    "keys.md": 11,
    "nl/begin-controleur.md": 5,
    "nl/begin-planner.md": 5,
    "nl/begin-regietafel.md": 6,
    "plan.md": 9,
    "rule-book.md": 22,
    "start-auditor.md": 6,
    "start-board.md": 7,
    "start-planner.md": 9,
}


def blocks(page: str) -> Iterator[str]:
    """The blocks of code, without their margin."""
    written = (DOCS / page).read_text("utf-8")
    for block in re.findall(r"(?:^    .*\n)+", written, re.MULTILINE):
        yield "".join(line.removeprefix("    ") for line in block.splitlines(keepends=True))


def commands(page: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each command with the lines that are quoted of its output."""
    for block in blocks(page):
        if block.startswith(("allocator ", "$ allocator ")):
            joined = block.replace("\\\n", "")
            for part in re.split(r"^(?=(?:\$ )?allocator )", joined, flags=re.MULTILINE)[1:]:
                command, *quoted = part.splitlines()
                yield command, tuple(quoted)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_says_what_is_quoted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: str
) -> None:
    """In the page's order, since a command may use what one before it wrote."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "places.csv").write_text(
        next(block for block in blocks("audit.md") if block.startswith("Provincie;")), "utf-8"
    )
    seen = 0
    for command, quoted in commands(page):
        refused = command.startswith("$ ")
        outcome = run(monkeypatch, *shlex.split(command.removeprefix("$ "))[1:])
        assert outcome.status in ((1, 2) if refused else (0,)), f"{command}\n{outcome.err}"
        said = (outcome.err if refused else outcome.out).splitlines()
        for line in quoted:
            assert line in said, f"{command}\n{line}\n---\n{outcome.out}"
            said = said[said.index(line) + 1 :]  # quoted in the order of the output
        seen += 1
    assert seen == PAGES[page]
