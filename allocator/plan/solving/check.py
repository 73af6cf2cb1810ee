"""Counts a plan's places and checks it against its question, exactly and without a solver.

What a municipality carries of a kind counts from the law's least number on. Places in a site that
several municipalities share always count where they are credited: such a site is large enough by
itself, and neither helps nor needs what else is there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.plan.question.problem import Problem, Site
from allocator.plan.solving.answer import Aim, Apart, Plan, aims

Sizes = Mapping[str, int]
Credits = Mapping[tuple[str, str], int]


class WrongPlan(ArithmeticError):
    """A plan is not what it says; it is never shown."""


class Unsound(ValueError):
    """The question itself is not one that can be asked."""


@dataclass(frozen=True)
class Counted:
    """Places per municipality and kind."""

    carried: Mapping[tuple[str, str], int]  # those that count
    uncounted: Mapping[tuple[str, str], int]  # those that are too few


def in_all(problem: Problem, sizes: Sizes, credits: Credits) -> Counted:
    """What counts in each municipality, and what does not.

    60 places are there and a site adds 45. Together they are 105, so all of them count; the 12 for
    minors do not, since minors' places count from 16 on:

    >>> from allocator.plan.question.problem import Municipality
    >>> town = Municipality("GM0687", 146, 12, {"regular": 60, "minors": 12})
    >>> site = Site("quay", ("GM0687",), "regular", 40, 80, None)
    >>> least = {"regular": 100, "minors": 16}
    >>> asked = Problem((town,), (site,), least, "minors", 146, 12, ())
    >>> found = in_all(asked, {"quay": 45}, {})
    >>> found.carried["GM0687", "regular"], found.uncounted["GM0687", "minors"]
    (105, 12)
    """
    total = {
        (town.code, kind): town.there.get(kind, 0)
        for town in problem.municipalities
        for kind in problem.least
    }
    shared = dict.fromkeys(total, 0)
    for site in problem.sites:
        if len(site.areas) == 1:
            total[site.areas[0], site.kind] += sizes[site.name]
        else:
            for area in site.areas:
                shared[area, site.kind] += credits[site.name, area]
    counts = {(area, kind): n >= problem.least[kind] for (area, kind), n in total.items()}
    return Counted(
        {key: shared[key] + (n if counts[key] else 0) for key, n in total.items()},
        {key: 0 if counts[key] else n for key, n in total.items()},
    )


def values(problem: Problem, sizes: Sizes, credits: Credits) -> tuple[int, ...]:
    """The number of each stage, counted from the plan itself.

    A municipality with the number 146 that carries 105 lacks 41: within half of its number, 4 below
    three quarters of it (109.5, so at least 110 is asked: 5):

    >>> from allocator.plan.question.problem import Municipality
    >>> town = Municipality("GM0687", 146, 0, {})
    >>> site = Site("quay", ("GM0687",), "regular", 100, 105, 900_000)
    >>> parts = (Fraction(1, 2), Fraction(1, 4))
    >>> asked = Problem((town,), (site,), {"regular": 100, "minors": 16}, "minors", 146, 0, parts)
    >>> values(asked, {"quay": 105}, {})
    (41, 0, 0, 5, 41, 1, 900000)
    """
    carried = in_all(problem, sizes, credits).carried
    of_minors = sum(n for (_, kind), n in carried.items() if kind == problem.minors)
    by_town = [
        (town.whole, sum(carried[town.code, kind] for kind in problem.least))
        for town in problem.municipalities
    ]
    opened = [site for site in problem.sites if sizes[site.name]]

    def value(aim: Aim, part: Fraction | None) -> int:
        match aim:
            case Aim.PLACES:
                return max(0, problem.whole - sum(carried.values()))
            case Aim.MINORS:
                return max(0, problem.of_minors - of_minors)
            case Aim.SITES:
                return len(opened)
            case Aim.COST:
                return sum(site.cost or 0 for site in opened)
            case _:  # APART is beyond no part at all
                return sum(outside(number, n, part or Fraction(0)) for number, n in by_town)

    return tuple(value(aim, part) for aim, part in aims(problem))


def outside(number: int, carried: int, part: Fraction) -> int:
    """How many places lie outside the band of so large a part around an indicative number.

    The band's ends are whole, inward: 146 may be 131.4 to 160.6 within a tenth, so 132 to 160.
    Around 0 there is no room: every place lies outside.

    >>> outside(146, 165, Fraction(1, 10)), outside(146, 130, Fraction(1, 10))
    (5, 2)
    """
    top, bottom = math.floor(number * (1 + part)), math.ceil(number * (1 - part))
    return max(0, carried - top, bottom - carried)


def faults(
    problem: Problem, sizes: Sizes, credits: Credits, apart: Sequence[Apart] = ()
) -> Iterator[str]:
    """What keeps sizes and credits from being a plan: limits, wishes, bounds, other plans."""
    if sizes.keys() != {site.name for site in problem.sites}:
        yield "the sites are others"
        return
    for site in problem.sites:
        yield from _faults_of(problem, site, sizes[site.name], credits)
    shares = {(s.name, area) for s in problem.sites if len(s.areas) > 1 for area in s.areas}
    if credits.keys() != shares:
        yield "the credits are those of other sites"
        return
    yield from _broken_bounds(problem, in_all(problem, sizes, credits))
    if problem.small is not None and problem.small_part is not None:
        small = sum(size for size in sizes.values() if size < problem.small)
        if small < problem.small_part * sum(sizes.values()):
            yield f"only {small} new places in small sites"
    opened = {name for name, size in sizes.items() if size}
    for other in apart:
        if len(opened ^ other.opened) < other.differ:
            yield "too few sites differ from another plan"


def _faults_of(problem: Problem, site: Site, size: int, credits: Credits) -> Iterator[str]:
    """A site's own limits, the wishes for its size, and what it credits."""
    limits = (site.smallest, problem.smallest or 0, 1)
    most = [site.largest] + ([problem.largest] if problem.largest is not None else [])
    if size and not max(limits) <= size <= min(most):
        yield f"{site.name} has {size} places"
    if len(site.areas) > 1:
        shares = [credits.get((site.name, area), 0) for area in site.areas]
        if min(shares) < 0 or sum(shares) != size:
            yield f"{site.name} credits {shares} of {size} places"


def _broken_bounds(problem: Problem, found: Counted) -> Iterator[str]:
    """The pledges and caps that are not kept."""
    for bound in problem.bounds:
        kinds = [problem.minors] if bound.minors else list(problem.least)
        here = sum(found.carried[bound.area, kind] for kind in kinds)
        least, most = bound.at_least, bound.at_most
        if (least is not None and here < least) or (most is not None and here > most):
            yield f"{bound.name}: {here}"


def check(problem: Problem, plan: Plan, apart: Sequence[Apart] = ()) -> None:
    """Raise where a plan is not exactly what it says of itself."""
    found = list(faults(problem, plan.sizes, plan.credits, apart))
    if found:
        raise WrongPlan("; ".join(found))
    recounted = in_all(problem, plan.sizes, plan.credits)
    if (plan.carried, plan.uncounted) != (recounted.carried, recounted.uncounted):
        raise WrongPlan("its places are counted otherwise")
    if plan.values != values(problem, plan.sizes, plan.credits):
        raise WrongPlan(f"its stages are {values(problem, plan.sizes, plan.credits)}")
    for stage in plan.stages:
        at_bound = stage.bound == stage.value
        if stage.proven != at_bound or (stage.bound is not None and stage.bound > stage.value):
            raise WrongPlan(f"{stage.aim}: {stage.value} with the bound {stage.bound}")


def refuse_unsound(problem: Problem) -> None:
    """Raise where a question cannot be asked: whoever reads files has told its readers before."""
    towns = [town.code for town in problem.municipalities]
    names = [site.name for site in problem.sites]
    if len(set(towns)) < len(towns) or len(set(names)) < len(names):
        raise Unsound("two of the same name")
    for site in problem.sites:
        if not set(site.areas) <= set(towns) or len(set(site.areas)) < max(1, len(site.areas)):
            raise Unsound(f"{site.name}: its municipalities are {site.areas}")
        if site.kind not in problem.least:
            raise Unsound(f"{site.name}: nobody says from how many on {site.kind} places count")
        if (site.cost or 0) < 0:
            raise Unsound(f"{site.name} costs {site.cost}")
        if len(site.areas) > 1 and site.smallest < problem.least[site.kind]:
            raise Unsound(f"{site.name} is shared, and may be too small to count by itself")
    if any(bound.area not in towns for bound in problem.bounds):
        raise Unsound("a bound on a municipality elsewhere")
    if problem.minors not in problem.least:
        raise Unsound("nobody says from how many on minors' places count")
