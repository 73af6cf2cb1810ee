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

    def at(self, level: str) -> tuple[Area, ...]:
        """The areas of one level, by code."""
        return tuple(area for area in self.areas if area.level == level)

    def above(self, area: Area) -> Iterator[Area]:
        """The areas of the main tree that hold this one, the smallest first."""
        while area.parent:
            area = self.by_code[area.parent]
            yield area

    def within(self, area: Area, level: str) -> tuple[Area, ...]:
        """The areas of a level that lie wholly in this one."""
        held = set(self.members[area.code])
        return tuple(part for part in self.at(level) if held.issuperset(self.members[part.code]))
