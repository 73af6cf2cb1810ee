"""Reads the national totals from a table, as they stand in the annex of a letter.

Each row is a stream, by its name or its title, with its number and perhaps who announced it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from allocator.model.instance import Total
from allocator.model.problem import Problems
from allocator.model.streams import Streams
from allocator.reading.downloaded.areas import gazetteer_of
from allocator.reading.formats.csv_table import Dialect, Record
from allocator.reading.formats.numerals import day, whole
from allocator.reading.workbooks.as_made import AsMade
from allocator.reading.workbooks.table_file import read_table
from allocator.words.text import LocalText, text


def read_totals(
    path: Path,
    dialect: Dialect,
    streams: Streams,
    on: date,
    source: LocalText | None,
    announced: date | None,
    problems: Problems,
) -> dict[str, Total]:
    """The totals by stream; `source` and `announced` hold for rows that say nothing of it."""

    def made() -> AsMade:
        called = {"stream": ("onderdeel", "taakstelling"), "number": ("totaal", "total")}
        return AsMade(gazetteer_of(on, (), {}), "", streams=streams, called=called)

    table = read_table(path, dialect, problems, ("stream", "number"), ("source", "announced"), made)
    given = [stream.name for stream in streams.given]
    found = {}
    for record in table.once("stream"):
        number, name = record.read("number", whole), record["stream"]
        said = LocalText(record["source"], record["source"]) if record["source"] else source
        since = _announced(record, announced)
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
