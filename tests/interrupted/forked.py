"""The program in a fork of this process, which is stopped at one of its calls to the system."""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from allocator.cli.main import main

#: What changes a folder, as Python's audit names it; `open` is looked at more closely.
CHANGES = frozenset(
    ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.truncate")
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

#: What a call may be stopped by: the end of the process, or an error.
Stop = Callable[[], None]


@dataclass(frozen=True)
class End:
    """How the program ended."""

    status: int  # below zero: the signal that killed it
    said: str
    calls: int  # to the system, that change or write a file

    @property
    def killed(self) -> bool:
        return self.status < 0


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def failing(number: int) -> Stop:
    """A call that ends in an error of the system, such as `errno.ENOSPC`."""

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def run(
    folder: Path,
    arguments: Sequence[str],
    *,
    at: int | None = None,
    stop: Stop = killed,
    largest: int | None = None,
    kill_at_largest: bool = False,
    spare: frozenset[str] = frozenset(),
) -> End:
    """`allocator ARGUMENTS...` in a folder, stopped before the call of a number, counted from 1.

    No file grows beyond `largest` bytes: writing fails there, or the process is killed half-way.
    Calls named in `spare` are neither counted nor stopped.
    """
    with tempfile.TemporaryFile() as said:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _be_the_program(folder, arguments, said.fileno(), (at, stop, spare), writing)
        os.close(writing)
        with open(reading, "rb") as pipe:
            calls = len(pipe.read())
        _, waited = os.waitpid(child, 0)
        said.seek(0)
        return End(os.waitstatus_to_exitcode(waited), said.read().decode(), calls)


def _be_the_program(*_: Any) -> NoReturn:
    raise NotImplementedError
