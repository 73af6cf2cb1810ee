"""The same question to both: the number of every aim is the same, or neither finds a plan."""

from __future__ import annotations

from collections import Counter

from allocator.plan.question.problem import Problem
from allocator.plan.solving.answer import NoPlan, Plan
from allocator.plan.solving.solve import solve
from tests.core.whole.alone import Comparison, each
from tests.plan.second_opinion.by_cbc import best_by_cbc
from tests.plan.second_opinion.draw import province, small


def compared(problem: Problem) -> str:
    """What came out of both, if it is the same."""
    plan, other = _solved(problem), best_by_cbc(problem)
    if plan is None or other is None:
        assert plan is None, f"CBC finds no plan, HiGHS {plan and plan.values}"
        assert other is None, f"HiGHS finds no plan, CBC {other and other.values}"
        return "no plan"
    assert plan.proven
    assert plan.values == other.values, f"HiGHS {plan.values}, CBC {other.values}"
    return "equal, with sites to open" if plan.opened else "equal, with nothing to open"


def _solved(problem: Problem) -> Plan | None:
    try:
        return solve(problem)
    except NoPlan:
        return None


def small_plans(count: int, seed: int) -> Counter[str]:
    """Small plans with every kind of wish."""
    return each(count, seed, lambda lot: compared(small(lot)))


def provinces(count: int, seed: int) -> Counter[str]:
    """Provinces with their numbers of January 2024 and invented sites."""
    return each(count, seed, lambda lot: compared(province(lot)))


COMPARISONS: dict[str, Comparison] = {"small": small_plans, "provinces": provinces}
