"""Divisor methods by the textbook: a larger total lowers nobody, more weight never gets less.

Largest remainder promises neither, and neither does a table of several levels.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.core.textbook.divisor import apportion
from allocator.core.textbook.largest_remainder import largest_remainder

METHODS = st.sampled_from(["adams", "dean", "hill", "webster", "jefferson"])
WEIGHTS = st.lists(st.integers(1, 1_000), min_size=1, max_size=8)


def named(weights: list[int]) -> dict[str, Fraction]:
    return {f"A{place}": Fraction(weight) for place, weight in enumerate(weights)}


@given(WEIGHTS, st.integers(0, 60), METHODS)
def test_a_larger_total_lowers_nobody(weights: list[int], more: int, method: str) -> None:
    areas = named(weights)
    total = len(areas) + more
    before = apportion(areas, total, method).numbers
    after = apportion(areas, total + 1, method).numbers
    assert all(after[area] >= before[area] for area in areas)


@given(WEIGHTS, st.integers(0, 60), METHODS, st.integers(1, 500), st.data())
def test_who_alone_grows_does_not_lose_to_another(
    weights: list[int], more: int, method: str, growth: int, data: st.DataObject
) -> None:
    areas = named(weights)
    grower = data.draw(st.sampled_from(sorted(areas)))
    total = len(areas) + more
    before = apportion(areas, total, method).numbers
    grown = apportion({**areas, grower: areas[grower] + growth}, total, method)
    if grown.tied:
        return
    assert grown.numbers[grower] >= before[grower]


def test_largest_remainder_does_not_promise_it() -> None:
    """Alabama's paradox: of 10 the smallest gets 2, of 11 it gets 1."""
    weights = {"A": Fraction(6), "B": Fraction(6), "C": Fraction(2)}
    numbers = {total: largest_remainder(weights, total).numbers["C"] for total in (10, 11)}
    assert numbers == {10: 2, 11: 1}


@pytest.mark.parametrize("method", ["adams", "hill", "dean"])
def test_a_total_below_the_number_of_areas_is_refused(method: str) -> None:
    with pytest.raises(ValueError, match="too few"):
        apportion(named([1, 2, 3]), 2, method)
