"""Opens files that somebody else wrote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path

from allocator.model.problem import InputError, Place, Problem
from allocator.reading.formats.reasons import mend_of, reason_of
from allocator.reading.library import shown
from allocator.words.text import text

_READ: ContextVar[dict[Path, str] | None] = ContextVar("read", default=None)


@contextmanager
def recording() -> Iterator[dict[Path, str]]:
    """Every file that is read meanwhile, by its path as it was asked for, and its SHA-256."""
    found: dict[Path, str] = {}
    token = _READ.set(found)
    try:
        yield found
    finally:
        _READ.reset(token)


def read_bytes(path: Path, largest: int) -> bytes:
    """A file's content, if it is a file of reasonable size."""
    place = Place(shown(path))
    try:
        if not path.is_file():
            raise InputError(
                Problem(
                    place,
                    text("This is no file.") if path.exists() else text("There is no such file."),
                    text("Check the name; letters in capitals count."),
                )
            )
        size = path.stat().st_size
        if size > largest:
            raise InputError(
                Problem(
                    place,
                    text(
                        "The file has {size} bytes; at most {largest} are read.",
                        size=size,
                        largest=largest,
                    ),
                    text("Leave out what does not belong to it."),
                )
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            Problem(
                place,
                text("The file cannot be read: {reason}.", reason=reason_of(error)),
                mend_of(error) or text("Check its permissions."),
            )
        ) from error
    record = _READ.get()
    if record is not None:
        record[path] = sha256(content).hexdigest()
    return content


def is_file(path: Path) -> bool:
    """Whether there is a file; a name that is longer than any system takes is that of none."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder, of a name of any length."""
    try:
        return path.is_dir()
    except OSError:
        return False


def inside(folder: Path, name: str, place: Place) -> Path:
    """A file in a folder, by a name that does not lead out of it."""
    strange = "\\" in name or "\0" in name
    path = folder if strange else (folder / name).resolve()
    if strange or Path(name).is_absolute() or not path.is_relative_to(folder.resolve()):
        raise InputError(
            Problem(
                place,
                text("The path {name} leads out of the folder.", name=f"'{name}'"),
                text("Put the file beside this one and name it without folders."),
            )
        )
    return path
