"""Tables that readers brought: in memory, for an hour, each under a number that nobody can guess.

What is new drives out what is oldest. A file is on disk only while it is read, under another name.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock

#: A table is kept for so many seconds.
KEPT = 3600
#: The largest file, in bytes; the 342 municipalities with six columns take 20,000.
LARGEST = 10_000_000
#: So many bytes are kept together, and so many files.
MOST_BYTES = 100_000_000
MOST_FILES = 200


@dataclass(frozen=True)
class Upload:
    """A file that a reader brought."""

    name: str  # as its owner calls it; shown, and never opened
    content: bytes = field(repr=False)
    since: float  # when it came, by the clock of the uploads


class Uploads:
    """The files that are kept now, the oldest first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, Upload] = OrderedDict()
        self._lock = Lock()

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file; the answer is the number under which it is found.

        >>> several = Uploads()
        >>> number = several.keep("table.csv", b"Utrecht,8207")
        >>> several.of(number).name
        'table.csv'
        """
        number = token_urlsafe(24)
        with self._lock:
            self._kept[number] = Upload(name, content, self._clock())
            self._tidy()
        return number

    def of(self, number: str) -> Upload | None:
        """The file under a number, or None where there is none, or none any more."""
        with self._lock:
            self._tidy()
            return self._kept.get(number)

    def _tidy(self) -> None:
        """Let go of what is too old, and of the oldest where there is too much."""
        now = self._clock()
        while self._kept:
            oldest = next(iter(self._kept.values()))
            size = sum(len(upload.content) for upload in self._kept.values())
            old = now - oldest.since >= KEPT
            if not old and size <= MOST_BYTES and len(self._kept) <= MOST_FILES:
                return
            self._kept.popitem(last=False)


#: Those of this server.
UPLOADS = Uploads()
