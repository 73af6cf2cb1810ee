"""A table of all areas: on a screen as they lie in each other, on paper with their levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from allocator.model.areas import Area, Division
from allocator.report.layout import in_tree, tree_table
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table
from allocator.report.paper.said import said_cell
from allocator.words.levels import level_name
from allocator.words.text import Value, text


@dataclass(frozen=True)
class Tree:
    """Columns, and what stands in them for each area."""

    division: Division
    columns: Sequence[Column]  # after that with the area's name
    cells: Callable[[Area], Sequence[Cell]]

    def lines(self, lang: str, within: str = "") -> Iterator[str]:
        """For a screen; with an area's code only that area and what lies in it."""

        def said(area: Area) -> list[str]:
            pairs = zip(self.cells(area), self.columns, strict=True)
            return [said_cell(cell, column, lang) for cell, column in pairs]

        titles = [column.title for column in self.columns]
        return tree_table(self.division, titles, said, lang, within)

    def beside(self, other: Tree) -> Tree:
        """With the columns of another to the right."""
        columns = (*self.columns, *other.columns)
        return Tree(self.division, columns, lambda area: (*self.cells(area), *other.cells(area)))

    def table(self, title: Value, within: str = "") -> Table:
        """On paper; each level beside the tree lies under the first area."""
        columns = (Column(text("area"), Kind.TEXT), *self.columns)
        return Table(title, columns, tuple(self._rows(within)), sorts=True)

    def _rows(self, within: str) -> Iterator[Row]:
        beside = [(1, area) for level in self.division.also for area in self.division.at(level)]
        members = self.division.members
        wanted = set(members[within or self.division.root.code])
        for depth, area in (*in_tree(self.division), *beside):
            if wanted.issuperset(members[area.code]):
                yield Row(
                    (area.name, *self.cells(area)), depth, level_name(area.level, 2), area.code
                )
