"""Reception 2024 (approximate scores): Amsterdam capped at 1,000, nothing on the Wadden.

Where provinces are fixed, only those two provinces change.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from allocator.core.shares.check import check_shares
from allocator.core.shares.problem import Problem, Shares
from allocator.core.shares.programs import settle_by_programs
from allocator.core.shares.solve import fair_shares, fair_shares_by
from tests.core.shares import dutch

LIMITED = ("Amsterdam", *dutch.WADDEN)


def ratios(problem: Problem, result: Shares) -> dict[str, set[Fraction]]:
    """The ratios of the areas without a limit, per province."""
    return {
        province: {
            result.shares[a, p] / problem.quotas[a, p]
            for a in areas
            if a not in LIMITED
            for p in dutch.NUMBERS
        }
        for province, areas in dutch.provinces().items()
    }


def test_national_totals_only_the_others_rise_by_one_ratio() -> None:
    problem = dutch.problem("national", dutch.amsterdam_and_wadden())
    result = fair_shares(problem)
    assert not check_shares(problem, result)
    (ratio,) = set().union(*ratios(problem, result).values())
    free = sum((q for (a, _), q in problem.quotas.items() if a not in LIMITED), Fraction(0))
    assert ratio == Fraction(95000) / free > 1
    assert sum(result.shares["Amsterdam", p] for p in dutch.NUMBERS) == 1000
    assert not any(result.shares[a, p] for a in dutch.WADDEN for p in dutch.NUMBERS)


@pytest.mark.parametrize("mode", ["part", "whole"])
def test_provinces_fixed_one_ratio_per_province(mode: str) -> None:
    problem = dutch.problem(mode, dutch.amsterdam_and_wadden())
    result = fair_shares(problem)
    assert not check_shares(problem, result)
    assert not result.shortfalls
    found = ratios(problem, result)
    assert all(len(each) == 1 for each in found.values())
    touched = {province for province, each in found.items() if each != {Fraction(1)}}
    assert touched == {"Noord-Holland", "Fryslân"}


@pytest.mark.parametrize("wholes", [False, True])
@pytest.mark.parametrize("mode", ["national", "part", "whole"])
def test_a_hundred_binding_limits_are_proven_and_programs_agree(mode: str, wholes: bool) -> None:
    problem = dutch.problem(mode, dutch.limits(dutch.quotas(), 100, 1, wholes))
    result = fair_shares(problem)
    assert not check_shares(problem, result)
    programs = fair_shares_by(problem, settle_by_programs)
    assert programs.shares == result.shares
    assert not check_shares(problem, programs)
