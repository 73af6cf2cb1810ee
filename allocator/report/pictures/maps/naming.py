"""Writes names on a map of circles: of every area where there are few, else of larger areas.

A name stands in its circle where it fits, else beside it; further off a thin line leads to it. What
finds no room is left out: a reader finds it by pointing, and in the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from allocator.model.geography import Point
from allocator.report.pictures.maps.circles import Disc
from allocator.report.pictures.maps.marks import MapOf, Mark
from allocator.report.pictures.maps.placing import AWAY, Box, Line, Room, line_to
from allocator.report.pictures.svg import BOLD, GREY, INK, SMALL, WIDTH, label, tag, width_of
from allocator.words.say import say

#: A map of so few areas names each of them; a larger one names the larger areas.
EACH_NAMED = 70
#: How far the name of a larger area stands from circles of others, if it can; how many places for
#: it are weighed; and with how many of them those without room stand upon the circles.
ALONE, WEIGHED, FEW_GROUPS = 16, 24, 15


def names_of(
    shown: MapOf, discs: Sequence[Disc], height: float, lang: str
) -> tuple[list[str], int]:
    """The names on a map of this height, and how many areas found no room for theirs."""
    room = Room(WIDTH, height)
    for disc in discs:
        room.take_circle(disc.x, disc.y, disc.r + 1)
    inside: list[Disc] = []
    outside: list[tuple[Mark, Disc]] = []
    names: list[str] = []
    for mark, disc in sorted(
        zip(shown.marks, discs, strict=True), key=lambda one: (-one[1].r, one[0].code)
    ):
        if width_of(mark.name, SMALL) < _chord(disc.r):
            inside.append(disc)
            names += _inside(mark, disc, shown, lang)
        else:
            outside.append((mark, disc))
            names += _sign(mark, disc, shown)
    if len(discs) > EACH_NAMED:
        return [*names, *_groups(room, inside, shown, discs)], 0
    beside, left = _beside(room, outside)
    return [*names, *beside], len(left)


def _chord(r: float) -> float:
    """How wide a line of text in the middle of a circle can be."""
    half = SMALL / 2
    return 2 * sqrt(r * r - half * half) - 2 if r > half else 0.0


def _ink(mark: Mark, shown: MapOf) -> str:
    """The colour of text upon a circle."""
    return INK if shown.scale.shade(mark).light or not mark.number else "#ffffff"


def _inside(mark: Mark, disc: Disc, shown: MapOf, lang: str) -> Iterator[str]:
    """The name in a circle, and the number under it where there is room."""
    ink = _ink(mark, shown)
    number_too = disc.r > 1.6 * SMALL
    yield label(
        disc.x, disc.y - (7 if number_too else 0), mark.name, SMALL, "middle", ink, passing=True
    )
    if number_too:
        counted = say(shown.scale.counted(mark.number), lang)
        yield label(disc.x, disc.y + 7, counted, SMALL, "middle", ink, passing=True)


def _sign(mark: Mark, disc: Disc, shown: MapOf) -> Iterator[str]:
    """The sign of a difference in its circle."""
    sign = shown.scale.sign(mark)
    if sign and disc.r >= 6:
        yield label(disc.x, disc.y, sign, SMALL, "middle", _ink(mark, shown), passing=True)


def _beside(
    room: Room, waiting: Sequence[tuple[Mark, Disc]]
) -> tuple[list[str], Sequence[tuple[Mark, Disc]]]:
    """Names beside their circles, each as near as there is room, and those that find none.

    A name that stands further off has a thin line to its circle, at last even across others.
    """
    found: list[str] = []
    for away, across in ((away, across) for across in (False, True) for away in AWAY):
        left = []
        for mark, disc in waiting:
            at = disc.x, disc.y, disc.r, away, width_of(mark.name, SMALL), SMALL + 2.0
            box = next(room.around(*at), None) if across else room.beside(*at)
            if box is None:
                left.append((mark, disc))
                continue
            room.take(box)
            if away > AWAY[1]:
                found.append(_line(room, line_to(box, disc.x, disc.y, disc.r)))
            found.append(label(*box.middle, mark.name, SMALL, "middle", INK))
        waiting = left
    return found, waiting


def _line(room: Room, line: Line) -> str:
    """A thin line from a circle to its name."""
    room.taken |= line.cells
    return tag(
        "line", x1=line.x1, y1=line.y1, x2=line.x2, y2=line.y2, stroke=GREY, stroke_width=0.7
    )


def _groups(
    room: Room, named: Sequence[Disc], shown: MapOf, discs: Sequence[Disc]
) -> Iterator[str]:
    """The names of larger areas; those with no room beside their circles stand upon them."""
    labels = Room(WIDTH, room.height)
    for disc in named:
        labels.take(Box(disc.x - disc.r, disc.y - 16, 2 * disc.r, 32))
    for code, name in shown.groups.items():
        own = [disc for disc in discs if disc.group == code]
        weight = sum(d.r**2 for d in own) or 1.0
        x, y = sum(d.x * d.r**2 for d in own) / weight, sum(d.y * d.r**2 for d in own) / weight
        size = width_of(name, 13) * BOLD, 18.0
        box = _by_group(room, (x, y), own, discs, size)
        halo = None
        if box is None and len(shown.groups) <= FEW_GROUPS:
            halo = "#ffffff"
            box = next(
                (box for away in (0, *AWAY) for box in labels.around(x, y, 0, away, *size)), None
            )
        if box is not None:
            room.take(box)
            labels.take(box)
            yield label(*box.middle, name, 13, "middle", GREY, 600, halo)


def _by_group(
    room: Room, middle: Point, own: Sequence[Disc], discs: Sequence[Disc], size: tuple[float, float]
) -> Box | None:
    """The free box beside circles of a larger area that is near its middle and far from others."""
    free = [
        box for d in own for away in AWAY[:4] for box in room.around(d.x, d.y, d.r, away, *size)
    ]
    nearest = sorted(free, key=lambda box: box.from_point(*middle))[:WEIGHED]
    others = [d for d in discs if own and d.group != own[0].group]

    def cost(box: Box) -> float:
        off = min((box.from_point(d.x, d.y) - d.r for d in others), default=ALONE)
        return box.from_point(*middle) + 3 * max(ALONE - off, 0)

    return min(nearest, key=cost, default=None)
