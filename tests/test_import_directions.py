"""Arrows between packages run one way, and the mathematics touches no file, clock or pandas."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import allocator

PACKAGE = Path(allocator.__file__).parent
MAY_IMPORT = {
    "words": set(),
    "model": {"words"},
    "key": {"words", "model"},
    "core": {"words", "model", "key"},
    "reading": {"words", "model", "key"},
    "periods": {"words", "model", "key", "core"},
    "audit": {"words", "model", "key", "core"},
    "comparison": {"words", "model", "key", "core"},
    "plan": {"words", "model", "key", "core", "periods"},
    "report": {"words", "model", "key", "core", "periods", "audit", "comparison", "plan"},
    "asking": {
        *("words", "model", "key", "core", "periods", "audit", "comparison", "plan"),
        *("reading", "report"),
    },
    "workbench": {
        *("words", "model", "key", "core", "periods", "audit", "comparison", "plan"),
        *("reading", "report", "asking"),
    },
    "cli": {
        *("words", "model", "key", "core", "periods", "audit", "comparison", "plan"),
        *("reading", "report", "asking", "workbench"),
    },
}
NOT_IN_CORE = {"pandas", "pathlib", "os", "io", "time", "datetime", "csv", "json", "yaml"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_every_package_has_its_place() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages == MAY_IMPORT.keys()


def test_every_package_imports_only_what_lies_below_it() -> None:
    wrong = []
    for package, allowed in MAY_IMPORT.items():
        for path in (PACKAGE / package).rglob("*.py"):
            for name in imported(path):
                parts = name.split(".")
                if parts[0] == "allocator" and len(parts) > 1:
                    if parts[1] not in {package, *allowed}:
                        wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
                elif package == "core" and parts[0] in NOT_IN_CORE:
                    wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []
