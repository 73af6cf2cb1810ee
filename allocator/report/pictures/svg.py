"""Writes SVG: elements, numbers, text and how much room a text takes.

A picture is a page of 720 units wide with a title, one line under it, a body and notes. It has no
script and no font of its own, and its ids start with a prefix that the page chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from allocator.report.layout import capital
from allocator.words.say import say
from allocator.words.text import Value

WIDTH = 720
#: Margin on the left and the right of a picture.
MARGIN = 16
FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
INK = "#1b1f24"  # of text that is read first
GREY = "#57606a"  # of text beside it
LINE = "#c8cdd3"  # of axes and thin lines
ACCENT = "#1f4e79"  # the one colour that stands out
BESIDE = "#c2570c"  # of what is set against it

#: The smallest text that there is.
SMALL = 11
#: How much wider bold text is, and text in the widest of the fonts.
BOLD, WIDER = 1.12, 1.08
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NARROW, _WIDE = frozenset("fijlrtI.,:;'’|!()-/ "), frozenset("mwMWG%—")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, and what it shows in words."""

    svg: str  # the whole element, for a file or inside a page
    title: str
    said: str  # what there is to see, for who does not see it


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and under a picture."""

    title: Value
    under: Value  # the line under the title
    notes: tuple[Value, ...] = ()  # what a reader should know, at the foot


@dataclass(frozen=True, slots=True)
class Body:
    """What is drawn under the heading: elements, and how high they are together."""

    elements: tuple[str, ...]
    height: float


def tag(name: str, /, *inside: str, **attributes: str | float | None) -> str:
    """An element; what stands inside is SVG already, and attributes are written here.

    >>> tag("circle", cx=1.50, data_code="A&B", fill=None)
    '<circle cx="1.5" data-code="A&amp;B"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def _value(value: str | float) -> str:
    return words(value) if isinstance(value, str) else number(value)


def words(written: str) -> str:
    """A text as SVG has it.

    >>> words("a < b\\x00")
    'a &lt; b'
    """
    return escape(_UNFIT.sub("", written))


def number(value: float) -> str:
    """A length to two decimals, without what says nothing.

    >>> number(12.50), number(-0.001), number(3)
    ('12.5', '0', '3')
    """
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def label(
    x: float,
    y: float,
    written: str,
    size: float = 12,
    anchor: str = "start",
    fill: str = INK,
    weight: int | None = None,
    halo: str | None = None,
    passing: bool = False,
) -> str:
    """A line of text with its middle at this height.

    `halo` is the colour of an edge around it; who points at a `passing` text points at what it
    stands on.
    """
    return tag(
        "text",
        words(written),
        x=x,
        y=y,
        dy="0.35em",
        font_size=size,
        text_anchor=None if anchor == "start" else anchor,
        fill=fill,
        font_weight=weight,
        stroke=halo,
        stroke_width=3 if halo else None,
        stroke_linejoin="round" if halo else None,
        paint_order="stroke" if halo else None,
        pointer_events="none" if passing else None,
    )


def width_of(written: str, size: float) -> float:
    """About how wide a line of text is, rather more than less.

    >>> 40 < width_of("Utrecht", 12) < 48
    True
    """
    ems = sum(
        0.33 if sign in _NARROW else 0.88 if sign in _WIDE else 0.7 if sign.isupper() else 0.57
        for sign in written
    )
    return ems * size


def lines_of(written: str, size: float, width: float) -> Iterator[str]:
    """A text in lines that are no wider than this, where its words are not."""
    line = ""
    for word in written.split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def paragraph(
    written: str, top: float, size: float, fill: str = INK, weight: int | None = None
) -> Body:
    """A text over the whole width, from a height on."""
    step = round(size * 1.4)
    wide = size * (BOLD if weight else 1) * WIDER
    lines = list(lines_of(written, wide, WIDTH - 2 * MARGIN))
    found = (
        label(MARGIN, top + step * (n + 0.5), line, size, fill=fill, weight=weight)
        for n, line in enumerate(lines)
    )
    return Body(tuple(found), step * len(lines))


def picture(heading: Heading, said: str, body: Body, lang: str, prefix: str) -> Picture:
    """The whole picture: heading, body and notes under each other."""
    title, under = capital(say(heading.title, lang)), say(heading.under, lang)
    first = paragraph(title, 12, 19, weight=600)
    second = paragraph(under, 16 + first.height, 13, GREY)
    top = 28 + first.height + second.height
    elements = [*first.elements, *second.elements]
    elements.append(tag("g", *body.elements, transform=f"translate(0 {number(top)})"))
    top += body.height + 10
    for note in heading.notes:
        part = paragraph(capital(say(note, lang)), top, SMALL, GREY)
        elements += part.elements
        top += part.height
    svg = tag(
        "svg",
        tag("title", words(title), id=f"{prefix}-title"),
        tag("desc", words(said), id=f"{prefix}-desc"),
        tag("rect", width=WIDTH, height=top + 8, fill="#ffffff"),
        *elements,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {number(top + 8)}",
        role="img",
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-desc",
        font_family=FONT,
    )
    return Picture(svg + "\n", title, said)
