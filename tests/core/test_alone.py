"""One stream by a method alone: limits of single leaves, ties, and what such a method refuses."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

import allocator
from allocator.model.instance import Instance
from allocator.model.limits import Limit
from allocator.model.problem import InputError, NoAnswer
from allocator.model.rule import Choice, Lot, Rounding
from tests.strategies import NAME, instance_of

METHODS = ("largest-remainder", "adams", "dean", "hill", "webster", "jefferson")


def five_three_two(total: int, *limits: Limit) -> Instance:
    weights = {"A": Fraction(5), "B": Fraction(3), "C": Fraction(2)}
    provinces = {"A": "P", "B": "P", "C": "Q"}
    plain = instance_of(weights, provinces, {"x": total}, Rounding.TEXTBOOK)
    return replace(plain, limits=limits)


def limit(code: str, least: int | None, most: int | None) -> Limit:
    return Limit(f"limit of {code}", NAME, "x", (code,), least, most)


def numbers(instance: Instance, method: str) -> list[int]:
    found = allocator.distribute(instance, method=method)
    return [found.number(code, "x") for code in ("A", "B", "C", "P", "NL")]


@pytest.mark.parametrize("method", METHODS)
def test_larger_areas_have_the_sums(method: str) -> None:
    assert numbers(five_three_two(100), method) == [50, 30, 20, 80, 100]


@pytest.mark.parametrize("method", METHODS)
def test_the_tightest_of_several_limits_holds(method: str) -> None:
    """Capped at 40, A leaves 60 in 3 to 2; C with 36 leaves 64 in 5 to 3."""
    caps = limit("A", None, 45), limit("A", None, 40), limit("A", None, 45)
    assert numbers(five_three_two(100, *caps), method)[:3] == [40, 36, 24]
    floors = limit("C", 22, None), limit("C", 36, None), limit("C", 25, None)
    assert numbers(five_three_two(100, *floors), method)[:3] == [40, 24, 36]
    fixed = limit("C", 36, None), limit("C", None, 36)
    assert numbers(five_three_two(100, *fixed), method)[:3] == [40, 24, 36]


def test_a_floor_of_nothing_changes_nothing() -> None:
    """Of one place A has it, by Jefferson's method; C with a floor of 0 stays at 0."""
    assert numbers(five_three_two(1, limit("C", 0, None)), "jefferson")[:3] == [1, 0, 0]
    assert numbers(five_three_two(1, limit("C", 1, None)), "jefferson")[:3] == [0, 0, 1]


def test_only_single_leaves_have_limits() -> None:
    opens = Limit("limit of C", NAME, "x", ("C",), None, None, nothing_or=5)
    for other in (limit("P", None, 50), opens):
        with pytest.raises(InputError, match="is not one of a single leaf"):
            numbers(five_three_two(100, other), "webster")


def test_limits_that_leave_no_room_are_refused() -> None:
    for method in METHODS:
        with pytest.raises(InputError, match=f"{method} cannot divide this"):
            numbers(five_three_two(100, limit("A", 101, None)), method)


def test_ties_go_by_order_or_stop() -> None:
    """A and B have half a place each by quota, and C two: one is left for the two of them."""
    weights = {"A": Fraction(1), "B": Fraction(1), "C": Fraction(4)}
    tied = instance_of(weights, dict.fromkeys("ABC", "P"), {"x": 3}, Rounding.TEXTBOOK)
    for method in ("largest-remainder", "webster"):
        found = allocator.distribute(tied, method=method)
        assert [found.number(code, "x") for code in "ABC"] == [1, 0, 2]
        assert [tie.numbers for tie in found.ties] == [{("A", "x"): 1, ("B", "x"): 0}]
        with pytest.raises(NoAnswer, match="These cells tie: A and B"):
            allocator.distribute(tied, method=method, ties="refuse")
    drawn = replace(tied, rule=replace(tied.rule, choice=Choice(Rounding.TEXTBOOK, ties=(LOT,))))
    with pytest.raises(InputError, match="A lot is read where areas are rounded together"):
        allocator.distribute(drawn)


LOT = Lot("digest", (("A", "x"), ("B", "x")))
