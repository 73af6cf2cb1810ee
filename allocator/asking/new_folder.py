"""Folders of instances that the program writes: whole and good, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.formats.writing import fill, whole_folder
from allocator.reading.formats.yaml_text import read_yaml
from allocator.reading.instances.read import load
from allocator.words.text import text

INSTANCE = "instance.yaml"


def refuse_existing(folder: Path) -> None:
    if folder.exists() or folder.is_symlink():
        raise InputError(
            Problem(
                Place(str(folder)),
                text("This is there already, and it is not overwritten."),
                text("Name another folder, or move this one away."),
            )
        )


def identifier(name: str) -> str:
    """A folder's name as an instance may be named."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "next"


def taken_along(folder: Path, written: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of the old folder that the new instance.yaml still names."""
    shapes = [written["areas"], *written.get("indicators", {}).values()]
    names = [written["rule"], *(shape["file"] for shape in shapes if "file" in shape)]
    return {n: (folder / n).read_bytes() for n in names if (folder / n).is_file()}


def put(
    folder: Path,
    contents: Mapping[str, bytes],
    check: Callable[[Distribution], None] = lambda made: None,
) -> Instance:
    """The folder, which appears only when it can be read and divided, and stands the check."""
    with whole_folder(folder) as staged:
        fill(staged, contents)
        try:
            check(distribute(load(staged)))
        except InputError as error:
            told = [_as_if_in(folder, staged, each) for each in error.problems]
            raise InputError(*told) from error
    return load(folder.resolve())  # a path, whatever instance of the shelf has that name


def _as_if_in(folder: Path, staged: Path, problem: Problem) -> Problem:
    """A problem of the folder that was tried, as one of the folder or the number asked for."""
    instance = read_yaml(staged / INSTANCE)
    totals = {line for key, line in instance.lines.items() if key[:1] == ("totals",)}
    if problem.place.file == instance.name and problem.place.line in totals:
        return replace(problem, place=Place("--total"))
    file = problem.place.file.replace(str(staged), str(folder))
    return replace(problem, place=replace(problem.place, file=file))
