"""A comparison on a screen: who gains and who loses in words, then the numbers, then how even."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from allocator.comparison.side_by_side import Alternative, Comparison, Movement
from allocator.comparison.tasks import Tasks
from allocator.core.keeping import kept_figures
from allocator.model.areas import Area
from allocator.model.streams import Stream
from allocator.report.comparison.evenness import evenness
from allocator.report.comparison.keys import (
    cautions_of,
    drifts,
    legend,
    lettered,
    streams_of,
)
from allocator.report.comparison.tasks import tasks_table
from allocator.report.layout import aligned, capital, in_tree, wrapped
from allocator.words.levels import level_name
from allocator.words.numbers import decimals, whole
from allocator.words.say import say
from allocator.words.text import Text, Value, change, counted, series, text

#: So many who gain most, and who lose most, are named.
NAMED = 3
#: What stands where a figure means nothing.
NONE = "–"


def as_screen(comparison: Comparison, tasks: Tasks | None, everybody: bool, lang: str) -> str:
    """The report for a screen; by default the larger areas only."""
    parts = [
        say(comparison.reference.distribution.instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in legend(comparison)),
        "\n".join(wrapped(say(line, lang)) for line in _figures(comparison)),
        "\n".join(wrapped(say(line, lang)) for line in _inside(comparison)),
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


def _figures(comparison: Comparison) -> Iterator[Text]:
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


def _inside(comparison: Comparison) -> Iterator[Text]:
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
        lines = _moved(comparison, letter, other, stream, lang)
        yield "\n".join(wrapped(say(line, lang)) for line in lines)
    rows = list(shown(comparison, everybody))
    yield "\n".join(_numbers(comparison, stream, rows, lang))
    if comparison.others:
        yield "\n".join(_differences(comparison, stream, rows, lang))
    if comparison.per is not None:
        yield "\n".join(_per_1000(comparison, stream, rows, lang))


def _moved(
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


def shown(comparison: Comparison, everybody: bool) -> Iterator[tuple[int, Area]]:
    """The areas of the table with their depth: all, or those that hold others."""
    division = comparison.reference.distribution.instance.division
    wanted = {area.code for area in comparison.areas}
    top = None
    for depth, area in in_tree(division):
        if area.code not in wanted:
            continue
        top = depth if top is None else top
        if everybody or area.level != division.leaf_level or len(division.tree) < 3:
            yield depth - top, area


def table(
    rows: Sequence[tuple[int, Area]],
    heading: Sequence[Value],
    cells: Callable[[Area], Sequence[str]],
    lang: str,
) -> Iterator[str]:
    """A line per area under a heading, the name set in by its depth."""
    lines: list[Sequence[str]] = [[say(each, lang) for each in heading]]
    lines += [["  " * depth + area.name, *cells(area)] for depth, area in rows]
    return aligned(lines)


def _numbers(
    comparison: Comparison, stream: Stream, rows: Sequence[tuple[int, Area]], lang: str
) -> Iterator[str]:
    keys = lettered(comparison)

    def cells(area: Area) -> list[str]:
        return [whole(each.distribution.number(area.code, stream.name), lang) for _, each in keys]

    return table(rows, (text("numbers"), *(letter for letter, _ in keys)), cells, lang)


def _differences(
    comparison: Comparison, stream: Stream, rows: Sequence[tuple[int, Area]], lang: str
) -> Iterator[str]:
    """Against the first key, absolute and in percent."""

    def cells(area: Area) -> Iterator[str]:
        for other in comparison.others:
            found = comparison.change(other, (area.code, stream.name))
            yield say(change(found.difference), lang)
            yield NONE if found.part is None else _signed(found.part * 100, 1, lang)

    letters = [letter for letter, _ in lettered(comparison)[1:]]
    heading = [title for letter in letters for title in (f"{letter} − A", "%")]
    return table(
        rows, (text("more or fewer than under A"), *heading), lambda area: list(cells(area)), lang
    )


def _per_1000(
    comparison: Comparison, stream: Stream, rows: Sequence[tuple[int, Area]], lang: str
) -> Iterator[str]:
    assert comparison.per is not None
    keys = lettered(comparison)

    def cells(area: Area) -> Iterator[str]:
        for _, each in keys:
            found = comparison.change(each, (area.code, stream.name))
            per = found.per_1000(found.number)
            yield NONE if per is None else decimals(per, 2, lang)
        for _, each in keys[1:]:
            found = comparison.change(each, (area.code, stream.name))
            per = found.per_1000(found.difference)
            yield NONE if per is None else _signed(per, 2, lang)

    title = text("per 1,000 {what}", what=comparison.per.title)
    letters = [letter for letter, _ in keys]
    heading: list[Value] = [title, *letters, *(f"{letter} − A" for letter in letters[1:])]
    return table(rows, heading, lambda area: list(cells(area)), lang)


def _signed(number: Fraction, places: int, lang: str) -> str:
    """With its sign, where anything is left of it.

    >>> _signed(Fraction(1, 8), 1, "en"), _signed(Fraction(1, 80), 1, "en")
    ('+0.1', '0.0')
    """
    written = decimals(number, places, lang)
    return f"+{written}" if number > 0 and written.strip("0.,") else written
