"""Reads pledges and caps: what a municipality promised at least, and will take at most."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from allocator.model.plan import Pledge
from allocator.model.problem import Problems
from allocator.reading.formats.csv_table import Dialect, Record
from allocator.reading.plans.rows import PlanRows, perhaps_whole
from allocator.reading.workbooks.table_file import read_table
from allocator.words.text import text

REQUIRED = ("name", "code", "stream")
OPTIONAL = ("at_least", "at_most", "source")


def read_pledges(path: Path, dialect: Dialect, rows: PlanRows) -> tuple[Pledge, ...]:
    """The pledges and caps of a file, none of which contradict one another."""
    table = read_table(path, dialect, rows.problems, REQUIRED, OPTIONAL)
    found = [_pledge(record, rows) for record in table.once("name")]
    pledges = tuple(pledge for pledge in found if pledge)
    _refuse_above_caps(pledges, rows)
    return pledges


def _pledge(record: Record, rows: PlanRows) -> Pledge | None:
    before = len(rows.problems.found)
    rows.named(record)
    area, stream = rows.area(record, "code"), rows.stream(record)
    least, most = record.read("at_least", perhaps_whole), record.read("at_most", perhaps_whole)
    if len(rows.problems.found) > before or not area or not stream:
        return None
    if least is None and most is None:
        rows.problems.add(
            record.place,
            text("The line says neither at least nor at most how many."),
            text("Fill in `at_least` for a pledge, `at_most` for a cap."),
        )
        return None
    return Pledge(record["name"], area.code, stream, least, most, record["source"], record.place)


def _refuse_above_caps(pledges: Sequence[Pledge], rows: PlanRows) -> None:
    """No pledge lies above a cap of the same municipality; minors' places are places too."""
    for pledge in pledges:
        for cap in pledges:
            holds = cap.area == pledge.area and cap.stream in (pledge.stream, rows.rule.whole)
            if holds and pledge.at_least is not None and cap.at_most is not None:
                _compare(pledge, pledge.at_least, cap, cap.at_most, rows.problems)


def _compare(pledge: Pledge, least: int, cap: Pledge, most: int, problems: Problems) -> None:
    if least <= most:
        return
    problems.add(
        pledge.place,
        text(
            "The pledge {pledge} of at least {least} ({stream}) is above the cap {cap} of {most} "
            "({other}) on line {line}.",
            pledge=f"'{pledge.name}'",
            least=least,
            stream=pledge.stream,
            cap=f"'{cap.name}'",
            most=most,
            other=cap.stream,
            line=str(cap.place.line),
        ),
        text("Lower the pledge or raise the cap."),
    )
