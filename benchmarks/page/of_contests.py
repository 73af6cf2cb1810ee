"""The sections on contests: every solver on every question, in a process of its own."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.contests.contest import OURS, Answer, Contest, Differs, compared
from benchmarks.contests.registry import contest
from benchmarks.measuring.process import Failed, asked
from benchmarks.measuring.times import Times, ratio, said
from benchmarks.page.section import Beaten, Section, table

LIMIT = 30
"""Seconds after which a first run is stopped."""
SHORT_LIMIT = 3
HEADING = (
    *("question", "who", "median", "fastest - slowest", "memory", "ours / theirs"),
    *("answer", "what it gives"),
)


@dataclass(frozen=True)
class Row:
    """How one solver did on one question."""

    question: str
    solver: str
    times: Times | None
    """None where it gave no answer."""
    megabytes: int
    told: str
    """How its answer compares, or why there is none."""
    answer: Answer | None = None


def section(name: str, repeats: int, smoke: bool) -> Section:
    """All questions of a contest, or in a smoke run the smallest."""
    asked_of = contest(name)
    questions = [*asked_of.questions.items()][: 1 if smoke else None]
    gone: dict[str, str] = {}
    rows: list[Row] = []
    for title, pose in questions:
        rows += _answers(name, asked_of, title, pose, repeats, gone, smoke)
    lines = [_line(row, rows, asked_of) for row in rows]
    return Section(
        asked_of.title,
        asked_of.says,
        table(HEADING, lines, (0, 1, 6, 7)),
        tuple(beaten_in(rows, asked_of)),
        asked_of.why,
    )


def _answers(
    name: str,
    asked_of: Contest[Any],
    title: str,
    pose: Callable[[], Any],
    repeats: int,
    gone: dict[str, str],
    smoke: bool,
) -> list[Row]:
    """Everybody who did not fail on a smaller question gets this one from one file."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "question"
        file.write_bytes(pickle.dumps(pose()))
        for solver in asked_of.solvers:
            if solver in gone:
                continue
            row = _answer(name, title, solver, repeats, file, SHORT_LIMIT if smoke else LIMIT)
            if row.times is None:
                gone[solver] = row.told
                if solver == OURS:
                    raise Differs(f"{asked_of.title}, {title}: ours gave no answer: {row.told}")
            elif found and found[0].answer and row.answer:
                try:
                    alike = compared(found[0].answer, row.answer)
                except Differs as differs:
                    raise Differs(f"{asked_of.title}, {title}, {solver}: {differs}") from differs
                row = Row(title, solver, row.times, row.megabytes, alike)
            found.append(row)
    return found


def _answer(name: str, title: str, solver: str, repeats: int, file: Path, limit: int) -> Row:
    arguments = [name, solver, str(repeats), str(file), str(limit)]
    try:
        told = asked("benchmarks.contests.worker", arguments)
    except Failed as failed:
        told_last = f"too slow: stopped after {limit} s" if failed.stopped else str(failed)
        return Row(title, solver, None, 0, told_last)
    times = Times(tuple(told["seconds"]))
    return Row(title, solver, times, told["megabytes"], "", Answer(**told["answer"]))


def _line(row: Row, rows: list[Row], asked_of: Contest[Any]) -> tuple[str, ...]:
    gives = asked_of.solvers[row.solver].gives
    if row.times is None:
        return (row.question, row.solver, "", "", "", "", row.told, gives)
    own = _own(row, rows)
    return (
        row.question,
        row.solver,
        said(row.times.median),
        row.times.spread,
        f"{row.megabytes} MB",
        "" if row.solver == OURS else ratio(own.median, row.times.median),
        row.told,
        gives,
    )


def _own(row: Row, rows: list[Row]) -> Times:
    """Our times on the same question."""
    (times,) = [r.times for r in rows if r.solver == OURS and r.question == row.question]
    assert times is not None
    return times


def beaten_in(rows: list[Row], asked_of: Contest[Any]) -> list[Beaten]:
    found = []
    for solver, known in asked_of.solvers.items():
        ratios = [
            _own(row, rows).median / row.times.median
            for row in rows
            if row.solver == solver and row.times and solver != OURS
        ]
        faster = tuple(each for each in ratios if each > 1)
        if faster:
            found.append(Beaten(solver, known.gives, faster, len(ratios)))
    return found
