"""Finds where a table begins in a file, and which of its columns name the areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from allocator.model.downloaded import Asked
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.downloaded.figures import without_marks
from allocator.reading.downloaded.grid import Cell, Grid
from allocator.reading.downloaded.headings import area_column, counted_by
from allocator.reading.workbooks.heading import HEADING_WITHIN, area_columns, lines_of_heading
from allocator.words.plain import plainly
from allocator.words.text import series, text


@dataclass(frozen=True)
class Layout:
    """Where a table begins, and which of its columns name the areas."""

    grid: Grid
    heading: int  # the line of it
    above: int  # how many lines over it are part of it
    body: int  # the first line below it
    code: int | None  # the columns of codes and names
    name: int | None
    province: int | None  # the column that says in which province a municipality lies
    level: str  # of the areas, where a heading says so
    recognised: int  # how many of its headings are known

    def cell(self, line: int, column: int | None) -> Cell:
        return "" if column is None else self.grid.rows.get(line, {}).get(column, "")

    def heading_of(self, column: int) -> str:
        """What stands over a column, from top to bottom."""
        lines = range(self.heading - self.above, self.body)
        parts = (shown_cell(self.cell(line, column)) for line in lines)
        return " ".join(part for part in parts if part)

    @property
    def in_one_line(self) -> bool:
        """Whether the heading of each column is the whole of it."""
        return not self.above and self.body == self.heading + 1

    def is_area(self, line: int) -> bool:
        return bool(self.cell(line, self.code) or self.cell(line, self.name))

    def lines(self) -> Iterator[int]:
        """The filled lines below the heading."""
        return (line for line, cells in self.grid.rows.items() if line >= self.body and cells)

    @property
    def others(self) -> tuple[int, ...]:
        """The columns besides those of the areas in which anything stands."""
        found = {
            column
            for line, cells in self.grid.rows.items()
            if line >= self.heading - self.above
            for column in cells
        }
        return tuple(sorted(found - {self.code, self.name, self.province}))


def shown_cell(cell: Cell) -> str:
    """A cell as it is told.

    >>> from fractions import Fraction
    >>> shown_cell(Fraction(12)), shown_cell(Fraction(5, 2))
    ('12', '2.5')
    """
    if isinstance(cell, str):
        return cell
    return str(cell.numerator) if cell.denominator == 1 else repr(float(cell))


def layout(grids: list[Grid], asked: Asked, day: date, file: str) -> Layout:
    """The table of a file, in the sheet or with the separator that shows one."""
    chosen = [grid for grid in grids if asked.sheet in ("", grid.sheet)]
    if not chosen:
        raise InputError(
            Problem(
                Place("--sheet"),
                text("There is no sheet {name}.", name=f"'{asked.sheet}'"),
                text("The sheets are: {names}.", names=series([f"'{g.sheet}'" for g in grids])),
            )
        )
    found = [one for grid in chosen if (one := _layout_of(grid, asked, day)) is not None]
    if not found:
        raise InputError(
            Problem(
                Place(file),
                text(
                    "None of the first {most} lines names the columns of a table of areas.",
                    most=HEADING_WITHIN,
                ),
                text(
                    "Put a line above the table, such as: {example}.", example="code, naam, aantal"
                ),
            )
        )
    best = max(one.recognised for one in found)
    several = [one for one in found if one.recognised == best]
    if several[0].grid.sheet and len(found) > 1:
        raise InputError(
            Problem(
                Place(file),
                text(
                    "There is a table in several sheets: {names}.",
                    names=series([f"'{one.grid.sheet}'" for one in found]),
                ),
                text("Say which: --sheet {name}.", name=f'"{found[0].grid.sheet}"'),
            )
        )
    if len(several) > 1:
        raise InputError(
            Problem(
                Place(file, several[0].heading),
                text("It is not clear by which sign the columns are separated."),
                text("Save the table with semicolons between its columns, or as .xlsx."),
            )
        )
    return several[0]


def _layout_of(grid: Grid, asked: Asked, day: date) -> Layout | None:
    """The table below the line whose headings are known best."""
    first = list(grid.rows)[:HEADING_WITHIN]
    known = {line: _known(grid.rows[line], asked, day) for line in first}
    best = max(known.values(), default=0)
    if not best:
        return None
    heading = next(line for line in first if known[line] == best)
    headings = {column: shown_cell(cell) for column, cell in grid.rows[heading].items()}
    areas = area_columns(headings, Place(grid.file, heading))
    above, body = lines_of_heading(grid.rows, heading, areas)
    return Layout(
        grid, heading, above, body, areas.code, areas.name, areas.province, areas.level, best
    )


def _known(cells: Mapping[int, Cell], asked: Asked, day: date) -> int:
    """How many headings of a line are known; none where it names no areas."""
    texts = [without_marks(cell) for cell in cells.values() if isinstance(cell, str)]
    areas = sum(area_column(one) is not None for one in texts)
    if not areas or len(cells) < 2:
        return 0
    named = {plainly(heading) for heading in asked.columns.values()}
    return areas + sum(
        counted_by(one, asked.streams, day) is not None or plainly(one) in named for one in texts
    )
