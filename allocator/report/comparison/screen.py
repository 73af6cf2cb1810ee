"""A comparison on a screen: who gains and who loses in words, then the numbers, then how even."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from allocator.comparison.side_by_side import Alternative, Comparison, Movement
from allocator.comparison.tasks import Tasks
from allocator.core.keeping import kept_figures
from allocator.model.streams import Stream
from allocator.report.comparison.evenness import evenness
from allocator.report.comparison.keys import (
    cautions_of,
    drifts,
    legend,
    lettered,
    streams_of,
)
from allocator.report.comparison.tables import shown, tables_of
from allocator.report.comparison.tasks import tasks_table
from allocator.report.layout import capital, wrapped
from allocator.report.paper.said import as_lines
from allocator.words.levels import level_name
from allocator.words.numbers import decimals
from allocator.words.say import say
from allocator.words.text import Text, Value, change, counted, series, text

#: So many who gain most, and who lose most, are named.
NAMED = 3


def as_screen(comparison: Comparison, tasks: Tasks | None, everybody: bool, lang: str) -> str:
    """The report for a screen; by default the larger areas only."""
    parts = [
        say(comparison.reference.distribution.instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in legend(comparison)),
        "\n".join(wrapped(say(line, lang)) for line in figures(comparison)),
        "\n".join(wrapped(say(line, lang)) for line in inside(comparison)),
        "\n".join(wrapped(capital(say(each, lang)), "! ") for each in cautions_of(comparison)),
    ]
    for stream in streams_of(comparison):
        parts += _of_stream(comparison, stream, everybody, lang)
    parts.append("\n".join(wrapped(say(line, lang), "- ") for line in drifts(comparison)))
    parts += evenness(comparison, lang)
    if tasks:
        parts += tasks_table(tasks, comparison, everybody, lang)
    if not everybody and not _is_small(comparison):
        parts.append(say(text("Every area: add --all, or --out FILE.csv."), lang))
    return "\n\n".join(part for part in parts if part) + "\n"


def _is_small(comparison: Comparison) -> bool:
    """Whether there is nothing between the country and its smallest areas."""
    return len(comparison.reference.distribution.instance.division.tree) < 3


def figures(comparison: Comparison) -> Iterator[Text]:
    """Of which date the figures are."""
    found = {}
    for each in comparison.all:
        kept = kept_figures(each.distribution.instance)
        found.update({f.name: f for f in each.distribution.indicators if f not in kept})
    if comparison.per is not None:
        found.setdefault(comparison.per.name, comparison.per)
    dated = [
        text("{title} ({reference})", title=each.title, reference=each.reference)
        for each in found.values()
    ]
    if dated:
        yield text("Figures: {figures}.", figures=series(dated, 12))


def inside(comparison: Comparison) -> Iterator[Text]:
    division = comparison.reference.distribution.instance.division
    area = division.by_code[comparison.within]
    if area == division.root:
        return
    numbers = [
        text(
            "{number} {title}",
            number=comparison.reference.distribution.number(area.code, stream.name),
            title=stream.title,
        )
        for stream in streams_of(comparison)
    ]
    yield text(
        "Inside {area}, which keeps {numbers} under every key.",
        area=area.name,
        numbers=series(numbers),
    )


def _of_stream(comparison: Comparison, stream: Stream, everybody: bool, lang: str) -> Iterator[str]:
    yield capital(say(stream.title, lang))
    for letter, other in lettered(comparison)[1:]:
        lines = moved(comparison, letter, other, stream, lang)
        yield "\n".join(wrapped(say(line, lang)) for line in lines)
    for table in tables_of(comparison, stream, list(shown(comparison, everybody))):
        yield "\n".join(as_lines(table, lang))


def moved(
    comparison: Comparison, letter: str, other: Alternative, stream: Stream, lang: str
) -> Iterator[Text]:
    """What a key moves, and who gains and loses most."""
    instance = comparison.reference.distribution.instance
    found = comparison.movement(other, stream.name)
    total = comparison.reference.distribution.number(comparison.within, stream.name)
    if not found.gaining and not found.losing:
        yield text("Under {letter} everybody gets the same as under A.", letter=letter)
        return
    level = level_name(instance.division.leaf_level, 2)
    yield counted(
        found.moved,
        "Under {letter}, of {all} {level} more than under A: {gaining}; fewer: {losing}; the same: "
        "{same}. {number} of {total} ({part}%) goes to another.",
        "Under {letter}, of {all} {level} more than under A: {gaining}; fewer: {losing}; the same: "
        "{same}. {number} of {total} ({part}%) go to another.",
        all=len(comparison.leaves),
        letter=letter,
        level=level,
        gaining=len(found.gaining),
        losing=len(found.losing),
        same=found.same,
        total=total,
        part=decimals(Fraction(100 * found.moved, total or 1), 1, lang),
    )
    yield from _extremes(comparison, other, stream, found)


def _extremes(
    comparison: Comparison, other: Alternative, stream: Stream, found: Movement
) -> Iterator[Text]:
    names = comparison.reference.distribution.instance.division.by_code

    def told(codes: Sequence[str]) -> Value:
        return series(
            [
                text(
                    "{area} {change}",
                    area=names[code].name,
                    change=change(comparison.change(other, (code, stream.name)).difference),
                )
                for code in codes[:NAMED]
            ]
        )

    if found.gaining:
        yield text("Most more: {areas}.", areas=told(found.gaining))
    if found.losing:
        yield text("Most fewer: {areas}.", areas=told(found.losing))
