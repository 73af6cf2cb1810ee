"""Comparisons with second implementations, run by themselves with a count and a seed of one's own.

A comparison raises `AssertionError` with the seed of the problem on which two answers differ, and
otherwise counts what it saw.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

Comparison = Callable[[int, int], Counter[str]]
"""From a count and a seed to what was seen."""


def each(count: int, seed: int, compare: Callable[[Random], str]) -> Counter[str]:
    """Compare so many random problems; a problem that fails is named by its own seed."""
    seen: Counter[str] = Counter()
    for n in range(count):
        try:
            seen[compare(Random(f"{seed}-{n}"))] += 1
        except Exception as error:
            raise AssertionError(f"problem {n} of seed {seed}: {error!r}") from error
    return seen


def main(module: str, comparisons: Mapping[str, Comparison]) -> None:
    """`python -m MODULE COUNT SEED [NAME ...]`: without a name all comparisons of the module."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}")
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(comparisons))
    options = parser.parse_args()
    for name in options.names or comparisons:
        start = time.perf_counter()
        seen = comparisons[name](options.count, options.seed)
        told = ", ".join(f"{what} {number}" for what, number in sorted(seen.items()))
        print(
            f"{name}: {options.count}, seed {options.seed}, "
            f"{time.perf_counter() - start:.0f} s: {told}",
            flush=True,
        )
