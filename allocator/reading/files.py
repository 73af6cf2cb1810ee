"""Opens files that somebody else wrote, and writes files whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from allocator.model.problem import InputError, Place, Problem
from allocator.reading.library import shown
from allocator.words.text import text


def read_bytes(path: Path, largest: int) -> bytes:
    """A file's content, if it is a file of reasonable size."""
    place = Place(shown(path))
    try:
        if not path.is_file():
            raise InputError(
                Problem(
                    place,
                    text("There is no such file."),
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
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            Problem(
                place,
                text("The file cannot be read: {reason}.", reason=error.strerror or str(error)),
                text("Check its permissions."),
            )
        ) from error


def inside(folder: Path, name: str, place: Place) -> Path:
    """A file in a folder, by a name that does not lead out of it."""
    path = (folder / name).resolve()
    if Path(name).is_absolute() or not path.is_relative_to(folder.resolve()) or "\\" in name:
        raise InputError(
            Problem(
                place,
                text("The path {name} leads out of the folder.", name=f"'{name}'"),
                text("Put the file beside this one and name it without folders."),
            )
        )
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all; what stood there stays until then."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise InputError(
            Problem(
                Place(str(path)),
                text("The file cannot be written: {reason}.", reason=error.strerror or str(error)),
                text("Choose an existing folder that you may write to."),
            )
        ) from error
