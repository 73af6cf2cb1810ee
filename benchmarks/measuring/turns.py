"""Runs a command and its peer in turn, so that whatever else the machine does hits both."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measuring.times import Times


@dataclass(frozen=True)
class Task:
    """Something to measure, and somebody else's way of doing it."""

    name: str
    command: Sequence[str]
    """Arguments to this Python."""
    peer_name: str
    peer: Sequence[str]
    at_most: int = 99
    """Runs, where one takes long."""
    quick: bool = True
    """Whether it is short enough to see that all works."""


@dataclass(frozen=True)
class Measured:
    """What both took."""

    task: Task
    own: Times
    peer: Times


def measured(task: Task, repeats: int) -> Measured:
    own, peer = [], []
    for _ in range(min(repeats, task.at_most)):
        own.append(_seconds(task.command))
        peer.append(_seconds(task.peer))
    return Measured(task, Times(tuple(own)), Times(tuple(peer)))


def _seconds(arguments: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
