"""Provinces with their indicative numbers of January 2024 and sites that are invented.

The numbers of the municipalities are those of the instance; what is there, the sites, their sizes
and costs are drawn by lot from a seed.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random

import allocator
from allocator.plan.question.problem import Bound, Municipality, Problem, Site

LEAST = {"regular": 100, "minors": 16, "special": 16}
BEYOND = (Fraction(1), Fraction(1, 2), Fraction(1, 4), Fraction(1, 10))


@cache
def numbers(province: str) -> tuple[tuple[str, int, int], ...]:
    """Per municipality its code, its places and those for minors."""
    found = allocator.distribute(allocator.load("nl/reception-2024"))
    inside = found.instance.division.members[province]
    return tuple((c, found.number(c, "places"), found.number(c, "minors")) for c in inside)


def province_plan(province: str, sites: int, seed: int) -> Problem:
    """A province in which some places are there, and so many candidate sites."""
    lot = Random(f"{province} {sites} {seed}")
    towns = numbers(province)
    whole, of_minors = sum(n for _, n, _ in towns), sum(n for _, _, n in towns)
    return Problem(
        municipalities=tuple(
            Municipality(code, number, minors, _there(lot, number, minors))
            for code, number, minors in towns
        ),
        sites=_sites(lot, towns, sites),
        least=LEAST,
        minors="minors",
        whole=whole,
        of_minors=of_minors,
        beyond=BEYOND,
    )


def _there(lot: Random, number: int, minors: int) -> dict[str, int]:
    """Two in five municipalities have a regular location, one in four has one for minors."""
    there = {}
    if lot.random() < 0.4:
        there["regular"] = lot.randrange(40, max(60, 2 * number), 5)
    if lot.random() < 0.25:
        there["minors"] = lot.randrange(8, max(20, 2 * minors), 2)
    return there


def _sites(lot: Random, towns: tuple[tuple[str, int, int], ...], number: int) -> tuple[Site, ...]:
    """More sites in larger municipalities, seven in ten of them regular."""
    weights = [n**0.5 for _, n, _ in towns]
    found = []
    for i in range(number):
        code, *_ = lot.choices(towns, weights)[0]
        kind = lot.choices(("regular", "minors", "special"), (70, 22, 8))[0]
        if kind == "regular":
            smallest = lot.choice((30, 50, 75, 100, 150, 200))
            largest = smallest + lot.randrange(0, 250, 10)
        else:
            smallest = lot.choice((8, 10, 16, 20, 24))
            largest = smallest + lot.randrange(0, 40, 4)
        cost = None if lot.random() < 0.2 else largest * lot.randrange(8_000, 25_000, 500)
        found.append(Site(f"site-{i:03}", (code,), kind, smallest, largest, cost))
    lot.shuffle(found)
    return tuple(found)


def with_wishes(problem: Problem, seed: int) -> Problem:
    """The same, small-scale: a third of the new places in sites below 100, none above 300."""
    lot = Random(f"wishes {seed}")
    towns = lot.sample(problem.municipalities, 4)
    return replace(
        problem,
        largest=300,
        small=100,
        small_part=Fraction(1, 3),
        bounds=tuple(
            Bound(f"cap-{each.code}", each.code, False, None, 3 * each.whole // 2 + 60)
            for each in towns
            if not each.there
        ),
    )


def with_pools(problem: Problem, number: int, seed: int) -> Problem:
    """The same, with so many sites that neighbours share."""
    lot = Random(f"pools {seed}")
    codes = [each.code for each in problem.municipalities]
    pools = tuple(
        Site(f"pool-{i}", tuple(lot.sample(codes, 3)), "regular", 100, 300, 5_000_000)
        for i in range(number)
    )
    return replace(problem, sites=(*problem.sites, *pools))
