"""Catching up by linear programs in plain PuLP: a second opinion that knows no sets or prices.

`python -m tests.periods.spreading_program COUNT SEED [NAME ...]` runs it with larger counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from random import Random

import pulp

from allocator.periods.spreading import Behind, CatchingUp, check, spread
from tests.core.whole.alone import Comparison, each, main

Cells = Mapping[tuple[int, int], int]
"""A number for some areas and half-years, by their places."""


def most_caught_up(
    problem: CatchingUp, columns: Sequence[int], low: Cells, high: Cells, years: int
) -> int:
    """The most persons in the first so many half-years; some columns and cells are fixed."""
    program = pulp.LpProblem("catching_up", pulp.LpMaximize)
    by_year: list[list[pulp.LpVariable]] = [[] for _ in problem.pace]
    for i, area in enumerate(problem.areas):
        row = []
        for t, target in enumerate(area.targets):
            room = max(0, int(problem.highest_load * area.base) - target)
            least, most = low.get((i, t), 0), min(room, high.get((i, t), room))
            row.append(program.add_variable(f"x_{i}_{t}", least, most))
            by_year[t].append(row[-1])
        program += pulp.lpSum(row) <= area.backlog
    for t, pace in enumerate(problem.pace):
        if t < len(columns):
            program += pulp.lpSum(by_year[t]) <= columns[t]
        elif pace is not None:
            program += pulp.lpSum(by_year[t]) <= pace
    program += pulp.lpSum(x for column in by_year[:years] for x in column)
    program.solve(pulp.HiGHS(msg=False, threads=1))
    assert program.sol_status == pulp.LpSolutionOptimal
    found = float(pulp.value(program.objective) or 0)
    assert abs(found - round(found)) < 1e-6  # a flow in a network has a whole best answer
    return round(found)


def amounts(problem: CatchingUp) -> list[int]:
    """How many are caught up in each half-year, over all areas."""
    found: list[int] = []
    for years in range(1, len(problem.pace) + 1):
        found.append(most_caught_up(problem, found, {}, {}, years) - sum(found))
    return found


def possible(problem: CatchingUp, columns: Sequence[int], low: Cells, high: Cells) -> bool:
    """Whether a table with these columns lies between these cells."""
    return most_caught_up(problem, columns, low, high, len(columns)) == sum(columns)


def lowest(problem: CatchingUp) -> list[list[int]]:
    """The table per half-year: the person that matters most is left out wherever that is possible.

    A person matters by the load that he makes, then by how low the load was, then by the order of
    areas, the last one first.
    """
    columns = amounts(problem)
    low: dict[tuple[int, int], int] = {}
    high: dict[tuple[int, int], int] = {}
    for t in range(len(columns)):
        persons = sorted(
            (
                ((target + number) / area.base, -(target + number - 1) / area.base, i, number)
                for i, area in enumerate(problem.areas)
                for target in [area.targets[t]]
                for number in range(1, int(problem.highest_load * area.base) - target + 1)
            ),
            reverse=True,
        )
        for _, _, i, number in persons:
            if number <= low.get((i, t), 0):
                continue
            if possible(problem, columns, low, high | {(i, t): number - 1}):
                high[i, t] = number - 1
            else:
                low[i, t] = number
    return [[low.get((i, t), 0) for i in range(len(problem.areas))] for t in range(len(columns))]


def highest_loads(problem: CatchingUp, rows: Sequence[Sequence[int]]) -> int:
    """How many highest loads cannot be lower, half-year by half-year given the earlier ones."""
    columns = [sum(column) for column in zip(*rows, strict=True)]
    fixed: dict[tuple[int, int], int] = {}
    seen = 0
    for t in range(len(columns)):
        loads = {
            i: (area.targets[t] + rows[i][t]) / area.base
            for i, area in enumerate(problem.areas)
            if rows[i][t]
        }
        if loads:
            top = max(loads.values())
            below = {
                (i, t): max(0, -int(-top * area.base // 1) - 1 - area.targets[t])
                for i, area in enumerate(problem.areas)
            }
            assert not possible(problem, columns, fixed, fixed | below)
            seen += 1
        fixed |= {(i, t): row[t] for i, row in enumerate(rows)}
    return seen


def random_problem(draw: Random, areas: int, years: int, size: int) -> CatchingUp:
    """Areas of very different sizes, backlogs of about the size of what they have room for."""
    highest_load = Fraction(draw.randint(8, 24), 10)
    found = []
    for i in range(areas):
        base = Fraction(draw.randint(1, size * 100), draw.choice([1, 2, 97, 100]))
        base = min(base, Fraction(size))
        house = highest_load * base
        found.append(
            Behind(
                f"A{i:03}",
                draw.randint(0, int(house * years * Fraction(draw.randint(1, 12), 20))),
                tuple(int(house * Fraction(draw.randint(0, 11), 10)) for _ in range(years)),
                base,
            )
        )
    problem = CatchingUp(tuple(found), highest_load, (None,) * years)
    total = sum(amounts(problem))
    share = [draw.choice([10, 10, 11, 14, 8, 5, None]) for _ in range(years)]
    pace = tuple(None if n is None else total * n // 10 // years for n in share)
    return replace(problem, pace=pace)


def _tables(draw: Random) -> str:
    """Whole tables of a few areas."""
    problem = random_problem(draw, draw.randint(2, 7), draw.randint(1, 4), draw.choice([3, 6]))
    found = spread(problem)
    assert [list(column) for column in zip(*found.numbers.values(), strict=True)] == lowest(problem)
    assert check(found) == []
    return "caught up" if not found.remaining[-1] else "some left"


def _amounts(draw: Random) -> str:
    """What remains and the highest loads, of more areas."""
    problem = random_problem(draw, draw.randint(20, 60), draw.randint(1, 6), 60)
    found = spread(problem)
    backlog = sum(area.backlog for area in problem.areas)
    assert found.remaining == tuple(backlog - gone for gone in accumulate(amounts(problem)))
    highest_loads(problem, list(found.numbers.values()))
    assert check(found) == []
    return "caught up" if not found.remaining[-1] else "some left"


def tables(count: int, seed: int) -> Counter[str]:
    """Whole tables, person by person."""
    return each(count, seed, _tables)


def totals(count: int, seed: int) -> Counter[str]:
    """The amounts per half-year, and each highest load."""
    return each(count, seed, _amounts)


COMPARISONS: dict[str, Comparison] = {"tables": tables, "totals": totals}

if __name__ == "__main__":
    main("tests.periods.spreading_program", COMPARISONS)
