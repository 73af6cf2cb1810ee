"""Areas (municipality, safety region, province, country) and the trees they form.

A `Division` is the administrative map of one day: its leaves carry the numbers, one main tree says
what adds up to what, and other levels over the same leaves may stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality, province, region or country."""

    code: str  # its code, unique over all levels
    name: str  # its name as the register writes it
    level: str  # "municipality", "province", ...
    parent: str  # code of the smallest area of the main tree that holds all of it; "" for the root


@dataclass(frozen=True)
class Division:
    """The areas of one day, and which leaves lie in which."""

    day: date  # the day whose map this is
    tree: tuple[str, ...]  # levels of the main tree, from the root to the leaves
    also: tuple[str, ...]  # levels that stand beside the main tree
    areas: tuple[
        Area, ...
    ]  # every area once: the leaves first, then upward; by code within a level
    members: Mapping[str, tuple[str, ...]]  # for every area the codes of the leaves in it

    @property
    def leaf_level(self) -> str:
        return self.tree[-1]

    @property
    def root(self) -> Area:
        return self.areas[-1]

    @cached_property
    def by_code(self) -> Mapping[str, Area]:
        return {area.code: area for area in self.areas}

    @cached_property
    def leaves(self) -> tuple[Area, ...]:
        return self.at(self.leaf_level)

    @cached_property
    def _by_level(self) -> Mapping[str, tuple[Area, ...]]:
        found: dict[str, list[Area]] = {}
        for area in self.areas:
            found.setdefault(area.level, []).append(area)
        return {level: tuple(areas) for level, areas in found.items()}

    def at(self, level: str) -> tuple[Area, ...]:
        """The areas of one level, by code."""
        return self._by_level[level]

    def above(self, area: Area) -> Iterator[Area]:
        """The areas of the main tree that hold this one, the smallest first."""
        while area.parent:
            area = self.by_code[area.parent]
            yield area

    def holder(self, area: Area, level: str) -> Area:
        """The area of a level in which all of this one lies, or the area itself."""
        held = set(self.members[area.code])
        return next(upper for upper in self.at(level) if held.issubset(self.members[upper.code]))

    def holder_of(self, area: Area, level: str) -> str:
        """The code of the area of a level that holds an area, by the first leaf in it."""
        return self._holders(level)[self.members[area.code][0]]

    def _holders(self, level: str) -> Mapping[str, str]:
        """Per leaf the area of a level that holds it."""
        if level not in self._by_leaf:
            self._by_leaf[level] = {
                leaf: area.code for area in self.at(level) for leaf in self.members[area.code]
            }
        return self._by_leaf[level]

    @cached_property
    def _by_leaf(self) -> dict[str, dict[str, str]]:
        return {}

    def parts(self, area: Area) -> tuple[Area, ...]:
        """What a larger area consists of: the areas of the tree right under it, or its leaves."""
        if area.level in self.tree:
            lower = self.tree[self.tree.index(area.level) + 1]
            return self.inside(area.level, lower)[area.code]
        return tuple(self.by_code[leaf] for leaf in self.members[area.code])

    def inside(self, upper: str, lower: str) -> Mapping[str, tuple[Area, ...]]:
        """For every area of a level, the areas of a lower level in it, by code."""
        holders = self._holders(upper)
        found: dict[str, list[Area]] = {area.code: [] for area in self.at(upper)}
        for area in self.at(lower):
            found[holders[self.members[area.code][0]]].append(area)
        return {code: tuple(areas) for code, areas in found.items()}

    def crossing(self, upper: str, lower: str) -> tuple[str, ...]:
        """The areas of a level that do not lie inside one area of another level."""
        holders = self._holders(upper)
        return tuple(
            area.code
            for area in self.at(lower)
            if len({holders[leaf] for leaf in self.members[area.code]}) > 1
        )
