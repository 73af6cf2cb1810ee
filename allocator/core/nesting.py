"""Which areas, pools and levels beside the tree can add up together, and in which tree.

Sets of leaves add up together when any two of them either lie one inside the other or apart. Levels
beside the main tree are taken in where they fit; those that cross it are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allocator.model.areas import Division
from allocator.model.instance import Instance
from allocator.model.limits import Limit

Sets = Sequence[tuple[str, frozenset[str]]]
"""Codes with the leaves they hold; of equal sets the first one holds the other."""


@dataclass(frozen=True)
class Crossing(Exception):
    """A set of leaves that lies partly inside others."""

    code: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class Nesting:
    """One tree in which everything that can add up does."""

    parents: Mapping[str, str]  # of every area and pool; "" for the root
    crossing: tuple[str, ...]  # the levels beside the main tree that do not fit
    cut_by: Mapping[str, str]  # of those, the pool without which the level would fit


def nested(instance: Instance, limits: Iterable[Limit]) -> Nesting:
    """The main tree with the pools of limits and the levels beside it that fit."""
    division = instance.division
    sets = [
        _set(division, area.code) for level in division.tree[:-1] for area in division.at(level)
    ]
    pools = {limit.node: _pool(division, limit) for limit in limits if len(limit.areas) > 1}
    sets += sorted(pools.items())
    parents = nest(sets, division)
    crossing = []
    cut_by = {}
    for level in division.also:
        beside = [_set(division, area.code) for area in division.at(level)]
        try:
            parents = nest([*sets, *beside], division)
            sets = [*sets, *beside]
        except Crossing:
            crossing.append(level)
            cutting = [pool for pool in sorted(pools.items()) if _cuts(pool, beside)]
            if cutting:
                cut_by[level] = cutting[0][0]
    return Nesting(parents, tuple(crossing), cut_by)


def _cuts(pool: tuple[str, frozenset[str]], beside: Sets) -> bool:
    """Whether a pool lies partly inside an area of a level."""
    _, leaves = pool
    return any(leaves & held and not (leaves <= held or held <= leaves) for _, held in beside)


def _set(division: Division, code: str) -> tuple[str, frozenset[str]]:
    return code, frozenset(division.members[code])


def _pool(division: Division, limit: Limit) -> frozenset[str]:
    return frozenset(leaf for code in limit.areas for leaf in division.members[code])


def nest(sets: Sets, division: Division) -> dict[str, str]:
    """The parent of every set and every leaf: the smallest set that holds it.

    Placed from large to small: all leaves of a set must lie in one and the same set before.
    """
    parents: dict[str, str] = {}
    around = {leaf.code: "" for leaf in division.leaves}
    places = {code: place for place, (code, _) in enumerate(sets)}
    for code, leaves in sorted(sets, key=lambda one: (-len(one[1]), places[one[0]])):
        holders = {around[leaf] for leaf in leaves}
        if len(holders) > 1:
            raise Crossing(code, tuple(sorted(holders)))
        parents[code] = holders.pop()
        around.update(dict.fromkeys(leaves, code))
    return {**{leaf.code: around[leaf.code] for leaf in division.leaves}, **parents}
