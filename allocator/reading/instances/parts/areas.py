"""The areas of an instance: its map of a day, and those of earlier days that figures come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allocator.model.mergers import Change, between
from allocator.reading.country.areas import (
    Map,
    build,
    read_areas,
    refuse_unknown_levels,
    without_vanished,
)
from allocator.reading.country.tables import other_names_of, shared_table
from allocator.reading.downloaded.areas import Gazetteer, Known, gazetteer_of
from allocator.reading.formats.csv_table import PLAIN, Record
from allocator.reading.instances.opened import Opened
from allocator.words.text import text


@dataclass(frozen=True)
class Ground:
    """A map, and what is known of the areas of other days whose figures are brought to it."""

    opened: Opened
    map: Map
    changes: tuple[Change, ...]

    def areas_on(self, day: date) -> set[str]:
        """The codes for which figures of an earlier division must be there."""
        if self.opened.shape.areas.file:
            return set()
        records = _records(self.opened, day, self.changes)
        below = [code for code, leaf in self.map.finer.items() if code != leaf]
        levels = {records[code]["level"] for code in below if code in records}
        lowest = levels or {self.map.division.leaf_level}
        return {code for code, record in records.items() if record["level"] in lowest}

    def known_on(self, day: date) -> Gazetteer:
        """The areas of a day by the names that people give them."""
        areas = (
            Known(code, record["name"], record["level"], record["parent"])
            for code, record in _records(self.opened, day, self.changes).items()
        )
        return gazetteer_of(day, areas, other_names_of(self.opened.country))


def map_on(opened: Opened, day: date, changes: tuple[Change, ...]) -> Map | None:
    """The map of a day with the instance's levels, or None with the problems noted."""
    shape, problems = opened.shape.areas, opened.problems
    if bool(shape.table) == bool(shape.file):
        opened.problem(
            text("Areas come from one place."),
            text("Write either `table:` or `file:`."),
            "areas",
        )
        return None
    with problems.collecting():
        before = len(problems.found)
        records = _records(opened, day, changes)
        if len(problems.found) == before:
            tree, also = tuple(shape.tree), tuple(shape.also)
            return build(records, day, tree, also, opened.file.place("areas"), problems)
    return None


def _records(opened: Opened, day: date, changes: tuple[Change, ...]) -> dict[str, Record]:
    """The areas of the instance's own file, or those of a shared table on the day itself."""
    shape, problems = opened.shape.areas, opened.problems
    if shape.file:
        path, dialect = opened.table("areas", shape.file, shape.dialect)
        levels = (*shape.tree, *shape.also)
        records = read_areas(path, dialect, levels, problems)
        refuse_unknown_levels(records, levels, shape.tree[-1], problems)
        return records
    place = opened.file.place("areas", "table")
    if shape.dialect:
        opened.problem(
            text("{key} is said of a file, and not beside `table:`.", key="`dialect:`"),
            text("Take it out."),
            "areas",
            "dialect",
        )
    table = shared_table(opened.country, shape.table, place)
    levels = tuple(table.shape.levels)
    records = read_areas(table.file(day.year, place), PLAIN, levels, problems)
    within_year = between(changes, date(day.year, 1, 1), day)
    if any(change.new_code not in records for change in within_year):
        later = read_areas(table.file(day.year + 1, place), PLAIN, levels, problems)
        records = {**later, **records}
    return without_vanished(records, within_year)
