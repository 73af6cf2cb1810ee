"""Random problems: a country of provinces, one to three parts, limits of every kind.

Totals are national, or fixed per province and part, or per province for all parts.
"""

from __future__ import annotations

import random
from fractions import Fraction

from allocator.core.shares.problem import Cell, Limit, Problem, Total


def small(rng: random.Random) -> Problem:
    """A country of one to three provinces with one to three leaves each."""
    return problem_of(rng, rng.randint(1, 3), 3, 20)


def problem_of(rng: random.Random, count: int, leaves_each: int, most: int) -> Problem:
    """A country of so many provinces, with up to so many leaves each and places of each part."""
    parts = ["m", "r", "s"][: rng.choice([1, 2, 2, 2, 3])]
    provinces = {
        f"P{i}": [f"P{i}{j}" for j in range(rng.randint(1, leaves_each))] for i in range(count)
    }
    leaves = [leaf for each in provinces.values() for leaf in each]
    weights = {(leaf, p): rng.choice([0, 1, 1, 2, 3, 5, 8]) for leaf in leaves for p in parts}
    totals: list[Total] = []
    quotas: dict[Cell, Fraction] = {}
    numbers = {}
    for p in parts:
        numbers[p] = rng.randint(1, most)
        weight = sum(weights[leaf, p] for leaf in leaves)
        if not weight:
            weight = weights[leaves[0], p] = 1
        for leaf in leaves:
            quotas[leaf, p] = Fraction(numbers[p] * weights[leaf, p], weight)
        totals.append(Total(f"total {p}", "law", frozenset((x, p) for x in leaves), numbers[p]))
    quotas = {(leaf, p): quotas[leaf, p] for leaf in leaves for p in parts}
    mode = rng.choice(["national", "national", "part", "whole"])
    for name, inside in provinces.items():
        if mode == "part" or (mode == "whole" and len(parts) == 1):
            for p in parts:
                cells = frozenset((x, p) for x in inside)
                number = sum((quotas[c] for c in cells), Fraction(0))
                totals.append(Total(f"{name} {p}", "province", cells, number))
        elif mode == "whole":
            cells = frozenset((x, p) for x in inside for p in parts)
            number = sum((quotas[c] for c in cells), Fraction(0))
            totals.append(Total(f"{name}", "province", cells, number))
    return Problem(quotas, tuple(totals), tuple(_limits(rng, provinces, parts, quotas)))


def _limits(
    rng: random.Random,
    provinces: dict[str, list[str]],
    parts: list[str],
    quotas: dict[Cell, Fraction],
) -> list[Limit]:
    sets: list[frozenset[Cell]] = []
    for inside in provinces.values():
        areas = [[x] for x in inside]
        if len(inside) > 2 and rng.random() < 0.5:
            areas.append(inside[:2])
        if len(inside) > 5 and rng.random() < 0.5:
            areas += [inside[:4], inside[4:6]]
        areas.append(inside)
        for area in areas:
            sets += [frozenset((x, p) for x in area) for p in parts]
            if len(parts) > 1:
                sets.append(frozenset((x, p) for x in area for p in parts))
    share = rng.choice([0.05, 0.15, 0.3, 0.5])
    limits: list[Limit] = []
    for cells in sets:
        if rng.random() < share:
            q = sum((quotas[c] for c in cells), Fraction(0))
            kind = rng.choice(["cap", "cap", "floor", "both", "exact"])
            near = [max(0, int(q * rng.choice([0, 1, 2, 3, 5]) / 2) + rng.randint(-1, 2))]
            near.append(near[0] + rng.randint(0, 4))
            low = None if kind == "cap" else near[0]
            high = None if kind == "floor" else near[0] if kind == "exact" else near[1]
            name = f"limit {len(limits):02d}"
            limits.append(Limit(name, "council", cells, low, high))
    return limits
