"""The workbench over HTTP: a user changes a weight and waits for the page.

Every question is asked for the first time, so no answer comes from memory. One user asks one
after another; ten users each change something every three seconds.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from statistics import median, quantiles

PORT = 8766
PAGE = "/verdeling/nl/reception-2024"
USERS = 10  # who ask at once, each as often as it likes
PAUSE = 3.0  # seconds between the changes of one of several users

_SERVER = f"""
import uvicorn
from allocator.workbench.app import application
app = application({{"127.0.0.1:{PORT}"}})
uvicorn.run(app, host="127.0.0.1", port={PORT}, log_level="warning")
"""


@dataclass(frozen=True)
class Answered:
    """How long answers took, in seconds, and how large a page was on the way."""

    what: str
    seconds: tuple[float, ...]
    size: int

    @property
    def cells(self) -> tuple[str, ...]:
        times = [median(self.seconds), quantiles(self.seconds, n=20)[-1], max(self.seconds)]
        shown = [f"{1000 * each:,.0f} ms" for each in times]
        return (self.what, str(len(self.seconds)), *shown, f"{self.size / 1000:,.0f} kB")


def answers(changes: int) -> Iterator[Answered]:
    """The measurements, from a server of their own."""
    percents = (f"{100 + number / 1000:.3f}" for number in count(1))
    with _serving():
        _asked("/")
        first = [_asked("/") for _ in range(max(2, changes // 4))]
        yield Answered("the start page", tuple(t for t, _ in first), first[0][1])
        one = [_changed(next(percents)) for _ in range(changes)]
        yield Answered("one user changes a weight", tuple(t for t, _ in one), one[0][1])
        shares = [[next(percents) for _ in range(changes // 4)] for _ in range(USERS)]
        with ThreadPoolExecutor(USERS) as users:
            several = [taken for each in users.map(_user, shares, range(USERS)) for taken in each]
        yield Answered("ten users, each every 3 s", tuple(t for t, _ in several), several[0][1])


def _user(percents: list[str], number: int) -> list[tuple[float, int]]:
    time.sleep(PAUSE * number / USERS)
    found = []
    for percent in percents:
        found.append(_changed(percent))
        time.sleep(max(0.0, PAUSE - found[-1][0]))
    return found


def _changed(percent: str) -> tuple[float, int]:
    return _asked(f"{PAGE}?counts.ses_woa={percent}")


def _asked(path: str) -> tuple[float, int]:
    """The time until the whole page is here, and its size as sent."""
    start = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.status == 200, (answer.status, path)
    return time.perf_counter() - start, len(content)


def _wait_for(server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        with suppress(OSError):
            _asked("/static/page.css")
            return
        time.sleep(0.1)
    raise RuntimeError("the workbench does not answer")


@contextmanager
def _serving() -> Iterator[None]:
    server = subprocess.Popen([sys.executable, "-c", _SERVER])
    try:
        _wait_for(server)
        yield
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    for each in answers(100):
        print(" | ".join(each.cells))
