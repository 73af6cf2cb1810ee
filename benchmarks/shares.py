"""Fair shares under limits with their proof: `python -m benchmarks.shares`.

No solver of others finds them in one go; the peer is one linear program after the other by HiGHS.
"""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

from allocator.core.shares import solve
from allocator.core.shares.problem import Problem
from allocator.core.shares.programs import settle_by_programs
from benchmarks import repeat
from tests.core.shares import dutch


def hundred_limits(coupled: bool) -> Problem:
    """Reception 2024 under a hundred limits that all bind.

    Nested limits are on one part of a municipality; coupled ones on both together.
    """
    limits = dutch.limits(dutch.quotas(), 100, 1, wholes=coupled)
    return dutch.problem("national", limits)


def ours(problem: Problem) -> repeat.Run:
    """Water-filling where limits nest, cuts where they couple the parts."""
    return lambda: solve.fair_shares(problem)


def by_highs(problem: Problem) -> repeat.Run:
    def run() -> None:
        with mock.patch.object(solve, "fill", return_value=None):  # no water-filling
            solve.fair_shares_by(problem, settle_by_programs)

    return run


QUESTIONS: dict[str, Callable[[], Problem]] = {
    "fair shares of 342 × 2 under 100 nested limits": lambda: hundred_limits(coupled=False),
    "fair shares of 342 × 2 under 100 coupled limits": lambda: hundred_limits(coupled=True),
}
SOLVERS: dict[str, Callable[[Problem], repeat.Run]] = {
    "ours": ours,
    "HiGHS, programs one by one": by_highs,
}

if __name__ == "__main__":
    repeat.main(QUESTIONS, SOLVERS)
