"""What a caller can get wrong is told in one go.

What looks odd and is no mistake is divided all the same.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from allocator.core.shares.check import check_shares
from allocator.core.shares.problem import Limit, Problem, Total
from allocator.core.shares.solve import LimitsCollide, fair_shares

A, B, C = ("A", "m"), ("B", "m"), ("C", "m")
QUOTAS = {A: Fraction(2), B: Fraction(2), C: Fraction(2)}
TOTAL = Total("all", "letter", frozenset({A, B, C}), 5)


def test_every_slip_is_told() -> None:
    with pytest.raises(ValueError, match="used 2 times") as error:
        Problem(
            {A: Fraction(-1), B: Fraction(1)},
            (Total("x", "", frozenset({A}), -1),),
            (Limit("x", "", frozenset({C})), Limit("y", "", frozenset())),
        )
    for words in ("below 0", "no quota", "no cells", "no total of one part"):
        assert words in str(error.value)


def test_pools_that_overlap_are_refused_by_name() -> None:
    pools = (Limit("pool 1", "", frozenset({A, B}), 1), Limit("pool 2", "", frozenset({B, C}), 1))
    with pytest.raises(ValueError, match="'pool 2' lies partly inside 'pool 1'"):
        fair_shares(Problem(QUOTAS, (TOTAL,), pools))


def test_a_cell_without_quota_takes_what_a_floor_says_and_no_more() -> None:
    quotas = {A: Fraction(4), B: Fraction(0), C: Fraction(1)}
    floor = Limit("floor", "", frozenset({B}), low=1)
    cap = Limit("cap", "", frozenset({A}), high=2)
    capped = Limit("cap of C", "", frozenset({C}), high=1)
    result = fair_shares(Problem(quotas, (TOTAL,), (floor, cap, capped)))
    assert list(result.shares.values()) == [2, 1, 1]
    assert result.shortfalls[0].number == 1


def test_a_province_and_a_town_of_one_name() -> None:
    """A cell (Utrecht, minors) is not the shortfall of the totals Utrecht and minors."""
    quotas = {("Utrecht", "minors"): Fraction(3), ("Zeist", "minors"): Fraction(1)}
    cells = frozenset(quotas)
    totals = (Total("Utrecht", "", cells, 4), Total("minors", "", cells, 4))
    caps = tuple(Limit(f"cap of {c[0]}", "", frozenset({c}), high=1) for c in quotas)
    problem = Problem(quotas, totals, caps)
    result = fair_shares(problem)
    assert list(result.shares.values()) == [1, 1]
    (missing,) = result.shortfalls
    assert missing.totals == ("Utrecht", "minors")
    assert missing.number == 2
    assert not check_shares(problem, result)


def test_provinces_that_do_not_add_to_the_country_are_a_conflict_of_totals() -> None:
    parts = (Total("P", "", frozenset({A, B}), 3), Total("Q", "", frozenset({C}), 1))
    with pytest.raises(LimitsCollide) as error:
        fair_shares(Problem(QUOTAS, (TOTAL, *parts)))
    assert str(error.value) == "5 - 3 - 1: 1 too many (all, P, Q)"


def test_provinces_that_leave_a_town_out_are_refused() -> None:
    with pytest.raises(ValueError, match="the totals inside 'all' leave cells out"):
        Problem(QUOTAS, (TOTAL, Total("P", "", frozenset({A, B}), 3)))
