"""Conflicts name limits of which none can be left out.

Shares are found where there are none, and refused with their names where there are.
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.core.shares.conflict import Conflict, conflicts, conflicts_in_full
from allocator.core.shares.problem import Limit, Problem
from allocator.core.shares.solve import LimitsCollide, fair_shares
from tests.core.shares import dutch
from tests.core.shares.random_problems import small


def test_conflicts_are_found_exactly_when_there_is_no_table() -> None:
    for seed in range(500):
        problem = small(random.Random(seed))
        found = conflicts(problem)
        if not found:
            fair_shares(problem)
            continue
        with pytest.raises(LimitsCollide) as collision:
            fair_shares(problem)
        assert collision.value.conflicts == found


def forty_with_three() -> Problem:
    q = dutch.quotas()
    goes = frozenset(("Goes", p) for p in dutch.NUMBERS)
    tholen = frozenset(("Tholen", p) for p in dutch.NUMBERS)
    three = (
        Limit("floor of Goes", "pledge", goes, low=400),
        Limit("floor of Tholen", "pledge", tholen, low=300),
        Limit("cap of the pool Goes and Tholen", "agreement", goes | tholen, high=600),
    )
    others = [x for x in dutch.limits(q, 45, 3, True) if not x.cells & (goes | tholen)][:37]
    return dutch.problem("national", (*others, *three))


def test_three_of_forty() -> None:
    problem = forty_with_three()
    assert len(problem.limits) == 40
    (conflict,) = conflicts(problem)
    assert isinstance(conflict, Conflict)
    assert [side.name for side in conflict.must] == ["floor of Goes", "floor of Tholen"]
    assert [side.name for side in conflict.may] == ["cap of the pool Goes and Tholen"]
    assert conflict.excess == 400 + 300 - 600


def test_zeeland_and_the_caps_of_its_municipalities() -> None:
    """Thirteen caps that add to less than Zeeland must take are named with Zeeland."""
    q = dutch.quotas()
    caps = tuple(
        Limit(
            f"cap of {a}",
            "council",
            frozenset((a, p) for p in dutch.NUMBERS),
            None,
            int(sum(q[a, p] for p in dutch.NUMBERS) * Fraction(9, 10)),
        )
        for a in dutch.provinces()["Zeeland"]
    )
    problem = dutch.problem("whole", caps)
    assert conflicts(problem) == ()
    (conflict,) = conflicts_in_full(problem)
    assert [side.name for side in conflict.must] == ["Zeeland minors+regular"]
    assert {side.name for side in conflict.may} == {cap.name for cap in caps}
    result = fair_shares(problem)
    assert sum(each.number for each in result.shortfalls) == conflict.excess
    assert all("Zeeland minors+regular" in each.totals for each in result.shortfalls)


def test_a_limit_against_itself() -> None:
    problem = small(random.Random(1))
    cells = frozenset(list(problem.quotas)[:1])
    problem = replace(problem, limits=(Limit("odd", "typing error", cells, 5, 3),))
    (conflict,) = conflicts(problem)
    numbers = conflict.must[0].number, conflict.may[0].number, conflict.excess
    assert list(numbers) == [5, 3, 2]
    with pytest.raises(LimitsCollide):
        fair_shares(problem)
