"""Opens an Excel workbook that somebody else wrote and gives what stands in its sheets.

A workbook that is damaged, locked or made to take for ever is refused before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from threading import Lock
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import ZipFile, is_zipfile

from openpyxl.reader.excel import ExcelReader
from openpyxl.reader.strings import read_string_table
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from allocator.model.problem import InputError, Place, Problem
from allocator.reading.formats.files import read_bytes
from allocator.reading.library import shown
from allocator.words.text import Text, text

LARGEST = 20_000_000  # bytes of the file
LARGEST_INSIDE = 100_000_000  # bytes of all that is packed in it
MOST_PARTS = 5_000  # files packed in it
MOST_TAGS = 1_500_000  # XML tags in all: 150,000 rows of two cells, or 10,000 rows of 37
MOST_OTHER_TAGS = 200_000  # of them outside the sheets, where each takes ten times as long
MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_MERGED = 500_000  # cells that lie under merged ones
PIECE = 5_000_000  # bytes that are handed to the XML parser at a time

_SHEETS = "xl/worksheets/"  # the folder of the sheets in the archive
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and .xlsx under a password
_MERGED_TAG = f"{{{SHEET_MAIN_NS}}}mergeCell"
#: Which warnings are shown is a matter of the whole process, and several may read at a time.
_QUIET = Lock()
_ENCRYPTED = 1  # a flag of a file in a zip archive


@dataclass(frozen=True, slots=True)
class NoValue:
    """What stands in a cell that has no value."""

    error: str  # such as #N/A, or "" where a formula was never calculated


Value = str | bool | int | float | date | datetime | time | timedelta | NoValue


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook."""

    name: str
    rows: dict[int, dict[int, Value]]  # the filled cells, by row and column, counted from 1
    merged: dict[tuple[int, int], tuple[int, int]]
    """Per cell that lies under a merged one, the row and column in which its value stands."""

    def seen(self, row: int, column: int) -> Value | None:
        """What a reader of the sheet sees in a cell, also where it lies under a merged one."""
        row, column = self.merged.get((row, column), (row, column))
        return self.rows.get(row, {}).get(column)


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook, charts left out."""
    place = Place(shown(path))
    content = read_bytes(path, LARGEST)
    if content.startswith(_OLD_OR_LOCKED):
        raise _locked(place)
    if not is_zipfile(BytesIO(content)):
        raise _refused(
            place,
            text("This is no Excel workbook, or not the whole of one."),
            text("Save it again as .xlsx and copy it whole; a CSV file is named .csv."),
        )
    try:
        with _QUIET, catch_warnings():
            simplefilter("ignore")  # of what openpyxl leaves out, such as pictures
            reader = ExcelReader(BytesIO(content), data_only=True, keep_links=False)
            _check_parts(reader.archive, place)
            return list(_sheets(reader, place))
    except InputError:
        raise
    except Exception as error:  # openpyxl stumbles in many ways over what no program has written
        raise _refused(
            place,
            text("The workbook is damaged, or written in a way that is not known here."),
            text("Open it in Excel or LibreOffice and save it as .xlsx."),
        ) from error


def _refused(place: Place, found: Text, mend: Text) -> InputError:
    return InputError(Problem(place, found, mend))


def _locked(place: Place) -> InputError:
    return _refused(
        place,
        text("This is a workbook with a password, or one of the old kind (.xls)."),
        text("Open it in Excel or LibreOffice and save it as .xlsx without a password."),
    )


def _check_parts(archive: ZipFile, place: Place) -> None:
    """Nothing packed in a workbook is damaged or locked, or grows when it is read."""
    parts = archive.infolist()
    alone = text("Save the sheet with the table as a workbook of its own, or as CSV.")
    size = sum(part.file_size for part in parts)
    if size > LARGEST_INSIDE or len(parts) > MOST_PARTS:
        raise _refused(
            place,
            text(
                "The workbook unpacks to {size} bytes in {parts} parts; at most {largest} in "
                "{most} are read.",
                size=size,
                parts=len(parts),
                largest=LARGEST_INSIDE,
                most=MOST_PARTS,
            ),
            alone,
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise _locked(place)
    tags = others = 0
    for part in parts:
        content = archive.read(part)
        number = content.count(b"<")
        tags += number
        others += 0 if part.filename.startswith(_SHEETS) else number
        if b"<!ENTITY" in content.replace(b"\0", b""):  # the zeros are those of UTF-16
            raise _refused(
                place,
                text("The part {name} defines entities.", name=f"'{_printable(part.filename)}'"),
                text("Open it in Excel or LibreOffice and save it as .xlsx."),
            )
    if tags > MOST_TAGS or others > MOST_OTHER_TAGS:
        raise _refused(
            place,
            text(
                "The workbook has {tags} XML tags, {others} of them outside the sheets; at most "
                "{most} and {most_others} are read.",
                tags=tags,
                others=others,
                most=MOST_TAGS,
                most_others=MOST_OTHER_TAGS,
            ),
            alone,
        )


def _sheets(reader: ExcelReader, place: Place) -> Iterator[Sheet]:
    """Only what tables are made of is read: no charts, names or properties."""
    reader.read_manifest()
    texts = _texts(reader)
    reader.read_workbook()
    with redirect_stdout(StringIO()):  # openpyxl prints what is wrong with a style
        apply_stylesheet(reader.archive, reader.wb)
    targets = set()
    for sheet, link in reader.parser.find_sheets():
        if not link.Type.endswith("/worksheet"):
            continue
        if link.target in targets:
            raise ValueError("two sheets are one part")
        targets.add(link.target)
        cells = _Cells(
            _InPieces(reader.archive.read(link.target)),
            texts,
            data_only=True,
            epoch=reader.wb.epoch,
            date_formats=reader.wb._date_formats,  # type: ignore[attr-defined]  # not in its stubs
            timedelta_formats=reader.wb._timedelta_formats,  # type: ignore[attr-defined]  # nor this
        )
        name = _printable(sheet.name)
        rows = _rows(cells, name, place)
        yield Sheet(name, rows, _merged(cells.merged, max(rows, default=0)))


def _texts(reader: ExcelReader) -> list[str]:
    """The texts that cells refer to by number."""
    part = reader.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
    if part is None:
        return []
    name = part.PartName.removeprefix("/")
    if name.startswith(_SHEETS):
        raise ValueError("the texts are among the sheets")  # and too many tags for texts
    return read_string_table(_InPieces(reader.archive.read(name)))


class _InPieces(BytesIO):
    """Gives large pieces: over small ones expat before 2.6 begins a long tag anew each time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(PIECE)


def _rows(cells: _Cells, name: str, place: Place) -> dict[int, dict[int, Value]]:
    rows: dict[int, dict[int, Value]] = {}
    for row, column, value in cells.filled():
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise _refused(
                place,
                text(
                    "Sheet {name} is filled in row {row}, column {column}; at most {rows} rows "
                    "and {columns} columns are read.",
                    name=name,
                    row=row,
                    column=column,
                    rows=MOST_ROWS,
                    columns=MOST_COLUMNS,
                ),
                text("Take out what does not belong to the table."),
            )
        if column in rows.setdefault(row, {}):
            raise ValueError("a cell stands in the sheet twice")
        rows[row][column] = value
    return rows


def _merged(ranges: list[str], last: int) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells under merged ones, up to the last filled row.

    >>> _merged(["A1:B2"], 1)
    {(1, 2): (1, 1)}
    """
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for written in ranges:
        left, top, right, bottom = range_boundaries(written)
        if None in (left, top, right, bottom):
            raise ValueError("a merged cell without an end")
        rows = range(int(top or 0), min(int(bottom or 0), last) + 1)
        columns = range(int(left or 0), min(int(right or 0), MOST_COLUMNS) + 1)
        if len(found) + len(rows) * len(columns) > MOST_MERGED:
            raise ValueError("too many merged cells")
        first = (rows.start, columns.start)
        found.update({(row, at): first for row in rows for at in columns if (row, at) != first})
    return found


class _Cells(WorkSheetParser):
    """Tells an error from a text, and a formula that was never calculated from an empty cell."""

    merged: list[str]  # the ranges of merged cells, once all cells are read

    def filled(self) -> Iterator[tuple[int, int, Value]]:
        """Row, column and value of every cell in which something stands, texts stripped."""
        self.merged, ended = [], False
        for _, element in iterparse(self.source):
            ended = ended or element.tag == DATA_TAG
            if ended:
                if element.tag == _MERGED_TAG:
                    self.merged.append(element.get("ref", ""))
                element.clear()
                continue
            if element.tag != ROW_TAG:
                continue
            for cell in self.parse_row(element)[1]:
                value: Any = cell["value"]
                value = value.strip() if isinstance(value, str) else value
                if value is not None and value != "":
                    yield int(cell["row"]), int(cell["column"]), value
            element.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["data_type"] == "e":
            cell["value"] = NoValue(cell["value"] or "#")
        elif cell["value"] is None and element.find(FORMULA_TAG) is not None:
            # a formula that gives an empty text says that it is a text
            cell["value"] = "" if cell["data_type"] == "str" else NoValue("")
        return cell


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)
