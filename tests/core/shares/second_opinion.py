"""Fair shares by five ways: water-filling, cuts, programs, an exact simplex, and the proof.

`python -m tests.core.shares.second_opinion COUNT SEED [NAME ...]` runs them with larger counts.
"""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from unittest import mock

import pytest

from allocator.core.shares import solve
from allocator.core.shares.check import check_shares
from allocator.core.shares.conflict import conflicts, conflicts_in_full, verified
from allocator.core.shares.cuts import settle_by_cuts
from allocator.core.shares.problem import Limit, Problem, Shares, Total, added
from allocator.core.shares.programs import settle_by_programs
from allocator.core.shares.solve import LimitsCollide, fair_shares, fair_shares_by
from allocator.core.shares.thresholds import (
    Threshold,
    ThresholdsCollide,
    shares_with_thresholds,
)
from tests.core.shares.exact_simplex import Infeasible, Row, minimum, slow_shares
from tests.core.shares.random_problems import problem_of, small
from tests.core.whole.alone import Comparison, each, main

MOST_CELLS = 6
"""The exact simplex is for problems of no more cells than these."""


def exact_simplex(count: int, seed: int) -> Counter[str]:
    """Small problems: all four ways to the same shares, and each result proven."""
    return each(count, seed, _all_four)


def programs(count: int, seed: int) -> Counter[str]:
    """Middling problems, up to 72 areas: water-filling, cuts and programs agree and are proven."""

    def compare(rng: random.Random) -> str:
        problem = problem_of(rng, rng.randint(2, 6), 12, rng.choice([50, 1000, 100000]))
        try:
            result = fair_shares(problem)
        except LimitsCollide as collision:
            return _verified(problem, collision)
        _other_ways_agree(problem, result)
        return "equal with a shortfall" if result.shortfalls else "equal"

    return each(count, seed, compare)


def simplex_on_conflicts(count: int, seed: int) -> Counter[str]:
    """Small problems: limits that collide do so for the exact simplex, but for any one of them."""
    return each(count, seed, _irreducible)


def all_choices(count: int, seed: int) -> Counter[str]:
    """Small problems with up to four thresholds: who opens, against every choice there is."""
    return each(count, seed, _who_opens)


def _all_four(rng: random.Random) -> str:
    problem = small(rng)
    while len(problem.quotas) > MOST_CELLS:
        problem = small(rng)
    try:
        result = fair_shares(problem)
    except LimitsCollide:
        with pytest.raises(Infeasible):
            slow_shares(problem)
        return "limits collide"
    shares, missing = slow_shares(problem)
    assert result.shares == shares, "the exact simplex"
    assert {frozenset(s.totals): s.number for s in result.shortfalls} == missing, "shortfall"
    _other_ways_agree(problem, result)
    if missing:
        return "equal with a shortfall"
    return "equal under limits" if result.levels else "equal to the quotas"


def _verified(problem: Problem, collision: LimitsCollide) -> str:
    assert all(verified(problem, conflict) for conflict in collision.conflicts)
    return "limits collide"


def _other_ways_agree(problem: Problem, result: Shares) -> None:
    """Without water-filling, by cuts and by programs; all are proven."""
    assert not check_shares(problem, result)
    with mock.patch.object(solve, "fill", return_value=None):  # water-filling
        for settle in (settle_by_cuts, settle_by_programs):
            other = fair_shares_by(problem, settle)
            assert other.shares == result.shares, settle.__name__
            assert other.shortfalls == result.shortfalls, settle.__name__
            assert not check_shares(problem, other), settle.__name__


def _irreducible(rng: random.Random) -> str:
    problem = small(rng)
    by_name: dict[str, Limit | Total] = {each.name: each for each in problem.totals}
    by_name.update((each.name, each) for each in problem.limits)
    used: set[str] = set()
    found = conflicts_in_full(problem)
    assert bool(found) == _collide([*problem.totals, *problem.limits])
    for conflict in found:
        assert verified(problem, conflict)
        names = sorted({side.name for side in (*conflict.must, *conflict.may)})
        members = [by_name[name] for name in names]
        assert _collide(members), names
        for member in members:
            assert not _collide([other for other in members if other is not member]), names
        limits = {name for name in names if isinstance(by_name[name], Limit)}
        assert not limits & used, names
        used |= limits
    assert all(verified(problem, conflict) for conflict in conflicts(problem))
    return "collide" if found else "fit"


def _collide(limits: Sequence[Limit | Total]) -> bool:
    """Whether limits collide, by the exact simplex; a total counts as an exact number."""
    rows: list[Row] = []
    for limit in limits:
        low, high = (
            (limit.number, limit.number) if isinstance(limit, Total) else (limit.low, limit.high)
        )
        if high is not None:
            rows.append((dict.fromkeys(limit.cells, Fraction(1)), Fraction(high)))
        if low is not None:
            rows.append((dict.fromkeys(limit.cells, Fraction(-1)), -Fraction(low)))
    try:
        minimum({}, rows)
    except Infeasible:
        return True
    return False


def _who_opens(rng: random.Random) -> str:
    problem = small(rng)
    cells = [cell for cell in problem.quotas if problem.quotas[cell]]
    chosen = rng.sample(cells, min(4, len(cells)))
    thresholds = [Threshold(f"t{c}", "", frozenset({c}), rng.randint(1, 6)) for c in chosen]
    try:
        opened = shares_with_thresholds(problem, thresholds)
    except LimitsCollide:
        return "limits collide"
    except ThresholdsCollide:
        assert _best_choice(problem, thresholds) is None
        return "thresholds collide"
    assert opened.names == _best_choice(problem, thresholds)
    assert not check_shares(opened.problem, opened.shares)
    return "equal"


def _best_choice(problem: Problem, thresholds: list[Threshold]) -> tuple[str, ...] | None:
    """The best choice: least shortfall, fewest places moved, earliest open."""
    found = []
    for choice in itertools.product((True, False), repeat=len(thresholds)):
        limits = [
            Limit(t.name, "", t.cells, t.least if z else None, None if z else 0)
            for t, z in zip(thresholds, choice, strict=True)
        ]
        try:
            result = fair_shares(replace(problem, limits=(*problem.limits, *limits)))
        except LimitsCollide:
            continue
        moved = 0
        for t, z in zip(thresholds, choice, strict=True):
            quota = added(problem.quotas[c] for c in t.cells)
            moved += max(0, t.least - math.ceil(quota)) if z else math.floor(quota)
        missing = sum((each.number for each in result.shortfalls), Fraction(0))
        found.append((missing, moved, tuple(not z for z in choice)))
    if not found:
        return None
    return tuple(t.name for t, shut in zip(thresholds, min(found)[2], strict=True) if not shut)


COMPARISONS: dict[str, Comparison] = {
    "exact-simplex": exact_simplex,
    "programs": programs,
    "simplex-on-conflicts": simplex_on_conflicts,
    "all-choices": all_choices,
}

if __name__ == "__main__":
    main("tests.core.shares.second_opinion", COMPARISONS)
