"""The leximax point by linear programs: the second opinion, or the first where one prefers it.

One model, kept warm: a variable for each arc and one for the deviation t, a row for each vertex
(what comes goes on) and two for each compared arc. HiGHS finds the smallest t; the prices of
the vertices split them in two, and that cut gives the level exactly. Floats only suggest: the
levels are computed in fractions, and `check_shares` proves or refutes them.
"""

from fractions import Fraction
from itertools import pairwise

import highspy
import pulp

from allocator.core.shares.levels import (
    Compared,
    Signs,
    crossing,
    next_size,
    settle_cut,
    settle_fixed,
)
from allocator.core.shares.network import Network
from allocator.core.shares.problem import Level, Stage

PRICE = 1e-6
"""Prices that differ by less than this part of the largest one are the same."""


class NotProven(ArithmeticError):
    """The solver's answer leads to no exact level."""


def settle_by_programs(
    net: Network, settled: dict[int, Fraction], compared: dict[int, Compared], stage: Stage
) -> list[Level]:
    """Settle all compared arcs at the leximax point; adds to `settled`, returns the levels."""
    settle_fixed(net, settled)
    model = _Model(net, settled, compared)
    levels: list[Level] = []
    while any(i not in settled for i in compared):
        cut = model.cut()
        if cut is None:
            settled.update((i, each.centre) for i, each in compared.items() if i not in settled)
            break
        before = set(settled)
        levels.append(settle_cut(net, settled, compared, stage, *cut))
        for i in settled.keys() - before:
            model.fix(i)
    return levels


class _Model:
    """The warm program: how little the largest deviation can be, given what is settled."""

    def __init__(
        self, net: Network, settled: dict[int, Fraction], compared: dict[int, Compared]
    ) -> None:
        self.net, self.settled, self.compared = net, settled, compared
        program = pulp.LpProblem("shares", pulp.LpMinimize)
        self.size = program.add_variable("t", 0)
        self.flows = [program.add_variable(f"x{i}", *self._bounds(i)) for i in range(len(net.arcs))]
        program += self.size
        self.vertices = []
        for v, touching in enumerate(net.touching):
            signs = [(self.flows[i], self._sign(i, v)) for i in touching if self._sign(i, v)]
            self.vertices.append(pulp.LpConstraint(pulp.LpAffineExpression(signs), rhs=0))
            program += self.vertices[-1]
        self.rows: dict[int, tuple[pulp.LpConstraint, pulp.LpConstraint]] = {}
        for i, each in compared.items():
            centre, weight = float(each.centre), float(each.weight)
            self.rows[i] = (
                self.flows[i] - weight * self.size <= centre,
                self.flows[i] + weight * self.size >= centre,
            )
            program += self.rows[i][0]
            program += self.rows[i][1]
        solver = pulp.HiGHS(msg=False, threads=1)
        solver.createAndConfigureSolver(program)
        solver.buildSolverModel(program)
        self.highs: highspy.Highs = program.solverModel
        for i in settled:
            self.fix(i)

    def _sign(self, i: int, v: int) -> int:
        return (self.net.arcs[i].head == v) - (self.net.arcs[i].tail == v)

    def _bounds(self, i: int) -> tuple[float | None, float | None]:
        low, high = self.net.arcs[i].low, self.net.arcs[i].high
        return None if low is None else float(low), None if high is None else float(high)

    def fix(self, i: int) -> None:
        """Keep a settled arc at its flow and compare it no more."""
        flow = float(self.settled[i])
        self.highs.changeColBounds(self.flows[i].index, flow, flow)
        for row in self.rows.get(i, ()):
            self.highs.changeRowBounds(row.index, -highspy.kHighsInf, highspy.kHighsInf)

    def cut(self) -> tuple[Fraction, Signs] | None:
        """The level that the prices suggest, made exact; None if nothing need deviate."""
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.highs.clearSolver()  # a warm start can fail where a cold one does not
            self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise NotProven(self.highs.modelStatusToString(self.highs.getModelStatus()))
        solution = self.highs.getSolution()
        size = Fraction(solution.col_value[self.size.index] * (1 - PRICE))
        found = [
            (self._exactly(signs, size), signs)
            for forth in self._suggested([solution.row_dual[row.index] for row in self.vertices])
            for signs in (forth, {i: -sign for i, sign in forth.items()})
            if self._possible(signs)
        ]
        best = max(found, key=lambda cut: cut[0], default=(Fraction(0), {}))
        return best if best[0] > 0 else None

    def _suggested(self, prices: list[float]) -> list[Signs]:
        """The cuts between vertices of lower and of higher price."""
        steps = sorted(prices)
        apart = PRICE * max(map(abs, prices))
        return [
            crossing(self.net, {v for v, price in enumerate(prices) if price > low})
            for low, high in pairwise(steps)
            if high - low > apart
        ]

    def _exactly(self, signs: Signs, size: Fraction) -> Fraction:
        """Where the cut is just met: twice, as cells that reach 0 on the way stop moving."""
        size = next_size(self.net, self.settled, self.compared, signs, size)
        return next_size(self.net, self.settled, self.compared, signs, size)

    def _possible(self, signs: Signs) -> bool:
        """Whether the sum of a cut is bounded, and some arc in it is still compared."""
        free = {i: sign for i, sign in signs.items() if i not in self.settled}
        arcs = self.net.arcs
        return any(i in self.compared for i in free) and not any(
            i not in self.compared and (arcs[i].high if sign > 0 else arcs[i].low) is None
            for i, sign in free.items()
        )
