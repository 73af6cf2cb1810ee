"""The published record of a national number: figures per half-year, and what is said of them.

A figure may be a range, and several sources may give several numbers for one thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from allocator.model.half_year import HalfYear
from allocator.model.indicator import Quality
from allocator.model.streams import KeyText
from allocator.words.text import LocalText, Text

#: What instances and the half-year after say; a record does not give these itself.
FROM_ELSEWHERE = ("net", "announced", "adds_up_to", "rows", "next_opening")
#: What every record may give; other figures are named under its terms.
OF_EVERY_RECORD = ("opening", "in_all", "realised", "closing")


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers from a lowest to a highest; a single number is both.

    >>> Range.of(17000, 18000).within(Range.of(15000, 20000)), Range.of(3728).whole
    (True, 3728)
    """

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, low: int, high: int | None = None) -> Range:
        return cls(Fraction(low), Fraction(low if high is None else high))

    @property
    def single(self) -> bool:
        return self.low == self.high

    @property
    def whole(self) -> int | None:
        """The number, where it is a single whole one."""
        return int(self.low) if self.single and self.low.denominator == 1 else None

    def within(self, other: Range) -> bool:
        return other.low <= self.low and self.high <= other.high


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the record, and who published it."""

    range: Range
    source: LocalText | Text
    quality: Quality | None = None  # how far to trust it, where its source does not say enough
    implied: bool = False  # not published: it follows from other figures


@dataclass(frozen=True, slots=True)
class Statement:
    """A sum over figures, set beside what was published or filling in what was not."""

    says: LocalText | Text  # what is compared, in words
    sum: KeyText
    beside: KeyText | None = None  # the sum of figures, or the one figure, it should equal
    implies: str = ""  # instead: the figure that it gives


@dataclass(frozen=True, slots=True)
class Announcement:
    """An earlier announcement of a target than the one its instance names."""

    day: date
    first: bool  # whether it is known to be the first
    source: LocalText


@dataclass(frozen=True)
class PeriodRecord:
    """What was published of one half-year."""

    figures: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    """Per name its numbers; the first of several is the one that sums are made with."""
    statements: tuple[Statement, ...] = ()
    announced: Announcement | None = None
    notes: tuple[LocalText, ...] = ()


@dataclass(frozen=True)
class Record:
    """What was published of a number in all its half-years, besides the numbers themselves."""

    name: str  # "nl/housing": the instances "nl/housing-..." give the numbers
    title: LocalText
    rule: str  # the name of the rule that those instances follow
    stream: str
    terms: Mapping[str, LocalText]  # what readers call its figures
    periods: Mapping[HalfYear, PeriodRecord]
    notes: tuple[LocalText, ...]
    file: str

    @property
    def country(self) -> str:
        return self.name.partition("/")[0]

    def of(self, half: HalfYear) -> PeriodRecord:
        """What was published of a half-year, if anything."""
        return self.periods.get(half, PeriodRecord())
