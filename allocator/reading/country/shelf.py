"""Finds figures by name in the shared tables of a country, for keys that name them.

The year is the one that a rule asks for, or else the latest that was there on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from allocator.key.formula import indicators
from allocator.key.reader import read_key
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import Rule, YearAsked
from allocator.reading.country.tables import SharedTable, read_table, tables_folder, years_of
from allocator.reading.instances.parts.sources import NOTHING_ASKED
from allocator.reading.rules import WHOLE_TABLE
from allocator.words.text import text


def asked_by(rule: Rule) -> tuple[str, ...]:
    """The indicators that anything in a rule names."""
    keys = list(rule.keys)
    if rule.formula:
        keys += [s.is_ for s in rule.formula.symbols if s.is_.written not in WHOLE_TABLE]
    named = [name for key in keys for name in indicators(read_key(key.written, key.place))]
    ties = [name for name in rule.ties if name != "code"]
    per = [limit.per_1000 for limit in rule.limits if limit.per_1000]
    return tuple(dict.fromkeys((*rule.indicators, *named, *ties, *per)))


def on_the_shelf(country: str) -> dict[str, tuple[SharedTable, ...]]:
    """Per figure of the shared tables, the tables that have it."""
    found: dict[str, tuple[SharedTable, ...]] = {}
    for path in sorted(tables_folder(country).glob("*/table.yaml")):
        table = read_table(path.parent)
        for name in table.shape.columns:
            found[name] = (*found.get(name, ()), table)
    return found


def figures_of(
    country: str,
    names: Iterable[str],
    rule: Rule,
    day: date,
    years: Mapping[str, int],
    places: Mapping[str, Place] | None = None,
) -> dict[str, dict[str, str]]:
    """Per name the shared table that has its figures, and the year of them.

    `places` tells per name where it was asked for, if not by a rule whose years may be typed.
    """
    problems = Problems()
    asked_at = places or {}
    shelf = on_the_shelf(country)
    found = {}
    for name in names:
        having = shelf.get(name, ())
        if len(having) != 1:
            problems.add(
                asked_at.get(name, Place("--rule")),
                text("No shared table, or more than one, has {name}.", name=f"'{name}'"),
                text("Make an instance of it, which says where its figures stand."),
            )
            continue
        with problems.collecting():
            place = asked_at.get(name, Place("--year"))
            year = years.get(name) or _year(country, rule, name, having[0], day, place)
            found[name] = {"table": having[0].shape.table, "year": str(year)}
    problems.raise_any()
    return found


def _year(country: str, rule: Rule, name: str, table: SharedTable, day: date, place: Place) -> int:
    """The year that a rule asks for, or the latest that was there on the day."""
    if rule.indicators.get(name, NOTHING_ASKED).year is YearAsked.PREVIOUS:
        return day.year - 1
    years = years_of(country, table.shape.table)
    before = [year for year in years if date(year, 1, 1) <= day]
    if before:
        return before[-1]
    raise InputError(
        Problem(
            place,
            text("There are no figures of {name} of {day} or earlier.", name=f"'{name}'", day=day),
            text(
                "The first are of {year}: take a later period, or make an instance with your own.",
                year=str(years[0]),
            ),
        )
    )
