"""The program that says which sites are opened, with the places of each kind per municipality.

Sites of one kind in one municipality together take any number from the sum of their smallest sizes
to that of their largest, so each site's own size can wait until all stages are done.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pulp

from allocator.plan.question.problem import Problem, Site
from allocator.plan.solving.answer import Aim, Apart
from allocator.plan.solving.program import (
    Goal,
    Key,
    New,
    Sum,
    carried,
    goal,
    keep_promises,
    keep_small_part,
    limits,
    place_goals,
    small_part,
    usable,
)
from allocator.plan.solving.solver import Solver

#: Costs above so many units are fixed in two parts.
PART = 10_000


@dataclass(frozen=True)
class Choice:
    """A site that is opened within limits, if it is."""

    name: str
    chosen: Sum  # 1 if it is, else 0
    least: int
    most: int


@dataclass(frozen=True)
class Group:
    """Sites whose places are decided as one number."""

    choices: tuple[Choice, ...]  # in the order of names
    places: pulp.LpVariable


class Openings:
    """The program, and how a plan is read from its answer."""

    def __init__(self, problem: Problem, apart: Sequence[Apart] = ()) -> None:
        """Write the program."""
        self.problem = problem
        self.sites = usable(problem)
        self.program = pulp.LpProblem("openings", pulp.LpMinimize)
        self.opens = {
            site.name: self.program.add_variable(f"open_{i}", 0, 1, pulp.LpInteger)
            for i, site in enumerate(self.sites)
        }
        self.groups: list[Group] = []
        self.credits: dict[tuple[str, str], pulp.LpVariable] = {}
        self._small: list[Sum] = []
        places = carried(self.program, problem, self._own(), self._shared())
        keep_promises(self.program, problem, places)
        keep_small_part(self.program, problem, self._small, [g.places for g in self.groups])
        for other in apart:
            differing = [1 - z if n in other.opened else z for n, z in self.opens.items()]
            self.program += pulp.lpSum(differing) >= other.differ
        self.goals = place_goals(self.program, problem, places)
        self.goals[Aim.SITES, None] = goal(self.program, "sites", pulp.lpSum(self.opens.values()))
        self.goals[Aim.COST, None] = self._cost()

    def _own(self) -> dict[Key, New]:
        """The new places of each municipality in sites of its own."""
        by_key: dict[Key, list[Site]] = {}
        for site in self.sites:
            if len(site.areas) == 1:
                by_key.setdefault((site.areas[0], site.kind), []).append(site)
        found = {}
        for key, sites in by_key.items():
            between = [limits(self.problem, site) for site in sites]
            least, most = min(low for low, _ in between), sum(high for _, high in between)
            found[key] = New(self._places(sites), least, most, none=True)
        return found

    def _shared(self) -> dict[Key, list[Sum]]:
        """What sites of several municipalities credit to each."""
        found: dict[Key, list[Sum]] = {}
        for site in self.sites:
            if len(site.areas) == 1:
                continue
            most = limits(self.problem, site)[1]
            credits = []
            for area in sorted(site.areas):
                name = f"credit_{len(self.credits)}"
                credit = self.program.add_variable(name, 0, most, pulp.LpInteger)
                self.credits[site.name, area] = credit
                credits.append(credit)
                found.setdefault((area, site.kind), []).append(credit)
            self.program += pulp.lpSum(credits) == self._places([site])
        return found

    def _places(self, sites: Sequence[Site]) -> Sum:
        """The places in some sites, those in small ones apart where a part has to be."""
        small, large = [], []
        for site in sites:
            low, high = limits(self.problem, site)
            opens = self.opens[site.name]
            if small_part(self.problem) is None or low >= self._below:
                large.append(Choice(site.name, opens, low, high))
            elif high < self._below:
                small.append(Choice(site.name, opens, low, high))
            else:
                as_small = self.program.add_variable(f"{opens.name}_small", 0, 1, pulp.LpInteger)
                self.program += as_small <= opens
                small.append(Choice(site.name, as_small, low, self._below - 1))
                large.append(Choice(site.name, opens - as_small, self._below, high))
        groups = [self._group(choices) for choices in (small, large) if choices]
        if small:
            self._small.append(groups[0].places)
        return pulp.lpSum(group.places for group in groups)

    @property
    def _below(self) -> int:
        """A site is small below so many places."""
        return self.problem.small or 0

    def _group(self, choices: Sequence[Choice]) -> Group:
        most = sum(each.most for each in choices)
        name = f"places_{len(self.groups)}"
        places = self.program.add_variable(name, 0, most, pulp.LpInteger)
        self.program += places >= pulp.lpSum(each.least * each.chosen for each in choices)
        self.program += places <= pulp.lpSum(each.most * each.chosen for each in choices)
        self.groups.append(Group(tuple(choices), places))
        return self.groups[-1]

    def _cost(self) -> Goal:
        """What the opened sites cost, in the largest unit that all costs are whole in.

        Sums of money are too large for a solver to hold exactly beside a yes or no. So the number
        is fixed in two parts, as one writes 129,225 as 12 and 9225, with what is carried over: both
        are small. And what is minimised is not whole to the solver, which would round up noise.
        """
        add = self.program.add_variable
        costs = {site.name: site.cost or 0 for site in self.sites}
        unit = math.gcd(*costs.values()) or 1
        in_units = [(cost // unit, self.opens[name]) for name, cost in costs.items()]
        variable, carry = add("goal_cost", 0), add("cost_carried", 0)
        high, low = (add(f"cost_{part}", 0, None, pulp.LpInteger) for part in ("high", "low"))
        self.program += variable >= pulp.lpSum(n * opens for n, opens in in_units)
        self.program += high - carry >= pulp.lpSum(n // PART * opens for n, opens in in_units)
        self.program += low + PART * carry >= pulp.lpSum(n % PART * opens for n, opens in in_units)
        return Goal(variable, ((high, PART * unit), (low, unit)), unit)

    def sizes(self, solver: Solver) -> dict[str, int]:
        """Sizes that fit the answer, as large as can be in the order of names."""
        found = {site.name: 0 for site in self.problem.sites}
        for group in self.groups:
            for name, size in _spread(group, solver):
                found[name] += size
        return found

    def shares(self, solver: Solver) -> dict[tuple[str, str], int]:
        """What shared sites credit in the answer."""
        found = {(s.name, a): 0 for s in self.problem.sites if len(s.areas) > 1 for a in s.areas}
        return found | {key: solver.value(credit) for key, credit in self.credits.items()}


def _spread(group: Group, solver: Solver) -> Iterator[tuple[str, int]]:
    """The sites' sizes: the smallest each, and the rest to the first by name."""
    chosen = [each for each in group.choices if _is_one(each.chosen, solver)]
    rest = solver.value(group.places) - sum(each.least for each in chosen)
    for each in chosen:
        more = min(rest, each.most - each.least)
        rest -= more
        yield each.name, each.least + more


def _is_one(chosen: Sum, solver: Solver) -> bool:
    """Whether a variable, or a difference of two, is 1 in the answer."""
    terms = pulp.LpAffineExpression(chosen).items()
    return bool(sum(solver.value(variable) * weight for variable, weight in terms) == 1)
