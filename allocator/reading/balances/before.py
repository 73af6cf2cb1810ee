"""Reads the account of the half-year before, as it was closed in its own division."""

from __future__ import annotations

from pathlib import Path

from allocator.model.balances import Cell, Closed
from allocator.model.problem import Problems
from allocator.reading.formats.csv_table import PLAIN
from allocator.reading.formats.numerals import balance
from allocator.reading.workbooks.table_file import read_table
from allocator.words.text import text

AMOUNTS = ("number", "changed", "opening", "realised", "closing")


def read_before(path: Path, problems: Problems) -> dict[Cell, Closed]:
    """The lines by area and stream, each of which closes."""
    table = read_table(path, PLAIN, problems, ("code", "stream", *AMOUNTS), ("name",))
    found = {}
    for record in table.once("code", "stream"):
        amounts = [record.read(column, balance) for column in AMOUNTS]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(AMOUNTS):
            continue
        line = Closed(*known)
        if line.number + line.changed + line.opening - line.realised != line.closing:
            problems.add(
                record.place,
                text(
                    "{number} + {changed} + {opening} − {realised} is not {closing}.",
                    number=line.number,
                    changed=line.changed,
                    opening=line.opening,
                    realised=line.realised,
                    closing=line.closing,
                ),
                text("Mend the line, or roll the half-year before once more."),
            )
        found[record["code"], record["stream"]] = line
    return found
