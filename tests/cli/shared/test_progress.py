"""A line that tells of the work, on a terminal and only there, and gone when it is done."""

from __future__ import annotations

import io

import pytest

from allocator.cli.shared import progress as told
from allocator.cli.shared.progress import Progress, at_work
from allocator.words.text import text
from tests.cli.runner import Screen


def screen(monkeypatch: pytest.MonkeyPatch, kind: type[io.TextIOWrapper]) -> io.BytesIO:
    shown = io.BytesIO()
    monkeypatch.setattr("sys.stderr", kind(shown, "utf-8", write_through=True))
    return shown


def left(shown: io.BytesIO) -> str:
    """What a terminal shows in the end: each return goes to the begin of the line."""
    line: list[str] = []
    for part in shown.getvalue().decode().split("\r"):
        line[: len(part)] = part
    return "".join(line).rstrip()


def test_it_tells_how_far_it_is_and_is_gone_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "PATIENCE", 0)
    shown = screen(monkeypatch, Screen)
    with (progress := Progress("en")).cleared():
        progress.tell(text("{done} of {number} keys", done=500, number=1000), 500, 1000)
        assert left(shown) == f"[{'#' * 15}{' ' * 15}] 500 of 1,000 keys"
        progress.tell(text("{done} of {number} keys", done=1, number=2), 1, 2)
        assert left(shown) == f"[{'#' * 15}{' ' * 15}] 1 of 2 keys"
    assert left(shown) == ""


def test_nothing_is_shown_before_its_time_or_where_nobody_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = screen(monkeypatch, Screen)
    Progress("en").still()
    assert shown.getvalue() == b""
    monkeypatch.setattr(told, "PATIENCE", 0)
    piped = screen(monkeypatch, io.TextIOWrapper)
    with (progress := Progress("en")).cleared():
        progress.still()
    assert piped.getvalue() == b""


def test_work_of_which_nobody_knows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "PATIENCE", 0.001)
    shown = screen(monkeypatch, Screen)
    with at_work("en"):
        while b"At work for" not in shown.getvalue():
            pass
    assert left(shown) == ""
