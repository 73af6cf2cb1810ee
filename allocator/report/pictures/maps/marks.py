"""What a map shows of each area, and how that is said to who points at it or does not see it.

A scale knows the shade of an area, how its number is written and what the legend is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from allocator.report.layout import capital
from allocator.report.pictures.svg import Body, Heading
from allocator.words.say import say
from allocator.words.text import Text, Value, text

EDGE = "#4a5a6a"  # the thin line around an area
EDGE_FEWER = "#7a3300"  # around one that gets fewer


@dataclass(frozen=True, slots=True)
class Mark:
    """One area in a map."""

    code: str
    name: str
    group: str  # the code of the larger area that it is seen in
    number: int  # how many; of a difference how many more, below 0 fewer
    value: Fraction | None  # what its shade says, as the number per 1,000; None where not known


@dataclass(frozen=True, slots=True)
class Shade:
    """How an area is filled and outlined."""

    fill: str
    light: bool  # whether dark text can be read on it
    dashed: bool = False  # of what has become less


class Scale(Protocol):
    """From values to shades."""

    @property
    def how(self) -> Text:
        """What the shades say, in a clause."""

    @property
    def none(self) -> str:
        """How the ring of an area with 0 is filled."""

    def shade(self, mark: Mark) -> Shade:
        """The shade of an area."""

    def counted(self, number: int) -> Value:
        """A number as it stands beside a name."""

    def written(self, value: Fraction, lang: str) -> str:
        """A value as it stands beside a name."""

    def sign(self, mark: Mark) -> str:
        """What stands in an area beside its shade."""

    def legend(self, title: str, lang: str) -> Body:
        """What the shades mean."""

    def most(self, shown: MapOf) -> Iterator[Text]:
        """Who has most and who has fewest, in words."""


@dataclass(frozen=True)
class MapOf:
    """All that a map shows."""

    heading: Heading
    counted: Value  # what the numbers count
    measure: Value  # what the values are
    level: Value  # what the areas are, as "municipalities"
    marks: tuple[Mark, ...]
    groups: Mapping[str, str]  # per code of a larger area its name
    scale: Scale


def outline(shade: Shade) -> dict[str, str | float | None]:
    """The line around an area: dashed where it gets fewer."""
    if shade.dashed:
        return {"stroke": EDGE_FEWER, "stroke_width": 1, "stroke_dasharray": "3 2"}
    return {"stroke": EDGE, "stroke_width": 0.5}


def tip(mark: Mark, shown: MapOf, lang: str) -> str:
    """What a reader sees who points at an area."""
    number = shown.scale.counted(mark.number)
    known = text("{name}: {number} {counted}", name=mark.name, number=number, counted=shown.counted)
    if mark.value is None:
        return say(known, lang)
    value = shown.scale.written(mark.value, lang)
    return say(
        text("{known}; {value} {measure}", known=known, value=value, measure=shown.measure), lang
    )


def spoken(shown: MapOf, lang: str) -> str:
    """The map in words: who has most and fewest, in number and in value."""
    return " ".join(say(line, lang) for line in _spoken(shown, lang))


def _spoken(shown: MapOf, lang: str) -> Iterator[Text]:
    yield text("A map of {areas} {level}.", areas=len(shown.marks), level=shown.level)
    if not shown.marks:
        return
    yield from shown.scale.most(shown)
    known = [(mark.value, mark) for mark in shown.marks if mark.value is not None]
    if known:
        low = min(known, key=lambda one: (one[0], one[1].code))
        high = max(known, key=lambda one: (one[0], one[1].code))
        yield text(
            "{measure}: from {low} in {least} to {high} in {most}.",
            measure=capital(say(shown.measure, lang)),
            low=shown.scale.written(low[0], lang),
            least=low[1].name,
            high=shown.scale.written(high[0], lang),
            most=high[1].name,
        )
