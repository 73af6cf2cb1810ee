"""The report of one distribution: the annex of a letter, as a paper.

What was divided and what came of it; maps; every number; the explanation of each; and what all of
it was made of.
"""

from __future__ import annotations

from collections.abc import Mapping

from allocator.core.quotas import figures_at
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.geography import Layout
from allocator.model.indicator import Indicator, Kind
from allocator.model.receipt import Source
from allocator.model.streams import Stream
from allocator.report.cautions import QUALITIES, cautions
from allocator.report.distribution import exact_json
from allocator.report.distribution.against_published import BESIDE, published
from allocator.report.distribution.explain import Explainer
from allocator.report.distribution.screen import origins, rule_line, summary, together
from allocator.report.layout import in_tree
from allocator.report.paper.alike import said_once
from allocator.report.paper.paper import (
    Cell,
    Column,
    Explanations,
    Paper,
    Row,
    Section,
    Subject,
    Table,
)
from allocator.report.paper.paper import Kind as Of
from allocator.report.pictures.charts.of_tables import dots_of, lorenz_of
from allocator.report.pictures.maps.of import map_of
from allocator.words.levels import level_name
from allocator.words.say import say
from allocator.words.text import Value, text

#: What numbers are set beside, where it is known.
INHABITANTS = "population"
#: How many stand in the list of the most and of the fewest.
RANKED = 10


def paper_of(
    distribution: Distribution, inputs: Mapping[Source, str], lang: str, where: Layout | None
) -> Paper:
    """The report; `inputs` are the files that were read, with the SHA-256 of each.

    `where` is where areas lie, for the map, if that is known.
    """
    sections = [
        _pictures(distribution, lang, where),
        _ranking(distribution),
        _numbers(distribution),
        _published(distribution),
        _explanations(distribution, lang),
        _sources(distribution, inputs),
    ]
    return Paper(
        title=distribution.instance.title,
        summary=(*summary(distribution), *together(distribution)),
        cautions=tuple(cautions(distribution)),
        sections=tuple(each for each in sections if each),
        footer=(rule_line(distribution.instance), _hash(distribution)),
    )


def _pictures(distribution: Distribution, lang: str, where: Layout | None) -> Section | None:
    """A map, and how even the numbers are."""
    instance, people = distribution.instance, _people(distribution)
    stream = instance.streams.all[0].name
    pictures = []
    if where:
        pictures.append(map_of(distribution, stream, lang, where))
    if people:
        pictures.append(dots_of(distribution, stream, lang, people))
        tables = {say(instance.rule.title, lang): distribution}
        pictures.append(lorenz_of(tables, stream, lang, people))
    return Section(text("Pictures"), pictures=tuple(pictures), name="map") if pictures else None


def _ranking(distribution: Distribution) -> Section | None:
    """Who gets the most and the fewest for each 1,000 inhabitants."""
    people, stream = _people(distribution), distribution.instance.streams.all[0]
    if people is None:
        return None
    leaves = [leaf for leaf in distribution.instance.division.leaves if people.values[leaf.code]]
    if len(leaves) <= 2 * RANKED:
        return None

    each = {
        leaf: distribution.number(leaf.code, stream.name) * 1000 / people.values[leaf.code]
        for leaf in leaves
    }
    order = sorted(leaves, key=lambda leaf: (-each[leaf], leaf.code))
    columns = (
        Column(text("area"), Of.TEXT),
        Column(stream.title),
        Column(text("per 1,000 inhabitants"), Of.DECIMAL, 2),
    )

    def rows(some: list[Area]) -> tuple[Row, ...]:
        return tuple(
            Row(
                (leaf.name, distribution.number(leaf.code, stream.name), each[leaf]),
                code=leaf.code,
            )
            for leaf in some
        )

    most = Table(text("Most per 1,000 inhabitants"), columns, rows(order[:RANKED]))
    fewest = Table(text("Fewest per 1,000 inhabitants"), columns, rows(order[: -RANKED - 1 : -1]))
    return Section(text("Most and fewest"), tables=(most, fewest), name="ranking")


def _numbers(distribution: Distribution) -> Section:
    """Every number."""
    return Section(text("All numbers"), tables=(numbers_of(distribution),), name="numbers")


def numbers_of(distribution: Distribution, before: Distribution | None = None) -> Table:
    """Every number of every area, perhaps with how much that is more than it was before."""
    instance = distribution.instance
    division, people = instance.division, _people(distribution)
    columns = [Column(text("area"), Of.TEXT)]
    for stream in instance.streams.all:
        columns.append(Column(text("number"), group=stream.title))
        if before:
            columns.append(Column(text("difference"), Of.CHANGE, group=stream.title))
        columns.append(Column(text("quota"), Of.DECIMAL, 3, group=stream.title))
        if people and _by_itself(stream):
            columns.append(Column(text("per 1,000"), Of.DECIMAL, 2, group=stream.title))
    if people:
        columns.append(Column(people.title))

    def row(area: Area, depth: int) -> Row:
        cells: list[Cell] = [area.name]
        living = figures_at(people, [area], division, people.lacking)[0] if people else None
        for stream in instance.streams.all:
            number = distribution.number(area.code, stream.name)
            cells.append(number)
            if before:
                cells.append(number - before.number(area.code, stream.name))
            cells.append(distribution.quota(area.code, stream.name))
            if people and _by_itself(stream):
                cells.append(number * 1000 / living if living else None)
        if people:
            cells.append(living)
        return Row(tuple(cells), depth, level_name(area.level, 2), area.code)

    rows = [row(area, depth) for depth, area in in_tree(division)]
    rows += [row(area, 1) for level in division.also for area in division.at(level)]
    title = text("Each area after the one it lies in")
    return Table(title, tuple(columns), tuple(rows), sorts=True)


def _by_itself(stream: Stream) -> bool:
    """Whether it is no part of another stream."""
    return not stream.whole


def _people(distribution: Distribution) -> Indicator | None:
    """The inhabitants, where the instance has them."""
    found = distribution.instance.indicators.get(INHABITANTS)
    return found if found and found.kind is Kind.COUNT else None


def _published(distribution: Distribution) -> Section | None:
    """The rows of a published table that differ."""
    instance = distribution.instance
    said, different = published(distribution)
    if not said:
        return None
    area, stream, *numbers, difference = BESIDE
    columns = (
        Column(area, Of.TEXT),
        Column(stream, Of.TEXT),
        *(Column(each) for each in numbers),
        Column(difference, Of.CHANGE),
    )
    rows = tuple(
        Row(
            (
                instance.division.by_code[beside.row.code].name,
                instance.streams.named(beside.row.stream).title,
                beside.row.number,
                beside.computed,
                beside.difference,
            ),
            code=beside.row.code,
        )
        for beside in different
    )
    tables = (Table(text("Rows that differ"), columns, rows),) if rows else ()
    return Section(text("Beside the published table"), said, tables=tables, name="published")


def _explanations(distribution: Distribution, lang: str) -> Section:
    """Why each area gets its numbers, the areas of a province together."""
    instance = distribution.instance
    division, explainer = instance.division, Explainer(distribution, lang)
    subjects = []
    for _, leaf in in_tree(division):
        if leaf.level == division.leaf_level:
            within, name = next(division.above(leaf)).name, f"{leaf.name} ({leaf.code})"
            subjects.append(Subject(leaf.code, name, within, explainer.of(leaf)))
    return Section(
        text("Why each number"),
        explanations=said_once(Explanations((), tuple(subjects))),
        name="why",
    )


def _sources(distribution: Distribution, inputs: Mapping[Source, str]) -> Section:
    """Rule, totals, figures and files."""
    instance = distribution.instance
    law = [
        text(
            "{title}{act}{article}: {says}",
            act=f" ({basis.act})" if basis.act else "",
            article=text(", article {article}", article=basis.article) if basis.article else "",
            title=basis.title,
            says=basis.says,
        )
        for basis in instance.rule.legal_basis
    ]
    figures = Table(
        text("Figures"),
        (
            Column(text("figure"), Of.TEXT),
            Column(text("source"), Of.TEXT),
            Column(text("as of"), Of.TEXT),
            Column(text("quality"), Of.TEXT),
        ),
        tuple(
            Row(
                (
                    each.title,
                    each.source,
                    each.reference,
                    QUALITIES.get(each.quality, text("official")),
                )
            )
            for each in distribution.indicators
        ),
    )
    drift = Table(
        text("Totals"),
        (
            Column(text("stream"), Of.TEXT),
            Column(text("asked")),
            Column(text("the numbers add up to")),
            Column(text("drift"), Of.CHANGE),
        ),
        tuple(
            Row((instance.streams.named(d.stream).title, d.asked, d.allocated, d.difference))
            for d in distribution.drift
        ),
    )
    files = Table(
        text("Files"),
        (Column(text("file"), Of.TEXT), Column("SHA-256", Of.TEXT)),
        tuple(Row((str(source), digest)) for source, digest in inputs.items()),
    )
    return Section(
        text("Rule, figures and sources"),
        said=(*origins(instance), *law),
        notes=(*instance.notes, *instance.rule.gaps),
        tables=(drift, figures, files),
        name="sources",
    )


def _hash(distribution: Distribution) -> Value:
    digest = exact_json.digest(exact_json.as_data(distribution))
    return text("The result's own number, the same on every machine: {hash}", hash=digest)
