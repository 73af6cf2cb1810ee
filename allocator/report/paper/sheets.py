"""Which sheets a workbook has: one per table, or one per level of areas, each with its own name.

Excel takes names of at most 31 characters, without []:*?/\\, that differ in more than capitals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allocator.report.layout import capital
from allocator.report.paper.paper import (
    Cell,
    Column,
    Explained,
    Explanations,
    Kind,
    Paper,
    Row,
    Table,
)
from allocator.words.say import say
from allocator.words.text import Value, text

LONGEST = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
#: Excel keeps this name to itself.
RESERVED = "history"
CODE = text("code")


@dataclass(frozen=True)
class Sheet:
    """One table, or the areas of one level in it."""

    name: str
    title: str  # what it holds
    table: Table


class Names:
    """The names of sheets, none of which is given twice."""

    def __init__(self) -> None:
        self.taken = {RESERVED}

    def free(self, wanted: str) -> str:
        """The name, made fit for a sheet, and numbered where it is taken.

        >>> names = Names()
        >>> names.free("In/out: 2024"), names.free("in out 2024"), names.free("'s-Hertogenbosch")
        ('In out 2024', 'in out 2024 (2)', 's-Hertogenbosch')
        """
        plain = " ".join(wanted.translate(FORBIDDEN).split()).strip("'") or "-"
        name, number = _short(plain, LONGEST), 1
        while name.lower() in self.taken:
            number += 1
            name = f"{_short(plain, LONGEST - len(f' ({number})'))} ({number})"
        self.taken.add(name.lower())
        return name


def _short(name: str, longest: int) -> str:
    """The name, or the beginning of it.

    >>> _short("Reception places", 16), _short("Reception places", 10)
    ('Reception places', 'Reception…')
    """
    return name if len(name) <= longest else name[: longest - 1].strip("' ") + "…"


def sheets_of(paper: Paper, names: Names, lang: str) -> list[list[Sheet]]:
    """The sheets of every section: of each of its tables that has lines, and of explanations."""
    several = sum(len(_levels(t, lang)) > 1 for each in paper.sections for t in each.tables) > 1
    found = []
    for section in paper.sections:
        tables = [table for table in section.tables if table.rows]
        sheets = [sheet for table in tables for sheet in _sheets(table, several, names, lang)]
        if section.explanations:
            title = say(section.title, lang)
            sheets.append(Sheet(names.free(title), title, _table(section.explanations, title)))
        found.append(sheets)
    return found


def _levels(table: Table, lang: str) -> list[str]:
    """The levels of areas in a table, in the order of its lines."""
    return list(dict.fromkeys(say(row.level, lang) for row in table.rows))


def _sheets(table: Table, several: bool, names: Names, lang: str) -> Iterator[Sheet]:
    """One sheet, or one per level; where several tables have levels, with the table's name."""
    title, levels = say(table.title, lang), _levels(table, lang)
    short = capital(say(table.sheet, lang) or title)
    if len(levels) == 1:
        lines = [(row, row.depth, None) for row in table.rows]
        yield Sheet(names.free(short), title, _set_out(table, lines))
        return
    above = list(zip(table.rows, _above(table.rows), strict=True))
    for level in levels:
        inside = [(row, 0, area) for row, area in above if say(row.level, lang) == level]
        what = _name_of(level, [row for row, _, _ in inside], level == levels[0], lang)
        name = f"{_short(short, LONGEST - len(what) - 2)}, {what}" if several else capital(what)
        said = say(text("{title}: {what}", title=title, what=what), lang) if what else title
        yield Sheet(names.free(name if what else short), said, _set_out(table, inside))


def _name_of(level: str, rows: Sequence[Row], first: bool, lang: str) -> str:
    """A level by its name, and the one area in which all lie by its own."""
    return say(rows[0].cells[0] or "", lang) if first and len(rows) == 1 else level


def _above(rows: Sequence[Row]) -> Iterator[Cell]:
    """The area that each line lies in, unless it is the first one, in which all lie."""
    path: list[tuple[int, Cell]] = []
    for row in rows:
        while path and path[-1][0] >= row.depth:
            path.pop()
        yield path[-1][1] if len(path) > 1 else None
        path.append((row.depth, row.cells[0]))


def _set_out(table: Table, lines: Sequence[tuple[Row, int, Cell]]) -> Table:
    """The lines with the code of each area, and what it lies in where that shows no more."""
    known = any(column.title == CODE for column in table.columns)
    coded = not known and any(row.code for row, _, _ in lines)
    placed = any(area for _, _, area in lines)
    first, *others = table.columns
    columns = [first]
    columns += [Column(CODE, Kind.TEXT)] if coded else []
    columns += [Column(text("lies in"), Kind.TEXT)] if placed else []
    rows = []
    for row, depth, area in lines:
        cells: list[Cell] = [row.cells[0]]
        cells += [row.code or None] if coded else []
        cells += [area] if placed else []
        rows.append(Row((*cells, *row.cells[1:]), depth, row.level, row.code))
    return Table(table.title, (*columns, *others), tuple(rows), table.sheet, table.sorts)


def _table(explanations: Explanations, title: str) -> Table:
    """Every line of every explanation, with the area and the number that it is about."""
    titles = (
        *(text("area"), CODE, text("lies in")),
        *(text("number"), text("about"), text("explanation")),
    )
    rows = list(_lines(explanations.alike, text("every area"), "", ""))
    for each in explanations.subjects:
        rows += _lines(each.explained, each.name, each.code, each.within)
    return Table(title, tuple(Column(one, Kind.TEXT) for one in titles), tuple(rows))


def _lines(explained: Sequence[Explained], area: Value, code: str, within: str) -> Iterator[Row]:
    for each in explained:
        for line in each.lines:
            yield Row((area, code, within, each.heading, line.label, line.said))
