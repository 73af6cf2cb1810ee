"""Circles that lie apart: moved as little as is needed, then shrunk together if they must.

A cartogram has a circle per area. Circles are pushed off each other and drawn back to where they
belong; every step goes in a fixed order, so the same circles always end in the same places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt

#: After so many rounds it is looked up again which circles are near each other.
LOOKED_UP = 8
#: Of the rounds, the part in which circles are drawn home; in the rest they only make room.
DRAWN_HOME = 0.75
#: Points are written to this many decimals, and radii are rounded down to as many.
PLACES = 2


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle with the group that it lies in; circles of two groups keep a wider gap."""

    x: float
    y: float
    r: float
    group: str


def settled(
    discs: Sequence[Disc],
    gap: float,
    between_groups: float,
    rounds: int,
    pairs: Sequence[tuple[int, int]] = (),
    home: float = 0.12,
    together: float = 0.1,
) -> list[Disc]:
    """The circles after so many rounds of making room and going home.

    Circles that overlap each move in proportion to the other's area, so that a city stays and a
    village makes way. `pairs` are neighbours, which are drawn together where they stand apart.
    """
    xs, ys = _no_two_in_one_place(discs)
    at_home = list(zip(xs, ys, strict=True))
    near: list[tuple[int, int, float, float]] = []
    for turn in range(rounds):
        if turn % LOOKED_UP == 0:
            near = _near(discs, xs, ys, gap, between_groups)
        left = 1 - turn / (rounds * DRAWN_HOME)
        if left > 0:
            _draw_together(discs, xs, ys, pairs, together * left)
            for i, (x, y) in enumerate(at_home):
                xs[i] += (x - xs[i]) * home * left
                ys[i] += (y - ys[i]) * home * left
        _push_apart(xs, ys, near)
    return [Disc(x, y, d.r, d.group) for x, y, d in zip(xs, ys, discs, strict=True)]


def _no_two_in_one_place(discs: Sequence[Disc]) -> tuple[list[float], list[float]]:
    """The centres; one that another lies on already goes a little to the right of it."""
    taken: set[tuple[float, float]] = set()
    xs, ys = [], []
    for disc in discs:
        x, y = round(disc.x, PLACES), round(disc.y, PLACES)
        while (x, y) in taken:
            x = round(x + 10**-PLACES, PLACES)
        taken.add((x, y))
        xs.append(x)
        ys.append(y)
    return xs, ys


def _near(
    discs: Sequence[Disc], xs: list[float], ys: list[float], gap: float, between_groups: float
) -> list[tuple[int, int, float, float]]:
    """The pairs that may come to touch soon: how far apart they belong, and how the push is shared.

    From left to right, a circle is looked at beside those whose left edge lies before its right
    edge, with some room for what moves in the meantime.
    """
    room = 2 * between_groups
    order = sorted(range(len(discs)), key=lambda i: (xs[i] - discs[i].r, i))
    found = []
    for place, i in enumerate(order):
        edge = xs[i] + discs[i].r + room
        for j in order[place + 1 :]:
            other = discs[j]
            if xs[j] - other.r > edge:
                break
            wanted = discs[i].r + other.r
            if abs(ys[i] - ys[j]) < wanted + room:
                wanted += gap if discs[i].group == other.group else between_groups
                mine, its = discs[i].r ** 2, other.r**2
                found.append((i, j, wanted, its / (mine + its) if mine + its else 0.5))
    return found


def _push_apart(
    xs: list[float], ys: list[float], near: Sequence[tuple[int, int, float, float]]
) -> None:
    for i, j, wanted, share in near:
        dx, dy = xs[j] - xs[i], ys[j] - ys[i]
        square = dx * dx + dy * dy
        if square >= wanted * wanted:
            continue
        distance = sqrt(square)
        if distance == 0:
            dx, distance = 1.0, 1.0
            push = wanted
        else:
            push = wanted - distance
        dx, dy = dx / distance * push, dy / distance * push
        xs[i] -= dx * share
        ys[i] -= dy * share
        xs[j] += dx * (1 - share)
        ys[j] += dy * (1 - share)


def _draw_together(
    discs: Sequence[Disc],
    xs: list[float],
    ys: list[float],
    pairs: Sequence[tuple[int, int]],
    part: float,
) -> None:
    for i, j in pairs:
        dx, dy = xs[j] - xs[i], ys[j] - ys[i]
        distance = sqrt(dx * dx + dy * dy)
        slack = distance - discs[i].r - discs[j].r
        if slack > 0:
            pull = part * slack / distance / 2
            xs[i] += dx * pull
            ys[i] += dy * pull
            xs[j] -= dx * pull
            ys[j] -= dy * pull


def apart(discs: Sequence[Disc]) -> tuple[list[Disc], float]:
    """The circles as they are written, and the factor that made all of them so small that none
    overlap: 1 where nothing had to shrink.

    Centres are rounded first and radii last and downward, so what is written does not overlap.

    >>> found, factor = apart([Disc(0, 0, 3, ""), Disc(4, 0, 2, ""), Disc(8, 0, 1, "")])
    >>> [disc.r for disc in found], factor
    ([2.4, 1.6, 0.8], 0.8)
    """
    xs, ys = _no_two_in_one_place(discs)
    factor = 1.0
    for i, j, touching, _ in _near(discs, xs, ys, 0, 0):
        square = (xs[i] - xs[j]) ** 2 + (ys[i] - ys[j]) ** 2
        if touching and square < (touching * factor) ** 2:
            factor = sqrt(square) / touching
    found = [
        Disc(x, y, rounded_down(d.r * factor), d.group)
        for x, y, d in zip(xs, ys, discs, strict=True)
    ]
    return found, factor


def rounded_down(length: float) -> float:
    """A length to the decimals that are written, never longer than it was.

    >>> rounded_down(2.4), rounded_down(1.009)
    (2.4, 1.0)
    """
    return float(floor(length * 10**PLACES) / 10**PLACES)
