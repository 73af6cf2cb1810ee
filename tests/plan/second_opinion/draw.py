"""Plans drawn by lot: small ones with every kind of wish, and provinces with invented sites."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from allocator.plan.question.problem import Bound, Municipality, Problem, Site
from tests.plan.random_plans import province_plan, with_pools, with_wishes

KINDS = ("regular", "minors", "special")
PARTS = ((), (Fraction(1), Fraction(1, 2), Fraction(1, 4)), (Fraction(1, 3),))
#: Zeeland, Drenthe and Flevoland: the provinces with fewest municipalities.
PROVINCES = ("PV29", "PV22", "PV24")


def small(lot: Random) -> Problem:
    """Up to six municipalities and twelve sites, some of them shared, any wishes and bounds."""
    least = {kind: lot.randint(1, 20) for kind in KINDS}
    towns = tuple(_town(lot, code) for code in "ABCDEF"[: lot.randint(1, 6)])
    codes = [town.code for town in towns]
    below = lot.choice((None, None, lot.randint(1, 50)))
    return Problem(
        municipalities=towns,
        sites=tuple(_sites(lot, codes, least)),
        least=least,
        minors="minors",
        whole=max(0, sum(town.whole for town in towns) + lot.randint(-20, 40)),
        of_minors=lot.randint(0, 40),
        beyond=lot.choice(PARTS),
        bounds=tuple(_bound(lot, i, codes) for i in range(lot.choice((0, 0, 1, 2)))),
        smallest=lot.choice((None, None, lot.randint(0, 40))),
        largest=lot.choice((None, None, lot.randint(0, 60))),
        small=below,
        small_part=lot.choice((None, *map(Fraction, ("0", "1/3", "1/2", "1")))) if below else None,
    )


def province(lot: Random) -> Problem:
    """A province of January 2024 with up to 40 sites, half of them with wishes or shared sites."""
    seed = lot.randrange(1_000_000)
    found = province_plan(lot.choice(PROVINCES), lot.randrange(10, 41), seed)
    if lot.random() < 0.25:
        found = with_wishes(found, seed)
    return with_pools(found, lot.randint(1, 3), seed) if lot.random() < 0.25 else found


def _town(lot: Random, code: str) -> Municipality:
    whole = lot.randint(0, 90)
    there = {kind: lot.randint(0, 40) for kind in lot.sample(KINDS, lot.randint(0, 2))}
    return Municipality(code, whole, lot.randint(0, min(30, whole)), there)


def _sites(lot: Random, codes: list[str], least: dict[str, int]) -> Iterator[Site]:
    for name in lot.sample("abcdefghijkl", lot.randint(0, 12)):
        kind = lot.choice(("regular", *KINDS))
        shared = min(len(codes), 3) if lot.random() < 0.2 else 1
        smallest = lot.randint(0, 40)
        if shared > 1:
            smallest = max(smallest, least[kind])
        cost = lot.choice((None, 0, 7, 1_000_003, 98_765_432))
        areas = tuple(lot.sample(codes, shared))
        yield Site(name, areas, kind, smallest, smallest + lot.randint(0, 30), cost)


def _bound(lot: Random, number: int, codes: list[str]) -> Bound:
    low, high = lot.choice((None, lot.randint(0, 50))), lot.choice((None, lot.randint(0, 90)))
    return Bound(f"bound {number}", lot.choice(codes), lot.random() < 0.3, low, high)
