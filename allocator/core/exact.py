"""Exact sums of fractions, fast."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm


def added(numbers: Iterable[Fraction]) -> Fraction:
    """The exact sum, over one common denominator: much faster than adding one by one.

    >>> added([Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)])
    Fraction(1, 1)
    """
    listed = list(numbers)
    if len(listed) == 1:
        return listed[0]
    ratios = [number.as_integer_ratio() for number in listed]
    common = lcm(*{denominator for _, denominator in ratios})
    return Fraction(sum(n * (common // denominator) for n, denominator in ratios), common)


def to_a_thousandth(number: Fraction) -> Fraction:
    """As near as a reader needs it.

    >>> to_a_thousandth(Fraction(1, 3))
    Fraction(333, 1000)
    """
    return Fraction(round(number * 1000), 1000)
