"""What must hold for the fair shares of every problem, whatever its limits.

Each law is one sentence, which the name of the test says.
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.core.shares.problem import Limit, Problem, Shares, Total, added
from allocator.core.shares.solve import LimitsCollide, fair_shares
from tests.core.shares.random_problems import small

seeds = st.integers(0, 10**9)


def solved(problem: Problem) -> Shares | None:
    try:
        return fair_shares(problem)
    except LimitsCollide:
        return None


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_a_tighter_cap_never_raises_the_capped_area(seed: int) -> None:
    problem = small(random.Random(seed))
    before = solved(problem)
    for i, limit in enumerate(problem.limits):
        if before is None or limit.high is None:
            continue
        tighter = replace(limit, high=Fraction(limit.high) * Fraction(3, 4))
        limits = (*problem.limits[:i], tighter, *problem.limits[i + 1 :])
        after = solved(replace(problem, limits=limits))
        if after is not None:
            assert added(after.shares[c] for c in limit.cells) <= added(
                before.shares[c] for c in limit.cells
            )


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_removing_a_slack_limit_changes_nothing(seed: int) -> None:
    problem = small(random.Random(seed))
    result = solved(problem)
    if result is None or result.shortfalls:
        return
    for limit in problem.limits:
        x = added(result.shares[c] for c in limit.cells)
        if (limit.low is None or limit.low < x) and (limit.high is None or x < limit.high):
            rest = tuple(each for each in problem.limits if each is not limit)
            without = solved(replace(problem, limits=rest))
            assert without is not None
            assert without.shares == result.shares


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    rng = random.Random(seed)
    problem = small(rng)
    cells, totals, limits = list(problem.quotas), list(problem.totals), list(problem.limits)
    for each in (cells, totals, limits):
        rng.shuffle(each)
    other = Problem({c: problem.quotas[c] for c in cells}, tuple(totals), tuple(limits))
    a, b = solved(problem), solved(other)
    assert (a and a.shares) == (b and b.shares)


@settings(max_examples=200, deadline=None)
@given(seeds, st.integers(2, 9))
def test_everything_times_a_factor_gives_shares_times_the_factor(seed: int, k: int) -> None:
    problem = small(random.Random(seed))

    def scaled(limit: Limit) -> Limit:
        low = None if limit.low is None else limit.low * k
        return replace(limit, low=low, high=None if limit.high is None else limit.high * k)

    larger = Problem(
        {cell: q * k for cell, q in problem.quotas.items()},
        tuple(replace(total, number=total.number * k) for total in problem.totals),
        tuple(scaled(limit) for limit in problem.limits),
    )
    a, b = solved(problem), solved(larger)
    assert (a and {c: x * k for c, x in a.shares.items()}) == (b and b.shares)


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_shares_as_quotas_return_themselves(seed: int) -> None:
    problem = small(random.Random(seed))
    result = solved(problem)
    if result is not None and not result.shortfalls:
        again = solved(replace(problem, quotas=result.shares))
        assert again is not None
        assert again.shares == result.shares
        assert not again.levels


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_without_a_binding_limit_the_share_is_the_quota(seed: int) -> None:
    problem = replace(small(random.Random(seed)), limits=())
    result = fair_shares(problem)
    assert result == Shares(dict(problem.quotas), (), ())


def test_all_cells_below_a_total_of_two_thirds_fall_alike() -> None:
    """Quotas 6 and 3, a total of 6: both take two thirds, 4 and 2."""
    a, b = ("A", "places"), ("B", "places")
    total = Total("places", "letter", frozenset({a, b}), 6)
    result = fair_shares(Problem({a: Fraction(6), b: Fraction(3)}, (total,)))
    assert list(result.shares.values()) == [4, 2]


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_a_limit_that_binds_is_told_with_the_sum_it_comes_to(seed: int) -> None:
    """A sign of +1 says at most so many, −1 at least."""
    problem = small(random.Random(seed))
    result = solved(problem)
    limits = {limit.name: limit for limit in problem.limits}
    if result is None:
        return
    for one in (one for level in result.levels for one in level.binding):
        assert one.sign in (-1, 1)
        if one.name in limits:
            assert one.number == added(result.shares[cell] for cell in limits[one.name].cells)
