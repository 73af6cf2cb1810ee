"""Repeats a piece of work in this process, and writes how long it took and how much memory it had.

Each question and solver has a process of its own: memory is then theirs alone, and OR-Tools, which
brings its own HiGHS, never meets ours.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TypeVar

Run = Callable[[], object]
"""Does the work once; whatever is not timed was done before."""
P = TypeVar("P")
ENOUGH = 60.0
"""After so many seconds the work is repeated no more."""


@dataclass(frozen=True)
class Report:
    """What one process tells."""

    seconds: tuple[float, ...]
    """One for each repeat; none where a package is missing."""
    megabytes: int
    """The most memory the process had, with Python, its packages and the question."""
    missing: str = ""
    """The package that is not installed."""


def main(
    questions: Mapping[str, Callable[[], P]], solvers: Mapping[str, Callable[[P], Run]]
) -> None:
    """`python -m MODULE QUESTION SOLVER REPEATS`: one line of JSON."""
    question, solver, repeats = sys.argv[1:]
    print(json.dumps(asdict(_report(lambda: solvers[solver](questions[question]()), int(repeats)))))


def _report(prepare: Callable[[], Run], repeats: int) -> Report:
    try:
        run = prepare()
    except ModuleNotFoundError as error:
        return Report((), 0, error.name or str(error))
    began = time.perf_counter()
    if repeats > 1:
        run()  # warm
    seconds: list[float] = []
    while not seconds or (len(seconds) < repeats and time.perf_counter() - began < ENOUGH):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return Report(tuple(seconds), _peak())


def _peak() -> int:
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
