"""How finely a figure is written, and how far from what it is a change is still looked for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from allocator.model.indicator import Indicator, Kind

#: Figures that need more decimals than this are taken to be written with so many.
MOST_DECIMALS = 6
#: A figure is changed up to so many times what it is, or what the largest is.
TIMES = 10


@dataclass(frozen=True, slots=True)
class Room:
    """The steps in which a figure can be changed."""

    step: Fraction  # the last place in which figures are written
    up: int  # so many steps up are looked at
    down: int  # and so many down


def resolution(indicator: Indicator) -> Fraction:
    """The least difference between two figures: 1 of a count, of a rate its last decimal.

    Scores of -0.2156 and 0.08 are written in ten-thousandths:

    >>> last_place([Fraction("-0.2156"), Fraction("0.08")])
    Fraction(1, 10000)
    """
    if indicator.kind is Kind.COUNT:
        return Fraction(1)
    made_up = indicator.lacking | indicator.assumed  # a mean of the others has any decimals
    return last_place([v for code, v in indicator.values.items() if code not in made_up])


def last_place(values: list[Fraction]) -> Fraction:
    """The largest of 1, 0.1, 0.01 ... of which all values are multiples, or the last one known."""
    for places in range(MOST_DECIMALS):
        if all(10**places % value.denominator == 0 for value in values):
            return Fraction(1, 10**places)
    return Fraction(1, 10**MOST_DECIMALS)


@dataclass(frozen=True)
class Rooms:
    """How far the figures of an indicator are changed, leaf by leaf."""

    indicator: Indicator

    @cached_property
    def step(self) -> Fraction:
        return resolution(self.indicator)

    @cached_property
    def largest(self) -> Fraction:
        """The largest figure of all areas, whatever its sign."""
        return max(abs(value) for value in self.indicator.values.values())

    @cached_property
    def below_nought(self) -> bool:
        """Whether some area has a figure below 0."""
        return min(self.indicator.values.values()) < 0

    def of(self, code: str) -> Room:
        """How far the figure of a leaf is changed.

        Up to ten times the figure or to the largest of all areas, whichever is more; a rate up by
        ten times the largest. Down to 0, or by as much as that where some area is below 0.
        """
        figure = self.indicator.values[code]
        reach = TIMES * self.largest
        up = reach
        if self.indicator.kind is Kind.COUNT:
            up = max(TIMES * figure, self.largest) - figure
        down = reach if self.below_nought else figure
        return Room(self.step, floor(up / self.step), floor(down / self.step))
