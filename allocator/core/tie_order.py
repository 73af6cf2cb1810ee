"""The order of leaves that decides where the mathematics ties."""

from __future__ import annotations

from math import lcm

from allocator.model.areas import Area
from allocator.model.instance import Instance


def tie_order(instance: Instance) -> tuple[Area, ...]:
    """The leaves as the rule orders them: by an indicator, the larger first, or by code."""
    leaves = list(instance.division.leaves)
    for name in reversed(instance.rule.ties):
        if name == "code":
            leaves.sort(key=lambda area: area.code)
        else:
            values = instance.indicators[name].values
            common = lcm(*(values[area.code].denominator for area in leaves))
            rank = {area.code: -int(values[area.code] * common) for area in leaves}
            leaves.sort(key=lambda area, rank=rank: rank[area.code])  # type: ignore[misc]
    return tuple(leaves)
