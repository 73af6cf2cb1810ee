"""Nested limits inside one part: water-filling, exact, without a program.

Every cell without a limit takes ratio * quota, one ratio for all cells under a sum; a sum that
would leave its limits is held there and shares out its number by a ratio of its own. How much
flows into a sum is a line with bends, one where each limit inside begins or ends to hold.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from allocator.core.shares.levels import ZERO
from allocator.core.shares.network import ROOT, Network
from allocator.core.shares.problem import Level, Signed, added


@dataclass(frozen=True)
class Line:
    """What flows in, by the ratio: straight between bends, never falling."""

    ratios: tuple[Fraction, ...]
    """Where it bends, rising; the first is 0."""
    values: tuple[Fraction, ...]
    """What flows in there."""
    slopes: tuple[Fraction, ...]
    """How fast it rises from there on."""

    def at(self, ratio: Fraction) -> Fraction:
        """What flows in at a ratio."""
        i = bisect_right(self.ratios, ratio) - 1
        return self.values[i] + self.slopes[i] * (ratio - self.ratios[i])

    def reaching(self, number: Fraction) -> Fraction | None:
        """The smallest ratio at which a number flows in; None if it never does.

        >>> half = Fraction(1, 2)
        >>> Line((ZERO,), (ZERO,), (Fraction(8),)).reaching(Fraction(4)) == half
        True
        """
        i = bisect_left(self.values, number) - 1
        if i < 0:
            return ZERO
        if not self.slopes[i]:
            return None
        return self.ratios[i] + (number - self.values[i]) / self.slopes[i]

    def held(self, low: Fraction | None, high: Fraction | None) -> "Line":
        """The line kept between a floor and a cap."""
        line = self
        if low is not None and low > self.values[0]:
            start = self.reaching(low)
            cut = len(self.ratios) if start is None else bisect_right(self.ratios, start)
            bend = () if start is None else (start,)
            slopes = (ZERO, *(line.slopes[cut - 1 : cut] if bend else ()), *line.slopes[cut:])
            values = (low, *(low for _ in bend), *line.values[cut:])
            line = Line((ZERO, *bend, *line.ratios[cut:]), values, slopes)
        stop = None if high is None else line.reaching(high)
        if high is None or stop is None:
            return line
        cut = bisect_right(line.ratios, stop)
        if line.ratios[cut - 1] == stop:
            cut -= 1
        return Line(
            (*line.ratios[:cut], stop), (*line.values[:cut], high), (*line.slopes[:cut], ZERO)
        )


def together(lines: list[Line]) -> Line:
    """The sum of lines."""
    turns: dict[Fraction, Fraction] = {ZERO: ZERO}
    for line in lines:
        before = ZERO
        for ratio, slope in zip(line.ratios, line.slopes, strict=True):
            turns[ratio] = turns.get(ratio, ZERO) + slope - before
            before = slope
    ratios = sorted(turns)
    slopes = list(accumulate(turns[ratio] for ratio in ratios))
    values = [sum((line.values[0] for line in lines), ZERO)]
    for i in range(1, len(ratios)):
        values.append(values[-1] + slopes[i - 1] * (ratios[i] - ratios[i - 1]))
    return Line(tuple(ratios), tuple(values), tuple(slopes))


def fill(
    net: Network, settled: dict[int, Fraction]
) -> tuple[dict[int, Fraction], list[Level]] | None:
    """The shares of all cells and the levels; None if a sum over several parts objects."""
    water = _Water(net, settled)
    levels = water.pour()
    flow = settled | water.shares
    for i, arc in enumerate(net.arcs):
        if arc.name and not water.inner(i):
            sum_over_parts = _flow_of_sum(net, flow, i)
            low, high = water.limits(i)
            if (low is not None and sum_over_parts < low) or (
                high is not None and sum_over_parts > high
            ):
                return None
    return water.shares, sorted(levels, key=lambda level: -level.size)


def _flow_of_sum(net: Network, flow: dict[int, Fraction], i: int) -> Fraction:
    """What a sum over several parts adds to: all that comes to its vertex."""
    below = [j for j in net.touching[i + 1] if net.arcs[j].head == i + 1]
    return added(_flow_of_sum(net, flow, j) if net.arcs[j].name else flow[j] for j in below)


class _Water:
    """The tree of sums inside one part, with the line of each."""

    def __init__(self, net: Network, settled: dict[int, Fraction]) -> None:
        self.net = net
        self.settled = settled
        self.shares: dict[int, Fraction] = {}
        self.lines: dict[int, Line] = {}

    def inner(self, i: int) -> bool:
        """Whether a sum stays inside one part: its arc leads to its vertex."""
        return self.net.arcs[i].head == i + 1

    def limits(self, i: int) -> tuple[Fraction | None, Fraction | None]:
        """The floor and the cap of a sum; both its flow if it is settled."""
        arc = self.net.arcs[i]
        return self.settled.get(i, arc.low), self.settled.get(i, arc.high)

    def content(self, v: int) -> list[int]:
        """The arcs that share out what comes to a vertex."""
        return [i for i in self.net.touching[v] if self.net.arcs[i].tail == v]

    def pour(self) -> list[Level]:
        """Fill each part from its national total."""
        levels: list[Level] = []
        todo: list[tuple[int, Fraction]] = []
        for i in self.content(ROOT):
            self._line(i)
            number = self.limits(i)[1]
            if number is not None:
                todo.append((i, number))
        while todo:
            level, held = self._share_out(*todo.pop())
            levels += level
            todo += held
        return levels

    def _line(self, i: int) -> Line:
        """What flows into an arc by the ratio."""
        arc = self.net.arcs[i]
        if arc.name:
            self.lines[i] = together([self._line(j) for j in self.content(i + 1)])
            return self.lines[i].held(*self.limits(i))
        if i in self.settled:
            return Line((ZERO,), (self.settled[i],), (ZERO,))
        return Line((ZERO,), (ZERO,), (arc.quota,))

    def _share_out(
        self, i: int, number: Fraction
    ) -> tuple[list[Level], list[tuple[int, Fraction]]]:
        """Share a number over the cells under a sum; the sums inside that are held come later."""
        ratio = self.lines[i].reaching(number)
        if ratio is None:
            raise AssertionError("a sum that can be met was not met")
        cells: list[int] = []
        held: list[tuple[int, Fraction]] = []
        todo = [i + 1]
        while todo:
            for j in self.content(todo.pop()):
                if not self.net.arcs[j].name:
                    cells += [] if j in self.settled else [j]
                    continue
                low, high = self.limits(j)
                free = self.lines[j].at(ratio)
                if low is not None and free < low:
                    held.append((j, low))
                elif high is not None and free > high:
                    held.append((j, high))
                else:
                    todo.append(j + 1)
        self.shares |= {j: ratio * self.net.arcs[j].quota for j in cells}
        if ratio == 1 or not (cells or any(self._has_room(j) for j, _ in held)):
            return [], held
        sign: Literal[-1, 1] = 1 if ratio < 1 else -1
        against: Literal[-1, 1] = -1 if ratio < 1 else 1
        binding = [Signed(self.net.arcs[i].name, sign, number)]
        binding += [Signed(self.net.arcs[j].name, against, flow) for j, flow in held]
        names = tuple(cell for j in cells for cell in self.net.arcs[j].cells)
        return [Level("deviation", abs(ratio - 1), tuple(binding), names)], held

    def _has_room(self, i: int) -> bool:
        """Whether a sum's floor and cap differ, so that somebody must say which one it is at."""
        low, high = self.limits(i)
        return low != high
