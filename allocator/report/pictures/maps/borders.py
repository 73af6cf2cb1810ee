"""Areas inside their own borders, shaded by the number per 1,000 inhabitants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from allocator.model.geography import Borders, Point, Ring
from allocator.report.pictures.maps.marks import EDGE, EDGE_FEWER, MapOf, Mark, spoken, tip
from allocator.report.pictures.svg import (
    MARGIN,
    WIDTH,
    Body,
    Picture,
    number,
    picture,
    tag,
    words,
)
from allocator.words.say import say
from allocator.words.text import text

#: The largest width and height of a map.
LARGEST = (WIDTH - 2 * MARGIN, 780)
#: A point nearer than this to the one before it is left out; the line itself is as wide.
SEEN = 0.5


def choropleth(shown: MapOf, borders: Borders, lang: str, prefix: str = "map") -> Picture:
    """The map inside borders; areas with fewer are hatched too, so that grey print tells them."""
    legend = shown.scale.legend(say(shown.measure, lang), lang)
    sheet = _sheet([p for m in shown.marks for ring in borders.rings[m.code] for p in ring])
    hatch = f"{prefix}-fewer"
    drawn = [
        part
        for mark in shown.marks
        for part in _area(mark, _path(borders.rings[mark.code], sheet), shown, hatch, lang)
    ]
    top = legend.height + 16
    body = Body(
        (
            _hatch(hatch),
            tag("g", *legend.elements, transform=f"translate({MARGIN} 0)"),
            tag("g", *drawn, transform=f"translate(0 {number(top)})"),
        ),
        top + sheet.height,
    )
    how = text("{shades}. Borders: {source}.", shades=shown.scale.how, source=borders.source)
    heading = replace(shown.heading, notes=(how, *shown.heading.notes))
    return picture(heading, spoken(shown, lang), body, lang, prefix)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How a map's points come to stand on the page."""

    west: float  # the map's own edges
    north: float
    start: float  # where the western edge stands on the page
    scale: float
    height: float  # of the map on the page

    def at(self, point: Point) -> Point:
        """A point on the page, to a tenth."""
        x = self.start + (point[0] - self.west) * self.scale
        return round(x, 1), round((self.north - point[1]) * self.scale, 1)


def _sheet(points: Sequence[Point]) -> _Sheet:
    """The map as large as the page allows, in its middle."""
    west, north = min(x for x, _ in points), max(y for _, y in points)
    wide = max(x for x, _ in points) - west
    high = north - min(y for _, y in points)
    scale = min(LARGEST[0] / (wide or 1), LARGEST[1] / (high or 1))
    return _Sheet(west, north, (WIDTH - wide * scale) / 2, scale, high * scale)


def _path(rings: Sequence[Ring], sheet: _Sheet) -> str:
    """The outlines of an area."""
    return "".join(_outline([sheet.at(point) for point in ring]) for ring in rings)


def _outline(points: Sequence[Point]) -> str:
    """One closed line without the points that nobody would see, or nothing where it is too small.

    >>> _outline([(0, 0), (0.1, 0.2), (4.5, 0), (4.5, 2)])
    'M0 0L4.5 0L4.5 2Z'
    """
    kept = list(points[:1])
    for x, y in points[1:]:
        if max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) >= SEEN:
            kept.append((x, y))
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in kept) + "Z"


def _area(mark: Mark, path: str, shown: MapOf, hatch: str, lang: str) -> Iterator[str]:
    shade = shown.scale.shade(mark)
    yield tag(
        "path",
        tag("title", words(tip(mark, shown, lang))),
        d=path,
        data_code=mark.code,
        fill=shade.fill,
        fill_rule="evenodd",
        stroke=EDGE,
        stroke_width=0.5,
        stroke_linejoin="round",
    )
    if shade.dashed:
        yield tag("path", d=path, fill=f"url(#{hatch})", fill_rule="evenodd", pointer_events="none")


def _hatch(name: str) -> str:
    """Thin slanting lines, for what has become less."""
    line = tag("path", d="M0 0V5", stroke=EDGE_FEWER, stroke_width=1)
    pattern = tag(
        "pattern",
        line,
        id=name,
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return tag("defs", pattern)
