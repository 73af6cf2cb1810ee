"""Runs the command line as a user would, in this process."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from allocator.cli.main import main


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


class Screen(io.TextIOWrapper):
    """A stream that is shown on a terminal."""

    def isatty(self) -> bool:
        return True


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object, columns: int | None = None) -> Outcome:
    """`allocator ARGUMENTS...`, on a screen of so many columns where they are given.

    The exit status and what was said.
    """
    stream = Screen if columns else io.TextIOWrapper
    out, err = stream(io.BytesIO(), "utf-8"), stream(io.BytesIO(), "utf-8")
    if columns:
        monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys, "argv", ["allocator", *map(str, arguments)])
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    status = 0
    try:
        main()
    except SystemExit as exit_:
        status = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
    return Outcome(status, _read(out), _read(err))


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    content = stream.buffer
    assert isinstance(content, io.BytesIO)
    return content.getvalue().decode()
