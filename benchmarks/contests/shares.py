"""Fair shares under limits with their proof.

No solver of others finds them in one go; the peer is one linear program after the other by HiGHS.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from unittest import mock

from allocator.core.shares import solve
from allocator.core.shares.problem import Problem, Shares
from allocator.core.shares.programs import settle_by_programs
from benchmarks.contests.contest import OURS, Answer, Contest, Run, Solver, digest
from tests.core.shares import dutch


def hundred_limits(coupled: bool) -> Problem:
    """Reception 2024 under a hundred limits that all bind.

    Nested limits are on one part of a municipality; coupled ones on both together.
    """
    limits = dutch.limits(dutch.quotas(), 100, 1, wholes=coupled)
    return dutch.problem("national", limits)


def ours(of: Problem) -> Run:
    """Water-filling where limits nest, cuts where they couple the parts."""
    return lambda: solve.fair_shares(of)


def by_highs(of: Problem) -> Run:
    def run() -> Shares:
        with mock.patch.object(solve, "fill", return_value=None):  # no water-filling
            return solve.fair_shares_by(of, settle_by_programs)

    return run


def judged(of: Problem, found: Shares) -> Answer:
    return Answer(digest(found.shares[cell] for cell in of.quotas))


QUESTIONS: dict[str, Callable[[], Problem]] = {
    "342 × 2 under 100 nested limits": partial(hundred_limits, coupled=False),
    "342 × 2 under 100 coupled limits": partial(hundred_limits, coupled=True),
}
SHARES = Contest(
    "Fair shares under limits",
    "The largest relative deviation as small as possible, then the next, and so on.",
    QUESTIONS,
    {
        OURS: Solver(ours, "exact; every level proven"),
        "HiGHS, programs one by one": Solver(by_highs, "programs in floats, made exact after each"),
    },
    judged,
)
