"""How even each key is, for a screen: the measures, and who is treated furthest apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from allocator.comparison.fairness import (
    CORRELATION,
    MEASURES,
    Apart,
    Fairness,
    correlation,
    neighbours_apart,
)
from allocator.comparison.side_by_side import Comparison
from allocator.core.keeping import kept_figures
from allocator.model.streams import Stream
from allocator.report.comparison.keys import lettered, wholes_of
from allocator.report.layout import aligned, wrapped
from allocator.report.paper.paper import Column, Kind
from allocator.report.paper.said import said_cell
from allocator.words.numbers import decimals
from allocator.words.say import say
from allocator.words.text import Series, Text, series, text

#: Per measure its decimals, and whether it is a part that is shown in percent.
SHOWN = {
    "highest": (2, False),
    "lowest": (2, False),
    "gini": (4, False),
    "gini_over_areas": (4, False),
    "to_move": (1, True),
    "mean_deviation": (1, False),
    "largest_deviation": (1, False),
    "within": (1, True),
    "largest_difference": (2, False),
}
#: So many pairs are named under each key.
PAIRS = 2


def evenness(comparison: Comparison, lang: str) -> Iterator[str]:
    """The measures of every whole under every key; nothing where inhabitants are not known."""
    if comparison.per is None:
        yield wrapped(
            say(text("How even a key is cannot be said without inhabitants: add --per."), lang)
        )
        return
    for stream in wholes_of(comparison):
        known = known_of(comparison, stream)
        yield "\n".join(_measures(comparison, stream, known, lang))
        yield "\n".join(wrapped(say(line, lang), "- ") for line in apart(comparison, stream, lang))


def known_of(comparison: Comparison, stream: Stream) -> dict[str, Fairness]:
    """How even each key is, by its letter, where that can be said."""
    found = {
        letter: comparison.fairness(alternative, stream.name)
        for letter, alternative in lettered(comparison)
    }
    return {letter: fairness for letter, fairness in found.items() if fairness}


def apart(comparison: Comparison, stream: Stream, lang: str) -> Iterator[Text]:
    """Who is treated furthest apart, in all and among neighbours."""
    yield from _furthest(comparison, known_of(comparison, stream), lang)
    yield from _neighbours(comparison, stream, lang)


def _measures(
    comparison: Comparison, stream: Stream, found: dict[str, Fairness], lang: str
) -> Iterator[str]:
    heading = say(text("how even: {title}", title=stream.title), lang)
    lines: list[Sequence[str]] = [[heading, *found]]
    for column, values in measured(comparison, stream, found):
        title = "  " + say(column.title, lang)
        lines.append([title, *(said_cell(value, column, lang) for value in values)])
    return aligned(lines)


def measured(
    comparison: Comparison, stream: Stream, found: dict[str, Fairness]
) -> Iterator[tuple[Column, list[Fraction | None]]]:
    """Every measure, and what it is under every key."""
    for measure in MEASURES:
        places, percent = SHOWN[measure.name]
        column = Column(measure.title, Kind.PERCENT if percent else Kind.DECIMAL, places)
        yield column, [measure.value(fairness) for fairness in found.values()]
    yield from _correlations(comparison, stream)


def _correlations(
    comparison: Comparison, stream: Stream
) -> Iterator[tuple[Column, list[Fraction | None]]]:
    """With every figure that the keys use."""
    indicators = {
        name: indicator
        for each in comparison.all
        for name, indicator in each.distribution.instance.indicators.items()
        if name in each.distribution.used
        and indicator not in kept_figures(each.distribution.instance)
    }
    for indicator in indicators.values():
        people = comparison.people()
        values = {c: indicator.values[c] for c in people if c not in indicator.lacking}
        found: list[Fraction | None] = []
        for each in comparison.all:
            numbers = comparison.populated(each, stream.name)
            follows = correlation(
                {code: numbers[code] for code in values},
                {code: people[code] for code in values},
                values,
            )
            found.append(follows.r if follows else None)
        title = text("{measure}: {name}", measure=CORRELATION.title, name=indicator.title)
        yield Column(title, Kind.DECIMAL, 2), found


def _furthest(comparison: Comparison, found: dict[str, Fairness], lang: str) -> Iterator[Text]:
    for letter, fairness in found.items():
        if fairness.furthest:
            yield text(
                "Furthest apart under {letter}, per 1,000: {pairs}.",
                letter=letter,
                pairs=_pairs(comparison, fairness.furthest, lang),
            )


def _neighbours(comparison: Comparison, stream: Stream, lang: str) -> Iterator[Text]:
    """The same of areas that border on each other."""
    for letter, each in lettered(comparison):
        numbers, people = comparison.populated(each, stream.name), comparison.people()
        found = neighbours_apart(numbers, people, comparison.borders, PAIRS)
        if found:
            yield text(
                "Neighbours furthest apart under {letter}: {pairs}.",
                letter=letter,
                pairs=_pairs(comparison, found, lang),
            )


def _pairs(comparison: Comparison, pairs: Sequence[Apart], lang: str) -> Series:
    names = comparison.reference.distribution.instance.division.by_code
    return series(
        [
            text(
                "{one} ({high}) beside {other} ({low})",
                one=names[pair.more].name,
                other=names[pair.fewer].name,
                high=decimals(pair.high, 2, lang),
                low=decimals(pair.low, 2, lang),
            )
            for pair in pairs[:PAIRS]
        ]
    )
