"""Whole numbers between bounds that add up to a given number: counted, listed, drawn.

The weights of a key are such numbers, in parts of a whole. Every choice of numbers that fits is
drawn equally often, and no float takes part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

#: The lowest and the highest that a number may be.
Bounds = tuple[int, int]


def ways(bounds: Sequence[Bounds], total: int) -> list[list[int]]:
    """For each place, in how many ways the numbers from there on add up to 0, 1, ..., total.

    Two numbers between 0 and 3 add up to 2 in three ways (0 + 2, 1 + 1, 2 + 0), and to 4 in three:

    >>> ways([(0, 3), (0, 3)], 4)[0]
    [1, 2, 3, 4, 3]
    """
    found = [[1, *([0] * total)]]
    for low, high in reversed(bounds):
        below = [0, *accumulate(found[0])]  # below[n]: the ways to less than n

        def up_to(number: int, below: list[int] = below) -> int:
            return below[max(0, number + 1)]

        found.insert(0, [up_to(n - low) - up_to(n - high - 1) for n in range(total + 1)])
    return found


def count(bounds: Sequence[Bounds], total: int) -> int:
    """How many choices there are.

    Three multiples of a fifth add up to 1 in 7 × 6 / 2 = 21 ways:

    >>> count([(0, 5)] * 3, 5)
    21
    """
    return ways(bounds, total)[0][total]


def listed(bounds: Sequence[Bounds], total: int) -> Iterator[tuple[int, ...]]:
    """Every choice, the smallest first numbers first.

    >>> list(listed([(0, 2), (1, 3)], 3))
    [(0, 3), (1, 2), (2, 1)]
    """
    if not bounds:
        if total == 0:
            yield ()
        return
    (low, high), rest = bounds[0], bounds[1:]
    least, most = sum(low for low, _ in rest), sum(high for _, high in rest)
    for number in range(max(low, total - most), min(high, total - least) + 1):
        for others in listed(rest, total - number):
            yield (number, *others)


@dataclass(frozen=True)
class Lattice:
    """All choices for some bounds, to be drawn from."""

    bounds: tuple[Bounds, ...]
    total: int
    below: tuple[tuple[int, ...], ...]  # per place, the ways to less than 0, 1, 2, ...

    @classmethod
    def of(cls, bounds: Sequence[Bounds], total: int) -> Lattice:
        below = tuple((0, *accumulate(each)) for each in ways(bounds, total))
        return cls(tuple(bounds), total, below)

    def at(self, places: Sequence[Fraction]) -> tuple[int, ...]:
        """The choice at a place between 0 and 1 for each number but the last.

        All choices stand in a row by their first number; the first place, as a part of the row,
        says which first number it is. Those with this first number stand in a row by their second,
        and so on; the last number follows. With places spread evenly, every choice comes equally
        often.
        Of 3 numbers that add up to 5 there are 21 choices; the ninth is among the five that begin
        with 1, the third of these is (1, 2, 2):

        >>> Lattice.of([(0, 5)] * 3, 5).at([Fraction(8, 21), Fraction(2, 5)])
        (1, 2, 2)
        """
        found = []
        left = self.total
        for place, below, (low, high) in zip(
            (*places, Fraction(0)), self.below[1:], self.bounds, strict=True
        ):
            lowest = max(0, left - high)  # what is left for the others, at least and at most
            most = left - low
            ways_here = below[most + 1] - below[lowest]
            passed = ways_here * place.numerator // place.denominator
            rest = bisect_right(below, below[most + 1] - passed - 1, lowest, most + 1) - 1
            found.append(left - rest)
            left = rest
        return tuple(found)


def by_how_much(bounds: Sequence[Bounds], total: int) -> int:
    """How far the lowest numbers go above a total, or, negative, the highest stay below it.

    >>> by_how_much([(6, 10), (5, 10)], 10), by_how_much([(0, 3), (0, 5)], 10)
    (1, -2)
    >>> by_how_much([(0, 10), (0, 10)], 10)
    0
    """
    least, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    return max(0, least - total) + min(0, most - total)
