"""Finds room for names: beside what is named, on any side, and else a little further off.

The page is a grid of small squares, each free or taken. A name that finds no room near its area is
left out; a reader finds it by pointing at the area, and in the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil, floor

#: The side of a square of the grid.
SQUARE = 4
#: How far from the edge of its area a name may stand; the nearest is tried for all names first.
AWAY = (2, 7, 12, 18, 26, 35, 45, 56, 68, 80, 95, 110, 130)
#: The least distance of a name to the edge of the page.
EDGE = 6
#: The sides of a circle on which a name may stand: how far to the right, and how far down.
SIDES = (
    *((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)),
    *((0.7, 0.7), (0.7, -0.7), (-0.7, 0.7), (-0.7, -0.7)),
    *((0.92, 0.38), (0.92, -0.38), (-0.92, 0.38), (-0.92, -0.38)),
    *((0.38, 0.92), (0.38, -0.92), (-0.38, 0.92), (-0.38, -0.92)),
)

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2

    def from_point(self, x: float, y: float) -> float:
        """How far a point is from the nearest point of the box.

        >>> Box(0, 0, 10, 10).from_point(13, 14)
        5.0
        """
        dx = max(self.left - x, 0, x - self.left - self.width)
        dy = max(self.top - y, 0, y - self.top - self.height)
        return float((dx * dx + dy * dy) ** 0.5)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line on the page."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def cells(self) -> set[Cell]:
        """The squares that it crosses."""
        dx, dy = self.x2 - self.x1, self.y2 - self.y1
        steps = ceil(max(abs(dx), abs(dy)) / SQUARE) or 1
        return {
            (
                floor((self.x1 + dx * step / steps) / SQUARE),
                floor((self.y1 + dy * step / steps) / SQUARE),
            )
            for step in range(steps + 1)
        }


def line_to(box: Box, x: float, y: float, away: float) -> Line:
    """The line from so far off a point to the nearest point of a box.

    >>> line_to(Box(10, -5, 20, 10), 0, 0, 4)
    Line(x1=4.0, y1=0.0, x2=10, y2=0)
    """
    to_x = min(max(x, box.left), box.left + box.width)
    to_y = min(max(y, box.top + 1), box.top + box.height - 1)
    long = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    part = min(away / long, 1.0) if long else 1.0
    return Line(x + (to_x - x) * part, y + (to_y - y) * part, to_x, to_y)


@dataclass
class Room:
    """What is taken of a page of this width and height."""

    width: float
    height: float
    taken: set[Cell] = field(default_factory=set)

    def take_circle(self, x: float, y: float, r: float) -> None:
        """No name may stand on this circle."""
        for column, row in _cells(Box(x - r, y - r, 2 * r, 2 * r)):
            square = Box(column * SQUARE, row * SQUARE, SQUARE, SQUARE)
            if square.from_point(x, y) < r:
                self.taken.add((column, row))

    def take(self, box: Box) -> None:
        self.taken.update(_cells(box))

    def free(self, box: Box) -> bool:
        return (
            box.left >= EDGE
            and box.left + box.width <= self.width - EDGE
            and box.top >= 0
            and box.top + box.height <= self.height
            and not any(cell in self.taken for cell in _cells(box))
        )

    def beside(
        self, x: float, y: float, r: float, away: float, width: float, height: float
    ) -> Box | None:
        """The first free box so far from a circle to which a line goes clear of all else."""
        for box in self.around(x, y, r, away, width, height):
            if self.taken.isdisjoint(line_to(box, x, y, r + SQUARE + 3).cells):
                return box
        return None

    def around(
        self, x: float, y: float, r: float, away: float, width: float, height: float
    ) -> Iterator[Box]:
        """The free boxes of this size that stand so far from a circle, on each of its sides."""
        for right, down in SIDES:
            reach = r + away
            box = Box(
                x + right * reach - width * (1 - right) / 2,
                y + down * reach - height * (1 - down) / 2,
                width,
                height,
            )
            if self.free(box):
                yield box


def _cells(box: Box) -> Iterator[Cell]:
    for column in range(floor(box.left / SQUARE), ceil((box.left + box.width) / SQUARE)):
        for row in range(floor(box.top / SQUARE), ceil((box.top + box.height) / SQUARE)):
            yield column, row
