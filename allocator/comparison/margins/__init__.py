"""By how much a figure, or a national total, must change before a number becomes another.

One figure of one area changes at a time; the figures of all others stay, and sums over the country
follow. As a figure grows, its area's number is taken to move one way only; every answer is then
computed: with it the number is another, and with one step less it is what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from allocator.comparison.margins.figures import Rooms
from allocator.comparison.margins.limits import measured_by, not_followed
from allocator.comparison.margins.outcomes import Outcome, Outcomes
from allocator.comparison.margins.search import Point, least, where
from allocator.comparison.margins.totals import TotalOutcomes
from allocator.core.keeping import kept_figures
from allocator.core.rounding import ROUND
from allocator.key.formula import TOTAL
from allocator.key.formula import indicators as named_in
from allocator.key.reader import read_key
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.rule import Rounding

__all__ = ["TOTAL", "Margin", "Step", "figures_behind", "margins", "times_divided"]


@dataclass(frozen=True, slots=True)
class Step:
    """The least change one way that makes another number."""

    change: Fraction  # what is added to the figure; below 0 on the way down
    becomes: int  # the number with it


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a figure is from giving another number."""

    area: Area
    stream: str
    number: int  # what the area gets
    what: str  # the indicator whose figure changes, or `total`
    figure: Fraction  # what it is now
    resolution: Fraction  # the steps in which it was changed
    up: Step | None  # None where no number changes as far as is looked
    down: Step | None

    def part(self, step: Step) -> Fraction | None:
        """A change as a part of the figure; None of a figure of 0."""
        return step.change / self.figure if self.figure else None


def margins(distribution: Distribution, areas: Sequence[Area]) -> tuple[Margin, ...]:
    """The margins of leaves: per stream with a total, of each figure behind it and of the total.

    How far is looked: `Rooms` in `margins.figures`, and `TotalOutcomes`. A change that
    the rule refuses ends the way. A figure that an area lacks, or that would move a limit of the
    instance's own, is left out. Where areas are rounded together, or the key cannot be followed
    area by area, each try divides the whole again: `times_divided` tells how often.
    """
    instance = distribution.instance
    outcomes = Outcomes(distribution)
    given = [stream.name for stream in instance.streams.given]
    totals = {s: TotalOutcomes(distribution, s) for s in given if not kept_figures(instance)}
    rooms = {name: Rooms(each) for name, each in instance.indicators.items()}
    unknown = not_followed(instance)
    found = []
    for area in areas:
        if area.level != instance.division.leaf_level:
            raise ValueError(f"{area.name} is no {instance.division.leaf_level}: it is a sum")
        tried: dict[str, _Figure] = {}
        for stream in given:
            for name in figures_behind(distribution, stream):
                lacks = area.code in instance.indicators[name].lacking
                if not lacks and area.code not in unknown.get(name, ()):
                    figure = tried.setdefault(name, _Figure(outcomes, area, name, rooms[name]))
                    found.append(figure.margin(stream))
            if stream in totals:
                found.append(_of_total(totals[stream], area))
    return tuple(found)


def figures_behind(distribution: Distribution, stream: str) -> tuple[str, ...]:
    """The indicators whose figures a number rests on; not the numbers that larger areas keep.

    Where areas are rounded together, all numbers rest on all figures, and on those of limits.
    """
    instance = distribution.instance
    if distribution.rounding in ROUND:
        keys = [step.key for step in distribution.steps[stream]]
        keys += [key for after in instance.rule.after for key in after.keys]
        names = [name for key in keys for name in named_in(read_key(key.written, key.place))]
    else:
        names = [*distribution.used, *measured_by(instance)]
    kept = {indicator.name for indicator in kept_figures(instance)}
    return tuple(name for name in dict.fromkeys(names) if name not in kept)


#: About how often the whole is divided for one change in one direction.
_TRIES = 10


def times_divided(distribution: Distribution, areas: int) -> int:
    """About how often the whole must be divided again for the margins of so many areas."""
    instance = distribution.instance
    outcomes = Outcomes(distribution)
    given = [stream.name for stream in instance.streams.given]
    figures = [(stream, name) for stream in given for name in figures_behind(distribution, stream)]
    slow = sum(1 for _, name in figures if not outcomes.follows(name))
    if not kept_figures(instance):
        slow += sum(1 for s in given if not TotalOutcomes(distribution, s).in_proportion)
    return 2 * _TRIES * slow * areas


class _Figure:
    """One figure of one leaf, and what the leaf gets after so many steps up (or, below 0, down)."""

    def __init__(self, outcomes: Outcomes, area: Area, name: str, rooms: Rooms) -> None:
        self.outcomes, self.area, self.name = outcomes, area, name
        self.distribution = outcomes.distribution
        indicator = self.distribution.instance.indicators[name]
        self.figure = indicator.values[area.code]
        self.room = rooms.of(area.code)
        self._tried: dict[int, Outcome | None] = {}

    def after(self, steps: int) -> Outcome | None:
        """What the leaf gets; tried once for all streams."""
        if steps not in self._tried:
            figure = self.figure + steps * self.room.step
            self._tried[steps] = self.outcomes.after(self.area.code, self.name, figure)
        return self._tried[steps]

    def margin(self, stream: str) -> Margin:
        number = self.distribution.numbers[self.area.code, stream]
        up, down = self._step(stream, 1, self.room.up), self._step(stream, -1, self.room.down)
        step = self.room.step
        return Margin(self.area, stream, number, self.name, self.figure, step, up, down)

    def _step(self, stream: str, sign: int, limit: int) -> Step | None:
        number = self.distribution.numbers[self.area.code, stream]

        def differs(steps: int) -> bool:
            outcome = self.after(sign * steps)
            return outcome is None or outcome.numbers[stream] != number

        found = _least(differs, limit, self._goal(stream, sign), self.distribution)
        outcome = None if found is None else self.after(sign * found)
        if found is None or outcome is None:
            return None
        return Step(sign * found * self.room.step, outcome.numbers[stream])

    def _goal(self, stream: str, sign: int) -> Fraction | None:
        """After how many steps this way the quota passes to another number, if it goes straight."""
        points = self._points(stream)
        if len(points) < 2:
            return None
        cell, (one, other) = (self.area.code, stream), points
        quota, number = self.distribution.quotas[cell], self.distribution.numbers[cell]
        passed = [where(quota, one, other, goal) for goal in _goals(number, self.distribution)]
        return min((sign * at for at in passed if at is not None and sign * at >= 0), default=None)

    def _points(self, stream: str) -> tuple[Point, ...]:
        """The quota at the two nearest steps that the rule allows."""
        found: list[Point] = []
        for steps in (1, -1, 2, -2):
            inside = -self.room.down <= steps <= self.room.up
            outcome = self.after(steps) if inside and len(found) < 2 else None
            if outcome:
                found.append((steps, outcome.quotas[stream]))
        return tuple(found)


def _least(
    differs: Callable[[int], bool], limit: int, goal: Fraction | None, distribution: Distribution
) -> int | None:
    """The least number of steps, looked for where the quota says.

    Rounded by itself a number changes exactly there. Rounded together without limits it has changed
    by then. Under limits a quota says little: then the search goes outward from nearby.
    """
    if goal is None:
        return least(differs, limit, 1)
    at = max(1, ceil(goal))
    if distribution.rounding in ROUND:
        return least(differs, limit, at)
    if distribution.instance.limits:
        return least(differs, limit, max(1, at // 2), width=max(1, at // 4))
    return least(differs, limit, at, width=min(at, max(limit, 1)))


_HALF = Fraction(1, 2)


def _goals(number: int, distribution: Distribution) -> tuple[Fraction, Fraction]:
    """The quotas below and above which a number is another."""
    match distribution.rounding:
        case Rounding.UP:
            return Fraction(number - 1), Fraction(number)
        case Rounding.DOWN:
            return Fraction(number), Fraction(number + 1)
        case Rounding.HALF_UP | Rounding.HALF_EVEN:
            return number - _HALF, number + _HALF
    return Fraction(number - 1), Fraction(number + 1)


def _of_total(outcomes: TotalOutcomes, area: Area) -> Margin:
    """How far the total of a stream is from giving a leaf another number."""
    distribution, stream, total = outcomes.distribution, outcomes.stream, outcomes.total
    number = distribution.numbers[area.code, stream]
    part = outcomes.parts.get(area.code)
    low, high = _goals(number, distribution)

    def step(sign: int, limit: int | None, quota: Fraction) -> Step | None:
        goal = sign * (quota / part - total) if part else None
        if limit is None:  # in proportion, so that it changes there or one further
            limit = max(ceil(goal), 0) + 1 if goal is not None else 0

        def differs(steps: int) -> bool:
            return outcomes.number(area.code, total + sign * steps) != number

        found = _least(differs, limit, goal, distribution)
        becomes = None if found is None else outcomes.number(area.code, total + sign * found)
        if found is None or becomes is None:
            return None
        return Step(Fraction(sign * found), becomes)

    highest = outcomes.highest
    up = step(1, None if highest is None else highest - total, high)
    down = step(-1, total - outcomes.lowest, low)
    return Margin(area, stream, number, TOTAL, Fraction(total), Fraction(1), up, down)
