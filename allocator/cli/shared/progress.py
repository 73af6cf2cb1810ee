"""What a terminal shows while a verb is at work for more than a second, and wipes out after it.

Nothing is shown where the error stream is no terminal, or under --quiet.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from allocator.words.say import say
from allocator.words.text import Text, text

#: So many seconds pass before anything is shown.
PATIENCE = 1.0
BAR = 30


class Progress:
    """One line that is written over and over."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.began = time.monotonic()
        self.width = 0  # of what stands there

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def tell(self, said: Text, done: int, of: int) -> None:
        """How far it is: a bar, and in words."""
        self._show(f"[{'#' * (BAR * done // max(of, 1)):<{BAR}}] {say(said, self.lang)}")

    def still(self) -> None:
        """That it is at work, where nobody knows how far it is."""
        seconds = int(self.seconds)
        self._show(say(text("At work for {seconds} s.", seconds=seconds), self.lang))

    def _show(self, line: str) -> None:
        if sys.stderr is None or not sys.stderr.isatty() or self.seconds < PATIENCE:
            return
        click.echo(f"\r{line:<{self.width}}", nl=False, err=True)
        self.width = len(line)

    @contextmanager
    def cleared(self) -> Iterator[None]:
        """The line is gone when this is left, however it is left."""
        try:
            yield
        finally:
            if self.width:
                click.echo(f"\r{' ' * self.width}\r", nl=False, err=True)


@contextmanager
def at_work(lang: str) -> Iterator[None]:
    """While this lasts, a line tells every second for how long it has been at work."""
    progress, done = Progress(lang), threading.Event()

    def watch() -> None:
        while not done.wait(PATIENCE):
            progress.still()

    watching = threading.Thread(target=watch, daemon=True)
    with progress.cleared():
        watching.start()
        try:
            yield
        finally:
            done.set()
            watching.join()
