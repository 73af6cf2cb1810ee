"""Times functions of the program while it does its real work.

What a function calls that is timed itself counts there and not twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock


class Stopwatch:
    """Seconds by name; at any moment one name runs."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._running: list[str] = []
        self._since = 0.0

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Everything inside counts to this name, but for phases inside it."""
        self._stop()
        self._running.append(name)
        try:
            yield
        finally:
            self._stop()
            self._running.pop()

    def _stop(self) -> None:
        """Book what ran until now, and start anew."""
        now = time.perf_counter()
        if self._running:
            name = self._running[-1]
            self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now

    @contextmanager
    def watching(self, functions: dict[str, str]) -> Iterator[None]:
        """Each function, by where it is looked up, counts to the phase beside it."""
        with ExitStack() as stack:
            for where, name in functions.items():
                module, _, function = where.rpartition(".")
                stack.enter_context(mock.patch(where, self._timed(module, function, name)))
            yield

    def _timed(self, module: str, function: str, name: str) -> Callable[..., Any]:
        from importlib import import_module

        inner = getattr(import_module(module), function)

        def timed(*arguments: Any, **named: Any) -> Any:
            with self.phase(name):
                return inner(*arguments, **named)

        return timed
