"""The tables of a plan: municipalities, locations and aims, as lines of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.plan.planned import Planned
from allocator.plan.posing import KINDS
from allocator.report.layout import by_name
from allocator.report.plan.said import aim, name_of
from allocator.words.numbers import decimals, whole
from allocator.words.say import say
from allocator.words.text import Value, change, series, text

NONE = "–"
PEOPLE = "population"


@dataclass(frozen=True)
class Table:
    """Lines of cells under a heading; the first columns are texts."""

    heading: Sequence[str]
    lines: Sequence[Sequence[str]]
    texts: int = 1


def municipalities(planned: Planned, lang: str) -> Table:
    """Per municipality its number, what counts, what is planned, and how far it is off."""
    heading: list[Value] = [
        *(text("municipality"), text("indicative"), text("after agreements")),
        *(text("counts already"), text("planned"), text("carried")),
        *(text("difference"), "%", text("per 1,000")),
        *(text("minors"), text("minors carried")),
    ]
    division = planned.distribution.instance.division
    order = sorted((division.by_code[code] for code in planned.codes), key=by_name)
    codes = [planned.posed.area, *(area.code for area in order)]
    return Table(
        [say(each, lang) for each in heading],
        [list(_municipality(planned, code, lang)) for code in codes],
    )


def _municipality(planned: Planned, code: str, lang: str) -> Iterator[str]:
    inside = "" if code == planned.posed.area else "  "
    task, carried = planned.task(code), planned.carried(code)
    yield inside + name_of(planned, code)
    yield whole(planned.posed.numbers[code].whole, lang)
    yield whole(task.whole, lang)
    yield whole(planned.posed.already[code].whole, lang)
    yield whole(planned.planned_in(code).whole, lang)
    yield whole(carried.whole, lang)
    off = carried.whole - task.whole
    yield say(change(off), lang)
    yield _part(off, task.whole, lang)
    people = _people(planned, code)
    yield decimals(carried.whole * 1000 / people, 2, lang) if people else NONE
    yield whole(task.minors, lang)
    yield whole(carried.minors, lang)


def _part(off: int, of: int, lang: str) -> str:
    if not of:
        return NONE
    written = decimals(Fraction(100 * off, of), 0, lang)
    return f"+{written}" if off > 0 and written != "0" else written


def _people(planned: Planned, code: str) -> Fraction | None:
    people = planned.distribution.instance.indicators.get(PEOPLE)
    if people is None:
        return None
    leaves = planned.distribution.instance.division.members[code]
    return sum((people.values[leaf] for leaf in leaves), Fraction(0))


def locations(planned: Planned, lang: str) -> Table:
    """The locations that the plan opens."""
    heading = [
        *(text("location"), text("municipality"), text("kind"), text("opens")),
        *(text("places"), text("from"), text("to"), text("euros")),
    ]
    lines = []
    for location, size in planned.opened:
        areas = series([name_of(planned, code) for code in location.areas])
        lines.append(
            [
                location.title,
                say(areas, lang),
                say(KINDS[location.kind], lang),
                location.opens.isoformat() if location.opens else NONE,
                whole(size, lang),
                whole(location.smallest, lang),
                whole(location.largest, lang),
                NONE if location.cost is None else whole(location.cost, lang),
            ]
        )
    return Table([say(each, lang) for each in heading], lines, texts=4)


def aims(planned: Planned, lang: str) -> Table:
    """The aims in their order, what the plan has, and whether less is ruled out."""
    heading = [text("aim, in this order"), text("number"), text("proven")]
    lines = [
        [
            say(aim(stage), lang),
            whole(stage.value, lang),
            say(text("yes"), lang) if stage.proven else say(text("no"), lang),
        ]
        for stage in planned.plan.stages
    ]
    return Table([say(each, lang) for each in heading], lines)
