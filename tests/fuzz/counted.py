"""Counted runs: so many inputs of each reader, in processes of their own."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from tests.fuzz.every import every
from tests.fuzz.kept import keep
from tests.fuzz.reader import Reader, drawn
from tests.fuzz.watch import Failure, Outcome, most_memory, watched

AT_A_TIME = 500
#: So many failures of one reader are told; more are mostly the same again.
TOLD = 5


@dataclass
class Stretch:
    """What was seen in some inputs of a reader."""

    seen: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, 0)  # seconds, and which
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0  # of the processor
    megabytes: float = 0.0  # the most that the process had in use


def stretch(name: str, seed: int, first: int, count: int) -> Stretch:
    """Some inputs of a reader, one after the other."""
    reader = every()[name]
    found = Stretch()
    start = time.process_time()
    for number in range(first, first + count):
        files = drawn(reader, seed, number)
        try:
            seen = watched(partial(reader.read, files))
        except Failure as failure:
            found.failed.append(keep(reader, seed, number, files, failure))
            continue
        finally:
            found.megabytes = max(found.megabytes, most_memory())
        found.seen[seen.outcome] += 1
        found.slowest = max(found.slowest, (seen.seconds, number))
    found.seconds = time.process_time() - start
    return found


def chosen(names: Sequence[str]) -> dict[str, Reader]:
    """The readers of these names, or whose names begin so."""
    readers = every()
    return {
        name: reader
        for name, reader in readers.items()
        if not names or any(name == asked or name.startswith(f"{asked}-") for asked in names)
    }


def tried(
    readers: Mapping[str, Reader], first: int, count: int, seed: int, jobs: int
) -> tuple[int, int]:
    """Every reader with its number of inputs, told line by line; how many were tried and failed."""
    print(f"{'reader':24}{'inputs':>9}{'seconds':>9}{'read':>10}{'refused':>9}  ", end="")
    print("slowest s (which)   peak MB", flush=True)
    total = failed = 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        for name, reader in readers.items():
            end = first + max(1, count // reader.one_in)
            starts = range(first, end, AT_A_TIME)
            counts = [min(AT_A_TIME, end - start) for start in starts]
            some = len(starts)
            whole = Stretch()
            for part in pool.map(stretch, [name] * some, [seed] * some, starts, counts):
                whole.seen += part.seen
                whole.slowest = max(whole.slowest, part.slowest)
                whole.failed += part.failed
                whole.seconds += part.seconds
                whole.megabytes = max(whole.megabytes, part.megabytes)
            number = whole.seen.total() + len(whole.failed)
            slow, which = whole.slowest
            print(
                f"{name:24}{number:9,}{whole.seconds:9.0f}{whole.seen[Outcome.ACCEPTED]:10,}"
                f"{whole.seen[Outcome.REFUSED]:9,}  {slow:7.3f} ({which})   {whole.megabytes:8.0f}",
                flush=True,
            )
            for told in whole.failed[:TOLD]:
                print(told, flush=True)
            if len(whole.failed) > TOLD:
                print(f"and {len(whole.failed) - TOLD} more of {name} failed", flush=True)
            total += number
            failed += len(whole.failed)
    return total, failed
