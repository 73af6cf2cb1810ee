"""`python -m benchmarks`: runs every measurement and writes the tables."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.cold import COLD
from benchmarks.measure import Measured, measured
from benchmarks.over_http import answers
from benchmarks.warm import WARM, Question, Solved, solved

HEADING = """\
# Benchmarks

Medians of repeated runs, with the spread between the fastest and the slowest, and beside them a
peer in the same run. Made by `make bench`. A ratio below 1 means that we are faster.

"""
COLD_HEADING = """
## From a cold start

Each run in a process of its own, the peer's in turn with ours.

| what | median | fastest - slowest | peer | peer's median | ratio |
|---|---:|---:|---|---:|---:|
"""
WARM_HEADING = """
## Warm, in process

Each solver in a process of its own, after a run that is not counted; repeated for at most a minute.
Ours gives bounds, numbers, ties and certificate, exactly. OR-Tools and networkx get the finished
network and are timed on solving it alone, without ties or certificate; OR-Tools adds costs in 64
bits, so it gets them rounded. Fair shares are a row of programs, so their peer is HiGHS, program by
program. Memory is the most that the process had, with Python, its packages and the question.

| what | median | fastest - slowest | memory | peer | median | fastest - slowest | memory | ratio |
|---|---:|---:|---:|---|---:|---:|---:|---:|
"""

HTTP_HEADING = """
## The workbench over HTTP

342 municipalities and two streams; every question is asked for the first time. The page as it
comes over the line, compressed; the map follows by itself.

| what | answers | median | 95th percentile | slowest | size |
|---|---:|---:|---:|---:|---:|
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--repeats", type=int, default=11)
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    options = parser.parse_args()
    cold = [_line(measured(task, options.repeats)) for task in COLD]
    warm = [line for question in WARM for line in _lines(question, options.repeats)]
    over_http = [each.line for each in answers(max(8, 10 * options.repeats))]
    tables = COLD_HEADING + "\n".join(cold) + "\n" + WARM_HEADING + "\n".join(warm)
    tables += "\n" + HTTP_HEADING + "\n".join(over_http)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(f"{HEADING}{_machine(options.repeats)}\n{tables}\n", "utf-8")
    print(tables)


def _line(row: Measured) -> str:
    return (
        f"| {row.task.name} | {row.own.median:.3f} s | {row.own.least:.3f} - {row.own.most:.3f} s "
        f"| {row.task.peer_name} | {row.peer.median:.3f} s "
        f"| {row.own.median / row.peer.median:.2f} |"
    )


def _lines(question: Question, repeats: int) -> Iterator[str]:
    """A line for each peer."""
    own = solved(question, "ours", repeats)
    for name in question.peers:
        peer = solved(question, name, repeats)
        ratio = f"{own.times.median / peer.times.median:.2f}" if own.times and peer.times else ""
        yield f"| {question.name} | {_told(own)} | {name} | {_told(peer)} | {ratio} |"


def _told(one: Solved) -> str:
    if one.times is None:
        return f"{one.missing} is not installed | |"
    times = [1000 * seconds for seconds in (one.times.median, one.times.least, one.times.most)]
    return f"{times[0]:,.1f} ms | {times[1]:,.1f} - {times[2]:,.1f} ms | {one.megabytes} MB"


def _machine(repeats: int) -> str:
    return (
        f"{date.today().isoformat()}, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores, {repeats} runs each."
    )


if __name__ == "__main__":
    main()
