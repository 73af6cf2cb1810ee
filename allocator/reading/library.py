"""Where the rules and instances stand: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def _shelf(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def rules_folder() -> Path:
    return _shelf("rules")


def instances_folder() -> Path:
    return _shelf("instances")


def shown(path: Path) -> str:
    """A file's path as a reader knows it: from the shelf on, or as it was typed."""
    for shelf in (rules_folder(), instances_folder()):
        if path.is_relative_to(shelf):
            return path.relative_to(shelf.parent).as_posix()
    return str(path)
