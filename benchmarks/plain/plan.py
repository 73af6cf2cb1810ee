"""A peer of the plan's search: one PuLP model, stage after stage with some slack, in an hour.

With HiGHS as it comes, in floats: a later stage may take back what the slack leaves, among equally
good plans it is the solver's choice, and nothing is checked. Shared sites and bounds it has not.
"""

from __future__ import annotations

import math
import sys
import time
from fractions import Fraction

import pulp

from allocator.plan.question.problem import Problem
from tests.plan.random_plans import province_plan

SLACK = 1e-6


def main() -> None:
    province, number, seed = (*sys.argv[1:], *("PV30", "150", "0")[len(sys.argv) - 1 :])
    began = time.perf_counter()
    found = plan(province_plan(province, int(number), int(seed)))
    print(found, f"{time.perf_counter() - began:.2f} s")


def plan(problem: Problem) -> list[float]:
    """The numbers of the stages."""
    program = pulp.LpProblem("plan", pulp.LpMinimize)
    opens, sizes = {}, {}
    for i, site in enumerate(problem.sites):
        opens[site] = program.add_variable(f"open_{i}", 0, 1, pulp.LpInteger)
        sizes[site] = program.add_variable(f"size_{i}", 0, site.largest, pulp.LpInteger)
        program += sizes[site] >= site.smallest * opens[site]
        program += sizes[site] <= site.largest * opens[site]
    carried, minors = {}, []
    for i, town in enumerate(problem.municipalities):
        of_kinds = []
        for kind, least in problem.least.items():
            here = [s for s in problem.sites if s.areas == (town.code,) and s.kind == kind]
            total = town.there.get(kind, 0) + pulp.lpSum(sizes[site] for site in here)
            most = town.there.get(kind, 0) + sum(site.largest for site in here)
            counts = program.add_variable(f"counts_{i}_{kind}", 0, 1, pulp.LpInteger)
            counted = program.add_variable(f"counted_{i}_{kind}", 0)
            program += counted <= most * counts
            program += counted <= total
            program += counted >= total - most * (1 - counts)
            program += total >= least * counts
            program += total <= least - 1 + most * counts
            of_kinds.append(counted)
            if kind == problem.minors:
                minors.append(counted)
        carried[town.code] = pulp.lpSum(of_kinds)
    lacking = program.add_variable("lacking", 0)
    program += lacking >= problem.whole - pulp.lpSum(carried.values())
    lacking_minors = program.add_variable("lacking_minors", 0)
    program += lacking_minors >= problem.of_minors - pulp.lpSum(minors)
    stages: list[pulp.LpAffineExpression] = [1 * lacking, 1 * lacking_minors]
    for j, part in enumerate([*problem.beyond, Fraction(0)]):
        outside = []
        for i, town in enumerate(problem.municipalities):
            each = program.add_variable(f"outside_{i}_{j}", 0)
            program += each >= carried[town.code] - math.floor(town.whole * (1 + part))
            program += each >= math.ceil(town.whole * (1 - part)) - carried[town.code]
            outside.append(each)
        stages.append(pulp.lpSum(outside))
    stages.append(pulp.lpSum(opens.values()))
    stages.append(pulp.lpSum((site.cost or 0) * z for site, z in opens.items()))
    found: list[float] = []
    for stage in stages:
        program.setObjective(stage)
        program.solve(pulp.HiGHS(msg=False, threads=1))
        if program.sol_status != pulp.LpSolutionOptimal:
            raise ArithmeticError(f"{found}: then {pulp.LpSolution[program.sol_status]}")
        found.append(pulp.value(stage))
        program += stage <= found[-1] + SLACK
    return found


if __name__ == "__main__":
    main()
