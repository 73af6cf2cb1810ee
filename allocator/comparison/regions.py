"""A list of municipalities as a region with a name, which a key can be tried inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from allocator.core.distribute import with_sums
from allocator.core.exact import added
from allocator.model.areas import Area, Division
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance

LEVEL = "named_region"  # the level of the region, and of what lies outside it
REGION = "region"  # the code of the region
OUTSIDE = "elsewhere"  # the code of all the others


def with_region(instance: Instance, name: str, leaves: Sequence[str]) -> Instance:
    """The instance on a map of the region and all the others.

    Other levels between the country and the leaves are left out: a region may cross them.
    """
    return replace(instance, division=around(instance.division, name, leaves))


def on_map(distribution: Distribution, division: Division) -> Distribution:
    """The same numbers at the leaves, with the sums of another map over them."""
    instance = distribution.instance
    given = [stream.name for stream in instance.streams.given]
    cells = [(leaf.code, name) for leaf in instance.division.leaves for name in given]
    quotas = {cell: distribution.quotas[cell] for cell in cells}
    numbers = {cell: distribution.numbers[cell] for cell in cells}
    return replace(
        distribution,
        instance=replace(instance, division=division),
        quotas=with_sums(division, instance.streams, quotas, added),
        numbers=with_sums(division, instance.streams, numbers, sum),
    )


def around(division: Division, name: str, leaves: Sequence[str]) -> Division:
    """The map with the region and all others as the only level between the root and the leaves."""
    root, inside = division.root, set(leaves)
    others = tuple(leaf.code for leaf in division.leaves if leaf.code not in inside)
    held = {REGION: tuple(sorted(inside)), OUTSIDE: others}
    areas = [
        replace(leaf, parent=REGION if leaf.code in inside else OUTSIDE) for leaf in division.leaves
    ]
    areas += [
        Area(code, name if code == REGION else "", LEVEL, root.code)
        for code, members in held.items()
        if members
    ]
    members: dict[str, tuple[str, ...]] = {leaf.code: (leaf.code,) for leaf in division.leaves}
    members |= {code: each for code, each in held.items() if each}
    members[root.code] = division.members[root.code]
    tree = (division.tree[0], LEVEL, division.leaf_level)
    return Division(division.day, tree, (), (*areas, root), members)
