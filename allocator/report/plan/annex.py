"""The tables behind a plan's chapter: what its sentences name only the largest of, all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from allocator.core.cells import title_of
from allocator.plan.after.planned import Planned
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table
from allocator.report.plan.others import Others
from allocator.report.plan.said import aim, name_of
from allocator.report.plan.tables import level_of, ordered
from allocator.words.text import Value, series, text


def annex(planned: Planned, others: Others) -> tuple[Table, ...]:
    """The tables that have lines."""
    found = (
        _minors(planned),
        _aims(planned, others),
        _shared(planned),
        _not_opened(planned),
        _handed_over(planned),
        _rest(planned),
        _grant(planned),
    )
    return tuple(table for table in found if table.rows)


def _table(title: Value, columns: Iterable[Column], rows: Iterable[Sequence[Cell]]) -> Table:
    return Table(title, tuple(columns), tuple(Row(tuple(cells)) for cells in rows))


def _minors(planned: Planned) -> Table:
    """Of the places in every column those for minors, and places that are too few to count."""
    columns = (
        Column(text("municipality"), Kind.TEXT),
        *(Column(text("indicative")), Column(text("after agreements"))),
        *(Column(text("counts already")), Column(text("planned")), Column(text("carried"))),
        *(Column(text("difference"), Kind.CHANGE), Column(text("places too few to count"))),
    )
    rows = []
    for code in ordered(planned):
        task, carried = planned.task(code).minors, planned.carried(code).minors
        cells = (
            *(name_of(planned, code), planned.posed.numbers[code].minors, task),
            *(planned.posed.already[code].minors, planned.planned_in(code).minors),
            *(carried, carried - task, planned.uncounted_in(code)),
        )
        depth = int(code != planned.posed.area)
        rows.append(Row(cells, depth, level_of(planned, code), code))
    return Table(text("Places for minors"), columns, tuple(rows), sorts=True)


def _aims(planned: Planned, others: Others) -> Table:
    """What every plan has of each aim, and what no plan has less of."""
    columns = (
        Column(text("aim, in this order"), Kind.TEXT),
        *(Column(text("this plan")), Column(text("no plan has less than"))),
        *(Column(f"({place})") for place in range(1, len(others.next_best.plans) + 1)),
    )
    values = zip(*(other.values for other in others.next_best.plans), strict=True)
    more = list(values) if others.next_best.plans else [()] * len(planned.plan.stages)
    rows = [
        (aim(stage), stage.value, stage.bound, *each)
        for stage, each in zip(planned.plan.stages, more, strict=True)
    ]
    return _table(text("The aims, in every plan"), columns, rows)


def _shared(planned: Planned) -> Table:
    """The places of locations that several municipalities share."""
    titles = {location.name: location.title for location in planned.asked.locations}
    columns = (
        Column(text("location"), Kind.TEXT),
        *(Column(text("municipality"), Kind.TEXT), Column(text("places"))),
    )
    rows = [
        (titles[name], name_of(planned, code), number)
        for (name, code), number in planned.plan.credits.items()
        if number
    ]
    return _table(text("Shared locations"), columns, rows)


def _not_opened(planned: Planned) -> Table:
    """Every location that the plan has no places in, and why it could not, where that is so."""
    opened = {location.name for location, _ in planned.opened}
    barred = (*planned.posed.not_counted, *planned.posed.left_out)
    why = {each.location.name: each.says for each in barred}
    counted = {location.name for location in planned.posed.counted}
    columns = (
        *(Column(text("location"), Kind.TEXT), Column(text("municipality"), Kind.TEXT)),
        *(Column(text("from")), Column(text("to")), Column(text("why"), Kind.TEXT)),
    )
    rows = [
        (
            location.title,
            series([name_of(planned, code) for code in location.areas]),
            *(location.smallest, location.largest, why.get(location.name)),
        )
        for location in planned.asked.locations
        if location.name not in opened | counted
    ]
    return _table(text("Locations without places in the plan"), columns, rows)


def _handed_over(planned: Planned) -> Table:
    """What municipalities hand over to each other, part by part."""
    streams = planned.distribution.instance.streams
    columns = (
        *(Column(text("stream"), Kind.TEXT), Column(text("hands over"), Kind.TEXT)),
        *(Column(text("takes over"), Kind.TEXT), Column(text("number")), Column(text("borders"))),
    )
    rows = [
        (
            title_of(streams, part),
            *(name_of(planned, line.giver), name_of(planned, line.taker)),
            *(line.number, line.borders),
        )
        for part, exchange in planned.swaps.items()
        for line in exchange.lines
    ]
    return _table(text("Swaps, from numbers to plan"), columns, rows)


def _rest(planned: Planned) -> Table:
    """What each municipality lacks, and its share of what the minister would spread."""
    task, streams = planned.rest, planned.distribution.instance.streams
    columns = (
        *(Column(text("municipality"), Kind.TEXT), Column(text("stream"), Kind.TEXT)),
        *(Column(text("lacks")), Column(text("share of the rest"))),
    )
    rows = [
        (name_of(planned, code), title_of(streams, stream), task.lacks[code, stream], share)
        for (code, stream), share in task.shares.items()
        if share or task.lacks[code, stream]
    ]
    return _table(text("The rest task"), columns, rows)


def _grant(planned: Planned) -> Table:
    """In which proportion entitled municipalities have the part that is theirs."""
    columns = (
        Column(text("municipality"), Kind.TEXT),
        Column(text("part"), Kind.PERCENT, 1),
    )
    rows = [(name_of(planned, code), part) for code, part in planned.grant.proportions.items()]
    return _table(text("The grant"), columns, rows)
