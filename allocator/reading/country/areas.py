"""Reads a table of areas and builds the division of a day from it.

Each line is one area with its level and the area above it; further columns, named after a level,
say in which area of that level a leaf lies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from allocator.model.areas import Area, Division
from allocator.model.mergers import Change
from allocator.model.problem import Place, Problems
from allocator.reading.formats.csv_table import Dialect, Record, Table
from allocator.reading.workbooks.table_file import read_table
from allocator.words.levels import level_name
from allocator.words.nearest import nearest
from allocator.words.text import series, text

COLUMNS = ("code", "name", "level", "parent")


@dataclass(frozen=True)
class Map:
    """A division, and the areas below its leaves that figures may be given for."""

    division: Division
    finer: dict[str, str]  # per area at or below the leaves, the leaf it lies in


def read_areas(
    path: Path, dialect: Dialect, levels: tuple[str, ...], problems: Problems
) -> dict[str, Record]:
    """The areas of a file by code; its further columns may be named after these levels."""
    table = read_table(path, dialect, problems, COLUMNS, levels)
    records = {record["code"]: record for record in table.once("code") if record["code"]}
    for record in table.records:
        for column in ("code", "name", "level"):
            if not record[column]:
                problems.add(
                    record.place,
                    text("{column} is empty.", column=f"'{column}'"),
                    text("Fill it in."),
                )
        for column in ("parent", *(name for name in levels if name in table.columns)):
            if record[column] and record[column] not in records:
                problems.add(
                    record.place,
                    text(
                        "{area} lies in {parent}, and there is no such code.",
                        area=record["name"],
                        parent=f"'{record[column]}'",
                    ),
                    text("Add a line for it, or mend the code."),
                )
    _refuse_circles(table, records)
    return records


def _refuse_circles(table: Table, records: dict[str, Record]) -> None:
    """Follow parents upward; who comes back to where it was is in a circle, named once."""
    done: set[str] = set()
    for start in records:
        path: list[str] = []
        code = start
        while code in records and code not in done:
            if code in path:
                circle = [*path[path.index(code) :], code]
                table.problems.add(
                    records[code].place,
                    text(
                        "The areas lie in each other in a circle: {circle}.",
                        circle=" > ".join(records[name]["name"] for name in circle),
                    ),
                    text("Mend the parent of one of them."),
                )
                break
            path.append(code)
            code = records[code]["parent"]
        done.update(path)


def refuse_unknown_levels(
    records: dict[str, Record], levels: tuple[str, ...], leaf_level: str, problems: Problems
) -> None:
    """Every area has a level that the instance names, or lies below its leaves."""
    for record in records.values():
        if record["level"] not in levels and not _above(record, records).get(leaf_level):
            problems.add(
                record.place,
                text(
                    "{area} has the level {level}, which the instance does not name.",
                    area=record["name"],
                    level=f"'{record['level']}'",
                ),
                nearest(
                    record["level"],
                    levels,
                    text("The levels are: {names}.", names=", ".join(levels)),
                ),
            )


def without_vanished(records: dict[str, Record], changes: Iterable[Change]) -> dict[str, Record]:
    """The areas after changes within the year; after a border change both live on."""
    vanished = {change.old_code for change in changes if change.kind != "boundary"}
    return {code: record for code, record in records.items() if code not in vanished}


def build(
    records: dict[str, Record],
    day: date,
    tree: tuple[str, ...],
    also: tuple[str, ...],
    place: Place,
    problems: Problems,
) -> Map | None:
    """The division with this main tree and these levels beside it."""
    twice = sorted({level for level in (*tree, *also) if (*tree, *also).count(level) > 1})
    if twice:
        problems.add(
            place,
            text("The level {levels} is named twice.", levels=series(twice)),
            text("Name each once, in `tree:` or in `also:`."),
        )
        return None
    levels = {record["level"] for record in records.values()}
    unknown = [level for level in (*tree, *also) if level not in levels]
    if unknown:
        problems.add(
            place,
            text("No area has the level {levels}.", levels=series(unknown)),
            text("The levels are: {names}.", names=", ".join(sorted(levels))),
        )
        return None
    above = {code: _above(record, records) for code, record in records.items()}
    leaves = sorted(code for code, record in records.items() if record["level"] == tree[-1])
    before = len(problems.found)
    inside: dict[str, dict[str, str]] = {leaf: {tree[-1]: leaf} for leaf in leaves}
    for level in (*tree[:-1], *also):
        for leaf in leaves:
            holders = above[leaf].get(level, set())
            if len(holders) == 1:
                (inside[leaf][level],) = holders
                continue
            record = records[leaf]
            found = (
                text("{area} lies in no {level}.", area=record["name"], level=level_name(level))
                if not holders
                else text(
                    "{area} lies in more than one {level}: {codes}.",
                    area=record["name"],
                    level=level_name(level),
                    codes=series(tuple(sorted(holders))),
                )
            )
            problems.add(record.place, found, text("Give it exactly one."))
    if len(problems.found) > before:
        return None
    _refuse_empty(inside, (*tree, *also), records, problems)
    _refuse_crossing(inside, tree, records, place, problems)
    _refuse_many_roots(inside, tree, place, problems)
    if len(problems.found) > before:
        return None
    finer = {
        code: holder
        for code in records
        for holder in above[code].get(tree[-1], ())
        if records[code]["level"] not in (*tree, *also)
    }
    division = _division(day, tree, also, leaves, inside, records)
    return Map(division, {**finer, **{leaf: leaf for leaf in leaves}})


def _above(record: Record, records: dict[str, Record]) -> dict[str, set[str]]:
    """Every area that holds this one, by level."""
    found: dict[str, set[str]] = {}
    waiting = [code for column, code in record.cells.items() if column not in COLUMNS[:3]]
    while waiting:
        code = waiting.pop()
        if code not in records:
            continue
        level = records[code]["level"]
        if code not in found.setdefault(level, set()):
            found[level].add(code)
            waiting.append(records[code]["parent"])
    return found


def _refuse_empty(
    inside: dict[str, dict[str, str]],
    levels: tuple[str, ...],
    records: dict[str, Record],
    problems: Problems,
) -> None:
    """Every area of a level that is used holds at least one leaf."""
    holding = {code for held in inside.values() for code in held.values()}
    for code, record in records.items():
        if record["level"] in levels and code not in holding:
            problems.add(
                record.place,
                text("No leaf of the tree lies in {area}.", area=record["name"]),
                text("Add what lies in it, or take the line out."),
            )


def _refuse_crossing(
    inside: dict[str, dict[str, str]],
    tree: tuple[str, ...],
    records: dict[str, Record],
    place: Place,
    problems: Problems,
) -> None:
    """In the main tree every area lies in one area of the level above it."""
    for upper, lower in pairwise(tree):
        holders: dict[str, set[str]] = {}
        for levels in inside.values():
            holders.setdefault(levels[lower], set()).add(levels[upper])
        for code, several in sorted(holders.items()):
            if len(several) > 1:
                problems.add(
                    place,
                    text(
                        "{area} crosses {codes}, so {lower} cannot stand under {upper}.",
                        area=records[code]["name"],
                        codes=series(tuple(records[one]["name"] for one in sorted(several))),
                        lower=lower,
                        upper=upper,
                    ),
                    text("Name {lower} under `also:`.", lower=lower),
                )


def _refuse_many_roots(
    inside: dict[str, dict[str, str]], tree: tuple[str, ...], place: Place, problems: Problems
) -> None:
    roots = sorted({levels[tree[0]] for levels in inside.values()})
    if len(roots) > 1:
        problems.add(
            place,
            text("The tree has more than one root: {codes}.", codes=series(tuple(roots))),
            text("Put one area over all of them, and its level first in `tree:`."),
        )


def _division(
    day: date,
    tree: tuple[str, ...],
    also: tuple[str, ...],
    leaves: list[str],
    inside: dict[str, dict[str, str]],
    records: dict[str, Record],
) -> Division:
    members: dict[str, list[str]] = {}
    for leaf in leaves:
        for code in inside[leaf].values():
            members.setdefault(code, []).append(leaf)
    parents = {}
    for code, held in members.items():
        level = records[code]["level"]
        upward = tree[: tree.index(level)] if level in tree else tree[:-1]
        # the smallest area of the main tree that holds every leaf of this one
        for upper in reversed(upward):
            holders = {inside[leaf][upper] for leaf in held}
            if len(holders) == 1:
                (parents[code],) = holders
                break
    order = [tree[-1], *also, *reversed(tree[:-1])]
    areas = tuple(
        Area(code, records[code]["name"], level, parents.get(code, ""))
        for level in order
        for code in sorted(code for code in members if records[code]["level"] == level)
    )
    return Division(day, tree, also, areas, {code: tuple(held) for code, held in members.items()})
