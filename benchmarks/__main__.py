"""`python -m benchmarks`: runs every measurement, or those that are named, and writes the page."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.contests.contest import Differs
from benchmarks.contests.registry import CONTESTS
from benchmarks.page.machine import machine
from benchmarks.page.of_cold import cold
from benchmarks.page.of_contests import section
from benchmarks.page.of_http import over_http
from benchmarks.page.of_phases import phases
from benchmarks.page.section import Section, where_others_are_faster

HEADING = """\
# Benchmarks

Medians of {runs}, with the spread between the fastest and the slowest, and beside them
peers on the same input in the same run, each in a process of its own. Made by `make bench`. "Ours
/ theirs" below 1 means that we are faster. A peer whose answer is not the same, or where ties
allow several not equally good, ends the run. Who needs more than 30 seconds for a first run is
stopped and not asked larger questions; what takes long is repeated less often.

{machine}

"""


def _one(make: Callable[[int, bool], Section]) -> Callable[[int, bool], list[Section]]:
    return lambda repeats, smoke: [make(repeats, smoke)]


PARTS: dict[str, Callable[[int, bool], list[Section]]] = {
    "cold": _one(cold),
    "phases": phases,
    **{name: _one(partial(section, name)) for name in CONTESTS},
    "http": _one(over_http),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=[*PARTS], metavar="NAME")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    parser.add_argument("--smoke", action="store_true", help="each smallest question, once")
    options = parser.parse_args()
    repeats = 1 if options.smoke else options.repeats
    sections: list[Section] = []
    for name in options.only:
        began = time.perf_counter()
        try:
            sections += PARTS[name](repeats, options.smoke)
        except Differs as differs:
            sys.exit(f"The run ends without a page. {differs}")
        print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
    runs = "one run" if repeats == 1 else f"up to {repeats} runs"
    page = HEADING.format(runs=runs, machine=machine()) + "\n".join(
        [where_others_are_faster(sections), *(each.markdown for each in sections)]
    )
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
