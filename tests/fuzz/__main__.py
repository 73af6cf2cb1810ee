"""`python -m tests.fuzz --count 2000 --seed 20261121 --jobs 1`: so many inputs for every reader.

Input n of a seed is the same whatever the count. One that fails is kept in build/fuzz, with a line
that tries it again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.counted import chosen, tried
from tests.fuzz.every import every
from tests.fuzz.kept import kept
from tests.fuzz.watch import Failure, watched

SEED = 20261121


def again(folder: Path) -> int:
    """One kept input once more, with the whole of what it does."""
    name, files = kept(folder)
    try:
        seen = watched(lambda: every()[name].read(files))
    except Failure as failure:
        print(failure)
        return 1
    print(f"{name}: {seen.outcome} in {seen.seconds:.3f} s")
    return 0


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--count", type=int, default=2_000, help="how many for each reader")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first number")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--only", nargs="+", default=[], metavar="READER", help="only these")
    parser.add_argument("--again", type=Path, metavar="FOLDER", help="an input that was kept")
    parser.add_argument("--list", action="store_true", help="the names of the readers")
    asked = parser.parse_args(words)
    if asked.again and not asked.again.is_dir():
        parser.error(f"{asked.again} is no folder with an input that was kept")
    if asked.again:
        return again(asked.again)
    readers = chosen(asked.only)
    if asked.list or not readers:
        print("\n".join(every()))
        return 0 if asked.list else 2
    start = time.perf_counter()
    print(f"seed {asked.seed}, from number {asked.first} on", flush=True)
    total, failed = tried(readers, asked.first, asked.count, asked.seed, asked.jobs)
    print(f"{total:,} inputs in {time.perf_counter() - start:.0f} s, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
