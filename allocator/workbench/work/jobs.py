"""Work that takes longer than a page may wait: each in a process of its own, under its own number.

So much is at work at once, and the rest waits in line; the same question asked twice is one job.
What came of it is kept for an hour, in memory, under a number that nobody can guess. A process
that dies takes nothing else along: its job says so, and the next job gets a new process.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import secrets
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from allocator.model.problem import InputError
from allocator.words.text import Value

LOG = logging.getLogger("allocator.workbench")

#: For so many seconds after its end a job is kept.
KEPT = 3600
#: So many jobs that have ended are kept at most, and so many wait in line.
MOST_KEPT = 200
MOST_WAITING = 40
#: So many requests wait for an answer at once; the others are shown the progress straight away.
MOST_WATCHED = 8


class Ear(Protocol):
    """Whom work tells where it is, and who says when it should end."""

    def tell(self, place: int, of: int) -> None:
        """So many steps are done, of so many."""

    def stop(self) -> bool:
        """Whether somebody wants what there is so far."""


class Work(Hashable, Protocol):
    """What is to be done: plain data that goes to another process; the same data is one job."""

    def __call__(self, ear: Ear) -> Any:
        """Do it."""

    @property
    def title(self) -> Value:
        """What people call it."""

    @property
    def gives_best(self) -> bool:
        """Whether it listens to a stop, and gives the best so far."""

    def address(self, lang: str) -> str:
        """Where its answer is shown."""


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    WRONG = "wrong"  # the question has no answer, for a reason in words
    BROKEN_OFF = "broken off"  # somebody ended it
    DIED = "died"  # its process ended, or an error of ours did


#: A job in one of these goes on by itself.
UNDER_WAY = (State.WAITING, State.RUNNING)


class Full(Exception):
    """So much waits that nothing is taken on."""


@dataclass
class Job:
    """One piece of work on its way."""

    number: str  # nobody can guess it
    work: Work
    state: State = State.WAITING
    done: int = 0  # steps
    of: int = 0
    stopping: bool = False  # somebody wants what there is so far
    result: Any = None
    error: InputError | None = None
    at: float = 0.0  # when it was asked for, later when it began, and then when it ended
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY


class Jobs:
    """All work of a server, done by a few processes."""

    def __init__(
        self, processes: int | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """One core is left for pages."""
        self._clock = clock
        self._free = processes or max(1, (os.cpu_count() or 1) - 1)
        self._lock = threading.Condition()
        self._line: deque[Job] = deque()
        self._by_number: dict[str, Job] = {}
        self._by_work: dict[Work, Job] = {}
        self._processes: dict[str, _Process] = {}  # at work, by the number of their job
        self._idle = 0
        self._closed = False
        self._watched = threading.BoundedSemaphore(MOST_WATCHED)

    def ask(self, work: Work) -> Job:
        """The job of this work: the one there is, or a new one at the end of the line."""
        with self._lock:
            self._forget()
            if work in self._by_work:
                return self._by_work[work]
            if len(self._line) >= MOST_WAITING:
                raise Full
            job = Job(secrets.token_urlsafe(16), work, at=self._clock())
            self._by_number[job.number] = self._by_work[work] = job
            self._line.append(job)
            self._staffed()
            self._lock.notify()
            return job

    def waited(self, work: Work, seconds: float) -> Job:
        """How it stands with the same after waiting a moment for its end."""
        job = self.ask(work)
        self.watch(job, seconds)
        return self.seen(job)

    def seen(self, job: Job) -> Job:
        """The job as it is now, which stays so while a page is made of it."""
        with self._lock:
            return replace(job)

    def watch(self, job: Job, seconds: float) -> None:
        """Wait a moment for the end of a job, unless it stands in line or many wait already."""
        with self._lock:
            near = job.under_way and job not in list(self._line)[1:]
        if near and self._watched.acquire(blocking=False):
            try:
                job.ended.wait(seconds)
            finally:
                self._watched.release()

    def seconds(self, job: Job) -> float:
        """How long ago it began, or ended."""
        return self._clock() - job.at

    def find(self, number: str) -> Job | None:
        """The job of a number, while it is kept."""
        with self._lock:
            self._forget()
            return self._by_number.get(number)

    def before(self, job: Job) -> int:
        """How many are at work, or stand in line, before one that waits."""
        with self._lock:
            line = [each.number for each in self._line]
            return len(self._processes) + line.index(job.number) if job.number in line else 0

    def stop(self, job: Job) -> None:
        """Ask for what there is so far; asked again, or of work that has nothing, break it off."""
        with self._lock:
            process = self._processes.get(job.number)
            if not job.under_way:
                return
            if job in self._line:
                self._line.remove(job)
                self._end(job, State.BROKEN_OFF)
            elif process and (job.stopping or not job.work.gives_best):
                self._end(job, State.BROKEN_OFF)
                process.kill()
            else:
                job.stopping = True
                if process:
                    process.say(("stop", job.number))

    def again(self, job: Job) -> Job:
        """The same work from the beginning, where it has ended."""
        with self._lock:
            if not job.under_way and self._by_number.get(job.number) is job:
                self._drop(job)
        return self.ask(job.work)

    def ready(self) -> None:
        """Have a process waiting, so that the first question need not wait for its start."""
        with self._lock:
            self._staffed(at_least=1)

    def close(self) -> None:
        """End everything."""
        with self._lock:
            self._closed = True
            for process in self._processes.values():
                process.kill()
            self._lock.notify_all()

    def _staffed(self, at_least: int = 0) -> None:
        """Somebody for everybody in line, as long as there are cores."""
        while self._free and self._idle < max(len(self._line), at_least):
            self._free -= 1
            self._idle += 1
            threading.Thread(target=self._hand_out, daemon=True).start()

    def _hand_out(self) -> None:
        """A process is given one job after the other; where it is of no more use, another is."""
        process: _Process | None = None
        with suppress(OSError):  # tried again for the first job
            process = _Process()
        while (job := self._next()) is not None:
            try:
                if process is None or not process.alive:
                    process = _Process()
                self._follow(job, process)
            except Exception as error:  # whatever went wrong, it is of this job alone
                LOG.warning("the process of job %s has ended: %r", job.number, error)
                with self._lock:
                    if job.under_way:
                        self._end(job, State.DIED)
            if process and job.state in (State.BROKEN_OFF, State.DIED):
                process.end()
                process = None
            with self._lock:
                self._processes.pop(job.number, None)
                self._idle += 1
        if process:
            process.end()

    def _next(self) -> Job | None:
        """The first in line, once there is one; nothing at the end of the server."""
        with self._lock:
            while not self._line and not self._closed:
                self._lock.wait()
            if self._closed:
                return None
            self._idle -= 1
            job = self._line.popleft()
            job.state = State.RUNNING
            job.at = self._clock()
            return job

    def _follow(self, job: Job, process: _Process) -> None:
        """Hand the work over and listen until it ends."""
        with self._lock:
            self._processes[job.number] = process
            process.say(("work", job.number, job.work))
            if job.stopping:
                process.say(("stop", job.number))
        while job.under_way:
            kind, *said = process.hear()
            with self._lock:
                if kind == "told":
                    job.done, job.of = said
                elif job.under_way:
                    job.result, job.error = said
                    self._end(job, State(kind))

    def _end(self, job: Job, state: State) -> None:
        job.state = state
        job.at = self._clock()
        job.ended.set()

    def _forget(self) -> None:
        """Drop what ended an hour ago, and the oldest where they are too many."""
        ended = [job for job in self._by_number.values() if not job.under_way]
        ended.sort(key=lambda job: job.at)
        over = len(ended) - MOST_KEPT
        for place, job in enumerate(ended):
            if place < over or self._clock() - job.at >= KEPT:
                self._drop(job)

    def _drop(self, job: Job) -> None:
        del self._by_number[job.number]
        del self._by_work[job.work]


class _Process:
    """A Python of its own at the other end of a pipe."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._started: BaseProcess = context.Process(target=_serve, args=(there,), daemon=True)
        self._started.start()
        there.close()

    @property
    def alive(self) -> bool:
        return self._started.is_alive()

    def say(self, message: tuple[Any, ...]) -> None:
        """Send it; of one that has died whoever listens hears."""
        with suppress(OSError):
            self._pipe.send(message)

    def hear(self) -> tuple[Any, ...]:
        heard: tuple[Any, ...] = self._pipe.recv()
        return heard

    def kill(self) -> None:
        """Make it end; who listens to it hears so."""
        self._started.kill()

    def end(self) -> None:
        """The same, and wait until it is gone: for its owner alone."""
        self._started.kill()
        self._started.join()


@dataclass
class _Teller:
    """The ear of work in its own process: what it hears goes through the pipe."""

    pipe: Connection
    number: str  # of the job
    stopped: bool = False

    def tell(self, place: int, of: int) -> None:
        self.pipe.send(("told", place, of))

    def stop(self) -> bool:
        try:
            while not self.stopped and self.pipe.poll():
                kind, number = self.pipe.recv()
                self.stopped = kind == "stop" and number == self.number
        except (EOFError, OSError):  # the server is no more
            self.stopped = True
        return self.stopped


def _serve(pipe: Connection) -> None:
    """What a process does: work that comes through the pipe, until nobody is at its other end."""
    # the keyboard's interrupt is the server's, which ends us with itself
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # most work needs this, and reading it takes a moment: before the first question comes
    import allocator.asking.planning  # noqa: F401

    try:
        while True:
            kind, number, *rest = pipe.recv()
            if kind == "work":
                pipe.send(_outcome(rest[0], _Teller(pipe, number)))
    except (EOFError, OSError):
        return


def _outcome(work: Work, ear: Ear) -> tuple[str, Any, InputError | None]:
    """What comes of work; an error of ours is told in the log of the server."""
    try:
        return State.DONE.value, work(ear), None
    except InputError as error:
        return State.WRONG.value, None, error
    except (EOFError, OSError):
        raise
    except Exception:  # a slip of ours: the log has it, and the process takes the next work
        LOG.exception("work failed: %r", work)
        return State.DIED.value, None, None
