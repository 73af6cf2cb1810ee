"""One run of all the tests without a change: how long each takes, and which lines it reaches."""

from __future__ import annotations

import os
import pickle
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest


class TestsFail(Exception):
    """Without any change some tests fail already."""


@dataclass
class Reached:
    """Seconds of processor time of each test, and who reaches a line of a file."""

    seconds: dict[str, float] = field(default_factory=dict)
    tests: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def tests_of(self, file: str, lines: Iterable[int]) -> set[str]:
        by_line = self.tests.get(file, {})
        return {test for line in lines for test in by_line.get(line, ())}


def look(session: pytest.Session, files: Sequence[str], left: Path) -> Reached:
    """In a process of its own, so that nothing a test leaves behind reaches a later one.

    Raises TestsFail."""
    kept = left / "reached"
    child = os.fork()
    if child == 0:
        try:
            be_silent()
            kept.write_bytes(pickle.dumps(_measured(session, files)))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    reached: Reached = pickle.loads(kept.read_bytes())
    if reached.failed:
        raise TestsFail("\n".join(reached.failed))
    return reached


def in_turn(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each with the one after it, whose fixtures are kept for it."""
    return zip(items, [*items[1:], None], strict=True)


def be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())


def _measured(session: pytest.Session, files: Sequence[str]) -> Reached:
    reached = Reached()
    tracer = coverage.Coverage(data_file=None, include=files, config_file=False)
    tracer.start()
    for item, after in in_turn(session.items):
        tracer.switch_context(item.nodeid)
        start = time.process_time()
        before = session.testsfailed
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        reached.seconds[item.nodeid] = time.process_time() - start
        if session.testsfailed > before:
            reached.failed.append(item.nodeid)
    tracer.stop()
    data = tracer.get_data()
    for file in files:
        by_line: dict[int, set[str]] = defaultdict(set)
        for line, tests in data.contexts_by_lineno(str(Path(file).resolve())).items():
            by_line[line] = {test for test in tests if test}
        reached.tests[file] = dict(by_line)
    return reached
