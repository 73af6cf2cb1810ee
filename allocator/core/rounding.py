"""Rounds quotas one by one, by whole-number arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from allocator.model.rule import Rounding


def up(quota: Fraction) -> int:
    """The next whole number, as the housing act wants it.

    >>> up(Fraction(1, 3)), up(Fraction(2))
    (1, 2)
    """
    return -(-quota.numerator // quota.denominator)


def down(quota: Fraction) -> int:
    """The whole number below.

    >>> down(Fraction(5, 3))
    1
    """
    return quota.numerator // quota.denominator


def half_up(quota: Fraction) -> int:
    """The nearest whole number, a half upward ("rekenkundig afgerond").

    >>> half_up(Fraction(5, 2)), half_up(Fraction("2.499"))
    (3, 2)
    """
    return down(quota + Fraction(1, 2))


def half_even(quota: Fraction) -> int:
    """The nearest whole number, a half to the even one.

    >>> half_even(Fraction(5, 2)), half_even(Fraction(7, 2))
    (2, 4)
    """
    return round(quota)


ROUND: Mapping[Rounding, Callable[[Fraction], int]] = {
    Rounding.UP: up,
    Rounding.DOWN: down,
    Rounding.HALF_UP: half_up,
    Rounding.HALF_EVEN: half_even,
}
