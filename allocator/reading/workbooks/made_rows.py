"""Reads the rows below a heading as people make it: merged cells, headings between, totals, notes.

A row is passed over only where it cannot be one: it names no area and has no number. A row of
totals is held against the sum of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.model.problem import TOLD_ONE_BY_ONE, Place
from allocator.reading.downloaded.areas import Known, listed
from allocator.reading.downloaded.figures import readings
from allocator.reading.formats.csv_table import Record, Table
from allocator.reading.formats.numerals import Numerals, Unreadable
from allocator.reading.workbooks.as_made import AsMade, numerals_of
from allocator.reading.workbooks.heading import letter
from allocator.reading.workbooks.sheet import Heading
from allocator.reading.workbooks.workbook import NoValue, Value
from allocator.words.text import text

#: How a cell is written in the notation of its column; what has no value is Unreadable.
Write = Callable[[Value, Numerals], str]

_Placed = tuple[Known | None, Record]  # a record and its area, where that is known
_LIKE_A_CODE = re.compile(r"[A-Za-z]{0,4} ?[0-9]{1,8}", re.ASCII)
_TELLING = ("stream", "month", "kind", "quantity")  # what tells numbers of one area apart
#: What may stand once in a cell that is merged over several rows, and hold for each.
_SHARED = ("code", "name", "source", "entry", "announced", *_TELLING)


@dataclass(frozen=True)
class _Row:
    """A filled row below the heading."""

    line: int
    cells: Mapping[int, Value]  # with what stands in cells that are merged downward
    code: str
    name: str
    areas: tuple[Known, ...]  # those that it may be of
    has_figure: bool
    names_stream: bool  # whether it is of a stream that is known

    @property
    def told(self) -> list[str]:
        """Where it may say that it is a total: in its name, or anywhere where it has none."""
        own = [one for one in (self.code, self.name) if one]
        return own or [one for one in self.cells.values() if isinstance(one, str)]

    def is_larger(self, leaf: str) -> bool:
        return all(area.level != leaf for area in self.areas)

    @property
    def may_count(self) -> bool:
        """Whether it cannot be a note: it has a number, or names an area or a stream."""
        coded = _LIKE_A_CODE.fullmatch(self.code) is not None
        return bool(self.areas) or coded or self.has_figure or self.names_stream


def add_rows(table: Table, heading: Heading, made: AsMade, write: Write) -> None:
    """Add the rows of the table, and hold its totals against their sum."""
    before = len(table.problems.found)
    rows = list(_rows(heading, made))
    while rows and not rows[-1].may_count:
        rows.pop()
    found: list[_Placed] = []
    for row in rows:
        if heading.sheet.rows[row.line] == heading.sheet.rows[heading.row]:
            continue  # the heading again
        if not row.code and row.areas and not row.has_figure and row.is_larger(made.leaf):
            continue  # a heading between the rows
        area = row.areas[0] if len(row.areas) == 1 else None
        if row.has_figure and made.areas.areas and made.is_total(row.told):
            area = made.areas.areas[made.areas.root]
        elif made.areas.areas and not row.code and area is None:
            _refuse(table, row, made)
            continue
        found += [(area, one) for one in _records(table, heading, row, area, made, write)]
    parts = {area.code for area, _ in found if area and area.level == made.leaf}
    holding = set() if made.larger else made.holding(parts) | {made.areas.root}
    rows_of = [(area, one) for area, one in found if not area or area.code not in holding]
    table.records.extend(record for _, record in rows_of)
    if len(table.problems.found) == before:  # what cannot be read is no part of a sum
        _check_sums([one for one in found if one[0] and one[0].code in holding], rows_of, made)


def _rows(heading: Heading, made: AsMade) -> Iterator[_Row]:
    sheet, areas = heading.sheet, heading.areas
    read = {*heading.names, *heading.counted}
    for line in sorted(line for line in sheet.rows if line >= heading.body):
        cells = dict(sheet.rows[line])
        for at in {*read, *areas.any}:
            top, left = sheet.merged.get((line, at), (line, at))
            above = sheet.seen(line, at)
            if heading.body <= top < line and left == at and above is not None:
                cells[at] = above
        if not cells:
            continue
        code, name, province = (
            "" if at is None else _shown(cells.get(at, ""))
            for at in (areas.code, areas.name, areas.province)
        )
        figures = (cells[at] for at in read - {*areas.any} if at in cells)
        streams = (cells.get(at, "") for at, one in heading.names.items() if one == "stream")
        yield _Row(
            line=line,
            cells=cells,
            code=code,
            name=name,
            areas=made.found(code, name, province, areas.level),
            has_figure=any(map(_is_figure, figures)),
            names_stream=any(made.knows_stream(_shown(one)) for one in streams),
        )


def _shown(value: Value) -> str:
    """A code or name as it is looked for."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def _is_figure(value: Value) -> bool:
    """Whether a cell holds a number, or failed to."""
    if isinstance(value, str):
        return bool(readings(value))
    return isinstance(value, int | float | NoValue)


def _refuse(table: Table, row: _Row, made: AsMade) -> None:
    """Tell a row of which the area is not known."""
    place = Place(table.file, row.line)
    named = f"'{row.name}'"
    if row.areas:
        table.problems.add(
            place,
            text("{name} may be {areas}.", name=named, areas=listed(row.areas)),
            text("Write the code in a column `code`."),
        )
        return
    if not row.name:
        cells = ", ".join(f"{letter(at)}{row.line}" for at in sorted(row.cells))
        table.problems.add(
            place,
            text("The row names no area, and something stands in {cells}.", cells=cells),
            text("Name the area, or empty the row; notes stand below the table."),
        )
        return
    # of very many such rows only the first are told one by one, and a likeness takes long to find
    near = made.areas.near(row.name) if len(table.problems.found) < TOLD_ONE_BY_ONE else ()
    found = text("There is no area {name} on {day}.", name=named, day=made.day)
    if near:
        found = text(
            "There is no area {name} on {day}; near to it is {areas}.",
            name=named,
            day=made.day,
            areas=listed(near),
        )
    table.problems.add(place, found, text("Mend the name, or take the row out."))


def _records(
    table: Table, heading: Heading, row: _Row, area: Known | None, made: AsMade, write: Write
) -> Iterator[Record]:
    """The record of a row, or one for each of its columns of numbers side by side."""
    _refuse_merged(table, heading, row)
    values, readable = _values(table, heading, row, write)
    if not readable:
        return
    if area:
        values["code"] = area.code
        if row.name and (not row.code or area in made.areas.named(row.name).areas):
            values["name"] = area.name
    values["stream"] = made.stream(values.get("stream", ""))
    if not heading.counted:
        yield Record(table, row.line, values)
    for at, told in sorted(heading.counted.items()):
        if at in row.cells:
            number = values[f"number {at}"]
            yield Record(table, row.line, {**values, **told, "number": number})


def _values(table: Table, heading: Heading, row: _Row, write: Write) -> tuple[dict[str, str], bool]:
    """The cells of a row by column, and whether all can be read."""
    values, readable = dict.fromkeys(table.columns, ""), True
    names = {**heading.names, **dict.fromkeys(heading.counted, "number")}
    for at, value in sorted(row.cells.items()):
        cell = f"{letter(at)}{row.line}"
        if at not in heading.labels:
            table.problems.add(
                Place(table.file, row.line),
                text("{cell} is filled, and its column has no name.", cell=cell),
                text("Name the column in the heading, or empty it."),
            )
        if at not in names:
            continue
        name = names[at]
        try:
            written = write(value, table.numerals_of(name))
        except Unreadable as error:
            readable = False
            found = text("{column}: {found}", column=f"'{name}' ({cell})", found=error.found)
            table.problems.add(Place(table.file, row.line), found, error.mend)
        else:
            values[f"number {at}" if at in heading.counted else name] = written
    return values, readable


def _refuse_merged(table: Table, heading: Heading, row: _Row) -> None:
    """A number in a cell that is merged over several rows says not of which it is."""
    texts = {at for at, name in heading.names.items() if name in _SHARED}
    for at in sorted({*heading.counted, *heading.names} - texts):
        top, _ = heading.sheet.merged.get((row.line, at), (row.line, at))
        if heading.body <= top < row.line and at in row.cells:
            table.problems.add(
                Place(table.file, row.line),
                text("{cell} is merged over several rows.", cell=f"{letter(at)}{top}"),
                text("Give each row a number of its own."),
            )


def numerals_by_column(heading: Heading, said: Numerals) -> dict[str, Numerals]:
    """How the numbers of each column are written, by those that stand there as text."""
    names = {**heading.names, **dict.fromkeys(heading.counted, "number")}
    cells: dict[str, list[Value]] = {name: [] for name in names.values()}
    for row, filled in heading.sheet.rows.items():
        for at in filled.keys() & names.keys() if row >= heading.body else ():
            cells[names[at]].append(filled[at])
    return {name: numerals_of(of_column, said) for name, of_column in cells.items()}


def _check_sums(sums: Iterable[_Placed], rows: Iterable[_Placed], made: AsMade) -> None:
    """Hold the number of each larger area against its rows, until too many are wrong to tell."""
    different = {
        (area, *(record[column] for column in (*_TELLING, *made.summed))): (area, record)
        for area, record in sums
    }
    for area, total in different.values():
        if area and len(total.table.problems.found) < TOLD_ONE_BY_ONE:
            _check_sum(total, area, rows, made)


def _check_sum(total: Record, area: Known, rows: Iterable[_Placed], made: AsMade) -> None:
    """The number of a larger area is the sum of the rows that lie in it and are about the same."""
    within = [
        row
        for one, row in rows
        if one and area.code in made.holding([one.code])
        if all(total[column] in ("", row[column]) for column in _TELLING)
    ]
    for column in made.summed:
        known = [_figure(row, column) for row in (total, *within)]
        if not total[column] or any(number is None for number in known):
            continue  # a problem of its own, when the row is read
        said, *numbers = (number or Fraction(0) for number in known)
        if said != sum(numbers):
            total.table.problems.add(
                total.place,
                text(
                    "The total of {column} is {said} here, and the rows add up to {sum}.",
                    column=f"'{column}'",
                    said=said,
                    sum=sum(numbers, Fraction(0)),
                ),
                text("Mend the row that is wrong, or take the row of totals out."),
            )


def _figure(record: Record, column: str) -> Fraction | None:
    try:
        return record.table.numerals_of(column).read(record[column], grouped=True)
    except Unreadable:
        return None
