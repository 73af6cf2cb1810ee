"""Fractions as whole numbers in the same proportion, where only their proportion matters.

Sums and products of whole numbers need no reducing, which makes them many times faster.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm


def numerators(numbers: Iterable[Fraction]) -> list[int]:
    """Each of them over their common denominator, without it.

    1/2, 1/3 and 1 are 3/6, 2/6 and 6/6:

    >>> numerators([Fraction(1, 2), Fraction(1, 3), Fraction(1)])
    [3, 2, 6]
    """
    given = [number.as_integer_ratio() for number in numbers]
    common = lcm(*{denominator for _, denominator in given})
    return [numerator * (common // denominator) for numerator, denominator in given]
