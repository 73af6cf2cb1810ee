"""The least size of change with the scale left open: mixed-integer programs.

Shares instead of weights make the published numbers linear, whatever the scale; what is not, the
largest change over the scale, is a quotient, whose least value a few programs in a row find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pulp

from allocator.audit.reconcile.asking import ONE, Asked, Question
from allocator.audit.reconcile.solver import Outcome, solve

#: A quotient that falls by less than this is the least.
ENOUGH = 1e-7
#: Programs in a row; three is usual.
ROUNDS = 20
#: Seconds for each: what takes longer is left to a search at one scale.
QUICK = 5


@dataclass(frozen=True, slots=True)
class AtScale:
    """A size of change that does, and the sum of weights at which it does."""

    size: Fraction
    scale: Fraction


def at_any_scale(
    question: Question, at_least: Fraction, margins: Sequence[Fraction]
) -> AtScale | None:
    """The least size of change, if the solver finds any."""
    program = _Program(question, margins)
    least = float(at_least)
    for _ in range(ROUNDS):
        program.program.setObjective(program.change - least * program.per_scale)
        if solve(program.program, QUICK) is not Outcome.BEST:
            return None
        found = program.found()
        if abs(float(found.size) - least) < ENOUGH:
            break
        least = float(found.size)
    return found


def possible_by_solver(
    question: Question, rows: Sequence[Asked], margins: Sequence[Fraction]
) -> bool:
    """Whether the solver fails to show that these numbers cannot come out within tolerance."""
    program = _Program(replace(question, rows=tuple(rows)), margins)
    program.program += program.change <= program.per_scale
    return solve(program.program, QUICK) is not Outcome.NONE


class _Program:
    """Quotas of the largest total, their whole numbers, and one over the scale.

    The last is 1 at the scale as given; the change stands for the size of change times that.
    """

    def __init__(self, question: Question, margins: Sequence[Fraction]) -> None:
        self.question = question
        self.program = pulp.LpProblem("any_scale", pulp.LpMinimize)
        self.total = max(1, *question.totals.values())
        add = self.program.add_variable
        self.change, self.per_scale = add("change", 0), add("per_scale", 0)
        self.quotas = [add(f"q{place}", 0) for place in range(len(question.leaves))]
        self.numbers: dict[tuple[int, str], pulp.LpVariable] = {}
        self.program += pulp.lpSum(self.quotas) == self.total
        for place in range(len(question.leaves)):
            self._keep_near(place)
            for stream in question.streams_of(place):
                self._round(place, stream, margins[place])
        for row in question.rows:
            numbers = (
                sign * self.numbers[place, stream]
                for place in row.leaves
                for stream, sign in row.signs.items()
            )
            self.program += pulp.lpSum(numbers) == row.row.number

    def _keep_near(self, place: int) -> None:
        """A quota within the change, taken to the scale."""
        leaf, quota = self.question.leaves[place], self.quotas[place]
        per_weight = self.total / self.question.scale
        given = float(leaf.weight(leaf.value) * per_weight) * self.per_scale
        if leaf.fixed:
            self.program += quota == given
        elif leaf.tolerance is None:
            most = leaf.weights(ONE)[1]
            self.program += quota <= float(most * per_weight) * self.per_scale
        else:
            off = float(abs(leaf.slope) * leaf.tolerance * per_weight) * self.change
            self.program += quota <= given + off
            self.program += quota >= given - off

    def _round(self, place: int, stream: str, margin: Fraction) -> None:
        """A whole number whose rounding allows the quota, with the margin."""
        total = self.question.totals[stream]
        number = self.program.add_variable(f"n{place}_{stream}", 0, total + 1, pulp.LpInteger)
        self.numbers[place, stream] = number
        leaf = self.question.leaves[place]
        if not total or (leaf.fixed and not leaf.weight(leaf.value)):
            self.program += number == 0
            return
        inside = float(margin * total / self.question.scale)
        low, high = (float(end) for end in self.question.around)
        quota = self.quotas[place] * (total / self.total)
        self.program += quota >= number + low + inside
        self.program += quota <= number + high - inside

    def found(self) -> AtScale:
        per_scale = Fraction(self.per_scale.varValue)
        size = Fraction(self.change.varValue) / per_scale
        return AtScale(size, self.question.scale / per_scale)
