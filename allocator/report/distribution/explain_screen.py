"""Explanations as lines for a screen: labels in a column, what is said wrapped beside them."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.report.distribution.explain import explained
from allocator.report.distribution.screen import remarks
from allocator.report.layout import capital, page_width, wrapped
from allocator.report.paper.paper import Line
from allocator.report.periods.balances import cautions_on_balances
from allocator.words.levels import level_name
from allocator.words.say import say
from allocator.words.text import series, text


def as_screen(distribution: Distribution, areas: tuple[Area, ...], lang: str) -> str:
    """The explanations of some areas as lines for a screen."""
    instance = distribution.instance
    written = []
    for area in areas:
        heading = f"{who(area, instance, lang)}\n{say(instance.title, lang)}"
        paragraphs = [
            "\n".join([explanation.heading, *_set(explanation.lines)])
            for explanation in explained(distribution, area, lang)
        ]
        written.append("\n\n".join([heading, *paragraphs]))
    written.append(remarks(distribution, lang))
    if instance.balances.opening or instance.balances.ledger:
        cautions = cautions_on_balances(instance.balances)
        written.append("\n".join(wrapped(capital(say(each, lang)), "! ") for each in cautions))
    if len(areas) > 1:
        codes = series(tuple(area.code for area in areas))
        asked = text("Several areas have this name: {codes}. All of them follow.", codes=codes)
        written.insert(0, say(asked, lang))
    return "\n\n".join(part for part in written if part) + "\n"


def _set(lines: tuple[Line, ...]) -> Iterator[str]:
    """Labels in a column of their own, what is said wrapped beside them."""
    width = max((len(line.label) for line in lines), default=0)
    for line in lines:
        said = wrap(line.said, page_width() - width - 4, break_long_words=False) or [""]
        yield f"  {line.label.ljust(width)}  {said[0]}".rstrip()
        yield from (f"  {' ' * width}    {more}" for more in said[1:])


def who(area: Area, instance: Instance, lang: str) -> str:
    """The area with its code, its level and what it lies in."""
    above = list(instance.division.above(area))
    names = [upper.name for upper in above]
    said = [
        f"{upper.name} ({say(level_name(upper.level), lang)})"
        if names.count(upper.name) > 1
        else upper.name
        for upper in above
    ]
    lies_in = say(text(" in {above}", above=", ".join(said)), lang) if above else ""
    return f"{area.name} ({area.code}), {say(level_name(area.level), lang)}{lies_in}"
