"""Runs a command and its peer in turn, and keeps the times."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Task:
    """Something to measure, and somebody else's way of doing it."""

    name: str
    command: Sequence[str]  # arguments to this Python
    peer_name: str
    peer: Sequence[str]
    at_most: int = 99  # runs, where one takes long


@dataclass(frozen=True)
class Times:
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def least(self) -> float:
        return min(self.seconds)

    @property
    def most(self) -> float:
        return max(self.seconds)


@dataclass(frozen=True)
class Measured:
    task: Task
    own: Times
    peer: Times


def measured(task: Task, repeats: int) -> Measured:
    """The two in turn, so that whatever else the machine does hits both."""
    own, peer = [], []
    for _ in range(min(repeats, task.at_most)):
        own.append(_seconds(task.command))
        peer.append(_seconds(task.peer))
    return Measured(task, Times(tuple(own)), Times(tuple(peer)))


def _seconds(arguments: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
