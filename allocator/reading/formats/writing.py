"""Writes files and folders whole or not at all: beside their place, and then moved into it.

What somebody writes is claimed until it is done, so that what a killed process left can be told
from it and is taken away by the next who writes the same.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EINVAL, EISDIR
from pathlib import Path

from allocator.model.problem import InputError, Place, Problem
from allocator.reading.formats.reasons import mend_of, reason_of
from allocator.words.text import text

#: The name of something on its way: hidden, with that of its place, and of no other writer.
_PART = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{8}\.part")


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files so that each appears whole or not at all, and none before all are written."""
    staged: dict[Path, Path] = {}
    path = Path()
    with ExitStack() as parts:
        try:
            for path, content in ((link.resolve(), content) for link, content in files.items()):
                if path.exists() and not path.is_file():
                    raise OSError(EINVAL, os.strerror(EISDIR if path.is_dir() else EINVAL))
                take_away_parts(path.parent, path.name)
                mode = path.stat().st_mode if path.exists() else None
                staged[path] = parts.enter_context(_part_of(path, folder=False))
                _fill(staged[path], content)
                if mode is not None:
                    staged[path].chmod(mode & 0o777)
            for path, part in staged.items():
                part.replace(path)
        except OSError as error:
            raise InputError(
                Problem(
                    Place(str(path)),
                    text("The file cannot be written: {reason}.", reason=reason_of(error)),
                    mend_of(error) or text("Choose an existing folder that you may write to."),
                )
            ) from error


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder on its way, which gets its name when all went well, and is gone otherwise."""
    try:
        take_away_parts(folder.parent, folder.name)
        with _part_of(folder, folder=True) as part:
            yield part
            part.rename(folder)
    except OSError as error:
        raise InputError(
            Problem(
                Place(str(folder)),
                text("The folder cannot be written: {reason}.", reason=reason_of(error)),
                mend_of(error)
                or text("Choose a place in a folder that exists and that you may write to."),
            )
        ) from error


def fill(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder that is on its way, by their paths in it."""
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        _fill(folder / name, content)


def is_part(path: Path) -> bool:
    """Whether this was on its way when its writer was killed, or still is.

    >>> is_part(Path(".table.csv.0a1b2c3d.part")), is_part(Path("table.csv"))
    (True, False)
    """
    return bool(_PART.fullmatch(path.name))


def take_away_parts(folder: Path, name: str | None = None) -> None:
    """Remove what killed writers left in a folder, or only what was to have a certain name."""
    with suppress(OSError):
        for path in folder.iterdir():
            part = _PART.fullmatch(path.name)
            if part and name in (None, part["name"]):
                _take_away(path)


def _fill(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _part_of(path: Path, folder: bool) -> Iterator[Path]:
    """Something to write beside its place, claimed, and gone at the end unless it was moved."""
    with ExitStack() as claim:
        part = _begun(path, folder, claim)
        try:
            yield part
        finally:
            _remove(part)


def _begun(path: Path, folder: bool, claim: ExitStack) -> Path:
    """A new file or folder that is claimed; who clears up may take it away before it is."""
    while True:
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        if folder:
            part.mkdir()
        else:
            part.touch(exist_ok=False)
        with suppress(FileNotFoundError):
            claim.enter_context(_claimed(part))
            if part.exists():
                return part


@contextmanager
def _claimed(part: Path) -> Iterator[bool]:
    """Hold what is on its way, if nobody does: the system lets it go when we end, however."""
    if sys.platform == "win32":  # where no folder can be held: nothing is taken away
        yield False
        return
    import fcntl

    held = os.open(part, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # somebody holds it, or the file system knows no locks: then it stays
        yield False
    else:
        yield True
    finally:
        os.close(held)


def _take_away(part: Path) -> None:
    with suppress(OSError), _claimed(part) as ours:
        if ours:
            _remove(part)


def _remove(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        with suppress(OSError):
            part.unlink(missing_ok=True)
