"""Finds where the circles of a country's areas stand, on the map of a day.

The places of municipalities are stored per year. A larger area stands in the middle of its
municipalities; one that is not in the year itself is looked up in the years nearest to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.model.areas import Division
from allocator.model.geography import Layout, Point
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.country.areas import COLUMNS, read_areas
from allocator.reading.country.points import read_points
from allocator.reading.country.register import TABLE
from allocator.reading.country.tables import (
    CARTOGRAM,
    SharedTable,
    shared_table,
    tables_folder,
    years_of,
)
from allocator.reading.formats.csv_table import PLAIN, Record
from allocator.words.text import Text, series, text

_GEOMETRY = Place("--geometry")


def layout_of(country: str, division: Division) -> Layout:
    """A place for every leaf of a division."""
    if not (tables_folder(country) / CARTOGRAM / "table.yaml").is_file():
        raise _refused(text("No map of this country is kept here ({country}).", country=country))
    table = shared_table(country, CARTOGRAM, _GEOMETRY)
    wanted = [leaf.code for leaf in division.leaves]
    found: dict[str, Point] = {}
    problems = Problems()
    day = division.day.year
    for year in sorted(years_of(country, CARTOGRAM), key=lambda year: (abs(year - day), year)):
        if len(found) < len(wanted):
            points = _points(country, table, year, problems)
            found |= {c: points[c] for c in wanted if c in points and c not in found}
    problems.raise_any()
    lacking = [division.by_code[code].name for code in wanted if code not in found]
    if lacking:
        raise _refused(text("The map kept here has no place for {names}.", names=series(lacking)))
    return Layout(found, table.shape.publisher.local())


def layout_or_none(instance: Instance) -> Layout | None:
    """The same, or nothing for a country of which no places are kept."""
    try:
        return layout_of(instance.country, instance.division)
    except InputError:
        return None


def _points(country: str, table: SharedTable, year: int, problems: Problems) -> dict[str, Point]:
    """The places of a year, those of larger areas too."""
    places = read_points(table.file(year, _GEOMETRY), problems)
    own = {code: (place.x, place.y) for code, place in places.items()}
    areas = shared_table(country, TABLE, _GEOMETRY)
    path, levels = areas.file(year, _GEOMETRY), tuple(areas.shape.levels)
    return _middles(own, read_areas(path, PLAIN, levels, problems).values()) | own


def _middles(own: Mapping[str, Point], areas: Iterable[Record]) -> dict[str, Point]:
    """Per larger area the middle of the places of its municipalities."""
    inside: dict[str, list[Point]] = {}
    for record in areas:
        if record["code"] in own:
            for column, held_by in record.cells.items():
                if column not in COLUMNS[:3] and held_by:
                    inside.setdefault(held_by, []).append(own[record["code"]])
    return {
        code: (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
        for code, points in inside.items()
    }


def _refused(found: Text) -> InputError:
    mend = text("Give the borders of its areas as GeoJSON: --geometry FILE.")
    return InputError(Problem(_GEOMETRY, found, mend))
