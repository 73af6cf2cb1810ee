"""Nothing or at least so many: against all choices, one by one."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.core.shares.check import check_shares
from allocator.core.shares.problem import Limit, Problem, added
from allocator.core.shares.solve import LimitsCollide, fair_shares
from allocator.core.shares.thresholds import Threshold, ThresholdsCollide, shares_with_thresholds
from tests.core.shares.random_problems import small


def best(problem: Problem, thresholds: list[Threshold]) -> tuple[str, ...] | None:
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


def test_small_cases_against_all_choices() -> None:
    compared = 0
    for seed in range(150):
        rng = random.Random(seed)
        problem = small(rng)
        cells = [c for c in problem.quotas if problem.quotas[c]]
        chosen = rng.sample(cells, min(4, len(cells)))
        thresholds = [Threshold(f"t{c}", "", frozenset({c}), rng.randint(1, 6)) for c in chosen]
        try:
            opened = shares_with_thresholds(problem, thresholds)
        except LimitsCollide:
            continue
        except ThresholdsCollide:
            assert best(problem, thresholds) is None, seed
            continue
        compared += 1
        assert opened.names == best(problem, thresholds), seed
        assert not check_shares(opened.problem, opened.shares), seed
    assert compared > 40


def test_thresholds_that_collide_are_named() -> None:
    a, b = ("A", "m"), ("B", "m")
    from allocator.core.shares.problem import Total

    total = Total("all", "", frozenset({a, b}), 4)
    floor = Limit("floor", "", frozenset({a}), low=1)
    problem = Problem({a: Fraction(2), b: Fraction(2)}, (total,), (floor,))
    thresholds = [Threshold("A", "", frozenset({a}), 9), Threshold("B", "", frozenset({b}), 2)]
    with pytest.raises(ThresholdsCollide) as error:
        shares_with_thresholds(problem, thresholds)
    assert error.value.names == ("A",)
