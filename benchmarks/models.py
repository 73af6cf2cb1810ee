"""The questions whose answers are timed, from the project's own figures and from a seed.

Whole numbers for two parts that add up at every level, and fair shares under a hundred limits.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random

from allocator.core.shares.problem import Problem as SharesProblem
from allocator.core.whole.problem import Problem
from allocator.reading.library import instances_folder
from tests.core.shares import dutch


def country(name: str, year: int, totals: Mapping[str, int]) -> Problem:
    """All municipalities of a country in their levels, in proportion to inhabitants."""
    above = {row["code"]: row["parent"] for row in _rows(name, "areas", year)}
    weights = {row["code"]: int(row["population"]) for row in _rows(name, "population", year)}
    parents: dict[str, str | None] = {}
    for code in weights:
        while code and code not in parents:
            parents[code], code = above[code] or None, above[code]
    return _keyed(parents, dict.fromkeys(totals, weights), totals)


def random_country() -> Problem:
    """35,000 leaves in 100 departments in 13 regions, with a key of its own for each part."""
    draw = Random(1)
    parents: dict[str, str | None] = {"country": None}
    parents |= {f"R{n}": "country" for n in range(13)}
    parents |= {f"D{n}": f"R{n % 13}" for n in range(100)}
    leaves = [f"C{n}" for n in range(35_000)]
    parents |= {leaf: f"D{draw.randrange(100)}" for leaf in leaves}
    totals = {"minors": 50_000, "regular": 500_000}
    keys = {part: {leaf: int(draw.lognormvariate(6, 1.3)) + 1 for leaf in leaves} for part in totals}
    return _keyed(parents, keys, totals)


def hundred_limits(coupled: bool) -> SharesProblem:
    """Reception 2024 under a hundred limits that all bind.

    Nested limits are on one part of a municipality; coupled ones on both together.
    """
    limits = dutch.limits(dutch.quotas(), 100, 1, wholes=coupled)
    return dutch.problem("national", limits)


def _keyed(
    parents: Mapping[str, str | None],
    keys: Mapping[str, Mapping[str, int]],
    totals: Mapping[str, int],
) -> Problem:
    sums = {part: sum(weights.values()) for part, weights in keys.items()}
    quotas = {
        (leaf, part): Fraction(total * keys[part][leaf], sums[part])
        for leaf in next(iter(keys.values()))
        for part, total in totals.items()
    }
    return Problem(parents, tuple(totals), quotas)


def _rows(name: str, table: str, year: int) -> list[dict[str, str]]:
    file = instances_folder() / name / "tables" / table / f"{year}.csv"
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


WHOLE: dict[str, Callable[[], Problem]] = {
    "342 × 2 in 12 provinces": lambda: country("nl", 2023, {"minors": 8_140, "regular": 87_860}),
    "10,796 × 2 in 401 districts in 16 Länder": lambda: country(
        "de", 2019, {"minors": 84_790, "regular": 915_210}
    ),
    "35,000 × 2 in 100 departments in 13 regions, random": random_country,
}
SHARES: dict[str, Callable[[], SharesProblem]] = {
    "fair shares of 342 × 2 under 100 nested limits": lambda: hundred_limits(coupled=False),
    "fair shares of 342 × 2 under 100 coupled limits": lambda: hundred_limits(coupled=True),
}
