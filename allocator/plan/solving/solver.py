"""Asks HiGHS about one program, again and again: other aims, tighter limits, from where it stood.

The program is written with PuLP and handed over once; between questions only an aim and limits
change. What it answers is a suggestion until it has been checked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto
from typing import Any

import highspy
import pulp

from allocator.plan.solving.watch import Watch

#: Every aim is a whole number: what is proven to be nearer than this to the best is the best.
NEARER = 0.5
#: With this rule of presolve HiGHS 1.15.1 calls a worse answer the best now and then: in 4 of 32
#: programs of 150 sites. Without it, or without any presolve, it was right each time.
PARALLEL_ROWS_AND_COLUMNS = 1 << 13
#: What floats leave of a bound, as a part of it, and at least.
NOISE = 1e-6


class Outcome(Enum):
    """What the solver says."""

    BEST = auto()  # there is no better answer
    FOUND = auto()  # there may be
    NONE = auto()  # there is no answer
    UNKNOWN = auto()  # it found none by the time it had to stop


class Unsolved(ArithmeticError):
    """The solver came to no answer though nobody stopped it; nothing is claimed."""


class Solver:
    """A program at HiGHS.

    What looks like the end of a question is asked once more without presolve, where the solver has
    been seen to go wrong: that there is no answer, or an answer that is not so when it is counted.
    """

    def __init__(
        self, program: pulp.LpProblem, watch: Watch, holds: Callable[[bool], bool] | None = None
    ) -> None:
        """Hand the program over; whoever counts answers says if one holds, as the best or not."""
        self.program = program
        self.watch = watch
        self.bound: int | None = None  # of the last aim: no whole number below is possible
        self.columns: list[float] = [0.0] * len(program.variables())
        self._holds = holds or _believed
        self._aim: list[int] = []
        interrupts = highspy.cb.HighsCallbackType
        self._pulp = pulp.HiGHS(
            msg=False,
            threads=1,
            gapRel=0,
            gapAbs=NEARER,
            presolve_rule_off=PARALLEL_ROWS_AND_COLUMNS,
            callbackTuple=(_polled_by(watch), None),
            callbacksToActivate=[
                interrupts.kCallbackMipInterrupt,
                interrupts.kCallbackSimplexInterrupt,
            ],
        )
        if program.objective is None:
            program.setObjective(pulp.LpAffineExpression())
        self._pulp.createAndConfigureSolver(program)
        self._pulp.buildSolverModel(program)
        self._highs: Any = program.solverModel

    def value(self, variable: pulp.LpVariable) -> int:
        """What a whole variable has in the last answer."""
        index: int = variable.index
        return round(self.columns[index])

    def limit(self, variable: pulp.LpVariable, low: int, high: int | None) -> None:
        """From now on a variable lies between these."""
        most = highspy.kHighsInf if high is None else high
        self._highs.changeColBounds(variable.index, low, most)

    def put(self, values: Iterable[tuple[pulp.LpVariable, int]]) -> None:
        """Correct where the next question starts from."""
        self.columns = list(self.columns)
        for variable, value in values:
            self.columns[variable.index] = float(value)

    def minimise(
        self, aim: Sequence[tuple[pulp.LpVariable, int]], seconds: float | None
    ) -> Outcome:
        """Look for the smallest sum of variables times weights."""
        self._aim_at(aim)
        start = self.columns
        for presolve in ("on", "off"):
            self.bound, self.columns = None, start
            outcome = self._run(presolve, seconds)
            if outcome is Outcome.UNKNOWN or (outcome is Outcome.NONE and presolve == "off"):
                return outcome
            if outcome in _HAS_VALUES and self._holds(outcome is Outcome.BEST):
                return outcome
            if outcome is Outcome.FOUND:  # no time for another way
                break
        self.columns = start
        if outcome is Outcome.FOUND:
            return Outcome.UNKNOWN
        raise Unsolved(self._highs.modelStatusToString(self._highs.getModelStatus()))

    def below(self, variable: pulp.LpVariable, value: int, seconds: float | None) -> Outcome:
        """Look for an answer in which a variable has less, without presolve: a second opinion."""
        self._aim_at([(variable, 1)])
        self.bound, start = None, self.columns
        self.limit(variable, 0, value - 1)
        outcome = self._run("off", seconds) or Outcome.UNKNOWN
        self.limit(variable, 0, None)
        if outcome in _HAS_VALUES and not self._holds(outcome is Outcome.BEST):
            outcome = Outcome.UNKNOWN
        if outcome not in _HAS_VALUES:
            self.columns = start
        return outcome

    def _aim_at(self, aim: Sequence[tuple[pulp.LpVariable, int]]) -> None:
        for index in self._aim:
            self._highs.changeColCost(index, 0)
        self._aim = [variable.index for variable, _ in aim]
        for variable, weight in aim:
            self._highs.changeColCost(variable.index, weight)

    def _run(self, presolve: str, seconds: float | None) -> Outcome | None:
        """One run; None where it came to nothing that can be used."""
        start = highspy.HighsSolution()
        start.col_value = self.columns
        self._highs.setSolution(start)
        self._highs.setOptionValue("presolve", presolve)
        self._highs.setOptionValue("time_limit", math.inf if seconds is None else seconds)
        self._pulp.callSolver(self.program)
        self.program.assignStatus(*self._pulp.findSolutionValues(self.program))
        information = self._highs.getInfo()
        if math.isfinite(information.mip_dual_bound):
            noise = NOISE * max(1.0, abs(information.mip_dual_bound))
            self.bound = math.ceil(information.mip_dual_bound - noise)
        if self.program.sol_status == pulp.LpSolutionInfeasible:
            return Outcome.NONE
        columns = list(self._highs.getSolution().col_value)
        feasible = information.primal_solution_status == highspy.kSolutionStatusFeasible
        if feasible and all(map(math.isfinite, columns)):
            outcome = _OUTCOMES.get(self.program.sol_status)
            if outcome:
                self.columns = columns
            if outcome is Outcome.BEST:
                self.bound = round(information.objective_function_value)
            return outcome
        return Outcome.UNKNOWN if self._highs.getModelStatus() in _CUT_SHORT else None


def _polled_by(watch: Watch) -> Callable[..., None]:
    """HiGHS asks, many times a second, whether it should go on.

    It holds on to what it asks, so this must not lead back to it: nothing would be freed.
    """

    def polled(kind: Any, message: str, found: Any, answer: Any, data: Any) -> None:
        if answer is not None and watch.asked():
            answer.user_interrupt = True

    return polled


def _believed(best: bool) -> bool:
    """Take the solver's word."""
    return True


_OUTCOMES = {
    pulp.LpSolutionOptimal: Outcome.BEST,
    pulp.LpSolutionIntegerFeasible: Outcome.FOUND,
}
_HAS_VALUES = tuple(_OUTCOMES.values())
_CUT_SHORT = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)
