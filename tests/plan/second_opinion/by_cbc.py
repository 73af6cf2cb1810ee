"""The best plan as a plain model says it, by CBC: each site by itself, one aim after another.

It reads the question as it is put. What CBC answers is rounded and counted again by the search that
tries every plan, and each aim is held at what was counted before the next is asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import pulp

from allocator.plan.question.problem import Problem, Site
from tests.core.whole.solvers import cbc
from tests.plan.brute_force import Tried, tried

#: A variable of PuLP, a sum of them, or a number.
Sum = Any
#: All aims are whole numbers of their unit.
NEARER = 0.5


def best_by_cbc(problem: Problem) -> Tried | None:
    """A plan with the best number of every aim, counted; None where there is no plan."""
    model = Model(problem)
    found: Tried | None = None
    for place, (variable, unit) in enumerate(list(model.aims())):
        if found is None or found.values[place]:
            again = model.answer(variable)
            if again is None:
                assert not place, "there was a plan, and now there is none"
                return None
            found = again
        model.program += variable <= found.values[place] // unit
    return found


class Model:
    """The question as linear rows over whole numbers."""

    def __init__(self, problem: Problem) -> None:
        """Write down which sites may be opened and what counts; no aim yet."""
        self.problem = problem
        self.program = pulp.LpProblem("plan", pulp.LpMinimize)
        add = self.program.add_variable
        self.opens = [add(f"open{i}", 0, 1, pulp.LpInteger) for i in self._numbers]
        self.small: list[Sum] = []
        self.split = [self._site(i, site) for i, site in enumerate(problem.sites)]
        self.counts = {
            (town.code, kind): self._counted(f"{i}_{kind}", town.code, kind)
            for i, town in enumerate(problem.municipalities)
            for kind in problem.least
        }
        self._keep_wishes_and_bounds()

    @property
    def _numbers(self) -> range:
        return range(len(self.problem.sites))

    def _site(self, i: int, site: Site) -> list[pulp.LpVariable]:
        """The places of a site in each of its municipalities: none, or within its limits."""
        problem, opens = self.problem, self.opens[i]
        least = max(1, site.smallest, problem.smallest or 0)
        most = site.largest if problem.largest is None else min(site.largest, problem.largest)
        split = [
            self.program.add_variable(f"places{i}_{n}", 0, site.largest, pulp.LpInteger)
            for n, _ in enumerate(site.areas)
        ]
        if least > most:
            self.program += opens <= 0
        self.program += pulp.lpSum(split) >= least * opens
        self.program += pulp.lpSum(split) <= most * opens
        if problem.small is not None:
            is_small = self.program.add_variable(f"small{i}", 0, 1, pulp.LpInteger)
            here = self.program.add_variable(f"in_small{i}", 0, most)
            self.program += here <= pulp.lpSum(split)
            self.program += here <= site.largest * is_small
            below = max(0, problem.small - 1)
            self.program += pulp.lpSum(split) <= below + site.largest * (1 - is_small)
            self.small.append(here)
        return split

    def _counted(self, name: str, code: str, kind: str) -> Sum:
        """All places of a kind in a municipality, or none where they are too few; pools beside."""
        town = next(each for each in self.problem.municipalities if each.code == code)
        least = self.problem.least[kind]
        own: list[tuple[Sum, int]] = []
        pooled: list[tuple[Sum, int]] = []
        for site, split in zip(self.problem.sites, self.split, strict=True):
            if site.kind == kind and code in site.areas:
                places = split[sorted(site.areas).index(code)]
                (own if len(site.areas) == 1 else pooled).append((places, site.largest))
        here = town.there.get(kind, 0) + pulp.lpSum(places for places, _ in own)
        most = town.there.get(kind, 0) + sum(largest for _, largest in own)
        enough = self.program.add_variable(f"enough{name}", 0, 1, pulp.LpInteger)
        counted = self.program.add_variable(f"counted{name}", 0, most)
        self.program += here >= least * enough
        self.program += here <= least - 1 + most * enough
        self.program += counted <= most * enough
        self.program += counted <= here
        self.program += counted >= here - most * (1 - enough)
        return counted + pulp.lpSum(places for places, _ in pooled)

    def _keep_wishes_and_bounds(self) -> None:
        problem = self.problem
        if problem.small is not None and problem.small_part is not None:
            new = pulp.lpSum(places for split in self.split for places in split)
            part = problem.small_part
            self.program += part.denominator * pulp.lpSum(self.small) >= part.numerator * new
        for bound in problem.bounds:
            kinds = [problem.minors] if bound.minors else list(problem.least)
            here = pulp.lpSum(self.counts[bound.area, kind] for kind in kinds)
            if bound.at_least is not None:
                self.program += here >= bound.at_least
            if bound.at_most is not None:
                self.program += here <= bound.at_most

    def aims(self) -> Iterator[tuple[pulp.LpVariable, int]]:
        """A variable that is at least the number of each aim, and the unit that it counts in."""
        problem = self.problem
        of_minors = [n for (_, kind), n in self.counts.items() if kind == problem.minors]
        yield self._at_least("lacking", problem.whole - pulp.lpSum(self.counts.values())), 1
        yield self._at_least("minors", problem.of_minors - pulp.lpSum(of_minors)), 1
        for i, part in enumerate([*problem.beyond, Fraction(0)]):
            outside = []
            for j, town in enumerate(problem.municipalities):
                here = pulp.lpSum(self.counts[town.code, kind] for kind in problem.least)
                above = here - math.floor(town.whole * (1 + part))
                below = math.ceil(town.whole * (1 - part)) - here
                outside.append(self._at_least(f"outside{i}_{j}", above, below))
            yield self._at_least(f"beyond{i}", pulp.lpSum(outside)), 1
        yield self._at_least("sites", pulp.lpSum(self.opens)), 1
        costs = [site.cost or 0 for site in problem.sites]
        unit = math.gcd(*costs) or 1
        in_units = [cost // unit * opens for cost, opens in zip(costs, self.opens, strict=True)]
        yield self._at_least("cost", pulp.lpSum(in_units)), unit

    def _at_least(self, name: str, *numbers: Sum) -> pulp.LpVariable:
        variable = self.program.add_variable(name, 0)
        for number in numbers:
            self.program += pulp.lpSum([variable, -number]) >= 0
        return variable

    @cached_property
    def solver(self) -> pulp.PULP_CBC_CMD:
        """CBC, asked for the best and nothing less, for all aims."""
        return cbc(gapRel=0, gapAbs=NEARER)

    def answer(self, aim: Sum) -> Tried | None:
        """The plan with the least of an aim, in whole places; None where there is none."""
        self.program.setObjective(pulp.LpAffineExpression(aim))
        self.program.solve(self.solver)
        if self.program.status == pulp.LpStatusInfeasible:
            return None
        assert self.program.sol_status == pulp.LpSolutionOptimal, self.program.status
        places = [[round(each.varValue or 0) for each in split] for split in self.split]
        found = tried(self.problem, self._by_name(places))
        assert found is not None, "what CBC calls a plan breaks a wish or a bound"
        for site in self.problem.sites:
            assert self._fits(site, found.sizes[site.name]), "CBC made a site of no such size"
        return found

    def _by_name(self, places: Sequence[Sequence[int]]) -> dict[str, tuple[int, ...]]:
        sites = self.problem.sites
        return {site.name: tuple(split) for site, split in zip(sites, places, strict=True)}

    def _fits(self, site: Site, size: int) -> bool:
        least = max(site.smallest, self.problem.smallest or 0)
        most = site.largest if self.problem.largest is None else self.problem.largest
        return size == 0 or (least <= size <= min(most, site.largest))
