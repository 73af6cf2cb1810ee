"""Repeats a piece of work in this process, and keeps how long each run took and how much memory."""

from __future__ import annotations

import re
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

A = TypeVar("A")
ENOUGH = 10.0
"""After so many seconds the work is repeated no more."""
WARMING = 4.0
"""A first run that takes longer than this is counted, too."""


def repeated(run: Callable[[], A], repeats: int, limit: int = 0) -> tuple[A, list[float]]:
    """The answer of the first run, and the seconds of all that count.

    The first one warms the caches, and is not counted where it is short. A limit in seconds ends
    the whole process with a signal, in the middle of a solver in C++, too.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limit)
    answer, first = _timed(run)
    signal.alarm(0)
    seconds = [] if repeats > 1 and first < WARMING else [first]
    left = ENOUGH - first
    while len(seconds) < repeats and (left > first or not seconds):
        seconds.append(_timed(run)[1])
        left -= seconds[-1]
    return answer, seconds


def _timed(run: Callable[[], A]) -> tuple[A, float]:
    start = time.perf_counter()
    answer = run()
    return answer, time.perf_counter() - start


def megabytes() -> int:
    """The most memory that this process had so far.

    Linux counts what the parent had in `ru_maxrss`, so there it is read elsewhere.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = re.findall(r"^VmHWM:\s+(\d+) kB$", status.read_text("utf-8"), re.MULTILINE)
        return int(peak) // 2**10
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
