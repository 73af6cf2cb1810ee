"""Builds the graph of neighbours on a day from a country's table of borders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import groupby

from allocator.model.mergers import Change, between
from allocator.model.problem import Place, Problems
from allocator.reading.country.tables import (
    NEIGHBOURS,
    SharedTable,
    changes_of,
    read_borders,
    shared_table,
)

Pair = tuple[str, str]


def neighbours(
    country: str, day: date, codes: Collection[str], place: Place, problems: Problems
) -> Mapping[str, tuple[str, ...]]:
    """For each of the areas of a day those of them that it borders on, by code.

    These are the borders on land. Where they leave areas without a way to the others, borders that
    join them are added: the nearest year goes first, and in it land before water.
    """
    table = shared_table(country, NEIGHBOURS, place)
    changes = changes_of(country, problems)
    graph: dict[str, set[str]] = {code: set() for code in codes}
    for year in _nearest(table, day.year):
        borders = read_borders(table.file(year, place), problems)
        since = between(changes, table.division(year), day)
        for by_water in (False, True):
            pairs = [border.codes for border in borders if border.by_water == by_water]
            _join(_after(pairs, since), graph)
        if len(set(_parts(graph).values())) <= 1:
            break
    return {code: tuple(sorted(graph[code])) for code in sorted(graph)}


def _after(pairs: Iterable[Pair], changes: Iterable[Change]) -> list[Pair]:
    """The pairs after changes: neighbours of a vanished area pass to where it went.

    >>> weesp = Change(date(2022, 3, 24), "GM0457", "Weesp", "GM0363", "Amsterdam", "merge", 1, 1)
    >>> _after([("GM0363", "GM0457"), ("GM0457", "GM1942")], [weesp])
    [('GM0363', 'GM1942')]
    """
    found = list(pairs)
    for _, same_day in groupby(sorted(changes, key=lambda c: c.day), lambda c: c.day):
        into: dict[str, list[str]] = {}
        for change in same_day:
            if change.kind != "boundary":
                into.setdefault(change.old_code, []).append(change.new_code)
        found = [
            (one, other)
            for old, another in found
            for one in into.get(old, [old])
            for other in into.get(another, [another])
            if one != other
        ]
    return found


def _join(pairs: Iterable[Pair], graph: dict[str, set[str]]) -> None:
    """Add the pairs between areas that had no way to each other: at first these are all."""
    part_of = _parts(graph)
    for one, other in pairs:
        if one in graph and other in graph and part_of[one] != part_of[other]:
            graph[one].add(other)
            graph[other].add(one)


def _nearest(table: SharedTable, year: int) -> list[int]:
    """A year, then the others of a table by nearness; of two as near the earlier goes first."""
    years = {int(path.stem) for path in table.folder.glob("*.csv") if path.stem.isdecimal()}
    return [year, *sorted(years - {year}, key=lambda other: (abs(other - year), other))]


def _parts(graph: Mapping[str, set[str]]) -> dict[str, str]:
    """For every area the smallest code among those that it has a way to."""
    found: dict[str, str] = {}
    for start in sorted(graph):
        waiting = [] if start in found else [start]
        while waiting:
            code = waiting.pop()
            if code not in found:
                found[code] = start
                waiting.extend(graph[code])
    return found
