"""A circle per area, as large as its number and as dark as its number per 1,000 inhabitants.

The circles start where the areas lie, make room for each other and come as near to home as they
can. Their areas are in exact proportion to the numbers; no two of them overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import pi, sqrt

from allocator.model.geography import Layout, Point
from allocator.report.pictures.maps.circles import Disc, apart, settled
from allocator.report.pictures.maps.marks import MapOf, Mark, outline, spoken, tip
from allocator.report.pictures.maps.naming import EACH_NAMED, names_of
from allocator.report.pictures.svg import (
    GREY,
    LINE,
    MARGIN,
    SMALL,
    WIDTH,
    Body,
    Heading,
    Picture,
    label,
    number,
    picture,
    tag,
    width_of,
    words,
)
from allocator.words.numbers import whole
from allocator.words.say import say
from allocator.words.text import text

#: The part of the map's rectangle that circles cover; with it the country keeps its shape.
COVERED = 0.215
#: The largest width and height of a map, with room for names beside it.
LARGEST = (WIDTH - 2 * 70, 760)
#: The radius of the ring of an area with 0, and the least side of a map's rectangle.
RING, LEAST = 2.5, 200
#: The largest circle of the legend.
LARGEST_SHOWN = 20
#: Gaps between circles, and between those of two larger areas.
GAP, BETWEEN = 1.0, 4.0
#: What is covered and the gap where each area is named: the first that has room for all names.
ROOMY = ((0.26, 5.0), (0.18, 6.0), (0.13, 7.0), (0.1, 10.0), (0.075, 13.0), (0.05, 16.0))
ROUNDS = 120
#: How much higher a wide map is made where each area is named, so that names have room.
HIGHER, WIDE = 1.3, 0.75


@dataclass(frozen=True)
class _Drawn:
    """Circles on the page, with their names."""

    discs: tuple[Disc, ...]
    per_root: float  # the radius that goes with the number 1
    names: tuple[str, ...]
    unnamed: int  # how many names found no room
    height: float


def cartogram(shown: MapOf, layout: Layout, lang: str, prefix: str = "map") -> Picture:
    """The map as circles."""
    drawn = _with_names(shown, layout, lang)
    legend = _legend(shown, drawn.per_root, lang)
    pairs = zip(shown.marks, drawn.discs, strict=True)
    moved = tag(
        "g",
        *(_circle(mark, disc, shown, lang) for mark, disc in pairs),
        *drawn.names,
        transform=f"translate(0 {number(legend.height)})",
    )
    body = Body((*legend.elements, moved), legend.height + drawn.height)
    return picture(_explained(shown, layout), spoken(shown, lang), body, lang, prefix)


def _with_names(shown: MapOf, layout: Layout, lang: str) -> _Drawn:
    """The circles of a large map; of a smaller one so wide apart that names have room."""
    if len(shown.marks) > EACH_NAMED:
        return _drawn(shown, layout, COVERED, GAP, lang)
    tried = (_drawn(shown, layout, covered, gap, lang) for covered, gap in ROOMY)
    best = next(tried)
    for other in tried:
        if best.unnamed and other.unnamed < best.unnamed:
            best = other
    return best


def _drawn(shown: MapOf, layout: Layout, covered: float, gap: float, lang: str) -> _Drawn:
    discs, per_root = circles(shown.marks, layout, covered, gap)
    height = max((disc.y + disc.r for disc in discs), default=0.0) + 20
    names, unnamed = names_of(shown, discs, height, lang)
    return _Drawn(tuple(discs), per_root, tuple(names), unnamed, height)


def _explained(shown: MapOf, layout: Layout) -> Heading:
    """The heading, with how the map is read among the notes."""
    how = text(
        "The area of a circle is the number; {shades}. Circles stand near the place of each area "
        "and make room for each other. Places: {source}.",
        shades=shown.scale.how,
        source=layout.source,
    )
    return replace(shown.heading, notes=(how, *shown.heading.notes))


def circles(
    marks: Sequence[Mark], layout: Layout, covered: float = COVERED, gap: float = GAP
) -> tuple[list[Disc], float]:
    """The circles on the page, and the radius that goes with the number 1."""
    named = len(marks) <= EACH_NAMED
    points = _fitted([layout.points[mark.code] for mark in marks], HIGHER if named else 1.0)
    side = [max(LEAST, max(at) - min(at)) for at in zip(*points, strict=True)] or [LEAST, LEAST]
    total = sum(abs(mark.number) for mark in marks)
    per_root = sqrt(covered * side[0] * side[1] / pi / total) if total else 0.0
    start = [
        Disc(x, y, per_root * sqrt(abs(mark.number)) if mark.number else RING, mark.group)
        for mark, (x, y) in zip(marks, points, strict=True)
    ]
    on_page, scale = _on_page(settled(start, gap, max(gap, BETWEEN), ROUNDS))
    found, shrunk = apart(on_page)
    return found, per_root * scale * shrunk


def _fitted(points: Sequence[Point], higher: float) -> list[Point]:
    """Points to the east and the north as points on the page, to the right and downward."""
    if not points:
        return []
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs) or 1, max(ys) - min(ys) or 1
    stretch = min(max(1.0, WIDE * wide / high), higher)
    scale = min(LARGEST[0] / wide, LARGEST[1] / high)
    return [((x - min(xs)) * scale, (max(ys) - y) * scale * stretch) for x, y in points]


def _on_page(discs: Sequence[Disc]) -> tuple[list[Disc], float]:
    """The circles as large as the page allows, in its middle, and by how much they grew."""
    if not discs:
        return [], 1.0
    left, right = min(d.x - d.r for d in discs), max(d.x + d.r for d in discs)
    top, bottom = min(d.y - d.r for d in discs), max(d.y + d.r for d in discs)
    scale = min(LARGEST[0] / (right - left), LARGEST[1] / (bottom - top))
    start = (WIDTH - (right - left) * scale) / 2
    return [
        replace(d, x=start + (d.x - left) * scale, y=20 + (d.y - top) * scale, r=d.r * scale)
        for d in discs
    ], scale


def _circle(mark: Mark, disc: Disc, shown: MapOf, lang: str) -> str:
    shade = shown.scale.shade(mark)
    return tag(
        "circle",
        tag("title", words(tip(mark, shown, lang))),
        cx=disc.x,
        cy=disc.y,
        r=disc.r,
        data_code=mark.code,
        fill=shade.fill if mark.number else shown.scale.none,
        **outline(shade),
    )


def _legend(shown: MapOf, per_root: float, lang: str) -> Body:
    """The shades on the left, and on the right circles with what they stand for."""
    shades = shown.scale.legend(say(shown.measure, lang), lang)
    sizes = list(_sizes(shown, per_root, lang))
    return Body(
        (
            tag("g", *shades.elements, transform=f"translate({MARGIN} 0)"),
            tag("g", *sizes, transform=f"translate({WIDTH - 250} 0)"),
            tag(
                "line",
                x1=MARGIN,
                x2=WIDTH - MARGIN,
                y1=shades.height + 14,
                y2=shades.height + 14,
                stroke=LINE,
            ),
        ),
        shades.height + 16,
    )


def _sizes(shown: MapOf, per_root: float, lang: str) -> Iterator[str]:
    yield label(0, 8, say(shown.counted, lang), 12)
    highest = max((abs(mark.number) for mark in shown.marks), default=0)
    fitting = int((LARGEST_SHOWN / per_root) ** 2) if per_root else 0
    at = 0.0
    for stands_for in round_numbers(min(highest, fitting)):
        radius = per_root * sqrt(stands_for)
        yield tag(
            "circle", cx=at + radius, cy=38, r=radius, fill="none", stroke=GREY, stroke_width=0.8
        )
        written = whole(stands_for, lang)
        yield label(at + 2 * radius + 5, 38, written, SMALL, fill=GREY)
        at += 2 * radius + 5 + width_of(written, SMALL) + 14


def round_numbers(highest: int) -> list[int]:
    """Up to three round numbers, each at most a quarter of the one before.

    >>> round_numbers(4321), round_numbers(3)
    ([2000, 500, 100], [2])
    """
    found: list[int] = []
    for power in range(len(str(highest)), -1, -1):
        for step in (5, 2, 1):
            if step * 10**power <= (found[-1] / 4 if found else highest):
                found.append(step * 10**power)
    return found[:3]
