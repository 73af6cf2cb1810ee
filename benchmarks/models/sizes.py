"""Areas and figures in four sizes: the Netherlands, Germany, and two countries that are drawn."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from random import Random

from allocator.reading.library import instances_folder
from benchmarks.models.model import Model, Stream

Parents = dict[str, tuple[str, str]]
Figures = dict[str, dict[str, str]]

TOTALS = {"places": 96_000, "minors": 8_140, "families": 20_500, "ukrainians": 11_000}
"""The whole and its parts for the Netherlands; others get so many more as they have leaves."""


def sized(size: str, streams: int) -> Model:
    """A model by the name of its size."""
    return SIZES[size](streams)


def netherlands(streams: int) -> Model:
    """Reception 2024: the figures of nl/reception-2024, with invented parts after the first."""
    areas = _areas("nl", 2023, ("country", "province", "municipality"))
    figures = _figures("nl", areas, {"population": 2023, "ses-woa-approx": 2022, "dwellings": 2023})
    by_score = "(ses_woa + 1) * population / national(population)"
    keys = (by_score, by_score, "population", "households")
    return _model("342", ("country", "province", "municipality"), areas, figures, keys[:streams])


def germany(streams: int) -> Model:
    """All municipalities of 2019 in proportion to their inhabitants."""
    levels = ("country", "land", "district", "municipality")
    areas = _areas("de", 2019, levels)
    figures = _figures("de", areas, {"population": 2019})
    return _model("10,796", levels, areas, figures, ("population",) * streams)


def drawn(leaves: int, streams: int) -> Model:
    """Municipalities in 100 departments in 13 regions, with a figure of its own for each stream.

    No two municipalities have equal inhabitants, so that few claims tie.
    """
    draw = Random(20261121)
    areas: Parents = {"country": ("country", "")}
    areas |= {f"R{n:02}": ("region", "country") for n in range(13)}
    areas |= {f"D{n:02}": ("department", f"R{n % 13:02}") for n in range(100)}
    codes = [f"M{n:06}" for n in range(leaves)]
    areas |= {code: ("municipality", f"D{draw.randrange(100):02}") for code in codes}
    people = _different(draw, leaves)
    figures = {"population": dict(zip(codes, map(str, people), strict=True))}
    for name in ("children", "households", "workers")[: streams - 1]:
        figures[name] = {
            code: str(int(count * draw.uniform(0.5, 1.5)))
            for code, count in zip(codes, people, strict=True)
        }
    levels = ("country", "region", "department", "municipality")
    return _model(f"{leaves:,}", levels, areas, figures, tuple(figures))


def _different(draw: Random, count: int) -> list[int]:
    found: dict[int, None] = {}  # a set that keeps its order
    while len(found) < count:
        found[int(draw.lognormvariate(10.0, 1.3)) + 1] = None
    return list(found)


def _model(
    size: str,
    levels: tuple[str, ...],
    areas: Parents,
    figures: Mapping[str, Mapping[str, str]],
    keys: tuple[str, ...],
) -> Model:
    leaves = sum(level == levels[-1] for level, _ in areas.values())
    streams = {
        name: Stream(round(total * max(1, leaves / 1000)), key)
        for (name, total), key in zip(TOTALS.items(), keys, strict=False)
    }
    return Model(f"{size} × {len(keys)}", levels, areas, figures, streams)


def _areas(country: str, year: int, levels: tuple[str, ...]) -> Parents:
    rows = [row for row in _rows(country, "areas", year) if row["level"] in levels]
    rows.sort(key=lambda row: levels.index(row["level"]))
    return {row["code"]: (row["level"], row["parent"]) for row in rows}


def _figures(country: str, areas: Parents, years: Mapping[str, int]) -> Figures:
    found: Figures = {}
    for table, year in years.items():
        rows = _rows(country, table, year)
        column = next(name for name in rows[0] if name not in ("code", "name"))
        found[column] = {row["code"]: row[column] for row in rows if row["code"] in areas}
    return found


def _rows(country: str, table: str, year: int) -> list[dict[str, str]]:
    file = instances_folder() / country / "tables" / table / f"{year}.csv"
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


SIZES: dict[str, Callable[[int], Model]] = {
    "342": netherlands,
    "10,796": germany,
    "35,000": lambda streams: drawn(35_000, streams),
    "100,000": lambda streams: drawn(100_000, streams),
}
"""From the number of leaves and of streams to the model."""
