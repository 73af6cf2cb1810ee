"""Reads a file of a table of places: where each area lies, and where its circle stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from allocator.model.problem import Problems
from allocator.reading.formats.csv_table import PLAIN, read_csv
from allocator.reading.formats.numerals import Numerals, Unreadable
from allocator.words.text import text

COLUMNS = ("code", "lon", "lat", "x", "y")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an area lies on the globe and in the cartogram."""

    name: str
    lon: float  # degrees to the east
    lat: float  # degrees to the north
    x: float  # kilometres to the east of a point that the table chooses
    y: float  # kilometres to the north of it


def read_points(path: Path, problems: Problems) -> dict[str, Spot]:
    """Per code its place."""
    found = {}
    for record in read_csv(path, PLAIN, problems, COLUMNS, ("name",)).once("code"):
        values = [record.read(column, _coordinate) for column in COLUMNS[1:]]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            found[record["code"]] = Spot(record["name"], *known)
    return found


def _coordinate(written: str, numerals: Numerals) -> float:
    value = numerals.read(written)
    if abs(value) < 100_000:
        return float(value)
    raise Unreadable(
        text("{written} is no coordinate.", written=f"'{written}'"),
        text("Write degrees, or kilometres."),
    )
