"""What every program of a plan says: what counts, what is promised, and the number of each stage.

Which sites are opened and how large they are stands in `openings` and `sizing`; here begins what
follows from the places that come of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pulp

from allocator.plan.question.problem import Problem, Site
from allocator.plan.solving.answer import Aim

#: A municipality and a kind of place.
Key = tuple[str, str]
#: A variable of PuLP, a sum of them, or a number.
Sum = Any


@dataclass(frozen=True)
class New:
    """New places of one kind in one municipality, without those in shared sites."""

    places: Sum
    least: int  # with any site opened there are at least so many
    most: int
    none: bool  # whether there may be none at all


@dataclass(frozen=True)
class Goal:
    """The number of one stage."""

    variable: pulp.LpVariable  # at least the number, in units; a stage pulls it down to it
    parts: tuple[tuple[pulp.LpVariable, int], ...]  # at least the number together, each times this
    unit: int = 1

    def fixed(self, number: int) -> Iterator[tuple[pulp.LpVariable, int]]:
        """The most that each part may have, so that no answer has more than a number.

        >>> tuple(Goal(None, (("high", 10_000), ("low", 1))).fixed(129_225))
        (('high', 12), ('low', 9225))
        """
        for part, size in self.parts:
            yield part, number // size
            number %= size


def limits(problem: Problem, site: Site) -> tuple[int, int]:
    """The fewest and the most places in a site that is opened; none fit where they cross."""
    least = max(site.smallest, problem.smallest or 0, 1)
    most = site.largest if problem.largest is None else min(site.largest, problem.largest)
    return least, most


def usable(problem: Problem) -> tuple[Site, ...]:
    """The sites that can be opened, in the order of their names."""
    fitting = (site for site in problem.sites if _fits(limits(problem, site)))
    return tuple(sorted(fitting, key=lambda site: site.name))


def _fits(between: tuple[int, int]) -> bool:
    return between[0] <= between[1]


def carried(
    program: pulp.LpProblem,
    problem: Problem,
    new: Mapping[Key, New],
    shared: Mapping[Key, Sequence[Sum]],
) -> dict[Key, Sum]:
    """The places that count, per municipality and kind."""
    found: dict[Key, Sum] = {}
    for town in problem.municipalities:
        for kind, least in problem.least.items():
            key = (town.code, kind)
            own = _counted(program, town.there.get(kind, 0), new.get(key), least, str(len(found)))
            found[key] = pulp.lpSum([own, *shared.get(key, ())])
    return found


def _counted(program: pulp.LpProblem, there: int, new: New | None, least: int, name: str) -> Sum:
    """What counts of what is there and what is new: all of it from the least number on."""
    if new is None:
        return there if there >= least else 0
    most = there + new.most
    if most < least:
        return 0
    if there >= least or (there + new.least >= least and (there == 0 or not new.none)):
        return there + new.places
    counts = program.add_variable(f"counts_{name}", 0, 1, pulp.LpInteger)
    own = program.add_variable(f"counted_{name}", 0, most, pulp.LpInteger)
    program += own <= most * counts
    program += own >= least * counts
    program += own <= there + new.places
    program += there + new.places - own <= (least - 1) * (1 - counts)
    return own


def keep_promises(program: pulp.LpProblem, problem: Problem, places: Mapping[Key, Sum]) -> None:
    """Pledges and caps, on what counts."""
    for bound in problem.bounds:
        kinds = [problem.minors] if bound.minors else list(problem.least)
        here = pulp.lpSum(places[bound.area, kind] for kind in kinds)
        if bound.at_least is not None:
            program += here >= bound.at_least
        if bound.at_most is not None:
            program += here <= bound.at_most


def keep_small_part(
    program: pulp.LpProblem, problem: Problem, small: Sequence[Sum], new: Sequence[Sum]
) -> None:
    """The part of all new places that has to be in small sites."""
    if part := small_part(problem):
        program += part.denominator * pulp.lpSum(small) >= part.numerator * pulp.lpSum(new)


def small_part(problem: Problem) -> Fraction | None:
    """The part that is wished, where it is said what small means."""
    return None if problem.small is None else problem.small_part


def place_goals(
    program: pulp.LpProblem, problem: Problem, places: Mapping[Key, Sum]
) -> dict[tuple[Aim, Fraction | None], Goal]:
    """The stages that count places: what is lacking, and how unevenly it is spread."""
    of_minors = [places[key] for key in places if key[1] == problem.minors]
    found: dict[tuple[Aim, Fraction | None], Goal] = {
        (Aim.PLACES, None): goal(program, "places", problem.whole - pulp.lpSum(places.values())),
        (Aim.MINORS, None): goal(program, "minors", problem.of_minors - pulp.lpSum(of_minors)),
    }
    parts = [*((Aim.BEYOND, part) for part in problem.beyond), (Aim.APART, None)]
    for i, (aim, part) in enumerate(parts):
        outside = list(_outside(program, problem, places, part or Fraction(0), str(i)))
        found[aim, part] = goal(program, f"outside_{i}", pulp.lpSum(outside))
    return found


def _outside(
    program: pulp.LpProblem,
    problem: Problem,
    places: Mapping[Key, Sum],
    part: Fraction,
    name: str,
) -> Iterable[pulp.LpVariable]:
    """Per municipality at least the places outside the band of so large a part."""
    for i, town in enumerate(problem.municipalities):
        here = pulp.lpSum(places[town.code, kind] for kind in problem.least)
        each = program.add_variable(f"outside_{name}_{i}", 0)
        program += each >= here - math.floor(town.whole * (1 + part))
        program += each >= math.ceil(town.whole * (1 - part)) - here
        yield each


def goal(program: pulp.LpProblem, name: str, number: Sum) -> Goal:
    """A whole variable that is at least a number and at least 0."""
    variable = program.add_variable(f"goal_{name}", 0, None, pulp.LpInteger)
    program += pulp.lpSum([variable, -number]) >= 0
    return Goal(variable, ((variable, 1),))
