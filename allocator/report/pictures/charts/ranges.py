"""A bar per area: between what its number moves under many keys.

The thin line goes from the lowest to the highest number, the bar holds the middle half, the notch
is the median and the dot is the number by the rule itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.report.pictures.charts.axes import Axis, along, axis_of
from allocator.report.pictures.maps.scales import CLASSES
from allocator.report.pictures.svg import (
    ACCENT,
    BESIDE,
    GREY,
    INK,
    SMALL,
    WIDER,
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
from allocator.words.text import Text, Value, text

_ROW, _TOP = 20, 34


@dataclass(frozen=True, slots=True)
class RangeOf:
    """One area in the picture."""

    code: str
    name: str
    lowest: int
    lower_quartile: int
    median: int
    upper_quartile: int
    highest: int
    reference: int  # by the rule itself


def range_bars(
    heading: Heading,
    counted: Value,
    ranges: Sequence[RangeOf],
    lang: str,
    prefix: str,
) -> Picture:
    """Every area in a row of its own, the one with the highest number first."""
    rows = sorted(ranges, key=lambda each: (-each.reference, each.code))
    left = max((width_of(each.name, 12) for each in rows), default=0) * WIDER + 28
    highest = max((max(each.highest, each.reference) for each in rows), default=1)
    axis = axis_of(Fraction(0), Fraction(highest), left, WIDTH - 104)
    bottom = _TOP + len(rows) * _ROW
    elements = [*_legend(lang), *along(axis, _TOP, bottom, lang)]
    for place, each in enumerate(rows):
        elements += _row(each, _TOP + (place + 0.5) * _ROW, axis, lang)
    said = say(_spoken(rows, counted), lang)
    body = Body(tuple(elements), bottom + 24)
    return picture(heading, said, body, lang, prefix)


def _legend(lang: str) -> Iterator[str]:
    """The signs in words, in one line."""
    at = 16.0
    for sign, meaning in (
        (_dot(10), text("by the rule itself")),
        (_span(0, 20), text("lowest to highest")),
        (_half(0, 20), text("the middle half")),
        (_notch(10), text("median")),
    ):
        said = say(meaning, lang)
        yield tag("g", sign, transform=f"translate({number(at)} 12)")
        yield label(at + 27, 12, said, 12)
        at += 48 + width_of(said, 12) * WIDER


def _span(start: float, end: float) -> str:
    return tag("line", x1=start, x2=end, y1=0, y2=0, stroke=ACCENT, stroke_width=1.4)


def _half(start: float, end: float) -> str:
    return tag(
        "rect",
        x=start,
        y=-4.5,
        width=max(end - start, 1.0),
        height=9,
        fill=CLASSES[1],
        stroke=ACCENT,
        stroke_width=0.7,
    )


def _notch(x: float) -> str:
    return tag("line", x1=x, x2=x, y1=-6, y2=6, stroke=ACCENT, stroke_width=2.4)


def _dot(x: float) -> str:
    return tag("circle", cx=x, cy=0, r=3.6, fill=BESIDE, stroke="#ffffff", stroke_width=1)


def _row(each: RangeOf, y: float, axis: Axis, lang: str) -> Iterator[str]:
    ends = f"{whole(each.lowest, lang)}–{whole(each.highest, lang)}"
    yield tag(
        "g",
        tag("title", words(say(_tip(each), lang))),
        _span(axis.at(each.lowest), axis.at(each.highest)),
        _half(axis.at(each.lower_quartile), axis.at(each.upper_quartile)),
        _notch(axis.at(each.median)),
        _dot(axis.at(each.reference)),
        label(axis.start - 10, 0, each.name, 12, "end", INK),
        label(axis.end + 12, 0, ends, SMALL, fill=GREY),
        data_code=each.code,
        transform=f"translate(0 {number(y)})",
    )


def _tip(each: RangeOf) -> Text:
    return text(
        "{name}: {reference} by the rule itself; from {lowest} to {highest}, half of the keys from "
        "{lower} to {upper}, the median {median}",
        name=each.name,
        reference=each.reference,
        lowest=each.lowest,
        highest=each.highest,
        lower=each.lower_quartile,
        upper=each.upper_quartile,
        median=each.median,
    )


def _spoken(ranges: Sequence[RangeOf], counted: Value) -> Text:
    if not ranges:
        return text("There are no areas to show.")
    widest = max(ranges, key=lambda each: each.highest - each.lowest)
    still = sum(each.lowest == each.highest for each in ranges)
    return text(
        "Between what the {counted} of {areas} areas move. The widest: {name}, from {low} to "
        "{high}; never moving: {still}.",
        counted=counted,
        areas=len(ranges),
        name=widest.name,
        low=widest.lowest,
        high=widest.highest,
        still=still,
    )
