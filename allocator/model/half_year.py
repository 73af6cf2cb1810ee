"""The half-year, the period for which the ministry sets a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

#: Months of a half-year.
MONTHS = 6


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """Half a calendar year.

    >>> HalfYear(2022, 2).next, HalfYear(2022, 2).day
    (HalfYear(year=2023, half=1), datetime.date(2022, 7, 1))
    """

    year: int
    half: int  # 1 or 2

    @classmethod
    def read(cls, written: str) -> HalfYear | None:
        """The half-year that is written "2023-H1", or None for anything else."""
        found = re.fullmatch(r"([12]\d{3})-H([12])", written, re.ASCII)
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}"

    @property
    def day(self) -> date:
        """Its first day."""
        return date(self.year, 6 * self.half - 5, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.day - timedelta(days=1)

    @property
    def next(self) -> HalfYear:
        return HalfYear(self.year + self.half - 1, 3 - self.half)

    @property
    def previous(self) -> HalfYear:
        return HalfYear(self.year + self.half - 2, 3 - self.half)

    def month(self, moment: date) -> int | None:
        """Which of its months a day lies in, from 1 to 6; None outside it."""
        if not self.day <= moment <= self.last:
            return None
        return moment.month - self.day.month + 1
