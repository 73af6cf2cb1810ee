"""Opens a csv file or a workbook as the grids of cells that it may be read as."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.model.problem import InputError, Place, Problem
from allocator.reading.downloaded.figures import tidied
from allocator.reading.formats.csv_table import CONTROL, LARGEST
from allocator.reading.formats.files import read_bytes
from allocator.reading.library import shown
from allocator.reading.workbooks.table_file import OTHER_WORKBOOKS, WORKBOOKS
from allocator.words.text import Text, text

if TYPE_CHECKING:
    from allocator.reading.workbooks.workbook import Value

#: What stands in a cell: a text, or a number that is one whatever notation the file has.
Cell = str | Fraction

SEPARATORS = {",": text("commas"), ";": text("semicolons"), "\t": text("tabs")}

#: What stands for a formula of a workbook that was never calculated.
NO_RESULT = "=?"


@dataclass(frozen=True)
class Grid:
    """One way of reading a file, or one sheet of it."""

    file: str  # the file, and the sheet where there are several
    sheet: str
    rows: Mapping[int, Mapping[int, Cell]]  # the filled cells, by line and column, from 1
    said: tuple[Text, ...]  # how the file was read


def grids(path: Path) -> list[Grid]:
    """The sheets of a workbook, or a csv file under every separator that it can have."""
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        return _of_workbook(path)
    if ending in OTHER_WORKBOOKS:
        raise _refused(
            Place(shown(path)),
            text("Tables in {ending} are not read.", ending=ending),
            text("Open it in Excel or LibreOffice and save it as .xlsx."),
        )
    return _of_csv(path)


def _refused(place: Place, found: Text, mend: Text) -> InputError:
    return InputError(Problem(place, found, mend))


def _of_csv(path: Path) -> list[Grid]:
    file = shown(path)
    written, said = _decoded(read_bytes(path, LARGEST), file)
    found, failed = [], []
    for separator, name in SEPARATORS.items():
        lines = csv.reader(io.StringIO(written, newline=""), delimiter=separator, strict=True)
        rows, line = {}, 1
        try:
            for cells in lines:
                filled = {at: tidied(cell) for at, cell in enumerate(cells, 1)}
                rows[line] = {at: cell for at, cell in filled.items() if cell}
                line = lines.line_num + 1
        except csv.Error as error:
            failed.append(
                Problem(
                    Place(file, lines.line_num),
                    text("The line cannot be read: {reason}.", reason=str(error)),
                    text("Check its quotes: a quote in a text is written twice."),
                )
            )
            continue
        how = text("The columns are separated by {signs}.", signs=name)
        found.append(Grid(file, "", rows, (*said, how)))
    if not found:
        raise InputError(failed[0])
    return found


def _decoded(content: bytes, file: str) -> tuple[str, tuple[Text, ...]]:
    """The text of a file, and what is to be said of its letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(
            Place(file, 1), text("The file is in UTF-16."), text("Save it as CSV in UTF-8.")
        )
    said: tuple[Text, ...] = ()
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        try:
            written = content.decode("cp1252")
        except UnicodeDecodeError:
            raise _refused(
                Place(file, line),
                text("There is a letter that is neither in UTF-8 nor in Windows-1252."),
                text("Save the file as UTF-8."),
            ) from error
        said = (text("Its letters are in Windows-1252, for they are not in UTF-8."),)
    control = CONTROL.search(written)
    if control:
        raise _refused(
            Place(file, written[: control.start()].count("\n") + 1),
            text("There is a sign that no text holds ({sign}).", sign=f"U+{ord(control[0]):04X}"),
            text("Take it out, or save the table as CSV in UTF-8."),
        )
    return written, said


def _of_workbook(path: Path) -> list[Grid]:
    # openpyxl takes as long to import as all the rest
    from allocator.reading.workbooks.workbook import read_sheets

    sheets = read_sheets(path)
    found = []
    for sheet in sheets:
        file = shown(path) if len(sheets) == 1 else f"{shown(path)} ({sheet.name})"
        rows = {}
        for line, cells in sorted(sheet.rows.items()):
            filled = {at: _cell(value) for at, value in sorted(cells.items())}
            rows[line] = {at: cell for at, cell in filled.items() if cell != ""}
        said = (text("The sheet is {name}.", name=f"'{sheet.name}'"),) if len(sheets) > 1 else ()
        found.append(Grid(file, sheet.name, rows, said))
    return found


def _cell(value: Value) -> Cell:
    if isinstance(value, str):
        return tidied(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return Fraction(Decimal(repr(value))) if isfinite(value) else repr(value)
    if isinstance(value, date | datetime | time | timedelta):
        return str(value)
    return value.error or NO_RESULT
