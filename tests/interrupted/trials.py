"""The ways of interrupting; each gives how often it did, and raises a `Half` for what it left."""

from __future__ import annotations

import errno
from collections import Counter
from random import Random

from tests.interrupted.forked import (
    PATIENCE,
    failing_at,
    killed_after,
    killed_at,
    killed_in_a_file,
    limited_to,
    program,
)
from tests.interrupted.found import held, left
from tests.interrupted.places import Half, Tried
from tests.interrupted.ways import Kind

MOST_CALLS = 1_000


def killed_before_calls(tried: Tried, step: int = 1) -> int:
    """Killed before its first call that writes or changes a file, and so on to the last."""
    for place, number in enumerate(range(1, MOST_CALLS, step)):
        folder = tried.anew()
        end = program(folder, tried.way.command, killed_at(number))
        tried.check(folder)
        if end.status == 0:
            return place
        _expect(tried, end.status == -9, f"killed, but it ended with {end.status}: {end.said}")
    raise Half(tried.way, ["it never ends"])


def killed_inside_files(tried: Tried) -> int:
    """Killed when a file has no byte yet, one, half of its bytes, and all but one."""
    sizes = _sizes(tried)
    for size in sizes:
        folder = tried.anew()
        end = program(folder, tried.way.command, killed_in_a_file(size))
        _expect(tried, end.status < 0, f"all fits in {size} bytes: {end.status} {end.said}")
        tried.check(folder)
    return len(sizes)


def killed_at_random(tried: Tried, seed: int, first: int, count: int) -> Counter[str]:
    """Killed at moments spread evenly over the time that it writes; what stood there then."""
    _, long = killed_after(tried.anew(), tried.way.command, PATIENCE)
    seen: Counter[str] = Counter()
    for number in range(first, first + count):
        folder = tried.anew()
        moment = Random(f"{seed}/{tried.way.name}/{number}").uniform(0, long)
        end, _ = killed_after(folder, tried.way.command, moment)
        now = held(folder)
        seen["killed"] += end.status == -9
        seen["ended before"] += end.status == 0
        seen["old"] += tried.stands(now) == "old"
        seen["new"] += tried.stands(now) == "new"
        seen["leftovers"] += bool(left(now))
        tried.check(folder)
    return seen


def without_room(tried: Tried, step: int = 1) -> int:
    """From each call on, the disk is full."""
    for place, number in enumerate(range(1, MOST_CALLS, step)):
        folder = tried.anew()
        end = program(folder, tried.way.command, failing_at(number, errno.ENOSPC))
        if end.status == 0:
            return place
        tried.check_refused(folder, end)
        tried.check(folder)
    raise Half(tried.way, ["it never ends"])


def limited(tried: Tried) -> int:
    """No file may become as large as the largest that is written."""
    sizes = _sizes(tried)
    for size in sizes:
        folder = tried.anew()
        tried.check_refused(folder, program(folder, tried.way.command, limited_to(size)))
        tried.check(folder)
    return len(sizes)


def nowhere(tried: Tried) -> int:
    """A place in no folder, below a file, and where the system lets nobody write."""
    places = ["example/areas.csv/", "/proc/", "/sys/"]
    if tried.way.kind is not Kind.PARTS:  # whose folder is made with those above it
        places.append("no/such/")
    for place in places:
        folder = tried.anew()
        to = place + tried.way.place
        end = program(folder, (*tried.way.command[:-1], to))
        tried.check_refused(folder, end)
        _expect(tried, to in end.said, f"{to} is not named: {end.said}")
    return len(places)


def _sizes(tried: Tried) -> list[int]:
    """Some that the largest of its new files does not fit in."""
    largest = max(
        len(content) for path, content in tried.after.items() if tried.before.get(path) != content
    )
    return sorted({0, 1, largest // 2, largest - 1})


def _expect(tried: Tried, true: bool, otherwise: str) -> None:
    if not true:
        raise Half(tried.way, [otherwise])
