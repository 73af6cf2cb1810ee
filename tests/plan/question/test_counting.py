"""What counts by law: five years or longer, from the plan's day or from a day within twelve months.

The plan's day is 1 February 2024. Five years from then are over after 31 January 2029. Within
twelve months is up to and with 1 February 2025; five years from that day end on 31 January 2030.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from allocator.plan.question.counting import Reason, later, not_counted
from tests.plan.locations import COUNTING, DAY, location

CASES: dict[str, tuple[dict[str, Any], Reason | None]] = {
    "no end is known": ({}, None),
    "the last day is the last that is needed": ({"ends": date(2029, 1, 31)}, None),
    "a day too short": ({"ends": date(2029, 1, 30)}, Reason.TOO_SHORT),
    "years behind it do not help": (
        {"opens": date(2015, 1, 1), "ends": date(2029, 1, 30)},
        Reason.TOO_SHORT,
    ),
    "ends on the plan's day": ({"ends": DAY}, Reason.TOO_SHORT),
    "ended the day before": ({"ends": date(2024, 1, 31)}, Reason.ENDED),
    "opens a year later": ({"opens": date(2025, 2, 1)}, None),
    "opens a day too late": ({"opens": date(2025, 2, 2)}, Reason.TOO_LATE),
    "five years from a later opening": (
        {"opens": date(2025, 2, 1), "ends": date(2030, 1, 31)},
        None,
    ),
    "not quite five years from a later opening": (
        {"opens": date(2025, 2, 1), "ends": date(2030, 1, 30)},
        Reason.TOO_SHORT,
    ),
    "not agreed for long": ({"durable": False, "ends": date(2040, 1, 1)}, Reason.NOT_DURABLE),
    "a candidate is held to the same": (
        {"existing": False, "opens": date(2025, 3, 1)},
        Reason.TOO_LATE,
    ),
    "the end of all days": ({"opens": date.max, "ends": date.max}, Reason.TOO_LATE),
}


@pytest.mark.parametrize("case", CASES)
def test_what_counts(case: str) -> None:
    changed, reason = CASES[case]
    found = not_counted(location(**changed), DAY, COUNTING)
    assert (found.reason if found else None) is reason


def test_it_says_why() -> None:
    short = not_counted(location(ends=date(2026, 6, 30)), DAY, COUNTING)
    assert short is not None
    assert str(short.says) == (
        "the old barracks ends on 30 June 2026; it counts if it is there for 5 years, until 31 "
        "January 2029 (art. 2)."
    )
    one_year = replace(COUNTING, years=1)
    late = not_counted(location(opens=date(2025, 9, 1)), DAY, one_year)
    assert late is not None
    assert str(late.says) == (
        "the old barracks opens on 1 September 2025; what opens after 1 February 2025 does not "
        "count (art. 2)."
    )
    loose = not_counted(location(durable=False), DAY, one_year)
    assert loose is not None
    assert str(loose.says) == "the old barracks was not agreed for 1 year or longer (art. 2)."


def test_the_rule_sets_the_terms() -> None:
    lenient = replace(COUNTING, years=2, months=18)
    assert not_counted(location(opens=date(2025, 8, 1)), DAY, lenient) is None
    assert not_counted(location(ends=date(2026, 1, 31)), DAY, lenient) is None
    assert not_counted(location(ends=date(2026, 1, 30)), DAY, lenient) is not None


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 12, 31), 2, date(2025, 3, 1)),
        (date(2024, 12, 1), 0, date(2024, 12, 1)),
        (date(9999, 6, 1), 12, date.max),
    ],
)
def test_so_many_months_later(start: date, months: int, end: date) -> None:
    assert later(start, months) == end
