"""The best plan by trying every one: slow, plain, and without a line of the program's own code.

It reads the question as it is put and knows nothing else of how plans are made.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.plan.question.problem import Problem, Site


@dataclass(frozen=True)
class Tried:
    """One plan."""

    values: tuple[int, ...]  # of the stages
    closed: tuple[bool, ...]  # per site in the order of names
    sizes: dict[str, int]
    credits: dict[tuple[str, str], int]

    @property
    def rank(self) -> tuple[object, ...]:
        """Smaller is better, then earlier."""
        sizes = [-self.sizes[name] for name in sorted(self.sizes)]
        credits = [-self.credits[key] for key in sorted(self.credits)]
        return (self.values, self.closed, sizes, credits)


def best(problem: Problem, others: Sequence[frozenset[str]] = (), differ: int = 1) -> Tried | None:
    """The first of all plans, if there is any, that differ so much from others."""
    return min(every(problem, others, differ), key=lambda tried: tried.rank, default=None)


def every(
    problem: Problem, others: Sequence[frozenset[str]] = (), differ: int = 1
) -> Iterator[Tried]:
    """All plans that keep to the wishes and bounds."""
    sites = sorted(problem.sites, key=lambda site: site.name)
    for options in itertools.product(*(list(_options(problem, site)) for site in sites)):
        splits = {site.name: split for site, split in zip(sites, options, strict=True)}
        plan = tried(problem, splits)
        if plan is not None:
            opened = {name for name, size in plan.sizes.items() if size > 0}
            if all(len(opened ^ other) >= differ for other in others):
                yield plan


def tried(problem: Problem, splits: dict[str, tuple[int, ...]]) -> Tried | None:
    """One plan, if it keeps to the wishes and bounds; each site has its places split over areas."""
    places: dict[tuple[str, str], int] = {}
    for town in problem.municipalities:
        for kind in problem.least:
            places[town.code, kind] = town.there.get(kind, 0)
    for site in problem.sites:
        if len(site.areas) == 1:
            places[site.areas[0], site.kind] += splits[site.name][0]
    for (code, kind), n in places.items():
        if n < problem.least[kind]:
            places[code, kind] = 0
    credits: dict[tuple[str, str], int] = {}
    for site in problem.sites:
        if len(site.areas) > 1:
            for area, n in zip(sorted(site.areas), splits[site.name], strict=True):
                places[area, site.kind] += n
                credits[site.name, area] = n
    sizes = {name: sum(split) for name, split in splits.items()}
    if not _wished(problem, list(sizes.values())) or not _promised(problem, places):
        return None
    closed = tuple(sizes[name] == 0 for name in sorted(sizes))
    opened = {name for name, size in sizes.items() if size > 0}
    return Tried(_values(problem, problem.sites, opened, places), closed, sizes, credits)


def _options(problem: Problem, site: Site) -> Iterator[tuple[int, ...]]:
    """Every size of a site, split in every way over its areas."""
    for size in range(site.largest + 1):
        if size > 0:
            if size < site.smallest:
                continue
            if problem.smallest is not None and size < problem.smallest:
                continue
            if problem.largest is not None and size > problem.largest:
                continue
        for split in itertools.product(range(size + 1), repeat=len(site.areas)):
            if sum(split) == size:
                yield split


def _wished(problem: Problem, sizes: list[int]) -> bool:
    if problem.small is None or problem.small_part is None:
        return True
    small = sum(size for size in sizes if size < problem.small)
    return small >= problem.small_part * sum(sizes)


def _promised(problem: Problem, places: dict[tuple[str, str], int]) -> bool:
    for bound in problem.bounds:
        here = 0
        for (code, kind), n in places.items():
            if code == bound.area and (kind == problem.minors or not bound.minors):
                here += n
        if bound.at_least is not None and here < bound.at_least:
            return False
        if bound.at_most is not None and here > bound.at_most:
            return False
    return True


def _values(
    problem: Problem,
    sites: Sequence[Site],
    opened: set[str],
    places: dict[tuple[str, str], int],
) -> tuple[int, ...]:
    found = [max(0, problem.whole - sum(places.values()))]
    minors = sum(n for (_, kind), n in places.items() if kind == problem.minors)
    found.append(max(0, problem.of_minors - minors))
    for part in [*problem.beyond, Fraction(0)]:
        beyond = 0
        for town in problem.municipalities:
            here = sum(n for (code, _), n in places.items() if code == town.code)
            # The first whole number above the band and the last one below it, by counting.
            while here > town.whole and here > town.whole + part * town.whole:
                here, beyond = here - 1, beyond + 1
            while here < town.whole and here < town.whole - part * town.whole:
                here, beyond = here + 1, beyond + 1
        found.append(beyond)
    found.append(len(opened))
    found.append(sum(site.cost or 0 for site in sites if site.name in opened))
    return tuple(found)
