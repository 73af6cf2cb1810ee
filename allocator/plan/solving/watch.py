"""How long a search may take, whom it tells where it is, and who may end it.

While it runs, an interrupt from the keyboard asks for the best so far; a second one breaks it off.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from allocator.plan.solving.answer import Stopped


@dataclass(frozen=True)
class Patience:
    """What whoever asks is willing to wait for."""

    seconds: float | None = None  # for the whole; None: until it is proven
    told: Callable[[str, int, int], None] | None = None  # what begins, its place, of so many
    stop: Callable[[], bool] | None = None  # asked again and again; from yes on the search ends


@dataclass
class Watch:
    """A search under way."""

    patience: Patience
    began: float = field(default_factory=time.monotonic)
    interrupted: bool = False

    def left(self) -> float | None:
        """The seconds that are left; None where there is no end to them."""
        if self.patience.seconds is None:
            return None
        return max(0.0, self.patience.seconds - (time.monotonic() - self.began))

    def asked(self) -> bool:
        """Whether somebody wants the best so far."""
        if not self.interrupted and self.patience.stop is not None:
            self.interrupted = self.patience.stop()
        return self.interrupted

    def stopped(self) -> Stopped:
        """Why the search has to end, if it has to."""
        if self.asked():
            return Stopped.ASKED
        return Stopped.TIME if self.left() == 0 else Stopped.NO

    def tell(self, name: str, place: int, of: int) -> None:
        """Say which stage begins, or which of several searches."""
        if self.patience.told is not None:
            self.patience.told(name, place, of)


@contextmanager
def watching(patience: Patience) -> Iterator[Watch]:
    """A watch that an interrupt from the keyboard ends.

    A solver does not survive an exception raised in the midst of it, so the interrupt is only
    noted. Python hands interrupts to its main thread; a search in another one has `stop`.
    """
    watch = Watch(patience)
    if threading.current_thread() is not threading.main_thread():
        yield watch
        return
    before = signal.getsignal(signal.SIGINT)

    def note(number: int, frame: FrameType | None) -> None:
        watch.interrupted = True
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, note)
    try:
        yield watch
    finally:
        signal.signal(signal.SIGINT, before)
