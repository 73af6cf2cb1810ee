"""Rounding together as a network of least cost, from exact quotas, in floats and 64-bit costs.

Each part flows down the tree, meets the others in the leaf, and flows back up as the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

Key = tuple[str, str]
WHOLE = ""
EPSILON = 1e-7
COST_OF_ONE = 1 << 40


@dataclass
class Arcs:
    """Arcs of a network, each with a least number, room above it, and a cost per unit."""

    nodes: dict[Key, int] = field(default_factory=dict)
    tails: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    room: list[int] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    cells: dict[Key, int] = field(default_factory=dict)
    """The arc of each leaf and part."""

    def add(self, tail: Key, head: Key, amount: float, cost: int = 0) -> None:
        self.tails.append(self.nodes.setdefault(tail, len(self.nodes)))
        self.heads.append(self.nodes.setdefault(head, len(self.nodes)))
        self.low.append(floor(amount + EPSILON))
        self.room.append(ceil(amount - EPSILON) - self.low[-1])
        self.costs.append(cost)

    @property
    def supplies(self) -> list[int]:
        """What must leave each node above the least numbers of its arcs."""
        found = [0] * len(self.nodes)
        for tail, head, low in zip(self.tails, self.heads, self.low, strict=True):
            found[tail] -= low
            found[head] += low
        return found


def sums(
    parents: Mapping[str, str | None], quotas: Mapping[Key, Fraction]
) -> tuple[dict[Key, float], dict[str, float]]:
    """Every area's quota in floats, for each part and for the whole."""
    by_part: dict[Key, float] = {}
    whole: dict[str, float] = {}
    for (leaf, part), quota in quotas.items():
        amount = float(quota)
        area: str | None = leaf
        while area is not None:
            by_part[area, part] = by_part.get((area, part), 0.0) + amount
            whole[area] = whole.get(area, 0.0) + amount
            area = parents[area]
    return by_part, whole


def arcs_of(
    parents: Mapping[str, str | None], parts: tuple[str, ...], quotas: Mapping[Key, Fraction]
) -> Arcs:
    by_part, whole = sums(parents, quotas)
    found = Arcs()
    outside = (WHOLE, WHOLE)
    for area, parent in parents.items():
        leaf = (area, parts[0]) in quotas
        here = (area, WHOLE)
        found.add(here, outside if parent is None else (parent, WHOLE), whole[area])
        for part in parts:
            above = outside if parent is None else (parent, part)
            amount = by_part[area, part]
            if leaf:
                remainder = amount - floor(amount + EPSILON)
                found.cells[area, part] = len(found.tails)
                found.add(above, here, amount, round((1 - 2 * remainder) * COST_OF_ONE))
            else:
                found.add(above, (area, part), amount)
    return found
