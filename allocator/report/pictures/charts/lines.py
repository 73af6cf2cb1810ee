"""Lines over half-years: one per series, with a dot where a number is known.

What is not known is left open: a line stops at a gap and starts again behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.report.pictures.charts.axes import Axis, across, axis_of
from allocator.report.pictures.charts.lorenz import LINES
from allocator.report.pictures.svg import (
    GREY,
    INK,
    MARGIN,
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

_HEIGHT, _TOP = 300, 40


@dataclass(frozen=True)
class LineOf:
    """One line."""

    name: Value
    numbers: tuple[int | None, ...]  # per half-year; None where it is not known


def line_chart(
    heading: Heading,
    periods: Sequence[str],
    lines: Sequence[LineOf],
    lang: str,
    prefix: str,
) -> Picture:
    """The lines above the half-years, from 0 or from the lowest where that is below it."""
    known = [n for line in lines for n in line.numbers if n is not None]
    low, high = Fraction(min(0, *known, 0)), Fraction(max(0, *known, 0))
    values = axis_of(low, high, _TOP + _HEIGHT, _TOP)
    left = MARGIN + max(width_of(values.written(m, lang), SMALL) for m in values.marks) + 8
    step = (WIDTH - MARGIN - 14 - left) / max(len(periods) - 1, 1)
    xs = [left + 8 + place * step for place in range(len(periods))]
    elements = [*across(values, left, WIDTH - MARGIN, lang), *_periods(periods, xs)]
    # the first line lies on top
    for place, line in reversed(list(enumerate(lines))):
        elements += _line(line, periods, xs, values, LINES[place % len(LINES)], lang)
    elements += _legend(lines, lang)
    said = " ".join(say(_spoken(line, periods), lang) for line in lines)
    body = Body(tuple(elements), _TOP + _HEIGHT + 34)
    return picture(heading, said, body, lang, prefix)


def _periods(periods: Sequence[str], xs: Sequence[float]) -> Iterator[str]:
    """The names of half-years, as many as there is room for."""
    width = max((width_of(period, SMALL) for period in periods), default=1) + 10
    room = (xs[-1] - xs[0]) / max(len(xs) - 1, 1) if xs else 1
    every = max(1, -int(-width // room)) if room else 1
    for place in range(0, len(periods), every):
        x = min(max(xs[place], MARGIN + width / 2), WIDTH - MARGIN / 2 - width / 2)
        yield label(x, _TOP + _HEIGHT + 16, periods[place], SMALL, "middle", GREY)


def _line(
    line: LineOf,
    periods: Sequence[str],
    xs: Sequence[float],
    values: Axis,
    look: tuple[str, str | None],
    lang: str,
) -> Iterator[str]:
    colour, dashes = look
    yield tag(
        "path",
        d="".join(_strokes(line.numbers, xs, values)),
        fill="none",
        stroke=colour,
        stroke_width=2,
        stroke_dasharray=dashes,
    )
    name = say(line.name, lang)
    for period, x, value in zip(periods, xs, line.numbers, strict=True):
        if value is not None:
            shown = f"{name}, {period}: {whole(value, lang)}"
            yield tag(
                "circle", tag("title", words(shown)), cx=x, cy=values.at(value), r=3.2, fill=colour
            )


def _strokes(numbers: Sequence[int | None], xs: Sequence[float], values: Axis) -> Iterator[str]:
    """A new stroke behind every gap."""
    before = None
    for x, value in zip(xs, numbers, strict=True):
        if value is not None:
            yield f"{'M' if before is None else 'L'}{number(x)} {number(values.at(value))}"
        before = value


def _legend(lines: Sequence[LineOf], lang: str) -> Iterator[str]:
    at = float(MARGIN)
    for place, line in enumerate(lines):
        colour, dashes = LINES[place % len(LINES)]
        said = say(line.name, lang)
        yield tag(
            "line",
            x1=at,
            x2=at + 26,
            y1=12,
            y2=12,
            stroke=colour,
            stroke_width=2,
            stroke_dasharray=dashes,
        )
        yield label(at + 33, 12, said, 12, fill=INK)
        at += 52 + width_of(said, 12) * WIDER


def _spoken(line: LineOf, periods: Sequence[str]) -> Text:
    known = [(n, p) for n, p in zip(line.numbers, periods, strict=True) if n is not None]
    if not known:
        return text("{name}: no number is known.", name=line.name)
    low, high = min(known), max(known)
    return text(
        "{name}: from {first} in {start} to {last} in {end}; lowest {low} ({when}), highest "
        "{high} ({then}).",
        name=line.name,
        first=known[0][0],
        start=known[0][1],
        last=known[-1][0],
        end=known[-1][1],
        low=low[0],
        when=low[1],
        high=high[0],
        then=high[1],
    )
