"""Finds a number on a paper: by the table, the line and the column that it stands in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from openpyxl import load_workbook

from allocator.report.paper.paper import Cell, Paper, Table
from allocator.report.paper.workbook import as_workbook
from allocator.words.say import say

#: A column by its title, or by its group and its title, in English.
Heading = str | tuple[str, str]


def tables(paper: Paper) -> dict[str, Table]:
    """The tables by their titles in English, the first of each title."""
    found: dict[str, Table] = {}
    for section in paper.sections:
        for table in section.tables:
            found.setdefault(say(table.title, "en"), table)
    return found


def lines(table: Table) -> Iterator[tuple[str, dict[Heading, Cell]]]:
    """Every line with the code of its area, or else what it is about."""
    for row in table.rows:
        cells: dict[Heading, Cell] = {}
        for column, cell in zip(table.columns, row.cells, strict=True):
            title = say(column.title, "en")
            cells[say(column.group, "en"), title] = cell
            cells.setdefault(title, cell)
        yield row.code or say(row.cells[0] or "", "en"), cells


def rows_of(content: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.StringIO(content))


def same(cell: Cell, written: str, places: int | None = None) -> bool:
    """Whether a cell holds what a csv has, in which some numbers are cut at some decimals."""
    if not isinstance(cell, (int, Fraction)):
        return not cell and not written
    if places is None:
        return cell == int(written)
    return abs(Fraction(cell) - Fraction(written)) <= Fraction(1, 2 * 10**places)


def differing(
    table: Table, rows: Iterable[Mapping[str, str]], where: Mapping[str, Heading], **places: int
) -> list[str]:
    """The cells of a csv that the table has another number for, on the lines of that code."""
    of_code: dict[str, list[dict[Heading, Cell]]] = {}
    for code, cells in lines(table):
        of_code.setdefault(code, []).append(cells)
    return [
        f"{row['code']} {name}: {row[name]!r}"
        for row in rows
        for name, heading in where.items()
        if not any(
            same(cells[heading], row[name], places.get(name)) for cells in of_code[row["code"]]
        )
    ]


def numbers_in(paper: Paper, lang: str) -> list[float]:
    """All numbers of the workbook, sheet after sheet."""
    book = load_workbook(io.BytesIO(as_workbook(paper, lang)))
    return [
        cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, (int, float))
    ]
