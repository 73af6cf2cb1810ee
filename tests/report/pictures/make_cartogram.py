"""Makes the stored places of circles again: `python -m tests.report.pictures.make_cartogram`.

Each file of the table holds the centroids that its places are computed from, so it is made again
from itself, with the shared tables of inhabitants, areas and borders. It stands with the tests
because one of them makes a year again and holds it beside the stored one.
"""

from __future__ import annotations

import csv
from pathlib import Path

from allocator.model.problem import Problems
from allocator.reading.country.points import read_points
from allocator.reading.country.tables import CARTOGRAM, read_borders, tables_folder, years_of
from allocator.report.pictures.maps.stored import stored_points
from allocator.report.tables import as_csv_table

TABLES = tables_folder("nl")


def column(table: str, year: int, name: str) -> dict[str, str]:
    """A column of a shared table, per code."""
    with (TABLES / table / f"{year}.csv").open(encoding="utf-8", newline="") as file:
        return {record["code"]: record[name] for record in csv.DictReader(file)}


def file_of(year: int) -> Path:
    return TABLES / CARTOGRAM / f"{year}.csv"


def made(year: int) -> str:
    """The file of a year, made from its own centroids."""
    problems = Problems()
    places = read_points(file_of(year), problems)
    borders = read_borders(TABLES / "neighbours" / f"{year}.csv", problems)
    problems.raise_any()
    points = stored_points(
        {code: (place.lon, place.lat) for code, place in places.items()},
        {code: int(number) for code, number in column("population", year, "population").items()},
        column("areas", year, "parent"),
        [border.codes for border in borders],
    )
    lines = [(code, p.name, p.lon, p.lat, *points[code]) for code, p in sorted(places.items())]
    return as_csv_table(("code", "name", "lon", "lat", "x", "y"), lines)


if __name__ == "__main__":
    for each in years_of("nl", CARTOGRAM):
        file_of(each).write_text(made(each), "utf-8", newline="")
