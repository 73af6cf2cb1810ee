"""What is shown on a terminal fits it; what goes elsewhere is the same whatever the terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.runner import run

SHOWN = (
    ("explain", "nl/housing-2023-h1", "Middelburg"),
    ("compare", "nl/reception-2024", "--key", "population", "--key", "land_ha"),
    ("list",),
    ("status", "nl/balances-2021-h2-example", "--month", "4"),
    ("series", "nl/housing"),
)
TABLE = ("run", "nl/reception-2024")


def numbers(said: str) -> list[str]:
    return sorted(re.findall(r"\d[\d.,]*", said))


@pytest.mark.parametrize("columns", [50, 80])
def test_a_table_fits_the_screen_and_leaves_no_number_out(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    wide = run(monkeypatch, *TABLE).out
    narrow = run(monkeypatch, *TABLE, columns=columns).out
    assert max(map(len, narrow.splitlines())) <= columns
    assert max(map(len, wide.splitlines())) > 80
    assert sorted(set(numbers(narrow))) == sorted(set(numbers(wide)))


@pytest.mark.parametrize("typed", SHOWN, ids=" ".join)
def test_a_screen_that_is_wide_enough_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    piped = run(monkeypatch, *typed).out
    assert run(monkeypatch, *typed, columns=400).out == piped


def test_what_goes_to_a_file_or_a_program_is_as_wide_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    piped = run(monkeypatch, *TABLE).out
    monkeypatch.setenv("COLUMNS", "40")
    assert run(monkeypatch, *TABLE).out == piped
    out = tmp_path / "table.txt"
    run(monkeypatch, *TABLE, "--out", out, columns=40)
    assert out.read_text("utf-8") == piped


def test_a_real_terminal(tmp_path: Path) -> None:
    """The width is that of the terminal itself, where no variable says it."""
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    command = "from allocator.cli.main import main; main()"
    started = subprocess.Popen(
        ["sh", "-c", 'stty cols 60; exec "$@"', "sh", sys.executable, "-c", command, *TABLE],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:  # Linux says so where the other end is closed
        pass
    assert started.wait() == 0
    assert b"\x1b" not in said  # no colour, whatever NO_COLOR says
    table = said.decode().replace("\r\n", "\n")
    assert max(map(len, table[table.index("\narea") :].splitlines())) <= 60
