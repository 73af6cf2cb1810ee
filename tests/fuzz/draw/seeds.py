"""The real files that inputs are bent from, each read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from allocator.reading.library import instances_folder, rules_folder
from tests.example import FILES
from tests.fuzz.draw.tables import Rows, rows_of
from tests.fuzz.draw.trees import tree_of

#: Of a larger table so many rows are bent, or few inputs are tried in the time there is.
MOST_ROWS = 40

#: The small instance of the tests, in a country without tables of its own, which is read quickly.
EXAMPLE = {name: written.replace("nl/example", "xx/example") for name, written in FILES.items()}


@cache
def small() -> dict[str, bytes]:
    """The same as files."""
    return {name: written.encode() for name, written in EXAMPLE.items()}


@cache
def tree(path: Path) -> Any:
    """What a YAML file says, to be bent."""
    return yaml_tree(path.read_text("utf-8"))


@cache
def yaml_tree(written: str) -> Any:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return tree_of(yaml.load(written, loader))


@cache
def rows(path: Path) -> Rows:
    """The first rows of a CSV file, to be bent."""
    return rows_of(path.read_text("utf-8"))[:MOST_ROWS]


@cache
def written_rows(written: str) -> Rows:
    return rows_of(written)


@cache
def rules() -> tuple[Path, ...]:
    """Every rule of the book, the smallest first."""
    return tuple(sorted(rules_folder().glob("*/*/*.yaml"), key=_size))


@cache
def instances() -> tuple[Path, ...]:
    """The folder of every small instance of the shelf whose tables are its own."""
    found = (path.parent for path in instances_folder().glob("*/*/instance.yaml"))
    return tuple(sorted(path for path in found if (path / "areas.csv").is_file()))


@cache
def tables() -> tuple[Path, ...]:
    """Every CSV file of the shelf, the smallest first."""
    return tuple(sorted(instances_folder().rglob("*.csv"), key=_size))


@cache
def descriptions() -> tuple[Path, ...]:
    """Every YAML file of the shelf that is no rule."""
    return tuple(sorted(instances_folder().rglob("*.yaml"), key=_size))


def _size(path: Path) -> tuple[int, str]:
    return path.stat().st_size, path.as_posix()
