"""The section on the workbench over HTTP."""

from __future__ import annotations

from benchmarks.over_http import answers
from benchmarks.page.section import Section, table

HEADING = ("what", "answers", "median", "95th percentile", "slowest", "size")
SAYS = """\
342 municipalities and two streams; every question is asked for the first time. The page as it
comes over the line, compressed; the map follows by itself."""


def over_http(repeats: int, smoke: bool) -> Section:
    found = answers(4 if smoke else max(8, 10 * repeats))
    return Section(
        "The workbench over HTTP", SAYS, table(HEADING, [each.cells for each in found], (0,))
    )
