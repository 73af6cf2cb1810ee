"""Nothing or at least so many: who opens, and which thresholds collide.

A small share of the comparison with all choices, one by one.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from allocator.core.shares.problem import Limit, Problem, Total
from allocator.core.shares.thresholds import Threshold, ThresholdsCollide, shares_with_thresholds
from tests.core.shares import second_opinion


def test_small_problems_against_all_choices() -> None:
    assert second_opinion.all_choices(150, 1)["equal"] > 40


def test_thresholds_that_collide_are_named() -> None:
    a, b = ("A", "m"), ("B", "m")
    total = Total("all", "", frozenset({a, b}), 4)
    floor = Limit("floor", "", frozenset({a}), low=1)
    problem = Problem({a: Fraction(2), b: Fraction(2)}, (total,), (floor,))
    thresholds = [Threshold("A", "", frozenset({a}), 9), Threshold("B", "", frozenset({b}), 2)]
    with pytest.raises(ThresholdsCollide) as error:
        shares_with_thresholds(problem, thresholds)
    assert error.value.names == ("A",)
