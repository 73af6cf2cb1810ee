"""Random problems, small and middling, to compare answers on.

For a small one every table that it allows can be listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

from allocator.core.whole.cost import METHODS, Cost, pricing, zero_of
from allocator.core.whole.problem import Cell, Limits, Problem, Sum


def small(draw: Random, method: str | None = None) -> Problem:
    """A tree of up to three levels, one to four parts, quotas with few different remainders."""
    parts = tuple("abcd"[: draw.choice([1, 2, 2, 2, 3, 3, 4])])
    size = draw.randint(1, 9 // len(parts) + 1)
    inner = draw.randint(0, 3)
    parents: dict[str, str | None] = {"root": None}
    for n in range(inner):
        parents[f"I{n}"] = draw.choice(list(parents))
    hosts = list(parents)
    parents |= {f"L{n}": draw.choice(hosts) for n in range(size)}
    bottom = draw.choice([2, 3, 4, 6, 10, 97, 10**9 + 7])
    top = draw.choice([1, 2, 5])
    leaves = [area for area in parents if area not in parents.values()]
    quotas: dict[Cell, Fraction] = {}
    for part in parts:
        raw = [Fraction(draw.randint(0, top * bottom), bottom) for _ in leaves]
        if draw.random() < 0.8 and any(raw) and len(leaves) > 1:  # whole at the root
            short = -sum(raw) % 1
            raw[draw.randrange(len(raw))] += short
        quotas |= {(leaf, part): q for leaf, q in zip(leaves, raw, strict=True)}
    return Problem(parents, parts, quotas, method or draw.choice(METHODS))


def limited(draw: Random, problem: Problem) -> Problem:
    """The same with a few sums held at one side."""
    limits: dict[Sum, Limits] = {}
    for key, (low, high) in problem.bounds.items():
        if draw.random() < 0.1 and key[0] != "root":
            limits[key] = draw.choice([(high, None), (None, low), (low - 1, high), (None, None)])
    return Problem(problem.parents, problem.parts, problem.quotas, problem.method, limits)


def middling(draw: Random, method: str) -> Problem:
    """Up to 60 leaves in three levels, one to five parts."""
    parts = tuple("abcde"[: draw.choice([1, 2, 2, 3, 4, 5])])
    parents: dict[str, str | None] = {"root": None}
    for n in range(draw.randint(0, 8)):
        parents[f"I{n}"] = draw.choice(list(parents))
    hosts = list(parents)
    parents |= {f"L{n}": draw.choice(hosts) for n in range(draw.randint(3, 60))}
    inner = set(parents.values())
    leaves = [area for area in parents if area not in inner]
    quotas: dict[Cell, Fraction] = {}
    common = draw.random() < 0.5
    weights = {leaf: draw.randint(1, draw.choice([3, 50, 10**6])) for leaf in leaves}
    for part in parts:
        if not common:
            weights = {leaf: draw.randint(0, draw.choice([3, 50, 10**6])) + 1 for leaf in leaves}
        total = draw.randint(0, 5 * len(leaves))
        quotas |= {
            (x, part): Fraction(total * w, sum(weights.values())) for x, w in weights.items()
        }
    return Problem(parents, parts, quotas, method)


def later(draw: Random, problem: Problem) -> Problem:
    """The same areas with other totals and, here and there, other weights."""
    quotas: dict[Cell, Fraction] = {}
    for part in problem.parts:
        factor = draw.choice([Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(2)])
        raw = {
            cell: quota * factor * draw.choice([Fraction(1)] * 3 + [Fraction(1, 2), Fraction(2)])
            for cell, quota in problem.quotas.items()
            if cell[1] == part
        }
        raw[draw.choice(list(raw))] += -sum(raw.values()) % 1
        quotas |= raw
    return Problem(problem.parents, problem.parts, quotas, problem.method)


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
    return total


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
