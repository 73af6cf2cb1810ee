"""The Lorenz curve: what part of the total the inhabitants with fewest have.

The straight line is what an equal number per inhabitant would give; the further the curve hangs
below it, the less even the numbers are. The Gini is twice the area between the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from allocator.comparison.fairness import Point
from allocator.report.pictures.charts.axes import Axis, across, along, axis_of
from allocator.report.pictures.svg import (
    ACCENT,
    BESIDE,
    GREY,
    MARGIN,
    WIDER,
    WIDTH,
    Body,
    Heading,
    Picture,
    label,
    lines_of,
    number,
    picture,
    tag,
    words,
)
from allocator.words.numbers import decimals
from allocator.words.say import say
from allocator.words.text import Text, Value, text

#: Colours and dashes of curves; no two look alike in grey.
LINES = (
    (ACCENT, None),
    (BESIDE, "7 4"),
    ("#5b6470", "2 3"),
    ("#1b1f24", "9 3 2 3"),
    ("#7a5195", "14 4"),
)
_SIDE, _LEFT = 430, 76
_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Curve:
    """One curve."""

    name: Value
    points: tuple[Point, ...]  # from (0, 0) to (1, 1)
    gini: Fraction


def lorenz_curves(
    heading: Heading,
    counted: Value,
    curves: Sequence[Curve],
    lang: str,
    prefix: str,
) -> Picture:
    """Up to four curves beside the line of an equal number per inhabitant."""
    inhabitants = axis_of(Fraction(0), Fraction(100), _LEFT, _LEFT + _SIDE)
    having = axis_of(Fraction(0), Fraction(100), _SIDE + 10, 10)
    elements = [
        *across(having, _LEFT, _LEFT + _SIDE, lang, "%"),
        *along(inhabitants, 10, _SIDE + 10, lang, "%"),
        label(_LEFT + _SIDE / 2, _SIDE + 46, _x_title(lang), 12, "middle", GREY),
        _upright(say(text("part of the {counted}", counted=counted), lang)),
        _straight(inhabitants, having),
    ]
    top = 24.0
    for place, curve in enumerate(curves):
        colour, dashes = LINES[place % len(LINES)]
        elements.append(_curve(curve, inhabitants, having, colour, dashes, lang))
        named, top = _named(curve, top, colour, dashes, lang)
        elements += named
    said = [say(_spoken(curve, lang), lang) for curve in curves]
    return picture(
        replace(heading, notes=(_note(), *heading.notes)),
        " ".join(said) or say(text("Nothing is distributed, so there is no curve."), lang),
        Body(tuple(elements), _SIDE + 58),
        lang,
        prefix,
    )


def _x_title(lang: str) -> str:
    return say(text("part of the inhabitants, from fewest to most per inhabitant"), lang)


def _note() -> Text:
    return text(
        "The straight line is an equal number per inhabitant. The Gini is twice the area between "
        "the line and the curve: 0 is even, 1 is all in one place."
    )


def _upright(written: str) -> str:
    """The title of the upright axis."""
    return tag(
        "text",
        words(written),
        x=0,
        y=0,
        font_size=12,
        fill=GREY,
        text_anchor="middle",
        transform=f"translate(22 {number(_SIDE / 2)}) rotate(-90)",
    )


def _straight(x: Axis, y: Axis) -> str:
    return tag(
        "line", x1=x.at(0), y1=y.at(0), x2=x.at(100), y2=y.at(100), stroke=GREY, stroke_width=1
    )


def _curve(curve: Curve, x: Axis, y: Axis, colour: str, dashes: str | None, lang: str) -> str:
    path = "L".join(f"{number(x.at(a * 100))} {number(y.at(b * 100))}" for a, b in curve.points)
    return tag(
        "path",
        tag("title", words(say(curve.name, lang))),
        d=f"M{path}",
        fill="none",
        stroke=colour,
        stroke_width=2,
        stroke_dasharray=dashes,
    )


def _named(
    curve: Curve, top: float, colour: str, dashes: str | None, lang: str
) -> tuple[tuple[str, ...], float]:
    """The line, the name and the Gini of a curve, on the right, and where the next one comes."""
    left, gini = _LEFT + _SIDE + 22, text("Gini {gini}", gini=decimals(curve.gini, 4, lang))
    name = list(lines_of(say(curve.name, lang), 12 * WIDER, WIDTH - left - 36 - MARGIN))
    written = [label(left + 36, top + 16 * n, line, 12) for n, line in enumerate(name)]
    below = top + 16 * len(name)
    return (
        tag(
            "line",
            x1=left,
            x2=left + 28,
            y1=top,
            y2=top,
            stroke=colour,
            stroke_width=2,
            stroke_dasharray=dashes,
        ),
        *written,
        label(left + 36, below, say(gini, lang), 12, fill=GREY),
    ), below + 28


def _spoken(curve: Curve, lang: str) -> Text:
    return text(
        "{name}: the half of the inhabitants with fewest has {part}% of the total; the Gini is "
        "{gini}.",
        name=curve.name,
        part=decimals(height_at(curve.points, _HALF) * 100, 1, lang),
        gini=decimals(curve.gini, 4, lang),
    )


def height_at(points: Sequence[Point], place: Fraction) -> Fraction:
    """How high a curve is, between two of its points on the line from one to the other.

    >>> zero, one = Fraction(0), Fraction(1)
    >>> height_at([(zero, zero), (Fraction(1, 5), Fraction(1, 10)), (one, one)], Fraction(3, 5))
    Fraction(11, 20)
    """
    after = next(i for i, (x, _) in enumerate(points) if x >= place)
    if not after:
        return points[0][1]
    (left, low), (right, high) = points[after - 1], points[after]
    return low + (high - low) * (place - left) / (right - left)
