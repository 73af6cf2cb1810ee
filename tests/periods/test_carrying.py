"""Carrying over real changes: Haaren's split, Slochteren's border and then its merger."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from allocator.model.mergers import Change, between
from allocator.model.problem import Problems
from allocator.periods.carrying import carried, divided, inherited
from allocator.reading.country.tables import changes_of

HEIRS = {"GM0757": "Boxtel", "GM0824": "Oisterwijk", "GM0855": "Tilburg", "GM0865": "Vught"}


def changes(start: date, end: date, *codes: str) -> tuple[Change, ...]:
    """The real changes of some municipalities."""
    problems = Problems()
    found = between(changes_of("nl", problems), start, end)
    problems.raise_any()
    return tuple(change for change in found if change.old_code in codes)


@pytest.fixture(scope="module")
def haaren() -> tuple[Change, ...]:
    return changes(date(2020, 7, 1), date(2021, 1, 1), "GM0788")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, [0, 0, 0, 0]),
        (1, [0, 1, 0, 0]),  # 5,824 of 14,318 went to Oisterwijk, the most
        (10, [2, 4, 1, 3]),  # 1.501, 4.068, 1.007 and 3.424
        (14_318, [2149, 5824, 1442, 4903]),
    ],
)
def test_haaren(haaren: tuple[Change, ...], number: int, expected: list[int]) -> None:
    nothing = dict.fromkeys(HEIRS, 0)
    backlog = carried({"GM0788": number, **nothing}, haaren)
    ahead = carried({"GM0788": -number, **nothing}, haaren)
    assert backlog == dict(zip(HEIRS, expected, strict=True))
    assert ahead == {code: -persons for code, persons in backlog.items()}


def test_an_heir_may_get_less_of_more(haaren: tuple[Change, ...]) -> None:
    """As largest remainder does; who compares two half-years need not look for a mistake."""
    shares = inherited(["GM0788", *HEIRS], haaren)["GM0788"]
    assert divided(45, shares)["GM0855"] == 5
    assert divided(46, shares)["GM0855"] == 4


def test_a_part_and_then_the_rest() -> None:
    """Slochteren lost 1,033 of 15,770 persons to Groningen, and a year later became another."""
    found = changes(date(2016, 7, 1), date(2018, 1, 1), "GM0040")
    assert carried({"GM0014": 5, "GM0040": 100}, found) == {"GM0014": 5 + 7, "GM1952": 93}
    one, other = found
    assert carried({"GM0014": 5, "GM0040": 100}, [other, one]) == {"GM0014": 12, "GM1952": 93}
    halfway = carried({"GM0014": 5, "GM0040": 100}, [one])
    assert halfway == {"GM0014": 12, "GM0040": 93}


def test_equal_remainders_go_to_the_first_code() -> None:
    thirds = dict.fromkeys("CAB", Fraction(1, 3))
    assert divided(2, thirds) == {"C": 0, "A": 1, "B": 1}
    assert divided(-2, thirds) == {"C": 0, "A": -1, "B": -1}
