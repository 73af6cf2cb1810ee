"""The workbench over HTTP: a user changes a weight and waits for the page.

Every question is asked for the first time, so no answer comes from memory. One user asks one
after another; ten users each change something every three seconds.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from statistics import median, quantiles
from threading import Thread

PORT = 8766
PAGE = "/verdeling/nl/reception-2024"
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
    def line(self) -> str:
        times = [median(self.seconds), quantiles(self.seconds, n=20)[-1], max(self.seconds)]
        shown = " | ".join(f"{1000 * each:,.0f} ms" for each in times)
        return f"| {self.what} | {len(self.seconds)} | {shown} | {self.size / 1000:,.0f} kB |"


def answers(changes: int) -> Iterator[Answered]:
    """The measurements, from a server of their own."""
    percents = (f"{100 + number / 1000:.3f}" for number in count(1))
    with _serving():
        _asked("/")
        first = [_asked("/") for _ in range(max(2, changes // 4))]
        yield Answered("the start page", tuple(t for t, _ in first), first[0][1])
        one = [_changed(next(percents)) for _ in range(changes)]
        yield Answered("one user changes a weight", tuple(t for t, _ in one), one[0][1])
        several: list[tuple[float, int]] = []
        users = [
            Thread(target=_user, args=(several, [next(percents) for _ in range(changes // 4)], n))
            for n in range(10)
        ]
        for user in users:
            user.start()
        for user in users:
            user.join()
        yield Answered("ten users, each every 3 s", tuple(t for t, _ in several), several[0][1])


def _user(found: list[tuple[float, int]], percents: list[str], number: int) -> None:
    time.sleep(PAUSE * number / 10)
    for percent in percents:
        taken = _changed(percent)
        found.append(taken)
        time.sleep(max(0.0, PAUSE - taken[0]))


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


@contextmanager
def _serving() -> Iterator[None]:
    server = subprocess.Popen([sys.executable, "-c", _SERVER])
    try:
        for _ in range(200):
            try:
                _asked("/static/page.css")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    for each in answers(100):
        print(each.line)
