"""Random small problems and every table that each allows, for comparison."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

from allocator.core.whole.cost import METHODS, Cost, Ratio, pricing, zero_of
from allocator.core.whole.problem import Cell, Problem


def small(draw: Random, method: str | None = None) -> Problem:
    """A tree of up to three levels, one to four parts, quotas with few different remainders."""
    parts = tuple("abcd"[: draw.choice([1, 2, 2, 2, 3, 3, 4])])
    leaves = draw.randint(1, 9 // len(parts) + 1)
    inner = draw.randint(0, 3)
    parents: dict[str, str | None] = {"root": None}
    for n in range(inner):
        parents[f"I{n}"] = draw.choice(list(parents))
    hosts = list(parents)
    parents |= {f"L{n}": draw.choice(hosts) for n in range(leaves)}
    bottom = draw.choice([2, 3, 4, 6, 10, 97, 10**9 + 7])
    top = draw.choice([1, 2, 5])
    leafs = [area for area in parents if area not in parents.values()]
    quotas = {}
    for part in parts:
        raw = [Fraction(draw.randint(0, top * bottom), bottom) for _ in leafs]
        if draw.random() < 0.8 and sum(raw) and len(leafs) > 1:  # whole at the root
            short = -sum(raw) % 1
            raw[draw.randrange(len(raw))] += short
        quotas |= {(leaf, part): q for leaf, q in zip(leafs, raw, strict=True)}
    return Problem(parents, parts, quotas, method or draw.choice(METHODS))


def limited(draw: Random, problem: Problem) -> Problem:
    """The same with a few sums held at one side."""
    limits = {}
    for key, (low, high) in problem.bounds.items():
        if draw.random() < 0.1 and key[0] != "root":
            limits[key] = draw.choice([(high, None), (None, low), (low - 1, high), (None, None)])
    return Problem(problem.parents, problem.parts, problem.quotas, problem.method, limits)


def tables(problem: Problem) -> Iterator[dict[Cell, int]]:
    """Every table within all bounds, those that raise the earliest cells first."""
    ranges = []
    for cell in problem.cells:
        low, high = problem.bounds[cell]
        ranges.append(range(high, low - 1, -1))
    for numbers in product(*ranges):
        table = dict(zip(problem.cells, numbers, strict=True))
        sums = problem.sums(table)
        if all(low <= sums[key] <= high for key, (low, high) in problem.bounds.items()):
            yield table


def cost(problem: Problem, table: dict[Cell, int]) -> Cost:
    """The cost of a table above that of rounding every cell down."""
    price, total = pricing(problem.method, problem.unit), zero_of(problem.method)
    for cell, number in table.items():
        low = problem.shares[cell] // problem.unit
        if number > low:
            total = total + price(problem.shares[cell], low)
    return (
        Ratio(total.fraction.numerator, total.fraction.denominator, total.zeros)
        if isinstance(total, Ratio)
        else total
    )


def best(problem: Problem) -> list[dict[Cell, int]]:
    """All tables of least cost; the first is the one that ties choose."""
    found: list[dict[Cell, int]] = []
    least = None
    for table in tables(problem):
        here = cost(problem, table)
        if least is None or here < least:
            least, found = here, [table]
        elif here == least:
            found.append(table)
    return found
