"""Where the highest of many straight lines is lowest, exactly: from corner to corner, upward.

This is the dual simplex method with cuts, all in fractions. It starts at the lowest point that one
line and the bounds allow, and each line or bound that the point breaks lifts it to the next corner.
A corner is never visited twice, so it ends, at the first point that breaks nothing.

No solver takes part: with a dozen unknowns an exact step takes about as long as a call of one, and
the multipliers that prove the answer come with the last corner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.comparison.find.measures import Line, at
from allocator.comparison.find.question import ONE, ZERO, Bounds

#: The value, and after it the weight of each component; or how they change along an edge.
Point = tuple[Fraction, ...]
#: What is to be low before what else: places in a point, each with -1 where it is to be high.
Order = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """The value is nowhere below this line."""

    line: Line
    drawn_at: tuple[Fraction, ...]  # the weights at which it touches the measure
    least: Fraction = ZERO  # how far above it the value must be

    def along(self, point: Point) -> Fraction:
        """How far the value is above the line."""
        return point[0] - at(self.line, point[1:])


@dataclass(frozen=True, slots=True)
class Wall:
    """A weight is not beyond one of its bounds."""

    place: int  # of the component
    sign: int  # 1 for the lowest, -1 for the highest
    bound: Fraction

    @property
    def least(self) -> Fraction:
        return self.sign * self.bound

    def along(self, point: Point) -> Fraction:
        """The weight, or its opposite where it has a highest."""
        return self.sign * point[1 + self.place]


Side = Cut | Wall


@dataclass(frozen=True, slots=True)
class Edge:
    """The way from a corner that leaves one of its sides and keeps to all others."""

    side: Side  # the one that is left
    way: Point  # how the point changes while that side is left by 1


@dataclass(frozen=True, slots=True)
class Corner:
    """A point held by as many sides as there are weights, no lower point within these sides."""

    point: Point
    edges: tuple[Edge, ...]
    cuts: int  # how many lines were drawn to get here

    @property
    def value(self) -> Fraction:
        return self.point[0]

    @property
    def weights(self) -> tuple[Fraction, ...]:
        return self.point[1:]


def lowest(touching: Callable[[Point], Line], rooms: Sequence[Bounds], order: Order) -> Corner:
    """The corner where a measure is lowest, given the line that touches it at any weights.

    Of two weights the larger is lowest at a half:

    >>> def larger(weights):
    ...     return (ONE, ZERO) if weights[0] > weights[1] else (ZERO, ONE)
    >>> lowest(larger, [Bounds(), Bounds()], in_order(2)).point
    (Fraction(1, 2), Fraction(1, 2), Fraction(1, 2))
    """
    start = _between(rooms)
    corner = _first(Cut(touching(start), start), rooms, order)
    while True:
        side: Side | None = _broken_wall(corner, rooms)
        if side is None:
            side = Cut(touching(corner.weights), corner.weights)
            if side.along(corner.point) >= 0:
                return corner
        corner = _lifted(corner, side, order)


def in_order(weights: int) -> Order:
    """The least value, then the least weight of the first component, then of the next."""
    return tuple((place, 1) for place in range(weights + 1))


def first_of_all(place: int, sign: int, weights: int) -> Order:
    """The least value, then the least or the highest weight of one component."""
    return ((0, 1), (1 + place, sign), *in_order(weights)[1:])


def _between(rooms: Sequence[Bounds]) -> Point:
    """Weights within their bounds, each as far above its lowest as all, in proportion to its room.

    >>> _between([Bounds(), Bounds(high=Fraction(1, 3))])
    (Fraction(3, 4), Fraction(1, 4))
    """
    room = sum((each.high - each.low for each in rooms), ZERO)
    left = 1 - sum((each.low for each in rooms), ZERO)
    part = left / room if room else ZERO
    return tuple(each.low + part * (each.high - each.low) for each in rooms)


def _first(cut: Cut, rooms: Sequence[Bounds], order: Order) -> Corner:
    """The lowest point under one line where the last weight, which makes up 1, has no bounds."""
    *others, last = cut.line
    nowhere = (ZERO,) * len(others)
    edges = [Edge(cut, (ONE, *nowhere, ZERO))]
    weights = []
    for place, end in enumerate(others):
        way = (end - last, *nowhere[:place], ONE, *nowhere[place + 1 :], -ONE)
        sign = 1 if _rank(way, order) > _rank((ZERO,) * len(way), order) else -1
        bound = rooms[place].low if sign > 0 else rooms[place].high
        edges.append(Edge(Wall(place, sign, bound), tuple(sign * step for step in way)))
        weights.append(bound)
    weights.append(1 - sum(weights, ZERO))
    return Corner((at(cut.line, weights), *weights), tuple(edges), 1)


def _rank(way: Point, order: Order) -> list[Fraction]:
    return [sign * way[place] for place, sign in order]


def _broken_wall(corner: Corner, rooms: Sequence[Bounds]) -> Wall | None:
    """The bound that a weight breaks furthest."""
    walls = [
        wall
        for place, room in enumerate(rooms)
        for wall in (Wall(place, 1, room.low), Wall(place, -1, room.high))
    ]
    worst = min(walls, key=lambda wall: wall.along(corner.point) - wall.least)
    return worst if worst.along(corner.point) < worst.least else None


def _lifted(corner: Corner, side: Side, order: Order) -> Corner:
    """The next corner: on a side that was broken, and off the one that can be left at least cost.

    Every edge makes the point worse by the order, so every corner is worse than the one before;
    what lies within all sides is worse still.
    """
    pace = [side.along(edge.way) for edge in corner.edges]
    left = min(
        (place for place, toward in enumerate(pace) if toward > 0),
        key=lambda place: [step / pace[place] for step in _rank(corner.edges[place].way, order)],
    )
    way = tuple(step / pace[left] for step in corner.edges[left].way)
    far = side.least - side.along(corner.point)
    edges = [
        Edge(side, way) if place == left else Edge(edge.side, _less(edge.way, pace[place], way))
        for place, edge in enumerate(corner.edges)
    ]
    return Corner(_less(corner.point, -far, way), tuple(edges), corner.cuts + isinstance(side, Cut))


def _less(point: Point, times: Fraction, way: Point) -> Point:
    if not times:
        return point
    return tuple(here - times * step for here, step in zip(point, way, strict=True))
