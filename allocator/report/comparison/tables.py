"""The tables of a comparison: numbers by every key, what differs, and per 1,000 inhabitants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from allocator.comparison.side_by_side import Comparison
from allocator.model.areas import Area
from allocator.model.streams import Stream
from allocator.report.comparison.keys import lettered
from allocator.report.layout import in_tree
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table, wider
from allocator.words.levels import level_name
from allocator.words.text import Value, text

#: Areas with their depth, as they lie in each other.
Rows = Sequence[tuple[int, Area]]


def shown(comparison: Comparison, everybody: bool) -> Iterator[tuple[int, Area]]:
    """The areas of the table with their depth: all, or those that hold others."""
    division = comparison.reference.distribution.instance.division
    wanted = {area.code for area in comparison.areas}
    top = None
    for depth, area in in_tree(division):
        if area.code not in wanted:
            continue
        top = depth if top is None else top
        if everybody or area.level != division.leaf_level or len(division.tree) < 3:
            yield depth - top, area


def tables_of(comparison: Comparison, stream: Stream, rows: Rows) -> Iterator[Table]:
    """The tables that there are: without other keys or inhabitants it is the numbers alone."""
    yield numbers(comparison, stream, rows)
    if comparison.others:
        yield differences(comparison, stream, rows)
    if comparison.per is not None:
        yield per_1000(comparison, stream, rows)


def numbers(comparison: Comparison, stream: Stream, rows: Rows) -> Table:
    """What each key gives."""
    keys = lettered(comparison)

    def cells(area: Area) -> Iterator[Cell]:
        yield from (each.distribution.number(area.code, stream.name) for _, each in keys)

    return _table(text("numbers"), [Column(letter) for letter, _ in keys], rows, cells)


def differences(comparison: Comparison, stream: Stream, rows: Rows) -> Table:
    """Against the first key, absolute and in percent."""

    def cells(area: Area) -> Iterator[Cell]:
        for other in comparison.others:
            found = comparison.change(other, (area.code, stream.name))
            yield found.difference
            yield found.part

    columns = []
    for letter, _ in lettered(comparison)[1:]:
        columns += [
            Column(f"{letter} − A", Kind.CHANGE),
            Column("%", Kind.PERCENT, 1, signed=True),
        ]
    return _table(text("more or fewer than under A"), columns, rows, cells)


def per_1000(comparison: Comparison, stream: Stream, rows: Rows) -> Table:
    """The same numbers and differences for every 1,000 inhabitants, or what else was asked."""
    assert comparison.per is not None
    keys = lettered(comparison)

    def cells(area: Area) -> Iterator[Cell]:
        for _, each in keys:
            found = comparison.change(each, (area.code, stream.name))
            yield found.per_1000(found.number)
        for _, each in keys[1:]:
            found = comparison.change(each, (area.code, stream.name))
            yield found.per_1000(found.difference)

    columns = [Column(letter, Kind.DECIMAL, 2) for letter, _ in keys]
    columns += [Column(f"{letter} − A", Kind.DECIMAL, 2, signed=True) for letter, _ in keys[1:]]
    return _table(text("per 1,000 {what}", what=comparison.per.title), columns, rows, cells)


def _table(
    title: Value, columns: Iterable[Column], rows: Rows, cells: Callable[[Area], Iterable[Cell]]
) -> Table:
    """A line per area; what the numbers are stands above the names."""
    return Table(
        title,
        (Column(title, Kind.TEXT), *columns),
        tuple(
            Row((area.name, *cells(area)), depth, level_name(area.level, 2), area.code)
            for depth, area in rows
        ),
    )


def side_by_side(title: Value, tables: Sequence[Table]) -> Table:
    """Tables of the same areas as one, each under what its numbers are."""
    first, *others = (_grouped(table) for table in tables)
    heading = Column(text("area"), Kind.TEXT)
    whole = replace(first, title=title, columns=(heading, *first.columns[1:]), sorts=True)
    for table in others:
        whole = wider(whole, table.columns[1:], [row.cells[1:] for row in table.rows])
    return whole


def _grouped(table: Table) -> Table:
    return replace(table, columns=tuple(replace(c, group=table.title) for c in table.columns))
