"""A small share of the comparisons between ways to the same shares.

The module `second_opinion` runs by itself with larger counts, which docs/evidence.md writes down.
"""

from __future__ import annotations

from tests.core.shares import second_opinion


def test_the_exact_simplex() -> None:
    seen = second_opinion.exact_simplex(150, 1)
    assert seen["equal under limits"] > 20
    assert seen["equal with a shortfall"] > 5


def test_programs_on_middling_problems() -> None:
    assert second_opinion.programs(150, 1)["equal"] > 10


def test_the_simplex_on_conflicts() -> None:
    assert second_opinion.simplex_on_conflicts(150, 1)["collide"] > 20
