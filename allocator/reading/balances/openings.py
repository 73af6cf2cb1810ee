"""Reads opening balances: as computed, as published, and what of a backlog is excusable."""

from __future__ import annotations

from pathlib import Path

from allocator.model.balances import Cell, Opening
from allocator.reading.balances.rows import Frame
from allocator.reading.formats.csv_table import Dialect, Record
from allocator.reading.formats.numerals import Numerals, balance, whole
from allocator.words.text import counted, text

COLUMNS = ("computed", "published", "excusable", "reason", "missed", "excused")
SUMMED = tuple(column for column in COLUMNS if column != "reason")


def read_openings(path: Path, dialect: Dialect, frame: Frame) -> dict[Cell, Opening]:
    """The balance of every area; one of the columns computed and published must be filled."""
    table = frame.table(path, dialect, (), COLUMNS, SUMMED)
    found = {}
    for record in table.once("code", "stream", meant=frame.meant):
        cell = frame.cell(record)
        opening = _opening(record, frame)
        if cell and opening:
            found[cell] = opening
    frame.refuse_missing(table, found)
    return found


def _opening(record: Record, frame: Frame) -> Opening | None:
    before = len(frame.problems.found)
    computed = record.read("computed", _perhaps)
    published = record.read("published", _perhaps)
    excusable, missed, excused = (
        record.read(column, _or_nothing) or 0 for column in ("excusable", "missed", "excused")
    )
    if len(frame.problems.found) > before:
        return None
    if computed is None and published is None:
        frame.problems.add(
            record.place,
            text("There is no balance."),
            text("Fill in computed or published; 0 where there is neither backlog nor head start."),
        )
        return None
    opening = Opening(computed, published, excusable, record["reason"], missed, excused)
    if excusable > max(opening.balance, 0):
        frame.problems.add(
            record.place,
            counted(
                excusable,
                "{number} person is excusable, more than the backlog of {backlog}.",
                "{number} persons are excusable, more than the backlog of {backlog}.",
                backlog=max(opening.balance, 0),
            ),
            text("At most the whole backlog is."),
        )
    elif excusable and not opening.reason:
        frame.problems.add(
            record.place,
            counted(
                excusable,
                "{number} person is excusable, and it is not said why.",
                "{number} persons are excusable, and it is not said why.",
            ),
            text("Fill in the reason."),
        )
    return opening


def _perhaps(written: str, numerals: Numerals) -> int | None:
    return balance(written, numerals) if written else None


def _or_nothing(written: str, numerals: Numerals) -> int:
    return whole(written, numerals) if written else 0
