"""A paper's table in words: the cells of its lines, for a screen or a chapter.

So what stands on a screen is the table that a workbook and a page hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from allocator.report.layout import aligned
from allocator.report.paper.paper import Cell, Column, Kind, Table
from allocator.words.numbers import decimals
from allocator.words.say import say
from allocator.words.text import change

NONE = "–"


def said_cell(cell: Cell, column: Column, lang: str) -> str:
    """What a cell says; under a heading "%" the sign is not said again.

    >>> said_cell(Fraction(1, 8), Column("part", Kind.PERCENT, 1, signed=True), "nl")
    '+12,5%'
    >>> said_cell(None, Column("part", Kind.PERCENT, 1), "nl")
    '–'
    """
    if cell is None:
        return NONE
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, (int, Fraction)) or column.kind in (Kind.TEXT, Kind.WHOLE):
        return say(cell, lang)
    if column.kind is Kind.CHANGE:
        return say(change(int(cell)), lang)
    percent = column.kind is Kind.PERCENT
    number = Fraction(cell) if isinstance(cell, int) else cell
    said = decimals(number * 100 if percent else number, column.places, lang)
    if column.signed and cell > 0 and said.strip("0.,"):
        said = f"+{said}"
    return f"{said}%" if percent and column.title != "%" else said


def said_rows(table: Table, lang: str) -> list[list[str]]:
    """The heading and the lines of a table in words."""
    found = [[say(column.title, lang) for column in table.columns]]
    found += [
        [
            said_cell(cell, column, lang)
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    return found


def as_lines(table: Table, lang: str) -> Iterator[str]:
    """A table as lines for a screen; nothing of a table without lines."""
    heading, *lines = said_rows(table, lang)
    for row, line in zip(table.rows, lines, strict=True):
        line[0] = "  " * row.depth + line[0]
    return aligned([heading, *lines] if lines else [], texts_of(table))


def texts_of(table: Table) -> int:
    """How many of the first columns are texts."""
    kinds = [column.kind in (Kind.TEXT, Kind.DAY) for column in table.columns]
    return next((place for place, is_text in enumerate(kinds) if not is_text), len(kinds))
