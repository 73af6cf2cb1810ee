"""How cost grows with size: the exponent of a power law through the measurements."""

from __future__ import annotations

from collections.abc import Sequence
from math import log


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of a straight line of least squares through both as logarithms.

    Ten times the size at a hundred times the cost:

    >>> round(exponent([10, 100, 1000], [1, 100, 10_000]), 6)
    2.0
    """
    x, y = [log(size) for size in sizes], [log(cost) for cost in costs]
    middle, height = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - middle) * (b - height) for a, b in zip(x, y, strict=True))
    return above / sum((a - middle) ** 2 for a in x)
