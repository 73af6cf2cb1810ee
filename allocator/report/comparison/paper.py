"""Keys side by side, many keys, and margins as papers: every number, and who gains and loses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.comparison.margins import Margin
from allocator.comparison.side_by_side import Comparison
from allocator.comparison.sweep import Swept
from allocator.comparison.tasks import Tasks
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.geography import Layout
from allocator.model.instance import Instance
from allocator.model.streams import Stream
from allocator.report.cautions import cautions
from allocator.report.comparison import tasks as together
from allocator.report.comparison.evenness import apart, known_of, measured
from allocator.report.comparison.keys import (
    cautions_of,
    drifts,
    legend,
    lettered,
    streams_of,
    wholes_of,
)
from allocator.report.comparison.margins import margins_by, reading, told, within_bounds
from allocator.report.comparison.pictures import pictures_of
from allocator.report.comparison.screen import figures, inside, moved
from allocator.report.comparison.sweep import cautions_of as sweep_cautions
from allocator.report.comparison.sweep import keys, spans, summary, told_of_keys, tried
from allocator.report.comparison.tables import shown, side_by_side, tables_of
from allocator.report.distribution.screen import rule_line
from allocator.report.layout import capital
from allocator.report.paper.paper import Column, Kind, Paper, Row, Section, Table
from allocator.report.pictures.charts.of_tables import ranges_of
from allocator.words.say import say
from allocator.words.text import Value, text


def paper_of(
    comparison: Comparison, tasks: Tasks | None, lang: str, where: Layout | None = None
) -> Paper:
    """The report of every area; with maps, where it is known where areas lie."""
    pictures = pictures_of(comparison, lang, where)
    instance = comparison.reference.distribution.instance
    return Paper(
        title=text("Keys side by side: {title}", title=instance.title),
        summary=(*legend(comparison), *figures(comparison), *inside(comparison)),
        sections=(
            *([Section(text("Pictures"), pictures=pictures)] if pictures else []),
            *(_of_stream(comparison, stream, lang) for stream in instance.streams.all),
            *_evenness(comparison, lang),
            *([_tasks(tasks, comparison, lang)] if tasks else []),
            _origin(instance),
        ),
        cautions=tuple(cautions_of(comparison)),
    )


def sweep_paper(swept: Swept, lang: str) -> Paper:
    """How far each number moves with the key, and the keys that move it most."""
    question = swept.question
    instance = question.instance
    titles = {each.name: capital(say(each.title, lang)) for each in instance.streams.all}
    every = [(each, spans(swept, each)) for each in instance.streams.all]
    area = instance.division.by_code[question.inside] if question.inside else None
    return Paper(
        title=text("Many keys: {title}", title=instance.title),
        summary=(*summary(swept), *tried(swept)),
        sections=(
            *(
                Section(
                    titles[stream.name],
                    pictures=(ranges_of(swept, stream.name, lang, area, f"ranges-{stream.name}"),),
                    tables=(tree.table(titles[stream.name], question.inside),),
                )
                for stream, tree in every
            ),
            Section(text("The keys"), said=(told_of_keys(swept),), tables=(keys(swept),)),
            _origin(instance),
        ),
        cautions=tuple(sweep_cautions(swept)),
    )


def margins_paper(distribution: Distribution, found: Sequence[Margin], lang: str) -> Paper:
    """By how much each figure must change before a number becomes another."""
    figures = dict.fromkeys(margin.what for margin in found)
    tables = (margins_by(distribution, found, what) for what in figures)
    return Paper(
        title=text("How near to another number: {title}", title=distribution.instance.title),
        summary=(*told(distribution, found, lang), *within_bounds(distribution, found)),
        sections=(
            *(Section(table.title, tables=(table,)) for table in tables),
            Section(text("How this was found"), notes=tuple(reading(distribution, found))),
            _origin(distribution.instance),
        ),
        cautions=tuple(cautions(distribution)),
    )


def _origin(instance: Instance) -> Section:
    return Section(
        text("What the numbers follow from"),
        said=(rule_line(instance),),
        notes=(*instance.notes, *instance.rule.gaps),
    )


def _of_stream(comparison: Comparison, stream: Stream, lang: str) -> Section:
    title = capital(say(stream.title, lang))
    told: list[Value] = []
    if stream in streams_of(comparison):
        for letter, other in lettered(comparison)[1:]:
            told += moved(comparison, letter, other, stream, lang)
    tables = list(tables_of(comparison, stream, list(_rows(comparison))))
    return Section(title, said=tuple(told), tables=(side_by_side(title, tables),))


def _rows(comparison: Comparison) -> Iterator[tuple[int, Area]]:
    """Every area, then those of the levels beside the tree."""
    division = comparison.reference.distribution.instance.division
    yield from shown(comparison, everybody=True)
    yield from ((1, area) for area in comparison.areas if area.level in division.also)


def _evenness(comparison: Comparison, lang: str) -> Iterator[Section]:
    """A line per key with every measure, and the pairs that are furthest apart."""
    for stream in wholes_of(comparison) if comparison.per else ():
        title = capital(say(text("how even: {title}", title=stream.title), lang))
        pairs = _pairs(comparison, stream)
        notes = tuple(apart(comparison, stream, lang))
        yield Section(title, notes=notes, tables=(_measures(comparison, stream, title), pairs))
    lines = tuple(drifts(comparison))
    if lines:
        yield Section(text("What is divided, and what the numbers add up to"), notes=lines)


def _measures(comparison: Comparison, stream: Stream, title: Value) -> Table:
    known = known_of(comparison, stream)
    found = list(measured(comparison, stream, known))
    columns = (Column(text("key"), Kind.TEXT), *(column for column, _ in found))
    rows = [Row((key, *(v[n] for _, v in found))) for n, key in enumerate(known)]
    return Table(title, columns, tuple(rows))


def _pairs(comparison: Comparison, stream: Stream) -> Table:
    """The areas that differ most per 1,000 inhabitants, under each key."""
    names = comparison.reference.distribution.instance.division.by_code
    columns = (
        *(Column(text("key"), Kind.TEXT), Column(text("area"), Kind.TEXT)),
        *(Column(text("per 1,000"), Kind.DECIMAL, 2), Column(text("other area"), Kind.TEXT)),
        Column(text("per 1,000"), Kind.DECIMAL, 2),
        Column(text("difference"), Kind.DECIMAL, 2),
    )
    rows = [
        Row(
            (
                *(key, names[pair.more].name, pair.high),
                *(names[pair.fewer].name, pair.low, pair.difference),
            )
        )
        for key, fairness in known_of(comparison, stream).items()
        for pair in fairness.furthest
    ]
    title = text("Furthest apart: {title}", title=stream.title)
    return Table(title, columns, tuple(rows))


def _tasks(tasks: Tasks, comparison: Comparison, lang: str) -> Section:
    return Section(
        together.TITLE,
        notes=tuple(together.legend(tasks)),
        cautions=tuple(together.beware(tasks, lang)),
        tables=(together.table(tasks, comparison),),
    )
