"""Reads numbers that were agreed per area, and what an earlier extra goal left to provinces."""

from __future__ import annotations

from pathlib import Path

from allocator.model.balances import Cell
from allocator.reading.balances.rows import Frame
from allocator.reading.formats.csv_table import Dialect
from allocator.reading.formats.numerals import balance
from allocator.words.levels import level_name
from allocator.words.text import text


def read_agreed(
    path: Path, dialect: Dialect, frame: Frame, column: str, partial: bool = False
) -> dict[Cell, int]:
    """A number for every area, or for some; below 0 where a head start is larger than a number."""
    # who agrees on some numbers leaves the sums of the table as they were
    summed = () if partial else (column,)
    table = frame.table(path, dialect, (column,), ("level", "parent", "quota"), summed)
    sums = {*frame.division.tree, *frame.division.also} - {frame.division.leaf_level}
    rests = [stream.name for stream in frame.streams.rests]
    table.records[:] = [  # without what a table holds besides as `allocator run` writes it
        record
        for record in table.records
        if record["level"] not in sums and record["stream"] not in rests
    ]
    found = {}
    for record in table.once("code", "stream", meant=frame.meant):
        if record["level"] not in ("", frame.division.leaf_level):
            frame.problems.add(
                record.place,
                text("There is no level {level} here.", level=f"'{record['level']}'"),
                text("Leave it out, or write one of: {names}.", names=", ".join(sums)),
            )
        cell, number = frame.cell(record), record.read(column, balance)
        if cell and number is not None:
            found[cell] = number
    if not partial or not table.records:
        frame.refuse_missing(table, found)
    return found


def read_carried_on(path: Path, dialect: Dialect, frame: Frame) -> dict[Cell, int]:
    """What is left of an earlier goal, per area right under the country; below 0 it did more."""
    table = frame.table(path, dialect, ("number",), (), ("number",))
    level = frame.division.tree[1]
    found = {}
    for record in table.once("code", "stream", meant=frame.meant):
        stream, number = frame.stream(record), record.read("number", balance)
        area = frame.division.by_code.get(record["code"])
        if area is None or area.level != level:
            frame.problems.add(
                record.place,
                text("{code} is no {level}.", code=record["code"], level=level_name(level)),
                text("Give a row for each {level}.", level=level_name(level)),
            )
        elif stream and number is not None:
            found[area.code, stream] = number
    return found
