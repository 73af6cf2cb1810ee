"""Jobs that start no process: small work is done on the spot, and larger work stands in line."""

from __future__ import annotations

import time
from typing import Any
from zlib import crc32

from allocator.model.problem import InputError
from allocator.workbench.work.jobs import Job, Jobs, State, Work
from allocator.workbench.work.origins import OriginWork
from allocator.workbench.work.sweeps import SweepWork

#: Work is told to stop after so many seconds.
PATIENCE = 1.0
#: So many keys are swept on the spot, over so many areas at most.
MOST_KEYS = 25
#: The instances whose work is small enough.
SMALL = ("nl/minors-2024-3660", "nl/plan-example-zeeland", "at/basic-care-example")


class _Ear:
    """Lets work go on for a moment."""

    def __init__(self) -> None:
        self.until = time.monotonic() + PATIENCE

    def tell(self, place: int, of: int) -> None:
        pass

    def stop(self) -> bool:
        return time.monotonic() > self.until


class Standing(Jobs):
    """The line of a workbench, in which nobody works."""

    def forget_all(self) -> None:
        self.__init__()  # type: ignore[misc]

    def watch(self, job: Job, seconds: float) -> None:
        """Do it, where it is small."""
        if not job.under_way or not _is_small(job.work):
            return
        with self._lock:
            if job in self._line:
                self._line.remove(job)
        result: Any = None
        error: InputError | None = None
        state = State.DONE
        try:
            result = job.work(_Ear())
        except InputError as refused:
            state, error = State.WRONG, refused
        with self._lock:
            job.result, job.error = result, error
            self._end(job, state)

    def _staffed(self, at_least: int = 0) -> None:
        """Nobody is taken on."""


def _is_small(work: Work) -> bool:
    """Whether it is done before anybody gets impatient."""
    instance = getattr(work, "instance", "")
    if isinstance(work, SweepWork):
        sample = dict(work.pairs).get("sample", "")
        return instance in SMALL and sample.isdecimal() and int(sample[:9]) <= MOST_KEYS
    if isinstance(work, OriginWork):  # which takes more than a second: now and then
        return instance in SMALL and not crc32(repr(work.pairs).encode()) % 10
    return instance in SMALL
