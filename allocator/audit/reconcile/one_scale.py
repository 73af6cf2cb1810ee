"""At one scale, the values with the least total change: a mixed-integer program.

Each leaf walks from its given value up or down, past the thresholds where one of its numbers
changes; a whole variable says whether a threshold is passed, and the way walked is what it costs.
The answer is a suggestion in floats: whoever asks computes the table anew from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import pulp

from allocator.audit.reconcile.asking import ONE, ZERO, Leaf, Question
from allocator.audit.reconcile.solver import Outcome, solve
from allocator.core.exact import added

#: Values are given with so many decimals.
DECIMALS = 6
#: A way shorter than this part of the tolerance is the solver's noise.
STILL = Fraction(1, 10**7)


@dataclass(frozen=True, slots=True)
class Nearest:
    """A suggested value per leaf, in the order of the leaves."""

    values: tuple[Fraction, ...]
    proven: bool  # whether the solver has shown that no other changes less in total


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of values of a leaf in which its numbers stay, a margin off the thresholds."""

    low: Fraction
    high: Fraction
    numbers: Mapping[str, int]


def nearest(
    question: Question, scale: Fraction, size: Fraction, margins: Sequence[Fraction]
) -> Nearest | None:
    """The values within a size of change whose weights add up to the scale, if any are found.

    Every weight stays its margin away from the thresholds of rounding.
    """
    program = pulp.LpProblem("nearest", pulp.LpMinimize)
    walks = []
    for place, leaf in enumerate(question.leaves):
        stretches = _stretches(question, place, scale, size, margins[place])
        if not stretches:
            return None
        walks.append(_Walk(program, f"{place}", leaf, question.unit(leaf), stretches))
    program.setObjective(pulp.lpSum(walk.cost for walk in walks))
    _keep_sums(program, question, walks)
    _keep_scale(program, question, walks, scale)
    outcome = solve(program)
    if outcome in (Outcome.NONE, Outcome.UNKNOWN):
        return None
    return Nearest(tuple(walk.value(size) for walk in walks), outcome is Outcome.BEST)


def _stretches(
    question: Question, place: int, scale: Fraction, size: Fraction, margin: Fraction
) -> list[Stretch]:
    """What a leaf may become, from low to high values; in each its own published numbers hold."""
    leaf = question.leaves[place]
    low, high = _window(leaf, size, margin)
    found = []
    for step in question.steps(low / scale, high / scale, question.streams_of(place)):
        least = step.low * scale + (margin if step.low * scale != low else 0)
        most = step.high * scale - (margin if step.high * scale != high else 0)
        if least > most or any(row.off(step.numbers) for row in question.of_leaf(place)):
            continue
        ends = (leaf.value,) if leaf.fixed else (leaf.valued(least), leaf.valued(most))
        found.append(Stretch(min(ends), max(ends), step.numbers))
    return found if leaf.slope >= 0 else found[::-1]


def _window(leaf: Leaf, size: Fraction, margin: Fraction) -> tuple[Fraction, Fraction]:
    """The least and largest weight, with room for the margin where the tolerance leaves it."""
    low, high = leaf.weights(size)
    if leaf.fixed:
        return low, high
    if leaf.tolerance is None:
        return min(margin, high), high
    least, most = leaf.weights(max(size, ONE)) if size <= 1 else (ZERO, high + 2 * margin)
    return max(least, low - 2 * margin), min(most, high + 2 * margin)


def _keep_sums(program: pulp.LpProblem, question: Question, walks: Sequence[_Walk]) -> None:
    """The published numbers of larger areas."""
    for row in question.rows:
        if len(row.leaves) > 1:
            numbers = pulp.lpSum(
                sign * walks[place].numbers[stream]
                for place in row.leaves
                for stream, sign in row.signs.items()
            )
            program += numbers == row.row.number


def _keep_scale(
    program: pulp.LpProblem, question: Question, walks: Sequence[_Walk], scale: Fraction
) -> None:
    """The weights add up to the scale, counted in units of the largest total."""
    per_weight = max(1, *question.totals.values()) / scale
    starts = added(walk.leaf.weight(walk.start) for walk in walks)
    moved = pulp.lpSum(float(walk.leaf.slope * walk.unit * per_weight) * walk.net for walk in walks)
    program += moved == float((scale - starts) * per_weight)


@dataclass(frozen=True, slots=True)
class _Side:
    """The way of a leaf in one direction."""

    way: pulp.LpAffineExpression
    room: pulp.LpVariable  # the part of the way before the first threshold
    most: float  # how long that part is
    first: pulp.LpVariable | None  # whether the first threshold is passed


class _Walk:
    """The way of one leaf from where it starts, in units of its own."""

    def __init__(
        self,
        program: pulp.LpProblem,
        name: str,
        leaf: Leaf,
        unit: Fraction,
        stretches: Sequence[Stretch],
    ) -> None:
        self.leaf, self.unit, self.program = leaf, unit, program
        here = min(range(len(stretches)), key=lambda each: _away(leaf.value, stretches[each]))
        base = stretches[here]
        self.start = min(max(leaf.value, base.low), base.high)
        self.passed: list[tuple[pulp.LpVariable, Stretch]] = []
        self.base = base
        self.numbers = {
            stream: pulp.LpAffineExpression(constant=number)
            for stream, number in base.numbers.items()
        }
        up = self._side(f"u{name}", base.high - self.start, stretches[here:])
        down = self._side(f"d{name}", self.start - base.low, stretches[here::-1])
        if up.first is not None and down.first is not None:
            program += up.first + down.first <= 1
        for one, other in ((up, down), (down, up)):
            if one.first is not None:
                program += other.room <= other.most * (1 - one.first)
        self.net = up.way - down.way
        self.cost = up.way + down.way

    def _side(self, name: str, room: Fraction, stretches: Sequence[Stretch]) -> _Side:
        """Variables for the stretches from the one where it starts outward."""
        program, add = self.program, self.program.add_variable
        most = float(room / self.unit)
        part = first_part = add(f"{name}_0", 0, most)
        way = pulp.LpAffineExpression(part)
        length, thresholds = most, list[pulp.LpVariable]()
        for place, (near, far) in enumerate(pairwise(stretches), 1):
            passed = add(f"{name}_passed{place}", 0, 1, pulp.LpInteger)
            program += part >= length * passed
            if thresholds:
                program += passed <= thresholds[-1]
            thresholds.append(passed)
            length = float((far.high - far.low) / self.unit)
            part = add(f"{name}_{place}", 0, length)
            program += part <= length * passed
            gap = max(far.low - near.high, near.low - far.high)
            way += float(gap / self.unit) * passed + part
            for stream, number in far.numbers.items():
                self.numbers[stream] += (number - near.numbers[stream]) * passed
            self.passed.append((passed, far))
        return _Side(way, first_part, most, thresholds[0] if thresholds else None)

    def value(self, size: Fraction) -> Fraction:
        """Where it went, within the stretch that it went to, to the decimals of a value."""
        net = Fraction(pulp.value(self.net))
        far = [stretch for passed, stretch in self.passed if passed.varValue > 0.5]
        if not far and self.start == self.leaf.value and abs(net) < STILL:
            return self.start
        ended = far[-1] if far else self.base
        value = min(max(self.start + net * self.unit, ended.low), ended.high)
        return rounded(self.leaf, value, size)


def rounded(leaf: Leaf, value: Fraction, size: Fraction) -> Fraction:
    """A value to the decimals that are given, and within the tolerance where all of them are.

    >>> leaf = Leaf("A", ONE, ZERO, Fraction("0.1"), Fraction("0.0299999"))
    >>> rounded(leaf, Fraction("0.1299999"), ONE), rounded(leaf, Fraction("0.1299999"), 2 * ONE)
    (Fraction(129999, 1000000), Fraction(13, 100))
    """
    step = Fraction(1, 10**DECIMALS)
    near = round(value / step) * step
    if leaf.tolerance is not None and size <= 1 and abs(near - leaf.value) > leaf.tolerance:
        near += step if near < leaf.value else -step
    return near


def _away(value: Fraction, stretch: Stretch) -> Fraction:
    return max(stretch.low - value, value - stretch.high, ZERO)
