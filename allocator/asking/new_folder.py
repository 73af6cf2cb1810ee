"""Folders of instances that the program writes: whole and good, or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
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
    staged = Path()
    try:
        staged = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        for name, content in contents.items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_bytes(content)
        check(distribute(load(staged)))
        staged.chmod(0o755)
        staged.rename(folder)
    except InputError as error:
        told = [_as_if_in(folder, staged, each) for each in error.problems]
        raise InputError(*told) from error
    except OSError as error:
        raise InputError(
            Problem(
                Place(str(folder)),
                text(
                    "The folder cannot be written: {reason}.", reason=error.strerror or str(error)
                ),
                text("Choose a place in a folder that exists and that you may write to."),
            )
        ) from error
    finally:
        if staged.name and staged.exists():
            shutil.rmtree(staged, ignore_errors=True)
    return load(folder.resolve())  # a path, whatever instance of the shelf has that name


def _as_if_in(folder: Path, staged: Path, problem: Problem) -> Problem:
    """A problem of the folder that was tried, as one of the folder or the number asked for."""
    instance = read_yaml(staged / INSTANCE)
    totals = {line for key, line in instance.lines.items() if key[:1] == ("totals",)}
    if problem.place.file == instance.name and problem.place.line in totals:
        return replace(problem, place=Place("--total"))
    file = problem.place.file.replace(str(staged), str(folder))
    return replace(problem, place=replace(problem.place, file=file))
