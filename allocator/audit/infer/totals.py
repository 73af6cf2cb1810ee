"""The totals that give a published number when every leaf is rounded by itself.

Such a number only rises with the total, so the totals that give it are one range.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm

from allocator.model.rule import Rounding


def _half_even(top: int, bottom: int) -> int:
    number, left = divmod(top, bottom)
    return number + (2 * left > bottom or (2 * left == bottom and number % 2))


#: The roundings of `allocator.core.rounding` for a quotient of whole numbers, which is faster.
ROUNDED: Mapping[Rounding, Callable[[int, int], int]] = {
    Rounding.UP: lambda top, bottom: -(-top // bottom),
    Rounding.HALF_UP: lambda top, bottom: (2 * top + bottom) // (2 * bottom),
    Rounding.HALF_EVEN: _half_even,
    Rounding.DOWN: lambda top, bottom: top // bottom,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """An area's part of every unit of a total: the shares of its leaves over one denominator."""

    leaves: tuple[int, ...]
    unit: int

    @classmethod
    def of(cls, shares: Sequence[Fraction]) -> Claim:
        unit = lcm(*(share.denominator for share in shares))
        return cls(tuple(s.numerator * (unit // s.denominator) for s in shares), unit)

    @property
    def whole(self) -> Fraction:
        """The share of the area, unrounded."""
        return Fraction(sum(self.leaves), self.unit)

    def number(self, total: int, rounding: Rounding) -> int:
        """What the area has of a total, its leaves rounded one by one.

        >>> Claim.of([Fraction(1, 3), Fraction(1, 6)]).number(10, Rounding.UP)  # 3.33 and 1.67
        6
        """
        rounded, unit = ROUNDED[rounding], self.unit
        return sum(rounded(leaf * total, unit) for leaf in self.leaves)

    def totals(self, number: int, rounding: Rounding) -> range:
        """The totals that give a number; the area must have a share.

        A leaf with a third that has 4 when rounded half-up had a share from 3.5 up to below 4.5:

        >>> Claim.of([Fraction(1, 3)]).totals(4, Rounding.HALF_UP)
        range(11, 14)
        """
        return range(self._first(number, rounding), self._first(number + 1, rounding))

    def _first(self, number: int, rounding: Rounding) -> int:
        """The smallest total that gives at least this number; each leaf is off by less than 1."""
        whole, off = sum(self.leaves), len(self.leaves)
        low = max(0, (number - off) * self.unit // whole)
        high = max(low, -(-(number + off) * self.unit // whole))
        return low + bisect_left(range(low, high), number, key=lambda t: self.number(t, rounding))


def most_matching(ranges: Iterable[range]) -> tuple[range, ...]:
    """The totals that lie in as many of the ranges as any total does, without gaps in each.

    >>> most_matching([range(0, 5), range(3, 9), range(7, 12)])
    (range(3, 5), range(7, 9))
    """
    steps: Counter[int] = Counter()
    for each in ranges:
        if each:
            steps[each.start] += 1
            steps[each.stop] -= 1
    held, most, found = 0, 1, list[range]()
    points = sorted(point for point, step in steps.items() if step)
    for start, stop in pairwise(points):
        held += steps[start]
        if held > most:
            most, found = held, []
        if held == most:
            found.append(range(start, stop))
    return tuple(found)


def nearest(total: int, runs: Iterable[range]) -> int:
    """The total in the runs that is nearest to a given one, the lower of two.

    >>> nearest(6, (range(3, 5), range(7, 9)))
    7
    """
    ends = [min(max(total, run.start), run.stop - 1) for run in runs]
    return min(ends, key=lambda end: (abs(end - total), end))
