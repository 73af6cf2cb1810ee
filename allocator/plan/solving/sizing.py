"""The program that says how large each opened site is, when it is settled which are opened."""

from __future__ import annotations

from collections.abc import Collection

import pulp

from allocator.plan.question.problem import Problem, Site
from allocator.plan.solving.program import (
    Key,
    New,
    Sum,
    carried,
    keep_promises,
    keep_small_part,
    limits,
    place_goals,
    small_part,
    usable,
)


class Sizing:
    """The program, with a variable for each opened site and for what it credits."""

    def __init__(self, problem: Problem, opened: Collection[str]) -> None:
        """Write the program."""
        self.problem = problem
        self.program = pulp.LpProblem("sizing", pulp.LpMinimize)
        self.sizes: dict[str, pulp.LpVariable] = {}
        self.credits: dict[tuple[str, str], pulp.LpVariable] = {}
        self._small: list[Sum] = []
        for site in usable(problem):
            if site.name in opened:
                self._size(site)
        shared = {site.name: site for site in problem.sites if len(site.areas) > 1}
        places = carried(self.program, problem, self._own(), self._shared(shared))
        keep_promises(self.program, problem, places)
        keep_small_part(self.program, problem, self._small, list(self.sizes.values()))
        self.goals = place_goals(self.program, problem, places)
        # PuLP leaves out a variable of which nothing is said: places that can never count.
        self.program.setObjective(pulp.LpAffineExpression((n, 0) for n in self.sizes.values()))

    def _size(self, site: Site) -> None:
        """A site's places, and those of them that are in a small site."""
        low, high = limits(self.problem, site)
        name = f"size_{len(self.sizes)}"
        size = self.program.add_variable(name, low, high, pulp.LpInteger)
        self.sizes[site.name] = size
        below = self.problem.small or 0
        if small_part(self.problem) is None or low >= below:
            return
        if high < below:
            self._small.append(size)
            return
        is_small = self.program.add_variable(f"{name}_small", 0, 1, pulp.LpInteger)
        in_small = self.program.add_variable(f"{name}_in_small", 0, below - 1, pulp.LpInteger)
        self.program += in_small <= (below - 1) * is_small
        self.program += in_small <= size
        self.program += size <= below - 1 + (high - below + 1) * (1 - is_small)
        self._small.append(in_small)

    def _own(self) -> dict[Key, New]:
        by_key: dict[Key, list[Site]] = {}
        for site in self.problem.sites:
            if site.name in self.sizes and len(site.areas) == 1:
                by_key.setdefault((site.areas[0], site.kind), []).append(site)
        found = {}
        for key, sites in by_key.items():
            between = [limits(self.problem, site) for site in sites]
            places = pulp.lpSum(self.sizes[site.name] for site in sites)
            least, most = sum(low for low, _ in between), sum(high for _, high in between)
            found[key] = New(places, least, most, none=False)
        return found

    def _shared(self, shared: dict[str, Site]) -> dict[Key, list[Sum]]:
        found: dict[Key, list[Sum]] = {}
        for name in sorted(shared.keys() & self.sizes.keys()):
            site, size = shared[name], self.sizes[name]
            credits = []
            for area in sorted(site.areas):
                each = f"credit_{len(self.credits)}"
                credit = self.program.add_variable(each, 0, size.upBound, pulp.LpInteger)
                self.credits[name, area] = credit
                credits.append(credit)
                found.setdefault((area, site.kind), []).append(credit)
            self.program += pulp.lpSum(credits) == size
        return found
