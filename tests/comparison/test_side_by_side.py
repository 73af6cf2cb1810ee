"""Keys side by side: differences, what moves, who gains, and all of it inside one area only."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

import allocator
from allocator.comparison.regions import LEVEL, OUTSIDE, REGION, around, with_region
from allocator.comparison.side_by_side import Alternative, Change, Comparison, Movement
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator
from allocator.model.instance import Instance
from allocator.model.problem import Place
from allocator.model.rule import Rounding
from allocator.model.streams import KeyText
from tests.strategies import instance_of

PROVINCES = {"A": "P1", "B": "P1", "C": "P2", "D": "P2"}


def values(written: str) -> dict[str, Fraction]:
    return dict(zip("ABCD", map(Fraction, written.split()), strict=True))


def by(weights: str, total: int = 100) -> Distribution:
    return distribute(instance_of(values(weights), PROVINCES, {"places": total}, Rounding.HALF_UP))


def people(written: str) -> Indicator:
    return replace(by("1 1 1 1").instance.indicators["people"], values=values(written))


def beside(*others: str, within: str = "NL", per: str | None = "1000 2000 3000 4000") -> Comparison:
    """By 10, 20, 30 and 40, and by other weights, which are their names."""
    return Comparison(
        Alternative("", by("10 20 30 40")),
        tuple(Alternative(weights, by(weights)) for weights in others),
        within,
        people(per) if per else None,
    )


# --- One number ---


@pytest.mark.parametrize(
    ("before", "number", "difference", "part"),
    [
        (40, 50, 10, Fraction(1, 4)),
        (50, 40, -10, Fraction(-1, 5)),
        (50, 50, 0, Fraction(0)),
        (0, 5, 5, None),
        (0, 0, 0, None),
        (5, 0, -5, Fraction(-1)),
    ],
)
def test_a_change_absolute_and_as_a_part(
    before: int, number: int, difference: int, part: Fraction | None
) -> None:
    change = Change(before, number, None)
    assert (change.difference, change.part) == (difference, part)


def test_a_change_per_1000_inhabitants() -> None:
    change = Change(40, 50, Fraction(20_000))
    assert [change.per_1000(n) for n in (change.before, change.number, change.difference)] == [
        2,
        Fraction(5, 2),
        Fraction(1, 2),
    ]
    assert Change(40, 50, None).per_1000(50) is None
    assert Change(40, 50, Fraction(0)).per_1000(50) is None


# --- All numbers ---


def test_a_comparison_holds_every_number_to_the_first_key() -> None:
    found = beside("40 30 20 10")
    (other,) = found.others
    changes = {code: found.change(other, (code, "places")) for code in (*"ABCD", "P1", "P2", "NL")}
    assert {code: change.difference for code, change in changes.items()} == {
        **{"A": 30, "B": 10, "C": -10, "D": -30},
        **{"P1": 40, "P2": -40, "NL": 0},
    }
    assert changes["P1"].part == Fraction(4, 3)
    # 70 over 3,000 inhabitants
    assert changes["P1"].per_1000(changes["P1"].number) == Fraction(70, 3)


def test_who_gains_and_who_loses_the_most_first() -> None:
    found = beside("40 30 20 10", "10 30 20 40", "10 20 30 40", "10 10 40 40")
    reverse, swapped, same, tied = found.others
    assert found.movement(reverse, "places") == Movement(("A", "B"), ("D", "C"), 0, 40, 40)
    assert found.movement(swapped, "places") == Movement(("B",), ("C",), 2, 10, 10)
    assert found.movement(same, "places") == Movement((), (), 4, 0, 0)
    assert found.movement(tied, "places") == Movement(("C",), ("B",), 2, 10, 10)
    assert found.movement(reverse, "places").moved == 40


def test_equal_changes_stand_in_the_order_of_codes() -> None:
    found = beside("15 15 35 35")
    movement = found.movement(found.others[0], "places")
    assert (movement.gaining, movement.losing) == (("A", "C"), ("B", "D"))


def test_what_is_more_in_all_moves_from_nobody() -> None:
    """By thirds 100 becomes 33, 33 and 33; the first key gives 10, 20, 30 and 40."""
    found = beside("1 1 1 0")
    movement = found.movement(found.others[0], "places")
    # +23, +13, +3 and -40
    assert (movement.more, movement.fewer, movement.moved) == (39, 40, 39)


def test_inside_an_area_nobody_else_is_counted() -> None:
    found = beside("40 30 20 10", within="P1")
    assert [leaf.code for leaf in found.leaves] == ["A", "B"]
    assert [area.code for area in found.areas] == ["A", "B", "P1"]
    movement = found.movement(found.others[0], "places")
    assert movement == Movement(("A", "B"), (), 0, 40, 0)
    assert movement.moved == 0
    assert found.people() == {"A": 1000, "B": 2000}
    assert found.numbers(found.reference, "places") == {"A": 10, "B": 20}


def test_inhabitants_of_larger_areas_are_those_of_their_leaves() -> None:
    found = beside("1 1 1 1")
    assert [found.inhabitants(code) for code in ("A", "P1", "P2", "NL")] == [
        *(1000, 3000),
        *(7000, 10_000),
    ]


def test_how_even_a_key_is_needs_inhabitants() -> None:
    even = beside("40 30 20 10")
    measured = even.fairness(even.reference, "places")
    assert measured is not None
    assert measured.gini == 0
    other = even.fairness(even.others[0], "places")
    assert other is not None
    assert other.gini is not None
    assert other.gini > 0
    unknown = beside("40 30 20 10", per=None)
    assert unknown.fairness(unknown.reference, "places") is None
    assert unknown.people() == {}
    assert unknown.inhabitants("NL") is None
    change = unknown.change(unknown.others[0], ("A", "places"))
    assert change.per_1000(change.number) is None


def test_without_others_there_is_only_the_first() -> None:
    found = beside()
    assert found.all == (found.reference,)
    assert found.movement(found.reference, "places").same == 4


# --- A region of one's own ---


@cache
def reception() -> Instance:
    return allocator.load("nl/reception-2024")


WALCHEREN = ("GM0687", "GM0718", "GM0717")


def test_a_region_has_all_others_beside_it() -> None:
    division = around(reception().division, "Walcheren", WALCHEREN)
    assert division.tree == ("country", LEVEL, "municipality")
    assert [(a.code, a.name) for a in division.at(LEVEL)] == [
        (REGION, "Walcheren"),
        (OUTSIDE, ""),
    ]
    assert set(division.members[REGION]) == set(WALCHEREN)
    assert len(division.members[OUTSIDE]) == 339
    assert division.members["NL"] == reception().division.members["NL"]
    assert {division.by_code[code].parent for code in WALCHEREN} == {REGION}
    assert division.root.code == "NL"
    assert not division.crossing("country", LEVEL)
    assert [area.code for area in division.at("municipality")] == [
        area.code for area in reception().division.leaves
    ]


def test_a_region_of_everybody_has_nobody_outside() -> None:
    base = by("1 2 3 4").instance.division
    division = around(base, "all", "ABCD")
    assert [area.code for area in division.at(LEVEL)] == [REGION]
    assert division.members[REGION] == division.members["NL"] == tuple("ABCD")


def test_a_region_changes_no_number_and_has_the_sum_of_its_own() -> None:
    plain, region = distribute(reception()), with_region(reception(), "Walcheren", WALCHEREN)
    found = distribute(region)
    for stream in ("places", "minors", "regular"):
        for leaf in reception().division.leaves:
            assert found.number(leaf.code, stream) == plain.number(leaf.code, stream)
        assert found.number(REGION, stream) == sum(plain.number(c, stream) for c in WALCHEREN)


@pytest.mark.parametrize(
    "leaves",
    [
        WALCHEREN,
        ("GM0363", "GM0687", "GM0014"),  # Amsterdam, Middelburg and Groningen
        ("GM0687",),
    ],
)
def test_a_region_keeps_its_number_under_another_key(leaves: tuple[str, ...]) -> None:
    region = with_region(reception(), "own", leaves)
    before = distribute(region)
    key = another_key(region, KeyText("1", Place("--key")))
    found = distribute(inside_each(key, LEVEL, before))
    for stream in ("places", "minors", "regular"):
        for code in (REGION, OUTSIDE, "NL"):
            assert found.number(code, stream) == before.number(code, stream)
    numbers = [found.number(code, "places") for code in leaves]
    assert max(numbers) - min(numbers) <= 1
