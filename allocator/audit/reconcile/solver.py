"""Asks HiGHS, and says plainly what came of it."""

from __future__ import annotations

import math
from enum import Enum, auto

import pulp

#: Whoever waits longer gets the best that was found by then.
SECONDS = 60


class Outcome(Enum):
    """What a solver says of a program."""

    BEST = auto()  # there is no better answer
    FOUND = auto()  # there may be
    NONE = auto()  # there is no answer
    UNKNOWN = auto()  # it found none in time


def solve(program: pulp.LpProblem, seconds: int = SECONDS) -> Outcome:
    """Solve a program; at BEST and FOUND its variables have values."""
    for presolve in ("on", "off"):  # presolve can leave a variable without a value
        solver = pulp.HiGHS(
            msg=False,
            threads=1,
            timeLimit=seconds,
            gapRel=0,
            gapAbs=1e-6,
            mip_feasibility_tolerance=1e-9,
            primal_feasibility_tolerance=1e-9,
            presolve=presolve,
        )
        program.solve(solver)
        if program.sol_status in _OUTCOMES and _has_values(program):
            return _OUTCOMES[program.sol_status]
        if program.sol_status == pulp.LpSolutionInfeasible:
            return Outcome.NONE
    return Outcome.UNKNOWN


_OUTCOMES = {
    pulp.LpSolutionOptimal: Outcome.BEST,
    pulp.LpSolutionIntegerFeasible: Outcome.FOUND,
}


def _has_values(program: pulp.LpProblem) -> bool:
    values = [variable.varValue for variable in program.variables()]
    return all(value is not None and math.isfinite(value) for value in values)
