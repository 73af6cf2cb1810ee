"""Finds the one table in a workbook and reads it as strictly as a CSV file.

A title above the heading, empty rows and columns and notes below the table are passed over;
whatever else is not plainly part of the table is a problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from allocator.model.problem import Place, Problems
from allocator.reading.formats.csv_table import (
    CONTROL,
    PLAIN,
    Dialect,
    Record,
    Table,
    check_columns,
)
from allocator.reading.formats.numerals import LONGEST, Numerals, Unreadable
from allocator.reading.library import shown
from allocator.reading.workbooks.as_made import AsMade
from allocator.reading.workbooks.heading import letter
from allocator.reading.workbooks.made_rows import add_rows, numerals_by_column
from allocator.reading.workbooks.sheet import Wanted, check_heading, find_heading
from allocator.reading.workbooks.workbook import NoValue, Value, read_sheets
from allocator.words.text import text

EXACT = 2**53  # below it a workbook keeps every whole number; it stores binary floats

Cells = Mapping[int, Value]


def read_xlsx(
    path: Path,
    dialect: Dialect,
    problems: Problems,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    made: AsMade | None = None,
) -> Table:
    """The table in a workbook; what is wrong with its cells is noted among the problems.

    Where it is said what is known of the table, it may stand there as people make it.
    """
    sheets = read_sheets(path)
    wanted = Wanted(required, optional, made)
    heading = find_heading(sheets, Place(shown(path)), wanted)
    sheet = heading.sheet
    file = shown(path) if len(sheets) == 1 else f"{shown(path)} ({sheet.name})"
    place = Place(file, heading.row)
    if made:
        check_heading(heading, place, wanted, made)
        numerals = numerals_by_column(heading, dialect.numerals) if dialect is PLAIN else {}
        columns = tuple(heading.names.values())
        table = Table(file, dialect, problems, columns, [], numerals)
        add_rows(table, heading, made, _written)
        return table
    names = _names(sheet.rows[heading.row], place, dialect, wanted.all)
    check_columns(tuple(names.values()), place, required, optional)
    table = Table(file, dialect, problems, tuple(names.values()), [])
    needed = {column for column, name in names.items() if name in required}
    for row in _without_notes(sheet.rows, heading.row, needed):
        _add(table, names, needed, row, sheet.rows[row])
    return table


def _names(cells: Cells, place: Place, dialect: Dialect, known: tuple[str, ...]) -> dict[int, str]:
    """The column names by column, the known ones as they are spelt here."""
    spelt = {name.casefold(): name for name in known}
    problems = Problems()
    names = {}
    for column, value in sorted(cells.items()):
        try:
            written = _written(value, dialect.numerals)
        except Unreadable as error:
            found = text("{column}: {found}", column=_cell(column, place.line), found=error.found)
            problems.add(place, found, error.mend)
        else:
            names[column] = spelt.get(written.casefold(), written)
    problems.raise_any()
    return names


def _without_notes(rows: Mapping[int, Cells], heading: int, needed: set[int]) -> list[int]:
    """The filled rows below the heading, up to the notes that follow on an empty row.

    >>> rows = {1: {1: "code", 2: "number"}, 2: {1: "A", 2: 5}, 3: {1: "provisional"}}
    >>> _without_notes(rows, 1, {1, 2})
    [2, 3]
    >>> _without_notes({**rows, 5: {1: "Source: a count"}}, 1, {1, 2})
    [2, 3]
    """
    below = sorted(row for row in rows if row > heading)
    end = len(below)
    while end and _alone(rows[below[end - 1]], needed) and _is_text(rows[below[end - 1]]):
        end -= 1
    for index in range(end, len(below)):
        above = below[index - 1] if index else heading
        if below[index] > above + 1:
            return below[:index]
    return below


def _alone(cells: Cells, needed: set[int]) -> bool:
    """Whether one cell is filled that does not make a row of the table."""
    return len(cells) == 1 and not needed <= cells.keys()


def _is_text(cells: Cells) -> bool:
    return all(isinstance(value, str) for value in cells.values())


def _add(table: Table, names: Mapping[int, str], needed: set[int], row: int, cells: Cells) -> None:
    place = Place(table.file, row)
    if _alone(cells, needed):
        table.problems.add(
            place,
            text("Only {cell} is filled in this row.", cell=_cell(min(cells), row)),
            text("Fill in the row or empty it; notes stand below the table, after an empty row."),
        )
        return
    values = dict.fromkeys(names.values(), "")
    readable = True
    for column, value in sorted(cells.items()):
        cell = _cell(column, row)
        if column not in names:
            table.problems.add(
                place,
                text("{cell} is filled, and its column has no name.", cell=cell),
                text("Name the column in the heading, or empty it."),
            )
            continue
        name = names[column]
        try:
            values[name] = _written(value, table.dialect.numerals)
        except Unreadable as error:
            readable = False
            where = f"'{name}' ({cell})"
            found = text("{column}: {found}", column=where, found=error.found)
            table.problems.add(place, found, error.mend)
    if readable:
        table.records.append(Record(table, row, values))


def _cell(column: int, row: int | None) -> str:
    return f"{letter(column)}{row}"


def _written(value: Value, numerals: Numerals) -> str:
    """A cell as text, a number in the notation of its column."""
    if isinstance(value, str):
        control = CONTROL.search(value)
        if control:
            raise Unreadable(
                text("there is a sign that no text holds ({sign}).", sign=_code(control[0])),
                text("Take it out."),
            )
        return value
    if isinstance(value, NoValue):
        raise _no_value(value)
    if isinstance(value, bool):
        raise Unreadable(
            text("it says {value}.", value=str(value).upper()), text("Write a text or a number.")
        )
    if isinstance(value, int | float):
        return _number(value).replace(".", "," if numerals.dutch else ".")
    return _day(value)


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _no_value(value: NoValue) -> Unreadable:
    if value.error:
        return Unreadable(
            text("it gives the error {error}.", error=value.error),
            text("Mend the formula or write what it should give, and save the workbook."),
        )
    return Unreadable(
        text("its formula was never calculated."),
        text("Open the workbook in Excel or LibreOffice and save it there."),
    )


def _number(value: int | float) -> str:
    """A number in digits, the shortest that mean the same binary float.

    >>> _number(12.0), _number(0.1), _number(1e-05), _number(-0.25)
    ('12', '0.1', '0.00001', '-0.25')
    """
    if abs(value) >= EXACT:
        raise Unreadable(
            text(
                "{written} is more than a workbook keeps exactly, so digits were lost.",
                written=f"'{value}'"[:LONGEST],
            ),
            text("Give the cell the format Text and type the number again."),
        )
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _day(value: date | datetime | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Unreadable(
            text("{written} is a time, or a day with a time.", written=f"'{value}'"),
            text("Write the day alone, or give the cell another format."),
        )
    return value.isoformat()
