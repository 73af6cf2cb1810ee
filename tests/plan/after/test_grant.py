"""The grant of Zeeland, worked out by hand; what municipalities offer and carry is invented."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

import allocator
from allocator.model.balances import Cell
from allocator.model.problem import InputError
from allocator.plan.after.grant import Grant, grant, places_above
from allocator.plan.after.rest_task import Standing

RECEPTION = allocator.distribute(allocator.load("nl/reception-2024"))
IN_ZEELAND = RECEPTION.instance.division.members["PV29"]
CODE = {RECEPTION.instance.division.by_code[code].name: code for code in IN_ZEELAND}
THREE_QUARTERS = Fraction(3, 4)


def zeeland(**otherwise: tuple[int, int]) -> dict[Cell, int]:
    """All carry their number, but for some: so many places more, of which so many for minors."""
    found = dict(RECEPTION.numbers)
    for name, (places, minors) in otherwise.items():
        found[CODE[name], "places"] += places
        found[CODE[name], "minors"] += minors
    return found


def granted(
    carried: Mapping[Cell, int], province_part: Fraction | None = None, **offered: int
) -> Grant:
    places = dict.fromkeys(IN_ZEELAND, 0) | {CODE[name]: n for name, n in offered.items()}
    standing = Standing("PV29", "places", RECEPTION.numbers, carried)
    return grant(RECEPTION.instance, standing, THREE_QUARTERS, places, province_part)


def test_zeeland() -> None:
    """Of 2,104 places 1,578 are three quarters; with 2,004 carried 426 are above.

    Goes offered 120 and Middelburg 80, both met theirs; Terneuzen offered 50 and carries 100 too
    few; Hulst met its number and offered nothing. So Goes has 3/5 and Middelburg 2/5.
    """
    found = granted(zeeland(Terneuzen=(-100, 0)), Goes=120, Middelburg=80, Terneuzen=50)
    assert (found.number, found.carried, found.places) == (2104, 2004, 426)
    assert found.bound == 1578
    assert found.proportions == {CODE["Goes"]: Fraction(3, 5), CODE["Middelburg"]: Fraction(2, 5)}
    assert found.split is None


def test_whole_places() -> None:
    """The province has 1/10 of 426, 42.6 or 43; of 383.4 or 383 Goes has 3/5: 230.04, 229.8."""
    found = granted(zeeland(Terneuzen=(-100, 0)), Fraction(1, 10), Goes=120, Middelburg=80).split
    assert found is not None
    assert found.exact_province == Fraction("42.6")
    assert found.exact == {CODE["Goes"]: Fraction("230.04"), CODE["Middelburg"]: Fraction("153.36")}
    assert found.province == 43
    assert found.whole == {CODE["Goes"]: 230, CODE["Middelburg"]: 153}
    amounts = found.amounts(Fraction(1000))
    assert sum(amounts.values()) == 383_400


def test_of_an_odd_place_in_two_the_municipalities_have_one_more() -> None:
    """2,005 carried: 427 above, 213.5 each."""
    found = granted(zeeland(Terneuzen=(-99, 0)), Fraction(1, 2), Goes=10)
    assert found.split is not None
    assert (found.split.province, found.split.whole) == (213, {CODE["Goes"]: 214})


def test_who_lacks_minors_has_not_met_its_number() -> None:
    found = granted(zeeland(Goes=(5, -1)), Goes=50, Kapelle=10)
    assert found.proportions == {CODE["Kapelle"]: Fraction(1)}


def test_nobody_is_entitled() -> None:
    found = granted(zeeland(Goes=(-1, 0)), Fraction(1, 4), Goes=50)
    assert (found.places, found.proportions) == (525, {})
    assert found.split is not None
    assert (found.split.province, found.split.whole, found.split.unclaimed) == (131, {}, 394)


def test_nothing_is_above() -> None:
    carried = dict.fromkeys(RECEPTION.numbers, 0) | {(CODE["Goes"], "places"): 1578}
    found = granted(carried, Fraction(1, 4), Goes=1578)
    assert (found.carried, found.places) == (1578, 0)
    assert found.split is not None
    assert (found.split.province, found.split.unclaimed) == (0, 0)
    assert set(found.split.whole.values()) <= {0}
    carried[CODE["Goes"], "places"] += 1
    assert granted(carried).places == 1


@pytest.mark.parametrize(("number", "first"), [(2104, 1579), (2109, 1582), (2110, 1583), (1, 1)])
def test_the_first_place_above(number: int, first: int) -> None:
    """1,578, 1,581.75, 1,582.5 and 0.75: the first whole number above each."""
    assert places_above(number, first - 1, THREE_QUARTERS) == 0
    assert places_above(number, first, THREE_QUARTERS) == 1
    assert places_above(number, first + 10, THREE_QUARTERS) == 11


@pytest.mark.parametrize("part", [Fraction(-1, 2), Fraction(3, 2)])
def test_a_part_beyond_the_whole_is_refused(part: Fraction) -> None:
    with pytest.raises(InputError, match="is no part of a whole"):
        granted(zeeland(), part, Goes=1)
