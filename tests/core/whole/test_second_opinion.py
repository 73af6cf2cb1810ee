"""A small share of the comparisons with second implementations.

The module `second_opinion` runs by itself with larger counts, which docs/evidence.md writes down.
"""

from __future__ import annotations

import pytest

from tests.core.whole import second_opinion
from tests.core.whole.solvers import cbc_is_there


def test_all_tables_of_small_problems() -> None:
    seen = second_opinion.all_tables(150, 1)
    assert seen["several best tables"] > 5
    assert seen["refused"] > 0


def test_all_revisions_of_small_problems() -> None:
    seen = second_opinion.all_revisions(200, 1)
    assert seen["some outside floor and ceiling"] > 0


def test_network_simplex() -> None:
    assert second_opinion.network_simplex(40, 1) == {"equal": 40}


def test_a_program_by_highs() -> None:
    assert second_opinion.highs(60, 1).total() == 60


@pytest.mark.skipif(not cbc_is_there(), reason="PuLP brings no CBC for this machine")
def test_a_program_by_cbc() -> None:
    assert second_opinion.cbc(20, 1).total() == 20
