"""Who does the work of a sweep, how far it is, and what is kept of it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import click

from allocator.cli.shared.progress import Progress
from allocator.comparison.sweep import (
    Design,
    Question,
    Swept,
    fingerprint,
    sweep,
)
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.results.sweeps import SweepFolder
from allocator.words.say import say
from allocator.words.text import Text, counted, text


@dataclass(frozen=True)
class Work:
    """The options that say how it is done."""

    jobs: int
    scheduler: str | None
    resume: Path | None


def swept(what: tuple[Question, Design], work: Work, lang: str) -> Swept:
    """The sweep, by whoever does the work; finished parts are kept where that was asked."""
    question, design = what
    folder = SweepFolder.opened(work.resume, fingerprint(question, design)) if work.resume else None
    progress = Progress(lang)

    def told(done: int, number: int) -> None:
        said = text("{done} of {number} keys", done=done, number=number)
        progress.tell(said, done, number)

    try:
        with workers(work) as executor, progress.cleared():
            return sweep(
                question.instance,
                design,
                question.choice,
                question.keep,
                question.inside,
                executor,
                told,
                folder,
            )
    except BrokenExecutor as error:
        raise _refused(
            Place("--jobs"),
            text("A process ended before its time ({reason}).", reason=str(error)),
            text("Try again with fewer processes."),
        ) from error
    except KeyboardInterrupt:
        click.echo(say(_how_to_go_on(folder), lang), err=True)
        raise


def _how_to_go_on(folder: SweepFolder | None) -> Text:
    if folder is None:
        return text("Nothing was kept. With --resume FOLDER a sweep goes on where it stopped.")
    return counted(
        folder.parts,
        "{number} finished part is in {folder}; the same command goes on from there.",
        "{number} finished parts are in {folder}; the same command goes on from there.",
        folder=str(folder.path),
    )


@contextmanager
def workers(work: Work) -> Iterator[Executor | None]:
    """Who does the work: this process, several of this machine, or a cluster."""
    if work.scheduler and work.jobs > 1:
        raise _refused(
            Place("--jobs"),
            text("--scheduler says already who does the work."),
            text("Leave one of the two out."),
        )
    if work.scheduler:
        with _cluster(work.scheduler) as executor:
            yield executor
    elif work.jobs > 1:
        pool = ProcessPoolExecutor(work.jobs, initializer=_begin)
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)
    else:
        yield None


def _begin() -> None:
    """Ctrl-C reaches every process of a terminal, and the first one speaks for all."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """Where the first process is killed, nobody else ends the others."""
    first = parent_process()
    if first:
        first.join()
        os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    place = Place("--scheduler")
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise _refused(
            place,
            text("A cluster needs a package that is not installed."),
            text("Install it: pip install 'allocator[cluster]'."),
        ) from error
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise _refused(
            place,
            text("No cluster answers at {address}: {reason}.", address=address, reason=str(error)),
            text("Start one with `dask scheduler`, and give the address that it tells."),
        ) from error
    with client:
        yield client.get_executor()


def _refused(place: Place, found: Text, mend: Text) -> InputError:
    return InputError(Problem(place, found, mend))
