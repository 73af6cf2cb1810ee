"""Reads a result back: the instance it was made of, as far as numbers depend on it.

A result is read after `verify` has found that all of it belongs together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pydantic import ConfigDict, Field

from allocator import verify
from allocator.model.areas import Area, Division
from allocator.model.balances import NOTHING_KNOWN
from allocator.model.indicator import Indicator, Kind, Quality
from allocator.model.instance import Instance, Total
from allocator.model.limits import Limit
from allocator.model.problem import InputError, Place, Problem
from allocator.model.rule import (
    OWN_BOUNDS,
    After,
    AfterKind,
    Choice,
    Crossing,
    Direction,
    Lot,
    Method,
    Rounding,
    Rule,
    Step,
    Ties,
)
from allocator.model.streams import KeyText, Stream, Streams
from allocator.reading.formats.json_file import JsonFile, read_json
from allocator.reading.shapes.shape import Both, Day, Line, QualifiedName, Shape, Whole, Year
from allocator.reading.shapes.shaped import shaped
from allocator.words.text import text

LARGEST = 200_000_000  # bytes; the 10,796 German municipalities take ten million


class Entry(Shape):
    """A record of which only these entries are read."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class StepEntry(Entry):
    level: str | None
    key: Line
    own: dict[str, Line] = Field(default_factory=dict)


class AfterEntry(Entry):
    do: AfterKind
    of: str | None
    least: str | None
    most: str | None
    article: str
    says: Both


class RuleEntry(Entry):
    name: QualifiedName
    valid_from: Day
    valid_until: Day | None
    checked_on: Day
    title: Both
    direction: Direction
    steps: list[StepEntry]
    after: list[AfterEntry] = Field(default_factory=list)
    ties: list[Line]


class LotEntry(Entry):
    drawn_for: Line
    order: list[tuple[str, str]]


class ChoiceEntry(Entry):
    rounding: Rounding
    method: Method
    ties: Ties | list[LotEntry]
    fixed: list[Line]


class TotalEntry(Entry):
    stream: Line
    number: Whole
    source: Both
    announced: Day | None


class StreamEntry(Entry):
    name: Line
    title: Both
    part_of: str | None
    rest_of: str | None
    key: str | None


class AreaEntry(Entry):
    code: Line
    name: Line
    level: Line
    parent: str | None
    leaves: tuple[str, ...] = ()


class IndicatorEntry(Entry):
    name: Line
    title: Both
    kind: Kind
    year: Year
    reference: Both
    quality: Quality
    source: Both
    licence: str
    values: dict[str, str]
    lacking: list[str] = Field(default_factory=list)
    assumed: list[str] = Field(default_factory=list)


class LimitEntry(Entry):
    name: Line
    source: Both
    stream: Line
    areas: list[str]
    at_least: Whole | None
    at_most: Whole | None
    nothing_or: Whole | None


class CellEntry(Entry):
    code: Line
    stream: Line
    number: Whole


class ResultEntry(Entry):
    instance: QualifiedName
    title: Both
    period: Line
    date: Day
    rule: RuleEntry
    choice: ChoiceEntry
    totals: list[TotalEntry]
    streams: list[StreamEntry]
    tree: list[Line]
    also: list[Line]
    areas: list[AreaEntry]
    indicators: list[IndicatorEntry]
    limits: list[LimitEntry]
    cells: list[CellEntry]


@dataclass(frozen=True)
class Result:
    """A question that was answered before, and the numbers that came out."""

    instance: Instance
    choice: Choice
    numbers: Mapping[tuple[str, str], int]


def read_result(path: Path) -> Result:
    """The result in a file, if all of it belongs together."""
    file = read_json(path, LARGEST)
    _refuse_wrong(path, file.name)
    entry = shaped(ResultEntry, file)
    choice = _choice(entry.choice)
    _refuse_unknown_ties(entry, file)
    return Result(
        _instance(entry, choice, file),
        choice,
        {(cell.code, cell.stream): cell.number for cell in entry.cells},
    )


def _refuse_wrong(path: Path, name: str) -> None:
    try:
        reasons = verify.verify(verify.read(str(path)))
    except verify.Unfit as unfit:
        raise InputError(
            Problem(
                Place(name),
                text("This is no result: {reason}.", reason=str(unfit)),
                text("Give a file that `allocator run --out FILE.json` has written."),
            )
        ) from unfit
    if reasons:
        raise InputError(
            Problem(
                Place(name),
                text("This result does not belong together: {reason}.", reason=reasons[0]),
                text("`allocator verify` tells all that is wrong; run it again from its inputs."),
            )
        )


def _refuse_unknown_ties(entry: ResultEntry, file: JsonFile) -> None:
    """What orders ties is a code, or a figure that the result holds."""
    known = ["code", *(each.name for each in entry.indicators)]
    unknown = [name for name in entry.rule.ties if name not in known]
    if unknown:
        raise InputError(
            Problem(
                Place(file.name),
                text("Ties are ordered by {name}, which is not given.", name=f"'{unknown[0]}'"),
                text("Run it again from its inputs."),
            )
        )


def _instance(entry: ResultEntry, choice: Choice, file: JsonFile) -> Instance:
    place = Place(file.name)
    streams = Streams(
        tuple(
            Stream(
                each.name,
                each.title.local(),
                each.part_of or "",
                each.rest_of or "",
                KeyText(each.key, place) if each.key else None,
            )
            for each in entry.streams
        )
    )
    return Instance(
        name=entry.instance,
        title=entry.title.local(),
        day=entry.date,
        period=entry.period,
        rule=_rule(entry.rule, choice, streams, file.name),
        streams=streams,
        totals={
            total.stream: Total(total.stream, total.number, total.source.local(), total.announced)
            for total in entry.totals
        },
        division=_division(entry),
        indicators={each.name: _indicator(each) for each in entry.indicators},
        published=None,
        limits=tuple(
            Limit(
                limit.name,
                limit.source.local(),
                limit.stream,
                tuple(limit.areas),
                limit.at_least,
                limit.at_most,
                limit.nothing_or,
            )
            for limit in entry.limits
        ),
        notes=(),
        revision_of="",
        changed=(),
        uncertain={},
        balances=NOTHING_KNOWN,
        existing={},
        plan=None,
        file=file.name,
    )


def _rule(entry: RuleEntry, choice: Choice, streams: Streams, file: str) -> Rule:
    """The rule as far as numbers depend on it; what crossed the tree was allowed, or absent."""
    return Rule(
        name=entry.name,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        checked_on=entry.checked_on,
        title=entry.title.local(),
        legal_basis=(),
        streams=streams,
        indicators={},
        steps=tuple(
            Step(
                step.level or "",
                KeyText(step.key, Place(file)),
                tuple((name, KeyText(key, Place(file))) for name, key in step.own.items()),
            )
            for step in entry.steps
        ),
        after=tuple(_after(step, file) for step in entry.after),
        direction=entry.direction,
        choice=choice,
        ties=tuple(entry.ties),
        crossing=Crossing.REPORTED,
        limits=(),
        formula=None,
        realised=(),
        progress=OWN_BOUNDS,
        notice=None,
        plan=None,
        gaps=(),
        file=file,
    )


def _after(entry: AfterEntry, file: str) -> After:
    of, least, most = (
        KeyText(written, Place(file)) if written else None
        for written in (entry.of, entry.least, entry.most)
    )
    return After(entry.do, of, least, most, entry.article, entry.says.local())


def _choice(entry: ChoiceEntry) -> Choice:
    ties = (
        entry.ties
        if isinstance(entry.ties, Ties)
        else tuple(Lot(lot.drawn_for, tuple(lot.order)) for lot in entry.ties)
    )
    return Choice(entry.rounding, entry.method, ties, tuple(entry.fixed))


def _division(entry: ResultEntry) -> Division:
    areas = tuple(Area(area.code, area.name, area.level, area.parent or "") for area in entry.areas)
    held: dict[str, list[str]] = {area.code: list(area.leaves) for area in entry.areas}
    above = {area.code: area.parent for area in areas if area.level in entry.tree}
    for area in areas:
        code = area.code
        while area.level == entry.tree[-1] and code:
            held[code].append(area.code)
            code = above[code]
    members = {code: tuple(leaves) for code, leaves in held.items()}
    return Division(entry.date, tuple(entry.tree), tuple(entry.also), areas, members)


def _indicator(entry: IndicatorEntry) -> Indicator:
    return Indicator(
        name=entry.name,
        title=entry.title.local(),
        kind=entry.kind,
        year=entry.year,
        reference=entry.reference.local(),
        source=entry.source.local(),
        licence=entry.licence,
        quality=entry.quality,
        values={code: Fraction(value) for code, value in entry.values.items()},
        portions={},
        lacking=frozenset(entry.lacking),
        assumed=frozenset(entry.assumed),
    )
