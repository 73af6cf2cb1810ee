"""A number in proportion to weights over the leaves, whole, so that every level adds up."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from allocator.core.exact import added
from allocator.core.tie_order import tie_order
from allocator.core.whole.problem import Problem
from allocator.core.whole.solve import solve
from allocator.model.instance import Instance

PART = "number"


def in_proportion(
    instance: Instance, sums: Mapping[str, int], weights: Mapping[str, Fraction]
) -> dict[str, int]:
    """What each leaf gets of the numbers of larger areas, in proportion to weights.

    The larger areas share no leaf; a leaf that none of them holds gets nothing. Every area of the
    main tree has the floor or the ceiling of its share, ties by the rule's order.
    """
    division = instance.division
    quotas = {leaf.code: Fraction(0) for leaf in division.leaves}
    for code, number in sums.items():
        inside = division.members[code]
        whole = added(weights[leaf] for leaf in inside)
        for leaf in inside if number else ():
            quotas[leaf] = number * weights[leaf] / whole
    upper = [area for level in division.tree[:-1] for area in division.at(level)]
    areas = (*tie_order(instance), *upper)
    found = solve(
        Problem(
            parents={area.code: area.parent or None for area in areas},
            parts=(PART,),
            quotas={(leaf, PART): quota for leaf, quota in quotas.items()},
        )
    )
    return {leaf: number for (leaf, _), number in found.numbers.items()}
