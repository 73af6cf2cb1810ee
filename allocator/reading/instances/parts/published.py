"""Reads the table as it was published, whole or in part."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from allocator.model.areas import Division
from allocator.model.instance import Published, PublishedRow, Quantity
from allocator.model.problem import Problems
from allocator.model.streams import Streams
from allocator.reading.downloaded.areas import gazetteer_of_division
from allocator.reading.formats.csv_table import Dialect, Record, Table
from allocator.reading.formats.numerals import Numerals, Unreadable, balance
from allocator.reading.workbooks.as_made import AsMade, by_words
from allocator.reading.workbooks.table_file import read_table
from allocator.words.text import LocalText, text

COLUMNS = ("code", "name", "stream", "number")


def read_published(
    path: Path,
    dialect: Dialect,
    source: LocalText,
    division: Division,
    streams: Streams,
    others: Mapping[str, tuple[str, ...]],
    problems: Problems,
) -> Published:
    """The published rows, each for an area and a stream of the instance.

    In a workbook as people make it, the streams may stand side by side, and a row of totals is
    that of the country: it is shown beside the computed number, and not held against a sum.
    """

    def made() -> AsMade:
        return AsMade(
            gazetteer_of_division(division, others),
            division.leaf_level,
            larger=True,
            streams=streams,
            told=by_words(streams, division.day),
        )

    table = read_table(path, dialect, problems, COLUMNS, ("quantity", "source"), made)
    rows = []
    for record in table.once("code", "stream", "quantity", meant=_meant):
        row = _row(record, table, division, streams)
        if row:
            rows.append(row)
    return Published(source, tuple(rows))


def _row(record: Record, table: Table, division: Division, streams: Streams) -> PublishedRow | None:
    number = record.read("number", balance)
    quantity = record.read("quantity", _quantity)
    if record["code"] not in division.by_code:
        table.problems.add(
            record.place,
            text("There is no area {code} on {day}.", code=record["code"], day=division.day),
            text("Mend the code, or take the line out."),
        )
    elif record["stream"] not in streams.names:
        table.problems.add(
            record.place,
            text("There is no stream {name} here.", name=f"'{record['stream']}'"),
            text("The streams are: {names}.", names=", ".join(streams.names)),
        )
    elif quantity is Quantity.NUMBER and number is not None and number < 0:
        table.problems.add(
            record.place,
            text("{written} is negative.", written=str(number)),
            text("Only a number with a head start in it can be: write `corrected` as quantity."),
        )
    elif number is not None and quantity is not None:
        return PublishedRow(record["code"], record["stream"], number, quantity, record["source"])
    return None


def _quantity(written: str, _: Numerals) -> Quantity:
    try:
        return Quantity(written or "number")
    except ValueError:
        raise Unreadable(
            text("{written} is no quantity.", written=f"'{written}'"),
            text("Write one of: {names}.", names=", ".join(Quantity)),
        ) from None


def _meant(column: str, written: str) -> str:
    """A quantity that is not written is the number."""
    return written or "number" if column == "quantity" else written
