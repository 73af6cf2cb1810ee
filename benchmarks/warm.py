"""The mathematics by itself, warm, as somebody at a screen waits for it after a change.

The questions and their solvers stand in `benchmarks.whole` and `benchmarks.shares`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.measure import Times


@dataclass(frozen=True)
class Question:
    """Something to solve, and who else solves it."""

    name: str
    module: str
    peers: tuple[str, ...]


@dataclass(frozen=True)
class Solved:
    """How one solver did."""

    solver: str
    times: Times | None
    """None where a package is missing."""
    megabytes: int
    missing: str


_WHOLE = ("OR-Tools SimpleMinCostFlow", "networkx network_simplex")
_SHARES = ("HiGHS, programs one by one",)

WARM = (
    Question("342 × 2 in 12 provinces", "benchmarks.whole", _WHOLE),
    Question("10,796 × 2 in 401 districts in 16 Länder", "benchmarks.whole", _WHOLE),
    Question("35,000 × 2 in 100 departments in 13 regions, random", "benchmarks.whole", _WHOLE),
    Question("fair shares of 342 × 2 under 100 nested limits", "benchmarks.shares", _SHARES),
    Question("fair shares of 342 × 2 under 100 coupled limits", "benchmarks.shares", _SHARES),
)


def solved(question: Question, solver: str, repeats: int) -> Solved:
    """One solver in a process of its own."""
    command = [sys.executable, "-m", question.module, question.name, solver, str(repeats)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    report = json.loads(told.splitlines()[-1])
    seconds = tuple(report["seconds"])
    times = Times(seconds) if seconds else None
    return Solved(solver, times, report["megabytes"], report["missing"])
