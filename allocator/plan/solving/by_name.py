"""Chooses among answers that are equally good the first in an order: no solver's whim.

The first variable as large as can be, then the next. Some are decided at once, with weights that
put each before all that follow it together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pulp

from allocator.plan.solving.solver import Outcome, Solver

#: So many combinations are decided at once: twenty times yes or no. Floats tell far more apart.
BLOCK = 2**20


def largest_first(solver: Solver, variables: Iterable[pulp.LpVariable]) -> bool:
    """Fix whole variables at the first of all answers; whether it is proven to be that."""
    left = list(variables)
    while left:
        if solver.value(left[0]) == left[0].upBound:
            decided = left[:1]
        else:
            decided = left[: _fitting(left)]
            if solver.minimise(_weighed(decided), solver.watch.left()) is not Outcome.BEST:
                return False
        for variable in decided:
            solver.limit(variable, solver.value(variable), solver.value(variable))
        del left[: len(decided)]
    return True


def _fitting(variables: Sequence[pulp.LpVariable]) -> int:
    """How many of the first ones are decided at once: at least one."""
    combinations = 1
    for i, variable in enumerate(variables):
        combinations *= _values(variable)
        if combinations > BLOCK and i:
            return i
    return len(variables)


def _weighed(variables: Sequence[pulp.LpVariable]) -> list[tuple[pulp.LpVariable, int]]:
    """Each with a weight above all that follow it together, turned to look for the largest."""
    weight, found = 1, []
    for variable in reversed(variables):
        found.append((variable, -weight))
        weight *= _values(variable)
    return found


def _values(variable: pulp.LpVariable) -> int:
    return int(variable.upBound - variable.lowBound) + 1
