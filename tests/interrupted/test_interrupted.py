"""A share of what `python -m tests.interrupted` tries: of the ways that take least."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from allocator.cli.comparison.sweeping import Work, workers
from tests.interrupted import trials
from tests.interrupted.places import Half, Tried
from tests.interrupted.ways import WAYS

#: Of each, which calls are tried: every eighth, every twentieth, ...
CHEAP = {"run csv": 8, "run folder": 20}
#: One that goes on from what it kept is killed too.
KILLED = {**CHEAP, "sweep with parts": 30}


@pytest.fixture
def tried(request: pytest.FixtureRequest, tmp_path: Path) -> Tried:
    return Tried.of(next(way for way in WAYS if way.name == request.param), tmp_path)


@pytest.mark.parametrize("tried", KILLED, indirect=True)
def test_killed(tried: Tried) -> None:
    assert trials.killed_before_calls(tried, KILLED[tried.way.name]) > 1
    trials.killed_inside_files(tried)


@pytest.mark.parametrize("tried", CHEAP, indirect=True)
def test_refused_by_the_system(tried: Tried) -> None:
    assert trials.without_room(tried, CHEAP[tried.way.name]) > 1
    trials.limited(tried)
    trials.nowhere(tried)


def test_killed_at_random(tmp_path: Path) -> None:
    tried = Tried.of(WAYS[0], tmp_path)
    seen = trials.killed_at_random(tried, 1, 0, 5)
    assert seen["killed"] + seen["ended before"] == 5


def test_a_half_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_its_place(files: dict[Path, bytes]) -> None:
        for path, content in files.items():
            with path.open("wb") as file:
                file.write(content)

    tried = Tried.of(WAYS[0], tmp_path)
    monkeypatch.setattr("allocator.cli.distribution.kept.write_whole", in_its_place)
    with pytest.raises(Half, match=r"table\.csv is neither the old nor the new one"):
        trials.killed_inside_files(tried)


def test_a_sweep_that_is_killed_takes_its_processes_along() -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with workers(Work(2, None, None)) as pool:
                assert pool is not None
                os.write(writing, b"%d" % pool.submit(os.getpid).result())
                time.sleep(60)
        finally:
            os._exit(1)
    os.close(writing)
    told = os.read(reading, 20)
    os.close(reading)
    assert told, "it never began"
    worker = int(told)
    assert _runs(worker)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    end = time.monotonic() + 20
    try:
        while _runs(worker):
            assert time.monotonic() < end, "it goes on by itself"
            time.sleep(0.02)
    finally:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "(zombie)" not in (Path("/proc") / str(process) / "status").read_text()
