"""The order of leaves that decides where the mathematics ties."""

from __future__ import annotations

from math import lcm

from allocator.model.areas import Area
from allocator.model.indicator import Indicator
from allocator.model.instance import Instance


def tie_order(instance: Instance) -> tuple[Area, ...]:
    """The leaves as the rule orders them: by an indicator, the larger first, or by code."""
    leaves = list(instance.division.leaves)
    for name in reversed(instance.rule.ties):  # the last one first: sorting keeps what it finds
        if name == "code":
            leaves.sort(key=lambda area: area.code)
        else:
            leaves = _largest_first(leaves, instance.indicators[name])
    return tuple(leaves)


def _largest_first(leaves: list[Area], indicator: Indicator) -> list[Area]:
    """By an indicator, in whole numbers over one denominator, which compare fast."""
    common = lcm(*(indicator.values[area.code].denominator for area in leaves))
    size = {area.code: int(indicator.values[area.code] * common) for area in leaves}
    return sorted(leaves, key=lambda area: -size[area.code])
