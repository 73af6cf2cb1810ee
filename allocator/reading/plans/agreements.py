"""Reads agreements: a municipality that carries out the task of another, all of it or a number.

Who carries out whose task must not go round in a circle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from allocator.model.plan import Agreement
from allocator.reading.formats.csv_table import Dialect, Record
from allocator.reading.plans.rows import PlanRows, perhaps_places
from allocator.reading.workbooks.table_file import read_table
from allocator.words.text import series, text

REQUIRED = ("name", "carrier", "of", "stream")
OPTIONAL = ("number", "source")


def read_agreements(path: Path, dialect: Dialect, rows: PlanRows) -> tuple[Agreement, ...]:
    """The agreements of a file; how many places a task has is not known yet."""
    table = read_table(path, dialect, rows.problems, REQUIRED, OPTIONAL)
    found = [_agreement(record, rows) for record in table.once("name")]
    agreements = tuple(agreement for agreement in found if agreement)
    _refuse_twice_all(agreements, rows)
    for stream in (rows.rule.whole, rows.rule.minors):
        _refuse_circles([each for each in agreements if each.stream == stream], rows)
    return agreements


def _agreement(record: Record, rows: PlanRows) -> Agreement | None:
    before = len(rows.problems.found)
    rows.named(record)
    carrier, of = rows.area(record, "carrier"), rows.area(record, "of")
    stream, number = rows.stream(record), record.read("number", perhaps_places)
    if len(rows.problems.found) > before or not carrier or not of or not stream:
        return None
    return Agreement(
        record["name"], carrier.code, of.code, stream, number, record["source"], record.place
    )


def _refuse_twice_all(agreements: Sequence[Agreement], rows: PlanRows) -> None:
    """All of a task can be given away once; beside it, numbers of it can."""
    seen: dict[tuple[str, str], Agreement] = {}
    for agreement in agreements:
        if agreement.number is not None:
            continue
        first = seen.setdefault((agreement.of, agreement.stream), agreement)
        if first is not agreement:
            rows.problems.add(
                agreement.place,
                text(
                    "All of the task of {area} ({stream}) was given away already, by {name} on "
                    "line {line}.",
                    area=rows.frame.division.by_code[agreement.of].name,
                    stream=agreement.stream,
                    name=f"'{first.name}'",
                    line=str(first.place.line),
                ),
                text("Fill in the number in one of the two, or take it out."),
            )


def _refuse_circles(agreements: Sequence[Agreement], rows: PlanRows) -> None:
    """Each agreement that closes a circle with those before it is told, with the circle."""
    carried: dict[str, list[str]] = {}
    names = rows.frame.division.by_code
    for agreement in agreements:
        back = _path(agreement.of, agreement.carrier, carried)
        if not back:
            carried.setdefault(agreement.carrier, []).append(agreement.of)
            continue
        circle = [agreement.carrier, *back]
        steps = [
            text("{carrier} for {of}", carrier=names[one].name, of=names[other].name)
            for one, other in pairwise(circle)
        ]
        rows.problems.add(
            agreement.place,
            text(
                "{name} goes round in a circle ({stream}): {steps}.",
                name=f"'{agreement.name}'",
                stream=agreement.stream,
                steps=series(steps),
            ),
            text("Agree on what is left between them, or take one out."),
        )


def _path(start: str, end: str, carried: Mapping[str, Sequence[str]]) -> list[str]:
    """Along whose tasks are carried out, from an area to another; empty where none leads there.

    >>> _path("B", "A", {"B": ["C", "D"], "D": ["A"]})
    ['B', 'D', 'A']
    """
    came_from = {start: ""}
    waiting = [start]
    while waiting and end not in came_from:
        here = waiting.pop(0)
        for there in carried.get(here, ()):
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    if end not in came_from:
        return []
    path = [end]
    while path[0] != start:
        path.insert(0, came_from[path[0]])
    return path
