"""Figures that follow mergers: nobody is lost, and parts are exact."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.model.mergers import Change, between, portions
from allocator.model.problem import Problems
from allocator.reading.country.tables import changes_of, tables_folder
from allocator.reading.formats.csv_table import PLAIN, read_csv
from allocator.reading.formats.numerals import whole

CHANGES = changes_of("nl", Problems())


@cache
def population(year: int) -> dict[str, int]:
    path = tables_folder("nl") / "population" / f"{year}.csv"
    table = read_csv(path, PLAIN, Problems(), ("code", "population"), ("name",))
    return {record["code"]: whole(record["population"]) for record in table.records}


@pytest.mark.parametrize("year", range(2015, 2025))
def test_the_changes_lead_from_one_division_to_the_next(year: int) -> None:
    moved = between(CHANGES, date(year, 1, 1), date(year + 1, 1, 1))
    assert set(portions(population(year), moved)) == set(population(year + 1))


@given(st.sampled_from(range(2015, 2026)), st.sampled_from(range(2015, 2026)))
def test_carrying_loses_nobody(one: int, other: int) -> None:
    start, end = sorted((one, other))
    codes = population(start)
    parts = portions(codes, between(CHANGES, date(start, 1, 1), date(end, 1, 1)))
    assert set(parts) == set(population(end))
    held: dict[str, Fraction] = {}
    for shares in parts.values():
        for code, share in shares.items():
            held[code] = held.get(code, Fraction(0)) + share
    assert held == dict.fromkeys(codes, Fraction(1))


def test_haaren_is_divided_over_four() -> None:
    """1 January 2021: of 14,318 persons 5,824 went to Oisterwijk, 4,903 to Vught, ..."""
    moved = between(CHANGES, date(2020, 1, 1), date(2021, 1, 1))
    parts = portions(population(2020), moved)
    into = {new: shares["GM0788"] for new, shares in parts.items() if "GM0788" in shares}
    assert into == {
        "GM0824": Fraction(5_824, 14_318),
        "GM0865": Fraction(4_903, 14_318),
        "GM0757": Fraction(2_149, 14_318),
        "GM0855": Fraction(1_442, 14_318),
    }


def test_a_municipality_that_changes_twice_on_a_day_is_moved_once() -> None:
    day = date(2020, 1, 1)
    first = Change(day, "A", "A", "B", "B", "merge", 10, 10)
    second = Change(day, "B", "B", "C", "C", "boundary", 5, 10)
    parts = portions(["A", "B"], [first, second])
    assert parts["B"] == {"A": Fraction(1), "B": Fraction(1, 2)}
    assert parts["C"] == {"B": Fraction(1, 2)}
