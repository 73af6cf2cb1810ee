"""A level: the smallest deviation that a cut allows, and everything that it settles.

A cut adds limits with signs +1 (at most) and -1 (at least). What is left of the sum are cells
that must go down or up together; at the smallest deviation all of them stand at their bounds.
"""

from dataclasses import dataclass
from fractions import Fraction

from allocator.core.shares.network import Arc, Network
from allocator.core.shares.problem import Cell, Level, Signed, Stage, added

ZERO = Fraction(0)
Signs = dict[int, int]
"""The arcs of a cut: +1 where the flow is at its largest, -1 where it is at its least."""


@dataclass(frozen=True)
class Compared:
    """How the flow of a bundle is compared: its distance from a centre, in units of a weight."""

    centre: Fraction
    """Where it would like to be: the quota, or 0."""
    weight: Fraction
    """What a deviation of 1 means."""

    def low(self, t: Fraction) -> Fraction:
        """The least flow within deviation t."""
        return max(ZERO, self.centre - self.weight * t)

    def high(self, t: Fraction) -> Fraction:
        """The largest flow within deviation t."""
        return self.centre + self.weight * t


def bounds(
    arc: Arc, compared: Compared | None, t: Fraction
) -> tuple[Fraction | None, Fraction | None]:
    """The least and the largest flow of an arc within deviation t."""
    return (arc.low, arc.high) if compared is None else (compared.low(t), compared.high(t))


def settle_fixed(net: Network, settled: dict[int, Fraction]) -> None:
    """Settle the sums that have no room at all."""
    for i, arc in enumerate(net.arcs):
        if arc.low is not None and arc.low == arc.high:
            settled.setdefault(i, arc.low)


def crossing(net: Network, inside: set[int]) -> Signs:
    """The arcs that leave a set of vertices (+1) or enter it (-1)."""
    arcs = net.arcs
    near = dict.fromkeys(i for v in sorted(inside) for i in net.touching[v])
    return {
        i: 1 if arcs[i].tail in inside else -1
        for i in near
        if (arcs[i].tail in inside) != (arcs[i].head in inside)
    }


def next_size(
    net: Network,
    settled: dict[int, Fraction],
    compared: dict[int, Compared],
    signs: Signs,
    size: Fraction,
) -> Fraction:
    """The deviation at which a cut that is stuck at a smaller one would just be met.

    At 0, six places must enter and two towns with quotas 3 and 1 can take four; each rises by
    the same ratio until they take six:

    >>> towns = {1: Compared(Fraction(3), Fraction(3)), 2: Compared(Fraction(1), Fraction(1))}
    >>> arcs = (Arc(0, 1, None, None, "total"), Arc(1, 2, ZERO, None), Arc(1, 3, ZERO, None))
    >>> next_size(Network(4, arcs, ()), {0: Fraction(6)}, towns, {0: -1, 1: 1, 2: 1}, ZERO)
    Fraction(1, 2)
    """
    too_much: list[Fraction] = []
    moving: list[Fraction] = []
    for i, sign in signs.items():
        room = bounds(net.arcs[i], compared.get(i), size)
        low, high = (settled[i], settled[i]) if i in settled else room
        too_much.append(-(high or ZERO) if sign > 0 else low or ZERO)
        if i in compared and i not in settled and (sign > 0 or low):
            moving.append(compared[i].weight)
    return size + added(too_much) / added(moving) if moving else size


def settle_cut(
    net: Network,
    settled: dict[int, Fraction],
    compared: dict[int, Compared],
    stage: Stage,
    size: Fraction,
    signs: Signs,
) -> Level:
    """Settle what crosses a cut; tell it as a level."""
    cells: list[Cell] = []
    binding: list[Signed] = []
    for i, sign in signs.items():
        arc = net.arcs[i]
        if i not in settled:
            low, high = bounds(arc, compared.get(i), size)
            flow = high if sign > 0 else low
            if flow is None:
                raise AssertionError("an arc without a bound cannot cross a tight cut")
            settled[i] = flow
            cells += arc.cells
        if arc.name:
            binding.append(Signed(arc.name, 1 if sign > 0 else -1, settled[i]))
    return Level(stage, size, tuple(binding), tuple(cells))
