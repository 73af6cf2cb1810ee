"""Reads CSV tables strictly: known columns, one record per line, every figure exact.

A table that is written the Dutch way (semicolons, decimal commas) is read when whoever names the
file says so; otherwise the reader says what it looks like.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.formats.files import read_bytes
from allocator.reading.formats.numerals import Numerals, Unreadable
from allocator.reading.library import shown
from allocator.words.nearest import nearest
from allocator.words.text import Text, series, text

LARGEST = 50_000_000  # bytes; the 10,796 German municipalities take one
MOST_COLUMNS = 300  # each that is not known is compared with those that are

T = TypeVar("T")

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written."""

    separator: str
    numerals: Numerals
    bom: bool  # whether a byte order mark at the start is taken for granted


PLAIN = Dialect(",", Numerals(), bom=False)
DUTCH = Dialect(";", Numerals(dutch=True), bom=True)
DIALECTS = {"": PLAIN, "nl": DUTCH}


def written_as(path: Path) -> Dialect:
    """How a file on the command line is written, by its first line; what is no text is plain."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            heading = file.readline(10_000)
    except OSError:
        return PLAIN
    workbook = heading.startswith("PK\x03\x04")  # whose cells say themselves what they hold
    return DUTCH if heading.count(";") > heading.count(",") and not workbook else PLAIN


@dataclass(frozen=True)
class Record:
    """One line of a table."""

    table: Table
    line: int  # counted from 1, the heading included; in a workbook the row of the sheet
    cells: dict[str, str]

    @property
    def place(self) -> Place:
        return Place(self.table.file, self.line)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def read(self, column: str, reader: Callable[[str, Numerals], T]) -> T | None:
        """The value in a column, or None with the problem noted."""
        try:
            return reader(self[column], self.table.numerals_of(column))
        except Unreadable as error:
            self.table.problems.add(
                self.place,
                text("{column}: {found}", column=f"'{column}'", found=error.found),
                error.mend,
            )
        return None


@dataclass(frozen=True)
class Table:
    """A table as read: its lines, and where its problems go."""

    file: str
    dialect: Dialect
    problems: Problems
    columns: tuple[str, ...]
    records: list[Record]
    numerals: Mapping[str, Numerals] = field(default_factory=dict)
    """How the numbers of a column are written, where that is not as the dialect says."""

    def numerals_of(self, column: str) -> Numerals:
        return self.numerals.get(column, self.dialect.numerals)

    def once(
        self, *columns: str, meant: Callable[[str, str], str] = lambda column, written: written
    ) -> Iterator[Record]:
        """The records whose values in these columns have not come before, the others noted.

        `meant` says what a column's value stands for where it can be written in several ways.
        """
        seen: dict[tuple[str, ...], int] = {}
        for record in self.records:
            values = [record[column] for column in columns]
            key = tuple(map(meant, columns, values))
            if key in seen:
                self.problems.add(
                    record.place,
                    text(
                        "{value} stands here a second time; first on line {line}.",
                        value=", ".join(value for value in values if value) or "-",
                        line=str(seen[key]),
                    ),
                    text("Keep one of the two lines."),
                )
            else:
                seen[key] = record.line
                yield record


def read_csv(
    path: Path,
    dialect: Dialect,
    problems: Problems,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
) -> Table:
    """The table in a file; what is wrong with its form is noted among the problems."""
    file = shown(path)
    table = Table(file, dialect, problems, (), [])
    written = _decoded(read_bytes(path, LARGEST), file, dialect)
    lines = csv.reader(io.StringIO(written, newline=""), delimiter=dialect.separator, strict=True)
    try:
        heading = next(lines, None)
        if not heading:
            raise _unreadable(
                Place(file),
                text("The file is empty."),
                text("Its first line names the columns: {names}.", names=", ".join(required)),
            )
        columns = tuple(name.strip() for name in heading)
        _check_heading(columns, file, dialect, required, optional)
        table = Table(file, dialect, problems, columns, [])
        for cells in lines:
            _add(table, cells, lines.line_num)
    except csv.Error as error:
        problems.add(
            Place(file, lines.line_num),
            text("The line cannot be read: {reason}.", reason=str(error)),
            text("Check its quotes: a quote in a text is written twice."),
        )
    return table


def _add(table: Table, cells: list[str], line: int) -> None:
    if not cells or (len(cells) == 1 and not cells[0].strip()):
        return  # an empty line says nothing
    expected = len(table.columns)
    if len(cells) == expected:
        values = (cell.strip() for cell in cells)
        table.records.append(Record(table, line, dict(zip(table.columns, values, strict=True))))
        return
    table.problems.add(
        Place(table.file, line),
        text(
            "The line has {found} fields where the heading has {expected}.",
            found=len(cells),
            expected=expected,
        ),
        text("A comma inside a field wants quotes; a decimal comma is written as a point.")
        if len(cells) > expected and table.dialect is PLAIN
        else text("Fill in what is missing, or take out what is too much."),
    )


def _unreadable(place: Place, found: Text, mend: Text) -> InputError:
    """What keeps the rest of a file from being read, so that it is told alone."""
    return InputError(Problem(place, found, mend))


def _decoded(content: bytes, file: str, dialect: Dialect) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        if not dialect.bom:
            raise _unreadable(
                Place(file, 1),
                text("The file starts with a byte order mark."),
                text("Save it as UTF-8 without BOM, or say `dialect: nl` where it is named."),
            )
        content = content[3:]
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable(
            Place(file, 1), text("The file is in UTF-16."), text("Save it as CSV in UTF-8.")
        )
    try:
        written = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n")
        around = content.split(b"\n")[line].decode("cp1252", "replace")
        raise _unreadable(
            Place(file, line + 1),
            text(
                "There is a letter that is not in UTF-8; in Windows-1252 the line reads {line}.",
                line=f"'{around.strip()[:60]}'",
            ),
            text("Save the file as UTF-8."),
        ) from error
    control = CONTROL.search(written)
    if control:
        raise _unreadable(
            Place(file, written[: control.start()].count("\n") + 1),
            text("There is a sign that no text holds ({sign}).", sign=f"U+{ord(control[0]):04X}"),
            text("Take it out, or save the table as CSV in UTF-8."),
        )
    return written


def _check_heading(
    columns: tuple[str, ...],
    file: str,
    dialect: Dialect,
    required: tuple[str, ...],
    optional: tuple[str, ...],
) -> None:
    """The heading is separated as the dialect says, and has the columns that are wanted."""
    place = Place(file, 1)
    other = ";" if dialect is PLAIN else ","
    if len(columns) == 1 and other in columns[0]:
        raise _unreadable(
            place,
            text("The columns seem to be separated by {sign}.", sign=f"'{other}'"),
            text("Save it with commas, or say `dialect: nl` where the file is named.")
            if dialect is PLAIN
            else text("Leave out `dialect: nl`, or save it with semicolons."),
        )
    if len(columns) == 1 and "\t" in columns[0]:
        raise _unreadable(
            place,
            text("The columns seem to be separated by {sign}.", sign=text("tabs")),
            text("Save it with {sign} instead of tabs.", sign=f"'{dialect.separator}'"),
        )
    check_columns(columns, place, required, optional)


def check_columns(
    columns: tuple[str, ...], place: Place, required: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    """The columns are those that are wanted, each once, and no others."""
    problems = Problems()
    allowed = (*required, *optional)
    known = ", ".join(allowed)
    if len(columns) > MOST_COLUMNS:
        raise _unreadable(
            place,
            text(
                "The heading has {number} columns; at most {most} are read.",
                number=len(columns),
                most=MOST_COLUMNS,
            ),
            text("Leave out what does not belong to it; the columns are: {names}.", names=known),
        )
    twice = sorted(name for name, times in Counter(columns).items() if times > 1)
    if twice:
        problems.add(
            place,
            text("The column {names} stands in the heading twice.", names=series(twice)),
            text("Keep one of the two."),
        )
    missing = [name for name in required if name not in columns]
    for name in columns:
        if name in allowed:
            continue
        problems.add(
            place,
            text("The column {name} is not known here.", name=f"'{name}'"),
            nearest(name, missing or allowed, text("The columns here are: {names}.", names=known)),
        )
    for name in missing:
        problems.add(
            place,
            text("The column {name} is missing.", name=f"'{name}'"),
            text("Add it; the columns here are: {names}.", names=known),
        )
    problems.raise_any()
