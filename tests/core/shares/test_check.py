"""A forged result is refused: another share, another level, a level left out or moved.

The check itself solves nothing.
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.core.shares.check import check_shares
from allocator.core.shares.problem import Problem, Shares
from allocator.core.shares.solve import LimitsCollide, fair_shares
from tests.core.shares.random_problems import small


def proven(first: int) -> list[tuple[int, Problem, Shares]]:
    found = []
    for seed in range(first, first + 300):
        problem = small(random.Random(seed))
        try:
            result = fair_shares(problem)
        except LimitsCollide:
            continue
        if result.levels:
            found.append((seed, problem, result))
    return found


@pytest.mark.parametrize("first", [0, 5000])
def test_a_share_moved_to_another_cell_is_refused(first: int) -> None:
    for seed, problem, result in proven(first):
        cells = list(result.shares)
        if len(cells) < 2:
            continue
        rng = random.Random(seed)
        a, b = rng.sample(cells, 2)
        step = Fraction(1, 7)
        forged = dict(result.shares) | {a: result.shares[a] + step, b: result.shares[b] - step}
        assert check_shares(problem, replace(result, shares=forged)), seed


def test_a_level_left_out_or_changed_is_refused() -> None:
    for seed, problem, result in proven(1000):
        for i, level in enumerate(result.levels):
            rest = (*result.levels[:i], *result.levels[i + 1 :])
            changed = (*result.levels[:i], replace(level, size=level.size + 1), *rest[i:])
            assert check_shares(problem, replace(result, levels=changed)), seed
            if level.cells:
                assert check_shares(problem, replace(result, levels=rest)), seed
