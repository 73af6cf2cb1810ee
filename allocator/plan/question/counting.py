"""What counts toward a province's number: how long a location is there, and from which day.

A location counts when it is available for so many years, from the plan's day or from a day within
so many months after it. A location that does not says why.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

from allocator.model.plan import Counting, Location
from allocator.words.text import Text, counted, text


class Reason(StrEnum):
    """Why a location does not count, or is left out of the plan."""

    REFUSED = "refused"  # the board does not want it
    ENDED = "ended"  # it was gone before the plan's day
    TOO_LATE = "too-late"  # it opens later than the law allows
    NOT_DURABLE = "not-durable"  # it was not agreed for as long as the law asks
    TOO_SHORT = "too-short"  # it ends before it was there for as long
    TOO_SMALL = "too-small"  # with the others of its kind in its municipality


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A location that is there and does not count, or a candidate that is left out."""

    location: Location
    reason: Reason
    says: Text


def later(day: date, months: int) -> date:
    """The same day so many months later; where that month has no such day, the next one.

    >>> later(date(2024, 2, 1), 12), later(date(2024, 2, 29), 60), later(date(2024, 1, 31), 1)
    (datetime.date(2025, 2, 1), datetime.date(2029, 3, 1), datetime.date(2024, 3, 1))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    if day.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, day.day)
    return later(date(year, month + 1, 1), 1)


def last_needed(start: date, years: int) -> date:
    """The last day on which a location must be there, to be available for so many years.

    Five years from 1 February 2024 are over after 31 January 2029:

    >>> last_needed(date(2024, 2, 1), 5)
    datetime.date(2029, 1, 31)
    """
    return later(start, 12 * years) - timedelta(days=1)


def not_counted(location: Location, day: date, counting: Counting) -> NotCounted | None:
    """Why a location does not count for the term that the law asks; None where it does."""
    found = _reason(location, day, counting)
    return NotCounted(location, *found) if found else None


def _reason(location: Location, day: date, counting: Counting) -> tuple[Reason, Text] | None:
    latest, start = later(day, counting.months), max(location.opens or day, day)
    years = counted(counting.years, "{number} year", "{number} years")
    title, article = location.title, counting.term_article
    if location.ends and location.ends < day:
        return Reason.ENDED, text(
            "{title} ended on {ends}, before {day}.", title=title, ends=location.ends, day=day
        )
    if start > latest:
        return Reason.TOO_LATE, text(
            "{title} opens on {opens}; what opens after {latest} does not count ({article}).",
            title=title,
            opens=start,
            latest=latest,
            article=article,
        )
    if not location.durable:
        return Reason.NOT_DURABLE, text(
            "{title} was not agreed for {years} or longer ({article}).",
            title=title,
            years=years,
            article=article,
        )
    needed = last_needed(start, counting.years)
    if location.ends and location.ends < needed:
        return Reason.TOO_SHORT, text(
            "{title} ends on {ends}; it counts if it is there for {years}, until {needed} "
            "({article}).",
            title=title,
            ends=location.ends,
            years=years,
            needed=needed,
            article=article,
        )
    return None
