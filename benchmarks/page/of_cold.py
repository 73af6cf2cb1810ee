"""The section on the command line from a cold start."""

from __future__ import annotations

from benchmarks.cold import COLD
from benchmarks.measuring.times import ratio, said
from benchmarks.measuring.turns import Measured, measured
from benchmarks.page.section import Beaten, Section, table

HEADING = ("what", "median", "fastest - slowest", "peer", "its median", "ours / theirs")
SAYS = "Each run in a process of its own, the peer's in turn with ours."
WHY = (
    "The peers read no rule and no sources, name no problem of a file, round each number by itself "
    "in floats, and prove and explain nothing; much of either's time is Python starting."
)


def cold(repeats: int, smoke: bool) -> Section:
    found = [measured(task, repeats) for task in COLD if task.quick or not smoke]
    beaten = [
        Beaten(f"{each.task.peer_name} beside `{each.task.name}`", "", (times,), 1)
        for each in found
        if (times := each.own.median / each.peer.median) > 1
    ]
    return Section(
        "From a cold start",
        SAYS,
        table(HEADING, [_line(each) for each in found], (0, 3)),
        tuple(beaten),
        WHY,
    )


def _line(row: Measured) -> tuple[str, ...]:
    return (
        row.task.name,
        said(row.own.median),
        row.own.spread,
        row.task.peer_name,
        said(row.peer.median),
        ratio(row.own.median, row.peer.median),
    )
