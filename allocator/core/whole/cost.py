"""What it costs to give a cell its next unit, exactly and in numbers that can be added.

Largest remainder counts in integers over the common denominator: from n to n+1 the sum of squared
differences changes by (2n+1) - 2q; between floor and ceiling that is the classic 1 - 2*remainder.
A divisor method ranks cells by signpost(n) / q. The objective that two sets of multipliers support
is the *product* of these ratios (Gaffke and Pukelsheim), that is the sum of their logarithms. A
`Ratio` is such a logarithm kept exact: adding two multiplies the fractions, so no root or logarithm
is ever taken. Hill's signpost sqrt(n(n+1)) is compared squared, as n(n+1) / q**2.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd
from typing import Protocol, Self

LARGEST_REMAINDER = "largest-remainder"
DIVISOR_METHODS = ("adams", "dean", "hill", "webster", "jefferson")
METHODS = (LARGEST_REMAINDER, *DIVISOR_METHODS)


class Cost(Protocol):
    """An ordered number that can be added and taken back: `int` or `Ratio`."""

    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __neg__(self) -> Self: ...
    def __lt__(self, other: Self, /) -> bool: ...


class Ratio:
    """The logarithm of tiny**zeros * top / bottom, where tiny is smaller than any fraction.

    `zeros` counts the signposts that are 0 (Adams, Dean and Hill give a first unit before all else)
    less the quotas that are 0; it goes before the fraction.

    >>> Ratio(3, 2) + Ratio(2, 3) == Ratio(1, 1)
    True
    >>> Ratio(9, 1, zeros=1) < Ratio(1, 9)
    True
    """

    __slots__ = ("bottom", "top", "zeros")

    def __init__(self, top: int, bottom: int, zeros: int = 0) -> None:
        if bottom.bit_length() > 600:  # sums of many costs telescope: keep them short
            common = gcd(top, bottom)
            top, bottom = top // common, bottom // common
        self.top, self.bottom, self.zeros = top, bottom, zeros

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.top * other.top, self.bottom * other.bottom, self.zeros + other.zeros)

    def __sub__(self, other: Ratio) -> Ratio:
        return Ratio(self.top * other.bottom, self.bottom * other.top, self.zeros - other.zeros)

    def __neg__(self) -> Ratio:
        return Ratio(self.bottom, self.top, -self.zeros)

    def __lt__(self, other: Ratio) -> bool:
        if self.zeros != other.zeros:
            return self.zeros > other.zeros
        return self.top * other.bottom < other.top * self.bottom

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Ratio)
            and self.zeros == other.zeros
            and self.top * other.bottom == other.top * self.bottom
        )

    def __hash__(self) -> int:
        return hash((self.fraction, self.zeros))

    def __repr__(self) -> str:
        return f"Ratio({self.top}, {self.bottom}, zeros={self.zeros})"

    @property
    def fraction(self) -> Fraction:
        """The finite part in lowest terms."""
        return Fraction(self.top, self.bottom)


def signpost(method: str, n: int) -> tuple[int, int]:
    """The quota from which n+1 is the better number than n; for Hill its square.

    >>> [Fraction(*signpost("dean", n)) for n in (0, 1, 2)]
    [Fraction(0, 1), Fraction(4, 3), Fraction(12, 5)]
    """
    match method:
        case "adams":
            return n, 1
        case "dean":
            return 2 * n * (n + 1), 2 * n + 1
        case "hill":
            return n * (n + 1), 1
        case "webster":
            return 2 * n + 1, 2
        case "jefferson":
            return n + 1, 1
    raise ValueError(f"unknown method {method!r}: one of {', '.join(METHODS)}")


def ratio(method: str, quota: Fraction, n: int) -> Ratio:
    """signpost(n) / quota, for Hill squared, as a cost.

    >>> ratio("webster", Fraction(5, 4), 1)       # 1.5 / 1.25
    Ratio(12, 10, zeros=0)
    """
    top, bottom = signpost(method, n)
    up, down = quota.numerator, quota.denominator
    if method == "hill":
        up, down = up * up, down * down
    return Ratio((top or 1) * down, bottom * (up or 1), (top == 0) - (up == 0))


def zero_of(method: str) -> Cost:
    """Nothing, in the method's own numbers."""
    return 0 if method == LARGEST_REMAINDER else Ratio(1, 1)


def pricing(method: str, unit: int) -> Callable[[int, int], Cost]:
    """The cost of the step n -> n+1 for a quota given as a whole number of 1/unit.

    >>> pricing("largest-remainder", 100)(1237, 12)     # quota 12.37: remainder 0.37
    26
    """
    if method == LARGEST_REMAINDER:
        return lambda quota, n: (2 * n + 1) * unit - 2 * quota
    signpost(method, 0)
    return lambda quota, n: ratio(method, Fraction(quota, unit), n)
