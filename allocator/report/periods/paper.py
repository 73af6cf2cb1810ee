"""Half-years as a paper: how far areas are, another total, and a number over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.geography import Layout
from allocator.model.half_year import HalfYear
from allocator.model.streams import Stream
from allocator.periods.progress import Standings
from allocator.periods.record import Finding
from allocator.periods.revision import Revision
from allocator.periods.series import Series
from allocator.report.cautions import cautions
from allocator.report.distribution.screen import rule_line
from allocator.report.layout import capital
from allocator.report.paper.paper import Cell, Column, Kind, Paper, Row, Section, Table
from allocator.report.paper.tree import Tree
from allocator.report.periods import revised, series, status
from allocator.report.periods.balances import beware_of_balances, notes_on_balances
from allocator.report.pictures.charts.of_tables import lines_of
from allocator.report.pictures.maps.of import difference_map
from allocator.report.pictures.svg import Picture
from allocator.words.numbers import whole
from allocator.words.say import say
from allocator.words.text import LocalText, text
from allocator.words.text import series as listed


def status_paper(now: Standings, half: HalfYear, lang: str) -> Paper:
    """How far areas are: in the country month by month, then every area with its balance."""
    account, instance = now.account, now.account.instance
    streams = instance.streams.given
    return Paper(
        title=instance.title,
        summary=tuple(line for stream in streams for line in status.summary(now, stream, half)),
        sections=(
            *(_standing(now, stream, half, lang) for stream in streams),
            Section(
                text("What the numbers follow from"),
                said=(rule_line(instance),),
                notes=(*notes_on_balances(account), *instance.notes, *instance.rule.gaps),
            ),
        ),
        cautions=tuple(beware_of_balances(account)),
    )


def _standing(now: Standings, stream: Stream, half: HalfYear, lang: str) -> Section:
    every = status.standing_of(now, stream).beside(_balances(now, stream))
    title = capital(say(stream.title, lang))
    months = status.months(now, stream, half, lang)
    return Section(title, tables=(months, every.table(title)))


def _balances(now: Standings, stream: Stream) -> Tree:
    """What the number to do is made of, and how often it was not met before."""
    openings = now.account.instance.balances.openings
    titles = (
        *(text("number"), text("joint changes"), text("opening, computed")),
        *(text("opening, published"), text("excusable")),
        *(text("half-years not met in a row"), text("excused half-years")),
    )
    columns = [Column(title, group=text("behind it")) for title in titles]

    def cells(area: Area) -> list[Cell]:
        line = now.of[area.code, stream.name].line
        opening = openings.get((area.code, stream.name))
        row: tuple[Cell, Cell] = (opening.missed, opening.excused) if opening else (None, None)
        return [line.number, line.changed, line.computed, line.published, line.excusable, *row]

    return Tree(now.account.instance.division, columns, cells)


def revised_paper(found: Revision, lang: str, where: Layout | None = None) -> Paper:
    """Old, new, and the difference between them, stream after stream."""
    instance = found.original.instance
    streams = instance.streams.all
    return Paper(
        title=instance.title,
        summary=tuple(line for stream in streams for line in revised.summary(found, stream)),
        sections=(
            *(_revised(found, stream, lang, where) for stream in streams),
            Section(
                text("What the numbers follow from"),
                said=(rule_line(instance),),
                notes=(*revised.outside(found), *instance.notes, *instance.rule.gaps),
            ),
        ),
        cautions=tuple(cautions(found.revised)),
    )


def _revised(found: Revision, stream: Stream, lang: str, where: Layout | None) -> Section:
    drawn = [map_of_revision(found, stream, lang, where, f"map-{stream.name}")] if where else []
    title = capital(say(stream.title, lang))
    return Section(
        title,
        cautions=tuple(revised.beware(found, stream)),
        pictures=tuple(drawn),
        tables=(revised.numbers(found, stream).table(title),),
    )


def map_of_revision(
    found: Revision, stream: Stream, lang: str, where: Layout, prefix: str = "map"
) -> Picture:
    """What another number changes, on a map, with both numbers."""
    old, new = _titled(found.previous, stream), _titled(found.revised, stream)
    return difference_map(old, new, stream.name, lang, where, prefix=prefix)


def _titled(table: Distribution, stream: Stream) -> Distribution:
    """The table under a title that tells its number: both have the title of the half-year."""
    instance, title = table.instance, table.instance.title
    number = table.number(instance.division.root.code, stream.name)
    if stream.name in instance.totals:
        number = instance.totals[stream.name].number
    told = LocalText(f"{title.nl} ({whole(number, 'nl')})", f"{title.en} ({whole(number, 'en')})")
    return replace(table, instance=replace(instance, title=told))


def series_paper(several: Sequence[Series], lang: str) -> Paper:
    """A number over the half-years, one area after another, and every sum of the record."""
    return Paper(
        title=several[0].record.title,
        summary=tuple(series.gaps(each) for each in several if each.gaps),
        sections=tuple(_of_area(each, lang) for each in several),
    )


def _of_area(found: Series, lang: str) -> Section:
    remarks = list(series.remarks(found, lang))
    return Section(
        series.title_of(found),
        cautions=tuple(said for sign, said in remarks if sign == "! "),
        notes=tuple(said for sign, said in remarks if sign != "! "),
        pictures=(lines_of(found, lang, f"lines-{found.area.code}"),),
        tables=(_half_years(found), _sums(found), _announced(found)),
    )


def _half_years(found: Series) -> Table:
    """A line per half-year, and which of its numbers were not published themselves."""
    shown, bases = series.shown(found), series.bases(found)
    columns = (
        Column(text("half-year"), Kind.TEXT),
        *(Column(series.HEADING[column]) for column in shown),
        *(Column(series.LEGEND[basis], Kind.TEXT) for basis in bases),
    )
    rows = []
    for entry in found.entries:
        resting: list[Cell] = []
        for basis in bases:
            named = [series.HEADING[c] for c in shown if entry.basis.get(c) is basis]
            resting.append(listed(named) if named else None)
        numbers = (entry.number(column) for column in shown)
        rows.append(Row((str(entry.period), *numbers, *resting)))
    return Table(series.title_of(found), columns, tuple(rows), sheet=found.area.name)


def _sums(found: Series) -> Table:
    """Every sum of the record, and the numbers that stand beside it."""
    columns = (
        *(Column(text("half-year"), Kind.TEXT), Column(text("sum"), Kind.TEXT)),
        *(Column(text("lowest"), Kind.DECIMAL, 1), Column(text("highest"), Kind.DECIMAL, 1)),
        *(
            Column(title, Kind.DECIMAL, 1, group=text("beside it"))
            for title in (text("lowest"), text("highest"))
        ),
        *(
            Column(title, Kind.DECIMAL, 1, group=text("more than beside it"), signed=True)
            for title in (text("at the low end"), text("at the high end"))
        ),
    )
    rows = tuple(row for finding in found.findings for row in _sum(finding))
    sheet = text("Sums, {area}", area=found.area.name)
    return Table(text("The sums of the record"), columns, rows, sheet=sheet)


def _sum(finding: Finding) -> Iterator[Row]:
    named = (str(finding.period), finding.statement.says)
    result = finding.sum.result
    ends: tuple[Cell, Cell] = (result.low, result.high) if result else (None, None)
    if not finding.besides:
        yield Row((*named, *ends, None, None, None, None))
    for beside in finding.besides:
        yield Row((*named, *ends, beside.range.low, beside.range.high, beside.low, beside.high))


def _announced(found: Series) -> Table:
    """When each number was announced, and until when it could be."""
    columns = (
        *(Column(text("half-year"), Kind.TEXT), Column(text("announced on"), Kind.DAY)),
        *(Column(text("last day"), Kind.DAY), Column(text("days after it"), Kind.CHANGE)),
        *(Column(text("article"), Kind.TEXT), Column(text("source"), Kind.TEXT)),
    )
    rows = [
        Row((str(a.period), a.day, a.latest, a.days_late, a.article, a.source))
        for a in found.announced
    ]
    return Table(text("Days of announcement"), columns, tuple(rows))
