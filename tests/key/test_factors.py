"""A key in which a figure counts half is the key of half that figure."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.key.evaluate import Figures, evaluate
from allocator.key.factors import with_factors
from allocator.key.reader import read_key
from allocator.model.indicator import Kind

AREAS = ("A", "B")
PEOPLE = [Fraction(30_000), Fraction(10_000)]
factors = st.integers(0, 1000).map(lambda percent: Fraction(percent, 100))


def value(key: str, score: list[Fraction]) -> list[Fraction]:
    kinds = {"population": Kind.COUNT, "score": Kind.RATE}
    return evaluate(read_key(key), Figures(AREAS, {"population": PEOPLE, "score": score}, kinds))


@pytest.mark.parametrize(
    "key",
    [
        "(score + 1) * population",
        "population * (2 - score)",
        "-score + population / (7 + score)",
        "capped(score, 0, 1) * population + 1",
        "100 - score * score / 3 + -(score)",
        "1 + 8 / (1 + capped(score, 0, 5))",
    ],
)
@given(st.lists(st.fractions(0, 1, max_denominator=50), min_size=2, max_size=2), factors)
def test_half_a_figure(key: str, score: list[Fraction], factor: Fraction) -> None:
    rewritten = with_factors(key, {"score": factor})
    assert value(rewritten, score) == value(key, [factor * each for each in score])


def test_counting_in_full_changes_nothing() -> None:
    assert with_factors("(score + 1) / score", {"score": Fraction(1)}) == "(score + 1) / score"
