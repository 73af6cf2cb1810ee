"""`solve` and `revise` against all tables of small problems, and against solvers of others.

`python -m tests.core.whole.second_opinion COUNT SEED [NAME ...]` runs them with larger counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import islice, product
from random import Random

import pytest

from allocator.core.whole.certificate import prove
from allocator.core.whole.check import NotProven, check
from allocator.core.whole.cost import LARGEST_REMAINDER, Cost, pricing, zero_of
from allocator.core.whole.network import ImprovingCircle
from allocator.core.whole.problem import Cell, Problem, Refused
from allocator.core.whole.revise import revise
from allocator.core.whole.solve import solve
from tests.core.whole.alone import Comparison, each, main
from tests.core.whole.random_problems import best, cost, later, limited, middling, small, tables
from tests.core.whole.solvers import ADDABLE, as_float, by_cbc, by_highs, by_network_simplex


def all_tables(count: int, seed: int) -> Counter[str]:
    """Table, ties, uniqueness and proof of small problems, against every table there is."""
    return each(count, seed, _all_tables)


def all_revisions(count: int, seed: int) -> Counter[str]:
    """Revised tables of small problems, against every table there is."""
    return each(count, seed, _all_revisions)


def network_simplex(count: int, seed: int) -> Counter[str]:
    """The least cost of middling problems, exactly, against networkx."""

    def compare(draw: Random) -> str:
        problem = middling(draw, LARGEST_REMAINDER)
        assert _least_cost(problem) == by_network_simplex(problem)
        return "equal"

    return each(count, seed, compare)


def highs(count: int, seed: int) -> Counter[str]:
    """The least cost of middling problems, in floats, against HiGHS."""
    return each(count, seed, _nearly(by_highs))


def cbc(count: int, seed: int) -> Counter[str]:
    """The least cost of middling problems, in floats, against CBC."""
    return each(count, seed, _nearly(by_cbc))


def _nearly(solver: Callable[[Problem], float]) -> Callable[[Random], str]:
    def compare(draw: Random) -> str:
        problem = middling(draw, draw.choice(ADDABLE))
        ours = as_float(problem, _least_cost(problem))
        theirs = solver(problem)
        assert abs(ours - theirs) < 1e-5, f"{ours}, not {theirs}"
        return f"equal by {problem.method}"

    return compare


def _least_cost(problem: Problem) -> Cost:
    found = solve(problem)
    check(problem, found.numbers, found.certificate)
    return cost(problem, dict(found.numbers))


def _all_tables(draw: Random) -> str:
    problem = small(draw)
    if draw.random() < 0.4:
        problem = limited(draw, problem)
    expected = best(problem)
    try:
        found = solve(problem)
    except Refused:
        assert not expected, "refused a problem that has a table"
        return "refused"
    assert found.numbers == expected[0], "not the first of the best tables"
    free = {cell for cell in problem.cells if len({table[cell] for table in expected}) > 1}
    assert {cell for tie in found.ties for cell in tie.numbers} == free, "other tied cells"
    assert bool(found.ties) == (len(expected) > 1), "uniqueness"
    ways = 1
    for tie in found.ties:  # groups can be chosen apart from each other
        ways *= len({tuple(table[cell] for cell in tie.numbers) for table in expected})
    assert ways == len(expected), "groups are not independent"
    check(problem, found.numbers, found.certificate)
    for table in expected:
        assert prove(problem, table) == found.certificate, "the certificate is not canonical"
    if draw.random() < 0.1:
        _worse_tables_are_refused(problem, expected)
    return "one best table" if len(expected) == 1 else "several best tables"


def _worse_tables_are_refused(problem: Problem, expected: list[dict[Cell, int]]) -> None:
    """By `prove`, which shows what would be better, and by `check` under the right certificate."""
    certificate = solve(problem).certificate
    for table in islice(tables(problem), 40):
        if table in expected:
            continue
        with pytest.raises(ImprovingCircle) as circle:
            prove(problem, table)
        better = dict(table)
        for (area, part), change in circle.value.changes:
            if part is not None and (area, part) in better:
                better[area, part] += change
        assert cost(problem, better) < cost(problem, table)
        with pytest.raises(NotProven):
            check(problem, table, certificate)


def _all_revisions(draw: Random) -> str:
    problem = small(draw)
    if len(problem.cells) > 5:
        return "too large"
    first = dict(solve(problem).numbers)
    problem = later(draw, problem)
    if problem.bounds[problem.upward[-1], None][1] > 9:
        return "too large"
    fewest, expected = _best_revisions(problem, first)
    try:
        found = revise(problem, first)
    except Refused:
        assert not expected, "refused a problem that has a table"
        return "refused"
    assert found.whole.numbers == expected[0], "not the first of the best tables"
    free = {cell for cell in problem.cells if len({table[cell] for table in expected}) > 1}
    assert {cell for tie in found.whole.ties for cell in tie.numbers} == free, "other tied cells"
    assert fewest == sum(max(o.floor - o.number, o.number - o.ceiling) for o in found.outside)
    return "some outside floor and ceiling" if fewest else "none outside floor and ceiling"


def _best_revisions(problem: Problem, first: dict[Cell, int]) -> tuple[int, list[dict[Cell, int]]]:
    """The fewest units outside, and all tables of least cost that have as few."""
    root = problem.upward[-1]
    most = problem.bounds[root, None][1]
    ranges = []
    for leaf, part in problem.cells:
        before = sum(first[other, part] for other in problem.leaves)
        low, high = problem.bounds[root, part]
        least = first[leaf, part] if before <= low else 0
        top = first[leaf, part] if before >= high else most
        ranges.append(range(top, least - 1, -1))
    found: list[dict[Cell, int]] = []
    fewest, cheapest = -1, zero_of(problem.method)
    for numbers in product(*ranges):
        table = dict(zip(problem.cells, numbers, strict=True))
        sums = problem.sums(table)
        keys = [(root, part) for part in (*problem.parts, None)]
        if any(not problem.bounds[k][0] <= sums[k] <= problem.bounds[k][1] for k in keys):
            continue
        outside = 0
        for key, number in sums.items():
            share, unit = problem.shares[key], problem.unit
            outside += max(0, share // unit - number, number + (-share // unit))
        here = _full_cost(problem, table)
        if not found or outside < fewest or (outside == fewest and here < cheapest):
            fewest, cheapest, found = outside, here, [table]
        elif outside == fewest and here == cheapest:
            found.append(table)
    return fewest, found


def _full_cost(problem: Problem, table: dict[Cell, int]) -> Cost:
    """The cost of every unit of a table, from the first."""
    price, total = pricing(problem.method, problem.unit), zero_of(problem.method)
    for cell, number in table.items():
        for n in range(number):
            total = total + price(problem.shares[cell], n)
    return total


COMPARISONS: dict[str, Comparison] = {
    "all-tables": all_tables,
    "all-revisions": all_revisions,
    "network-simplex": network_simplex,
    "highs": highs,
    "cbc": cbc,
}

if __name__ == "__main__":
    main("tests.core.whole.second_opinion", COMPARISONS)
