"""Phases share the time of a run, and a process that fails says why."""

from __future__ import annotations

import math

import pytest

from benchmarks.measuring.process import Failed, asked
from benchmarks.measuring.repeat import repeated
from benchmarks.phases.stopwatch import Stopwatch
from benchmarks.phases.worker import FUNCTIONS


def test_a_phase_inside_another_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 4.0, 9.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    watch = Stopwatch()
    with watch.phase("all"), watch.phase("inner"):
        pass
    assert watch.seconds == {"all": 1.0 + 5.0, "inner": 3.0}


def test_a_watched_function_still_answers() -> None:
    watch = Stopwatch()
    with watch.watching({"math.sqrt": "roots"}), watch.phase("all"):
        assert math.sqrt(9.0) == 3.0
    assert set(watch.seconds) == {"all", "roots"}


def test_every_phase_names_a_function_that_is_there() -> None:
    with Stopwatch().watching(FUNCTIONS):
        pass


def test_the_memory_of_a_process_is_its_own() -> None:
    ballast = b"x" * (300 * 2**20)
    arguments = ["342 × 1", "1"]
    assert asked("benchmarks.phases.worker", arguments)["megabytes"] < len(ballast) / 2**20


def test_work_is_repeated_as_often_as_asked() -> None:
    runs: list[int] = []
    answer, seconds = repeated(lambda: runs.append(1), 3)
    assert answer is None
    assert (len(runs), len(seconds)) == (4, 3)  # the first one only warms


def test_a_process_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(Failed, match="KeyError: 'no such contest'"):
        asked("benchmarks.contests.worker", ["no such contest", "ours", "1", "file", "1"])
