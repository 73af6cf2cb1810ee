"""Opens files that somebody else wrote, and writes files whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from errno import EINVAL, EISDIR
from hashlib import sha256
from pathlib import Path

from allocator.model.problem import InputError, Place, Problem
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
                text("The file cannot be read: {reason}.", reason=error.strerror or str(error)),
                text("Check its permissions."),
            )
        ) from error
    record = _READ.get()
    if record is not None:
        record[path] = sha256(content).hexdigest()
    return content


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


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files so that all appear whole or none does; what stood there stays until then."""
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in ((link.resolve(), content) for link, content in files.items()):
            if path.exists() and not path.is_file():
                raise OSError(EINVAL, os.strerror(EISDIR if path.is_dir() else EINVAL))
            mode = path.stat().st_mode if path.exists() else None
            beside = path.with_name(f".{path.name}.{os.getpid()}.part")
            with beside.open("xb") as file:
                staged[path] = beside
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                beside.chmod(mode & 0o777)
        for path, beside in staged.items():
            beside.replace(path)
    except OSError as error:
        raise InputError(
            Problem(
                Place(str(path)),
                text("The file cannot be written: {reason}.", reason=error.strerror or str(error)),
                text("Choose an existing folder that you may write to."),
            )
        ) from error
    finally:
        for beside in staged.values():
            with suppress(OSError):
                beside.unlink()
