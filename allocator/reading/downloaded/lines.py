"""The lines of a table that name an area and have a number; the others are left aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.model.downloaded import LeftAside
from allocator.model.problem import Place
from allocator.reading.downloaded.areas import NOWHERE, Found, Gazetteer
from allocator.reading.downloaded.figures import NO_NUMBER, readings, without_marks
from allocator.reading.downloaded.grid import Cell
from allocator.reading.downloaded.layout import Layout, shown_cell
from allocator.words.text import text


@dataclass(frozen=True, slots=True)
class Line:
    """A line that names an area, with what may be its numbers."""

    place: Place
    code: str
    name: str
    province: str
    cells: Mapping[int, Cell]  # by column, those that are read
    found: Found  # what its name may mean

    @property
    def written(self) -> str:
        """The area as the table writes it."""
        return self.name or self.code


def lines_of(table: Layout, counted: Iterable[int], known: Gazetteer) -> Iterator[Line | LeftAside]:
    """Every filled line below the heading."""
    counted = tuple(counted)
    for at in table.lines():
        place = Place(table.grid.file, at)
        code, name, province = (
            shown_cell(table.cell(at, column))
            for column in (table.code, table.name, table.province)
        )
        cells = {column: table.cell(at, column) for column in counted}
        line = Line(place, code, name, province, cells, known.named(name) if name else NOWHERE)
        if not line.written:
            told = " ".join(shown_cell(cell) for cell in table.grid.rows[at].values())
            yield LeftAside(told, text("it names no area"), place)
        elif table.grid.rows[at] == table.grid.rows[table.heading]:
            yield LeftAside(line.written, text("the heading stands here again"), place)
        elif any(map(is_number, cells.values())) or _is_unreadable(line, known):
            yield line
        else:
            yield LeftAside(line.written, text("it has no number"), place)


def is_number(cell: Cell) -> bool:
    return isinstance(cell, Fraction) or bool(readings(cell))


def is_nothing(cell: Cell) -> bool:
    """Whether a cell says that there is no number."""
    return isinstance(cell, str) and without_marks(cell).lower() in ("", *NO_NUMBER)


def _is_unreadable(line: Line, known: Gazetteer) -> bool:
    """Whether a line of an area has something for a number that is none."""
    return not all(map(is_nothing, line.cells.values())) and bool(
        line.found.areas or known.coded(line.code, "")
    )
