"""The national totals: those that an instance gives, or those that are typed instead.

They stand in instance.yaml or in a table, as in the annex of a letter: a stream per row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from allocator.model.instance import Total
from allocator.model.problem import Place, Problems
from allocator.model.streams import Streams
from allocator.reading.downloaded.areas import gazetteer_of
from allocator.reading.formats.csv_table import Dialect, Record
from allocator.reading.formats.numerals import day, whole
from allocator.reading.instances.opened import Opened
from allocator.reading.shapes.instances import TotalsFileShape
from allocator.reading.workbooks.as_made import AsMade
from allocator.reading.workbooks.table_file import read_table
from allocator.words.nearest import nearest
from allocator.words.text import LocalText, series, text


def own_totals(opened: Opened, streams: Streams, day: date) -> dict[str, Total]:
    """The totals that the instance gives, here or in a table of its own."""
    shape = opened.shape.totals_file
    if shape is None:
        return {
            name: Total(name, total.number, total.source.local(), total.announced)
            for name, total in opened.shape.totals.items()
        }
    if opened.shape.totals:
        opened.problem(
            text("The totals come from one place."),
            text("Write either `totals:` or `totals_file:`."),
            "totals_file",
        )
    with opened.problems.collecting():
        path, dialect = opened.table("totals", shape.file, shape.dialect)
        return _read_totals(path, dialect, streams, day, shape, opened.problems)
    return {}


def _read_totals(
    path: Path,
    dialect: Dialect,
    streams: Streams,
    on: date,
    shape: TotalsFileShape,
    problems: Problems,
) -> dict[str, Total]:
    """The totals of a table by stream, by its name or its title."""
    source = shape.source.local() if shape.source else None

    def made() -> AsMade:
        called = {"stream": ("onderdeel", "taakstelling"), "number": ("totaal", "total")}
        return AsMade(gazetteer_of(on, (), {}), "", streams=streams, called=called)

    table = read_table(path, dialect, problems, ("stream", "number"), ("source", "announced"), made)
    given = [stream.name for stream in streams.given]
    found = {}
    for record in table.once("stream"):
        number, name = record.read("number", whole), record["stream"]
        said = LocalText(record["source"], record["source"]) if record["source"] else source
        since = _announced(record, shape.announced)
        if name not in given:
            problems.add(
                record.place,
                text("There is no stream {name} here.", name=f"'{name}'"),
                text("The streams are: {names}.", names=", ".join(given)),
            )
        elif said is None:
            problems.add(
                record.place,
                text("It is not said who announced the total of {name}.", name=f"'{name}'"),
                text("Fill in a column `source`, or write `source:` beside `file:`."),
            )
        elif number is not None:
            found[name] = Total(name, number, said, since)
    return found


def _announced(record: Record, otherwise: date | None) -> date | None:
    if not record["announced"]:
        return otherwise
    return record.read("announced", lambda written, _: day(written))


def totals_of(
    opened: Opened, streams: Streams, own: Mapping[str, Total], others: Mapping[str, int]
) -> dict[str, Total]:
    """The totals that are divided, those typed before those given; every stream has one."""
    given = [stream.name for stream in streams.given]
    totals = dict(own)
    for name, number in others.items():
        if not name and len(given) > 1:
            opened.problems.add(
                Place("--total"),
                text("There are several streams: {names}.", names=", ".join(given)),
                text("Say which: --total {name}=N.", name=given[0]),
            )
        elif not name and given[0] in others:
            opened.problems.add(
                Place("--total"),
                text("Two numbers are given for {name}.", name=given[0]),
                text("Keep one of the two."),
            )
        else:
            only = name or given[0]
            totals[only] = Total(only, number, LocalText("--total", "--total"), None)
    _check_names(opened, streams, totals, others)
    _check_parts(opened, streams, totals)
    return totals


def _check_names(
    opened: Opened, streams: Streams, totals: Mapping[str, Total], others: Mapping[str, int]
) -> None:
    """Every stream that is given has a total, and no other."""
    given = [stream.name for stream in streams.given]
    rests = {stream.name: stream for stream in streams.rests}
    for name in totals:
        place = Place("--total") if name in others else opened.file.place("totals", name)
        if name in rests:
            found = text(
                "{name} is what the parts of {whole} leave, and has no total of its own.",
                name=f"'{name}'",
                whole=f"'{rests[name].rest_of}'",
            )
        elif name not in given:
            found = text("The rule distributes no {name}.", name=f"'{name}'")
        else:
            continue
        mend = nearest(name, given, text("It asks totals for: {names}.", names=", ".join(given)))
        opened.problems.add(place, found, mend)
    for name in given:
        if name not in totals:
            opened.problem(
                text("The total of {name} is missing.", name=f"'{name}'"),
                text("Add it under `totals:`, or type --total {name}=N.", name=name),
                "totals",
            )


def _check_parts(opened: Opened, streams: Streams, totals: Mapping[str, Total]) -> None:
    """The parts of a stream are no more than their whole."""
    for stream in streams.all:
        parts = [totals[part.name] for part in streams.parts(stream.name) if part.name in totals]
        whole = totals.get(stream.name)
        if whole and sum(part.number for part in parts) > whole.number:
            opened.problem(
                text(
                    "{names} add up to {parts}, more than {whole} ({total}) they are part of.",
                    names=series([f"'{part.stream}'" for part in parts]),
                    whole=f"'{stream.name}'",
                    parts=sum(part.number for part in parts),
                    total=whole.number,
                ),
                text("Mend one of the totals."),
                "totals",
            )
