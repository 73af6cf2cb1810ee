"""The areas of a country on a day, with those that were there before or after it."""

from __future__ import annotations

from datetime import date

from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.country.areas import read_areas
from allocator.reading.country.register import TABLE, read_register
from allocator.reading.country.tables import other_names_of, shared_table
from allocator.reading.downloaded.areas import Gazetteer, Known, by_name
from allocator.reading.formats.csv_table import PLAIN
from allocator.words.text import text


def gazetteer(country: str, day: date, levels: tuple[str, ...]) -> Gazetteer:
    """The areas of these levels on a day, with the register of municipalities."""
    register = read_register(country)
    if not register.first <= day <= register.last:
        raise InputError(
            Problem(
                Place("--on"),
                text("The record of municipalities does not reach to {day}.", day=day),
                text(
                    "Name a day from {first} to {last}.", first=register.first, last=register.last
                ),
            )
        )
    table = shared_table(country, TABLE, Place(""))
    problems = Problems()
    records = read_areas(
        table.file(day.year, Place("")), PLAIN, tuple(table.shape.levels), problems
    )
    problems.raise_any()
    there = {
        span.code: span.name
        for span in register.spans
        if (span.start is None or span.start <= day) and (span.end is None or day < span.end)
    }
    ever = {span.code for span in register.spans}
    leaf_level = next(record["level"] for code, record in records.items() if code in ever)
    areas = {
        code: Known(code, record["name"], record["level"], record["parent"])
        for code, record in records.items()
        if code not in ever and record["level"] in levels
    }
    if leaf_level in levels:
        for code, name in there.items():
            parent = records[code]["parent"] if code in records else ""
            areas[code] = Known(code, name, leaf_level, parent)
    root = next(code for code, record in records.items() if not record["parent"])
    return Gazetteer(day, areas, root, register, by_name(areas.values()), other_names_of(country))
