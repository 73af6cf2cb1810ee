"""Writes the page of coverage by branch from what `make coverage` measured.

`python -m tests.docs.coverage build/coverage.json` after `coverage json -o build/coverage.json`.
"""

from __future__ import annotations

import json
import platform
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"
LEAST = 12
BEFORE = """\
# Coverage

Which lines and branches of the program the tests run, but for those in a browser, which run more.
Made by `make coverage` on {day}, Python {python}, coverage {version}; commands that tests start as
processes of their own are counted. A branch is a way out of a line with more than one.

Coverage says what no test runs, not what is tested: for that see [mutants](mutants.md).
"""


class Counted(NamedTuple):
    lines: int
    run: int
    branches: int
    taken: int

    def row(self, name: str) -> str:
        lines = f"{self.lines:,} | {part(self.run, self.lines)}"
        return f"| {name} | {lines} | {self.branches:,} | {part(self.taken, self.branches)} |"


def part(some: int, all_: int) -> str:
    """A part of a whole in per cent, rounded down, so that only all is 100.

    >>> part(999, 1000), part(0, 0)
    ('99.9%', '-')
    """
    return f"{some * 1000 // all_ / 10:.1f}%" if all_ else "-"


def added(counts: Iterable[Counted]) -> Counted:
    return Counted(*(sum(column) for column in zip(*counts, strict=True)))


def page(measured: Mapping[str, Any], day: date) -> str:
    """The page: each package, all together, and the modules with most that is not run."""
    files = {name: counted(each) for name, each in measured["files"].items()}
    version = measured["meta"]["version"]
    before = BEFORE.format(day=day, python=platform.python_version(), version=version)
    return "\n".join([before, *_packages(files), "", *_least(files), ""])


def counted(file: Mapping[str, Mapping[str, int]]) -> Counted:
    told = file["summary"]
    return Counted(
        told["num_statements"],
        told["covered_lines"],
        told["num_branches"],
        told["covered_branches"],
    )


def _packages(files: Mapping[str, Counted]) -> Iterator[str]:
    rooms: dict[str, list[Counted]] = defaultdict(list)
    for name, count in files.items():
        rooms[room(name)].append(count)
    yield "| | lines | run | branches | taken |"
    yield "|---|---:|---:|---:|---:|"
    yield from (added(rooms[name]).row(name) for name in sorted(rooms))
    yield added(files.values()).row("**all**")


def room(name: str) -> str:
    """The package that a module lies in.

    >>> room("allocator/core/whole/graph.py"), room("allocator/verify.py")
    ('core', 'verify.py')
    """
    return Path(name).parts[1]


def _least(files: Mapping[str, Counted]) -> Iterator[str]:
    def not_taken(name: str) -> int:
        return files[name].branches - files[name].taken

    yield "Where most branches are not taken:"
    yield ""
    yield "| | lines | run | branches | taken |"
    yield "|---|---:|---:|---:|---:|"
    most = sorted(files, key=lambda name: (-not_taken(name), name))[:LEAST]
    yield from (files[name].row(name) for name in most)


def main() -> None:
    measured = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    PAGE.write_text(page(measured, date.today()), "utf-8")


if __name__ == "__main__":
    main()
