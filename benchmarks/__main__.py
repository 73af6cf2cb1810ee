"""`python -m benchmarks`: runs every measurement and writes the table."""

from __future__ import annotations

import argparse
import os
import platform
from datetime import date
from pathlib import Path

from benchmarks.cold import COLD
from benchmarks.measure import Measured, measured

HEADING = """\
# Benchmarks

Medians of repeated runs, each in a process of its own, with the spread between the fastest and the
slowest. The peer does the same work in the same run. Made by `make bench`.

"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--repeats", type=int, default=11)
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    options = parser.parse_args()
    lines = [_line(measured(task, options.repeats)) for task in COLD]
    table = "\n".join(
        [
            "| what | median | fastest - slowest | peer | peer's median | ratio |",
            "|---|---:|---:|---|---:|---:|",
            *lines,
        ]
    )
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(f"{HEADING}{_machine(options.repeats)}\n\n{table}\n", "utf-8")
    print(table)


def _line(row: Measured) -> str:
    return (
        f"| {row.task.name} | {row.own.median:.3f} s | {row.own.least:.3f} - {row.own.most:.3f} s "
        f"| {row.task.peer_name} | {row.peer.median:.3f} s "
        f"| {row.own.median / row.peer.median:.2f} |"
    )


def _machine(repeats: int) -> str:
    return (
        f"{date.today().isoformat()}, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores, {repeats} runs each."
    )


if __name__ == "__main__":
    main()
