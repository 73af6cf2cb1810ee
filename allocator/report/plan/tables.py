"""The tables of a plan: municipalities, locations and aims."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from allocator.plan.after.planned import Planned
from allocator.plan.question.posing import KINDS
from allocator.report.layout import by_name
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table
from allocator.report.plan.said import aim, name_of
from allocator.words.levels import level_name
from allocator.words.text import Value, series, text

PEOPLE = "population"


def municipalities(planned: Planned) -> Table:
    """Per municipality its number, what counts, what is planned, and how far it is off."""
    columns = (
        Column(text("municipality"), Kind.TEXT),
        *(Column(text("indicative")), Column(text("after agreements"))),
        *(Column(text("counts already")), Column(text("planned")), Column(text("carried"))),
        Column(text("difference"), Kind.CHANGE),
        Column("%", Kind.PERCENT, signed=True),
        Column(text("per 1,000"), Kind.DECIMAL, 2),
        *(Column(text("minors")), Column(text("minors carried"))),
    )
    rows = [
        Row(
            tuple(_municipality(planned, code)),
            depth=int(code != planned.posed.area),
            level=level_of(planned, code),
            code=code,
        )
        for code in ordered(planned)
    ]
    title = text("Per municipality")
    return Table(title, columns, tuple(rows), sheet=text("places"), sorts=True)


def ordered(planned: Planned) -> list[str]:
    """The province, then its municipalities by name."""
    division = planned.distribution.instance.division
    order = sorted((division.by_code[code] for code in planned.codes), key=by_name)
    return [planned.posed.area, *(area.code for area in order)]


def level_of(planned: Planned, code: str) -> Value:
    division = planned.distribution.instance.division
    return level_name(division.by_code[code].level, 2)


def _municipality(planned: Planned, code: str) -> Iterator[Cell]:
    task, carried = planned.task(code), planned.carried(code)
    yield name_of(planned, code)
    yield planned.posed.numbers[code].whole
    yield task.whole
    yield planned.posed.already[code].whole
    yield planned.planned_in(code).whole
    yield carried.whole
    off = carried.whole - task.whole
    yield off
    yield Fraction(off, task.whole) if task.whole else None
    people = _people(planned, code)
    yield carried.whole * 1000 / people if people else None
    yield task.minors
    yield carried.minors


def _people(planned: Planned, code: str) -> Fraction | None:
    people = planned.distribution.instance.indicators.get(PEOPLE)
    if people is None:
        return None
    leaves = planned.distribution.instance.division.members[code]
    return sum((people.values[leaf] for leaf in leaves), Fraction(0))


def locations(planned: Planned) -> Table:
    """The locations that the plan opens."""
    columns = (
        *(Column(text("location"), Kind.TEXT), Column(text("municipality"), Kind.TEXT)),
        *(Column(text("kind"), Kind.TEXT), Column(text("opens"), Kind.DAY)),
        *(Column(text("places")), Column(text("from")), Column(text("to"))),
        Column(text("euros")),
    )
    rows = [
        Row(
            (
                location.title,
                series([name_of(planned, code) for code in location.areas]),
                KINDS[location.kind],
                location.opens,
                *(size, location.smallest, location.largest, location.cost),
            )
        )
        for location, size in planned.opened
    ]
    return Table(text("Locations"), columns, tuple(rows), sorts=True)


def aims(planned: Planned) -> Table:
    """The aims in their order, what the plan has, and whether less is ruled out."""
    columns = (
        Column(text("aim, in this order"), Kind.TEXT),
        Column(text("number")),
        Column(text("proven"), Kind.TEXT),
    )
    rows = [
        Row((aim(stage), stage.value, text("yes") if stage.proven else text("no")))
        for stage in planned.plan.stages
    ]
    return Table(text("The aims"), columns, tuple(rows))
