"""Reads a table that somebody published: its areas, its numbers, and what was left aside.

What may mean two things is a problem that says how to tell which; nothing is guessed silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from allocator.model.downloaded import Asked, Downloaded, DownloadedRow, LeftAside
from allocator.model.instance import Quantity
from allocator.model.problem import Place, Problems
from allocator.reading.country.gazetteer import gazetteer
from allocator.reading.downloaded.columns import columns
from allocator.reading.downloaded.figures import NOTATIONS
from allocator.reading.downloaded.grid import grids
from allocator.reading.downloaded.layout import layout
from allocator.reading.downloaded.lines import Line, lines_of
from allocator.reading.downloaded.numbers import Column
from allocator.reading.downloaded.placing import Placing
from allocator.reading.library import shown
from allocator.words.text import text


def read_downloaded(path: Path, asked: Asked, day: date, country: str) -> Downloaded:
    """The table in a csv file or a workbook, its areas being those of a day."""
    problems = Problems()
    _check_asked(asked, problems)
    known = gazetteer(country, day, asked.levels)
    table = layout(grids(path), asked, day, shown(path))
    held = columns(table, asked, day, problems)
    every = list(lines_of(table, held.counted, known))
    lines = [one for one in every if isinstance(one, Line)]
    aside = [one for one in every if isinstance(one, LeftAside)]
    placing = Placing(known, asked, table.level, problems)
    placed = placing.codes(lines)
    found = []
    said = [*table.grid.said, *held.said, *placing.said]
    for at, counted in held.counted.items():
        column = Column(at, counted, asked.notation, problems)
        numbers = column.numbers([line for line, _ in placed])
        found += [
            DownloadedRow(
                code, counted.stream, counted.quantity, numbers[at_line], line.written, line.place
            )
            for line, code in placed
            if (at_line := line.place.line) in numbers
        ]
        said += column.said
        aside += column.aside
    found.sort(key=lambda row: row.place.line or 0)
    sums = ("", known.root)
    rows = tuple(row for row in found if row.code not in sums)
    of_country = {(r.stream, r.quantity, r.number): r for r in found if r.code == known.root}
    _refuse_twice((*rows, *of_country.values()), problems)  # the same number twice does no harm
    problems.raise_any()
    return Downloaded(
        file=table.grid.file,
        rows=rows,
        totals=tuple(row for row in found if row.code in sums),
        recognised=tuple(said),
        matches=tuple(placing.matches),
        aside=tuple(sorted([*aside, *placing.aside], key=lambda one: one.place.line or 0)),
    )


def _check_asked(asked: Asked, problems: Problems) -> None:
    if asked.notation not in ("", *NOTATIONS):
        problems.add(
            Place("--notation"),
            text("There is no notation {name}.", name=f"'{asked.notation}'"),
            text("Write one of: {names}.", names=", ".join(NOTATIONS)),
        )
    if asked.level and asked.level not in asked.levels:
        problems.add(
            Place("--level"),
            text("There is no level {name} here.", name=f"'{asked.level}'"),
            text("The levels are: {names}.", names=", ".join(asked.levels)),
        )
    problems.raise_any()


def _refuse_twice(rows: Iterable[DownloadedRow], problems: Problems) -> None:
    """An area has one number of each kind; where it has two, its second line is told."""
    first: dict[tuple[str, str, Quantity], DownloadedRow] = {}
    told = set()
    for row in rows:
        before = first.setdefault((row.code, row.stream, row.quantity), row)
        if before is row or row.place in told:
            continue
        told.add(row.place)
        problems.add(
            row.place,
            text(
                "{value} stands here a second time; first on line {line}.",
                value=f"{row.name} ({row.code})",
                line=str(before.place.line),
            ),
            text("Keep one of the two lines."),
        )
