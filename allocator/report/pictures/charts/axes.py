"""Axes with round numbers, for pictures that are no maps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from allocator.report.pictures.svg import GREY, LINE, SMALL, label, tag
from allocator.words.numbers import decimals


@dataclass(frozen=True, slots=True)
class Axis:
    """From numbers to places on the page."""

    low: Fraction  # the number at the start
    high: Fraction  # the number at the end
    start: float  # where the start stands on the page
    end: float
    step: Fraction  # between two marks

    def at(self, number: Fraction | int) -> float:
        """Where a number stands.

        >>> axis_of(Fraction(0), Fraction(10), 0, 100).at(5)
        50.0
        """
        part = float((number - self.low) / (self.high - self.low))
        return self.start + part * (self.end - self.start)

    @property
    def marks(self) -> Iterator[Fraction]:
        mark = self.low
        while mark <= self.high:
            yield mark
            mark += self.step

    def written(self, number: Fraction, lang: str) -> str:
        """A mark with as many decimals as its step has."""
        places = 0
        while (self.step * 10**places).denominator != 1:
            places += 1
        return decimals(number, places, lang)


def axis_of(low: Fraction, high: Fraction, start: float, end: float, about: int = 5) -> Axis:
    """An axis with about so many steps of 1, 2 or 5 times a power of ten around two numbers.

    >>> [int(mark) for mark in axis_of(Fraction(0), Fraction(4321), 0, 100).marks]
    [0, 1000, 2000, 3000, 4000, 5000]
    """
    wanted = (high - low) / about or Fraction(1)
    step = Fraction(1)
    while step > wanted:
        step /= 10
    while step * 10 <= wanted:
        step *= 10
    step = next(step * times for times in (1, 2, 5, 10) if step * times >= wanted)
    return Axis(low // step * step, -(-high // step) * step or step, start, end, step)


def across(axis: Axis, left: float, right: float, lang: str, sign: str = "") -> Iterator[str]:
    """Thin horizontal lines at the marks of an upright axis, each with its number on the left."""
    for mark in axis.marks:
        y = axis.at(mark)
        yield tag("line", x1=left, x2=right, y1=y, y2=y, stroke=LINE)
        yield label(left - 6, y, axis.written(mark, lang) + sign, SMALL, "end", GREY)


def along(axis: Axis, top: float, bottom: float, lang: str, sign: str = "") -> Iterator[str]:
    """Thin upright lines at the marks of a level axis, each with its number under it."""
    for mark in axis.marks:
        x = axis.at(mark)
        yield tag("line", x1=x, x2=x, y1=top, y2=bottom, stroke=LINE)
        yield label(x, bottom + 13, axis.written(mark, lang) + sign, SMALL, "middle", GREY)
