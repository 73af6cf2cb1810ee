"""Tries mutants, each in a process of its own that has everything loaded: which test minds?"""

from __future__ import annotations

import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType

import pytest

from tests.mutants.covered import Reached, be_silent, in_turn
from tests.mutants.made import Mutant
from tests.mutants.swapped import Loaded, changed_functions, loaded_functions, swap

KILLED, TIMED_OUT, SURVIVED, UNREACHED = "killed", "timed out", "survived", "no test"
FATES = (KILLED, TIMED_OUT, UNREACHED, SURVIVED)
MEMORY = 4 * 2**30
# A test may take so many times what it takes without a change, and some seconds more.
TIMES, MORE = 10, 2
# However long: nothing may wait for ever.
WAITED = 900
NOTHING_TO_SWAP = 3


@dataclass(frozen=True)
class Tried:
    mutant: Mutant
    fate: str
    seconds: float


@dataclass(frozen=True)
class Ready:
    """A mutant whose functions are compiled."""

    mutant: Mutant
    changed: dict[str, CodeType]


def ready(mutant: Mutant) -> Ready | None:
    """None where the change changes nothing that runs, or is no Python."""
    try:
        changed = changed_functions(
            mutant.source, mutant.changed(), str(Path(mutant.file).resolve())
        )
    except SyntaxError:
        return None
    return Ready(mutant, changed) if changed else None


def first_of(mutants: Iterator[Mutant], count: int) -> Iterator[Ready]:
    """So many that differ from the program and, within their function, from each other."""
    seen: set[tuple[str, str, CodeType]] = set()
    given = 0
    for mutant in mutants:
        if given == count:
            return
        one = ready(mutant)
        if one is None:
            continue
        marks = {(mutant.file, name, code) for name, code in one.changed.items()}
        if marks <= seen:
            continue
        seen |= marks
        given += 1
        yield one


def tests_for(mutant: Mutant, reached: Reached) -> list[str]:
    """Those that reach its lines, the quick ones first; then the others of the same files.

    What a file keeps for all its tests is reached by the first of them alone.
    """
    lines = range(mutant.first_line, mutant.last_line + 1)
    tests = reached.tests_of(mutant.file, lines)
    tests = tests or reached.tests_of(mutant.file, mutant.function_lines)
    files = {_file(test) for test in tests}
    beside = {test for test in reached.seconds if _file(test) in files} - tests
    return [*_quick_first(tests, reached), *_quick_first(beside, reached)]


def _quick_first(tests: Iterable[str], reached: Reached) -> list[str]:
    return sorted(tests, key=lambda test: (reached.seconds[test], test))


def _file(test: str) -> str:
    return test.partition("::")[0]


def control(session: pytest.Session, reached: Reached) -> str:
    """What comes of a mutant that changes nothing and meets every test: it has to survive."""
    by_name = {item.nodeid: item for item in session.items}
    items = [by_name[name] for name in _quick_first(by_name, reached)]
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if child == 0:
            _live(folder, partial(_minded, session, items, reached))
        return _fate(os.waitpid(child, 0)[1])


def try_all(
    session: pytest.Session, mutants: Iterator[Ready], reached: Reached, jobs: int, minutes: float
) -> Iterator[Tried]:
    """Each as it is done; after so many minutes no other is begun."""
    loaded = loaded_functions()
    items = {item.nodeid: item for item in session.items}
    end = time.monotonic() + minutes * 60
    running: dict[int, Mutant] = {}
    with tempfile.TemporaryDirectory() as folder:
        try:
            for one in mutants:
                if time.monotonic() > end:
                    break
                tests = tests_for(one.mutant, reached)
                if not tests:
                    yield Tried(one.mutant, UNREACHED, 0)
                    continue
                if len(running) == jobs:
                    yield _first_done(running)
                child = os.fork()
                if child == 0:
                    reaching = [items[test] for test in tests]
                    _live(folder, partial(_meets, session, reaching, reached, one, loaded))
                running[child] = one.mutant
            while running:
                yield _first_done(running)
        finally:
            for child in running:
                os.kill(child, signal.SIGKILL)


def _first_done(running: dict[int, Mutant]) -> Tried:
    """Waits for one of the processes, and forgets it."""
    child, status, used = os.wait4(-1, 0)
    return Tried(running.pop(child), _fate(status), used.ru_utime + used.ru_stime)


def _fate(status: int) -> str:
    if os.WIFSIGNALED(status):
        timers = (signal.SIGPROF, signal.SIGALRM)
        return TIMED_OUT if os.WTERMSIG(status) in timers else KILLED
    if os.WEXITSTATUS(status) == NOTHING_TO_SWAP:
        raise RuntimeError("a mutant's function is not loaded, though tests reach it")
    return SURVIVED if os.WEXITSTATUS(status) == 0 else KILLED


def _live(folder: str, met: Callable[[], int]) -> None:
    """The life of a process of its own: it ends with what it met, and never returns."""
    status = 1
    try:
        be_silent()
        os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.mkdtemp(dir=folder)
        signal.alarm(WAITED)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        status = met()
    finally:
        os._exit(status)


def _meets(
    session: pytest.Session,
    items: Sequence[pytest.Item],
    reached: Reached,
    one: Ready,
    loaded: Loaded,
) -> int:
    path = str(Path(one.mutant.file).resolve())
    if not swap(one.mutant.source, path, one.changed, loaded):
        return NOTHING_TO_SWAP
    return _minded(session, items, reached)


def _minded(session: pytest.Session, items: Sequence[pytest.Item], reached: Reached) -> int:
    """1 when the first test fails; 0 when none does."""
    for item, after in in_turn(items):
        signal.setitimer(signal.ITIMER_PROF, reached.seconds[item.nodeid] * TIMES + MORE)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return 1
    return 0
