"""The Dutch example and a small one with two streams, whose files tests bend."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from allocator.reading.library import instances_folder
from tests.cli.runner import run
from tests.example import INSTANCE, write_example

DUTCH = "nl/balances-2021-h2-example"
FOLDER = instances_folder() / DUTCH

Row = dict[str, str]

BALANCES = """\
opening: {file: opening.csv, quality: invented, source: an example}
realised: {file: realised.csv, quality: invented, source: an example}
"""

OPENING = """\
code,stream,computed
A,places,5
B,places,-3
C,places,0
D,places,2
A,minors,1
B,minors,0
C,minors,-1
D,minors,0
"""

REALISED = """\
code,stream,number
A,places,10
B,places,10
C,places,20
D,places,30
A,minors,1
B,minors,1
C,minors,2
D,minors,2
"""


def small(folder: Path, **changed: str | bytes) -> Path:
    """Two provinces, four municipalities and two streams, with balances over 2023-H1."""
    files: dict[str, str | bytes] = {
        "instance_yaml": INSTANCE + BALANCES,
        "opening_csv": OPENING,
        "realised_csv": REALISED,
    }
    return write_example(folder, **{**files, **changed})


def rows(written: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(written)))


def dutch_rows(name: str) -> list[Row]:
    """The rows of a file of the Dutch example."""
    return rows((FOLDER / name).read_text("utf-8"))


def written(path: Path, lines: Iterable[Mapping[str, object]]) -> Path:
    """A csv file with these rows."""
    lines = list(lines)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    return path


def with_row(path: Path, name: str, /, **row: str) -> Path:
    """A file of the Dutch example with one more row at its end."""
    lines = dutch_rows(name)
    return written(path, [*lines, {**dict.fromkeys(lines[0], ""), **row}])


def changed(path: Path, name: str, code: str, **cells: str) -> Path:
    """A file of the Dutch example with other cells in the rows of one area."""
    lines = dutch_rows(name)
    return written(path, [{**row, **(cells if row["code"] == code else {})} for row in lines])


def only(path: Path, name: str, wanted: Callable[[Row], bool]) -> Path:
    """A file of the Dutch example without some of its rows."""
    return written(path, [row for row in dutch_rows(name) if wanted(row)])


def numbers(monkeypatch: pytest.MonkeyPatch, instance: str, level: str = "") -> dict[str, int]:
    """What `run` gives each area, of all levels or one."""
    found = rows(run(monkeypatch, "run", instance, "--format", "csv").out)
    return {row["code"]: int(row["number"]) for row in found if level in ("", row["level"])}


def refused(
    monkeypatch: pytest.MonkeyPatch, *arguments: object, status: int = 2, out: Path | None = None
) -> str:
    """What a user is told who is refused: nothing is shown, and nothing written."""
    before = sorted(out.parent.rglob("*")) if out else []
    outcome = run(monkeypatch, *arguments, *(("--out", out) if out else ()))
    assert (outcome.status, outcome.out) == (status, ""), outcome.err
    assert out is None or sorted(out.parent.rglob("*")) == before
    assert "Traceback" not in outcome.err
    return outcome.err
