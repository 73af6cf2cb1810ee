"""Whether a number was announced as long before its half-year as the law asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance
from allocator.model.record import Announcement
from allocator.words.text import LocalText


class Timing(StrEnum):
    """Whether a number was public as early as the law asks."""

    IN_TIME = "in-time"
    LATE = "late"
    UNDECIDED = "undecided"  # the date is late, and is not known to be that of the first time
    REVISED = "revised"  # the date is that of a number that replaced an earlier one


@dataclass(frozen=True, slots=True)
class Announced:
    """When a number was announced, beside when the law wants it public."""

    period: HalfYear
    day: date
    latest: date
    article: str
    timing: Timing
    source: LocalText

    @property
    def days_late(self) -> int:
        return (self.day - self.latest).days


def dates(
    half: HalfYear, first: Instance, in_force: Instance, stream: str, known: Announcement | None
) -> Iterator[Announced]:
    """When the number was first announced, and when the one that replaced it was.

    A date that is early enough is in time, whether it is the first or not; a late one is only held
    against a number when it is known to be the first.
    """
    notice = first.rule.notice
    if notice is None:
        return
    latest = half.day - timedelta(weeks=notice.weeks)
    total = first.totals[stream]
    day, source = (known.day, known.source) if known else (total.announced, total.source)
    if day:
        late = Timing.LATE if known and known.first else Timing.UNDECIDED
        timing = Timing.IN_TIME if day <= latest else late
        yield Announced(half, day, latest, notice.article, timing, source)
    later = in_force.totals[stream]
    if in_force is not first and later.announced:
        day, source = later.announced, later.source
        yield Announced(half, day, latest, notice.article, Timing.REVISED, source)
