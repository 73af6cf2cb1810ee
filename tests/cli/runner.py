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


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Outcome:
    """`allocator ARGUMENTS...`: the exit status and what was said."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
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
