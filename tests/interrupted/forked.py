"""The program in a fork of this process, which is stopped at one of its calls to the system."""

from __future__ import annotations

import io
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from allocator.cli.main import main

#: What changes a folder, as Python's audit names it; of `open`, only what is opened to be written.
CHANGES = frozenset(
    ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.truncate")
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: What needs room on a disk; nothing is ever too full for taking away.
NEEDS_ROOM = frozenset(("open", "os.mkdir", "fsync"))

#: Nobody is killed so late, in seconds.
PATIENCE = 60.0

Stop = Callable[[], None]
At = Callable[[str, int], bool]  # whether a call is stopped, by its name and its number from 1


@dataclass(frozen=True)
class Stopped:
    """Where and how the program is stopped, and what the system allows it."""

    at: At = lambda name, number: False
    by: Stop = lambda: None
    largest: int | None = None  # bytes of a file; the rest cannot be written
    deadly: bool = False  # whoever writes a larger file is killed while writing it


@dataclass(frozen=True)
class End:
    """How the program ended."""

    status: int  # below zero: the signal that killed it
    said: str


def killed_at(number: int) -> Stopped:
    """Killed before one of its calls that change or write a file, counted from 1."""
    return Stopped(lambda _, place: place == number, lambda: os.kill(os.getpid(), signal.SIGKILL))


def failing_at(number: int, error: int) -> Stopped:
    """From one call on, whatever needs room on the disk ends in an error of the system."""

    def fail() -> None:
        raise OSError(error, os.strerror(error))

    return Stopped(lambda name, place: name in NEEDS_ROOM and place >= number, fail)


def killed_in_a_file(largest: int) -> Stopped:
    """Killed in the middle of a file, after so many bytes."""
    return Stopped(largest=largest, deadly=True)


def limited_to(largest: int) -> Stopped:
    """No file may have more bytes; as under `ulimit -f`, or on a disk that is full."""
    return Stopped(largest=largest)


def here(folder: Path, arguments: Sequence[str]) -> End:
    """The same in this process, so that its forks find everything read and ready."""
    screen = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    words, sys.argv = sys.argv, ["allocator", *arguments]
    status = 0
    try:
        with chdir(folder), redirect_stdout(screen), redirect_stderr(screen):
            main()
    except SystemExit as end:
        status = _status(end)
    finally:
        sys.argv = words
    screen.seek(0)
    return End(status, screen.read())


def program(folder: Path, arguments: Sequence[str], stopped: Stopped | None = None) -> End:
    """`allocator ARGUMENTS...` in a folder, as a process of its own that needs no start."""
    return _ended(*_started(folder, arguments, stopped or Stopped()))


def killed_after(folder: Path, arguments: Sequence[str], seconds: float) -> tuple[End, float]:
    """The same, killed so long after its first call that writes; and for how long it wrote."""
    reading, writing = os.pipe()
    begins = Stopped(lambda _, number: number == 1, lambda: _tell(writing))
    child, screen = _started(folder, arguments, begins)
    os.close(writing)
    os.read(reading, 1)  # of one that ends without writing, nothing comes
    os.close(reading)
    begun = time.perf_counter()
    if seconds < PATIENCE:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return _ended(child, screen), time.perf_counter() - begun


def _tell(pipe: int) -> None:
    os.write(pipe, b".")


def _started(folder: Path, arguments: Sequence[str], stopped: Stopped) -> tuple[int, int]:
    """The process, and the pipe through which it speaks."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _be_the_program(folder, arguments, stopped, writing)
    os.close(writing)
    return child, reading


def _ended(child: int, screen: int) -> End:
    with os.fdopen(screen, "rb") as pipe:
        said = pipe.read().decode()
    _, waited = os.waitpid(child, 0)
    return End(os.waitstatus_to_exitcode(waited), said)


def _be_the_program(
    folder: Path, arguments: Sequence[str], stopped: Stopped, screen: int
) -> NoReturn:
    status = 70
    try:
        os.chdir(folder)
        for stream in (1, 2):
            os.dup2(screen, stream)
        sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb"), "utf-8")
        sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", 0), "utf-8", write_through=True)
        sys.argv = ["allocator", *arguments]
        _limit(stopped)
        _watch(stopped)
        main()
    except SystemExit as end:
        status = _status(end)
        sys.stdout.flush()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _status(end: SystemExit) -> int:
    return end.code if isinstance(end.code, int) else int(end.code is not None)


def _limit(stopped: Stopped) -> None:
    if stopped.largest is None:
        return
    if stopped.deadly:  # Python hears of it otherwise, as of an error
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (stopped.largest, stopped.largest))


def _watch(stopped: Stopped) -> None:
    calls = 0
    sync = os.fsync

    def called(name: str) -> None:
        nonlocal calls
        calls += 1
        if stopped.at(name, calls):
            stopped.by()

    def heard(name: str, details: tuple[Any, ...]) -> None:
        opened = name == "open" and isinstance(details[2], int) and details[2] & WRITING
        if opened or name in CHANGES:
            called(name)

    def fsync(file: int) -> None:
        called("fsync")
        sync(file)

    os.fsync = fsync  # type: ignore[assignment]
    sys.addaudithook(heard)
