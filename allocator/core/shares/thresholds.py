"""Nothing, or at least so many: a mode of its own, a mixed-integer program chooses who opens.

Stage by stage: least shortfall; fewest places moved (a closed area's whole quota, or what an
open one must take beyond its quota rounded up); then the earliest areas open. What is open gets
a floor and what is closed a cap of 0, and the fair shares are computed and checked exactly.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pulp

from allocator.core.shares.conflict import conflicts
from allocator.core.shares.levels import ZERO
from allocator.core.shares.problem import Cell, Limit, Problem, Shares, added
from allocator.core.shares.solve import LimitsCollide, fair_shares

BLOCK = 20
"""So many areas are decided in one program: weights up to 2**19 are exact in floats."""
SLACK = 1e-6
"""A stage may miss the optimum of the stage before by so little."""


@dataclass(frozen=True)
class Threshold:
    """Nothing at all, or at least so many, on the sum of some cells."""

    name: str
    """What messages call it; unique among limits, totals and thresholds."""
    source: str
    """Who set it and where it stands."""
    cells: frozenset[Cell]
    """The cells whose sum is meant."""
    least: int
    """The smallest sum other than 0."""


@dataclass(frozen=True)
class Opened:
    """The shares with thresholds, and the choice that led to them."""

    names: tuple[str, ...]
    """The thresholds that are met; at the others there is nothing."""
    problem: Problem
    """The problem with a floor for each that is open and a cap of 0 for each that is closed."""
    shares: Shares
    """Its fair shares, with their proof."""


class ThresholdsCollide(ValueError):
    """No choice of openings fits the limits; without any one of these thresholds one would."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names for whoever words them."""
        super().__init__(", ".join(names))
        self.names = names


def shares_with_thresholds(problem: Problem, thresholds: Sequence[Threshold]) -> Opened:
    """Choose who opens, in the order of the thresholds, and share out exactly."""
    if found := conflicts(problem):
        raise LimitsCollide(found)
    program = _Program(problem, thresholds)
    if not program.solve(program.shortfall):
        raise ThresholdsCollide(_colliding(problem, thresholds))
    program.keep(program.shortfall)
    program.solve(program.moved)
    program.keep(program.moved)
    for start in range(0, len(thresholds), BLOCK):
        block = program.opens[start : start + BLOCK]
        program.solve(-pulp.lpSum(2 ** (len(block) - i) * z for i, z in enumerate(block, 1)))
        for z in block:
            z.lowBound = z.upBound = round(z.varValue)
    met = {t.name for t, z in zip(thresholds, program.opens, strict=True) if z.lowBound}
    limits = tuple(
        Limit(
            each.name,
            each.source,
            each.cells,
            each.least if each.name in met else None,
            None if each.name in met else 0,
        )
        for each in thresholds
    )
    chosen = replace(problem, limits=(*problem.limits, *limits))
    names = tuple(each.name for each in thresholds if each.name in met)
    return Opened(names, chosen, fair_shares(chosen))


class Unsolved(ArithmeticError):
    """The solver came to no answer; nothing is claimed."""


class _Program:
    """Tables with openings: cells, what totals miss, and a yes or no for each threshold."""

    def __init__(self, problem: Problem, thresholds: Sequence[Threshold]) -> None:
        self.program = pulp.LpProblem("thresholds", pulp.LpMinimize)
        add = self.program.add_variable
        cells = {cell: add(f"x{i}", 0) for i, cell in enumerate(problem.quotas)}
        for cell, q in problem.quotas.items():
            floors = [each for each in problem.limits if cell in each.cells and each.low]
            if not q and not floors:
                cells[cell].upBound = 0
        placed = pulp.lpSum(cells.values())
        self.shortfall = -placed
        for total in problem.totals:
            self.program += pulp.lpSum(cells[c] for c in total.cells) <= float(total.number)
        for limit in problem.limits:
            within = pulp.lpSum(cells[c] for c in limit.cells)
            if limit.low is not None:
                self.program += within >= float(limit.low)
            if limit.high is not None:
                self.program += within <= float(limit.high)
        self.opens: list[pulp.LpVariable] = []
        costs = []
        for i, each in enumerate(thresholds):
            z = add(f"z{i}", 0, 1, pulp.LpInteger)
            within = pulp.lpSum(cells[c] for c in each.cells)
            self.program += within >= each.least * z
            self.program += within <= float(_most(problem, each)) * z
            quota = added(problem.quotas[c] for c in each.cells)
            costs.append(max(0, each.least - math.ceil(quota)) * z + math.floor(quota) * (1 - z))
            self.opens.append(z)
        self.moved = pulp.lpSum(costs)

    def solve(self, goal: pulp.LpAffineExpression) -> bool:
        """Minimise; whether there is a table at all."""
        self.program.setObjective(goal)
        for presolve in ("on", "off"):  # presolve can leave a variable without a value
            self.program.solve(
                pulp.HiGHS(
                    msg=False,
                    threads=1,
                    gapRel=0,
                    gapAbs=0,
                    mip_feasibility_tolerance=1e-9,
                    presolve=presolve,
                )
            )
            if self.program.sol_status == pulp.LpSolutionInfeasible:
                return False
            if self._has_values():
                return True
        raise Unsolved(pulp.LpSolution[self.program.sol_status])

    def _has_values(self) -> bool:
        """Whether the answer is an optimum, with a number for every variable."""
        values = [variable.varValue for variable in self.program.variables()]
        numbers = all(value is not None and math.isfinite(value) for value in values)
        return bool(self.program.sol_status == pulp.LpSolutionOptimal and numbers)

    def keep(self, goal: pulp.LpAffineExpression) -> None:
        """Let later stages do as well as this one."""
        self.program += goal <= pulp.value(goal) + SLACK


def _most(problem: Problem, threshold: Threshold) -> Fraction:
    """The most that its cells can take: the smallest sum of one family of totals around them."""
    by_cell = [
        min(Fraction(t.number) for t in problem.totals if cell in t.cells)
        for cell in threshold.cells
    ]
    caps = [
        Fraction(x.high)
        for x in problem.limits
        if x.high is not None and x.cells >= threshold.cells
    ]
    return min([sum(by_cell, ZERO), *caps])


def _colliding(problem: Problem, thresholds: Sequence[Threshold]) -> tuple[str, ...]:
    """Thresholds of which none can be left out, tried in the order of their names."""
    kept = sorted(thresholds, key=lambda each: each.name)
    for each in tuple(kept):
        fewer = [other for other in kept if other is not each]
        program = _Program(problem, fewer)
        if not program.solve(program.shortfall):
            kept = fewer
    return tuple(each.name for each in kept)
