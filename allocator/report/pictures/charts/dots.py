"""A dot per area: its number beside what an equal number per inhabitant would give it.

Areas stand in rows, the largest share first. The ring is the share by inhabitants, the dot is the
number; the line between them is what the area has more or fewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.report.layout import capital
from allocator.report.pictures.charts.axes import Axis, along, axis_of
from allocator.report.pictures.svg import (
    ACCENT,
    BESIDE,
    GREY,
    INK,
    LINE,
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
from allocator.words.numbers import decimals, whole
from allocator.words.say import say
from allocator.words.text import Text, Value, text

_ROW, _TOP = 19, 34


@dataclass(frozen=True, slots=True)
class Dot:
    """One area in the plot."""

    code: str
    name: str
    number: int
    share: Fraction  # of the total by inhabitants

    @property
    def more(self) -> Fraction:
        """How many more it has than its share."""
        return self.number - self.share


def dot_plot(
    heading: Heading,
    counted: Value,
    dots: Sequence[Dot],
    lang: str,
    prefix: str,
) -> Picture:
    """Every area in a row of its own."""
    rows = sorted(dots, key=lambda dot: (-dot.share, dot.code))
    left = max((width_of(dot.name, 12) for dot in rows), default=0) * WIDER + 28
    right = max((width_of(_numbers(dot, lang), SMALL) for dot in rows), default=0) * WIDER + 26
    highest = max((max(Fraction(dot.number), dot.share) for dot in rows), default=Fraction(1))
    axis = axis_of(Fraction(0), highest, left, WIDTH - right)
    bottom = _TOP + len(rows) * _ROW
    elements = [*_legend(counted, lang), *along(axis, _TOP, bottom, lang)]
    for place, dot in enumerate(rows):
        elements += _row(dot, _TOP + (place + 0.5) * _ROW, axis, lang)
    return picture(
        heading,
        say(_spoken(rows, counted, lang), lang),
        Body(tuple(elements), bottom + 24),
        lang,
        prefix,
    )


def _legend(counted: Value, lang: str) -> Iterator[str]:
    """The signs in words, in one line."""
    at = 16.0
    for dot, meaning in (
        (_dot(0, True), counted),
        (_dot(0, False), text("fewer than by inhabitants")),
        (_ring(0), text("the share by inhabitants")),
    ):
        said = say(meaning, lang)
        yield tag("g", dot, transform=f"translate({number(at + 5)} 12)")
        yield label(at + 16, 12, said, 12)
        at += 34 + width_of(said, 12) * WIDER


def _dot(x: float, more: bool) -> str:
    """A full dot for as many as its share or more; a square on its point for fewer."""
    if more:
        return tag("circle", cx=x, cy=0, r=4.5, fill=ACCENT)
    return tag("path", d=f"M{number(x)} -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5Z", fill=BESIDE)


def _ring(x: float) -> str:
    return tag("circle", cx=x, cy=0, r=4.5, fill="none", stroke=GREY, stroke_width=1.4)


def _row(dot: Dot, y: float, axis: Axis, lang: str) -> Iterator[str]:
    colour = ACCENT if dot.more >= 0 else BESIDE
    start, end = sorted((axis.at(dot.number), axis.at(dot.share)))
    yield tag(
        "g",
        tag("title", words(say(_tip(dot, lang), lang))),
        tag("line", x1=axis.start, x2=axis.end, y1=0, y2=0, stroke=LINE, stroke_dasharray="1 3"),
        tag("line", x1=start, x2=end, y1=0, y2=0, stroke=colour, stroke_width=2.2),
        _ring(axis.at(dot.share)),
        _dot(axis.at(dot.number), dot.more >= 0),
        label(axis.start - 10, 0, dot.name, 12, "end", INK),
        label(axis.end + 10, 0, _numbers(dot, lang), SMALL, fill=GREY),
        data_code=dot.code,
        transform=f"translate(0 {number(y)})",
    )


def _numbers(dot: Dot, lang: str) -> str:
    """The number, and how many more or fewer that is than the share."""
    more = ("+" if dot.more > 0 else "") + decimals(dot.more, 0, lang)
    return f"{whole(dot.number, lang)} ({more})"


def _tip(dot: Dot, lang: str) -> Text:
    return text(
        "{name}: {number}, where its share by inhabitants is {share}",
        name=dot.name,
        number=dot.number,
        share=decimals(dot.share, 1, lang),
    )


def _spoken(dots: Sequence[Dot], counted: Value, lang: str) -> Text:
    if not dots:
        return text("There are no areas to show.")
    most = max(dots, key=lambda dot: dot.more)
    least = min(dots, key=lambda dot: dot.more)
    return text(
        "{counted} beside the share by inhabitants, for {areas} areas. Furthest above it: {most} "
        "({high} more); furthest below it: {least} ({low} fewer).",
        counted=capital(say(counted, lang)),
        areas=len(dots),
        most=most.name,
        high=decimals(max(most.more, Fraction(0)), 0, lang),
        least=least.name,
        low=decimals(max(-least.more, Fraction(0)), 0, lang),
    )
