"""`python -m tests.second --from 0 --count 20000 --jobs 2`: so many questions of every kind.

A question is made again by its kind and number: `--kind leximax --from 17 --count 1`.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.second.compared import KINDS, SEED, Differs, compare

AT_A_TIME = 500


def stretch(kind: str, first: int, count: int) -> tuple[Counter[str], list[str], float]:
    """What was seen in some numbers of a kind, what differed, and how long it took."""
    seen: Counter[str] = Counter()
    differing = []
    start = time.process_time()
    for number in range(first, first + count):
        try:
            seen[compare(kind, number)] += 1
        except Differs as difference:
            differing.append(str(difference))
        except Exception as error:
            differing.append(f"{kind} {number}: {error!r}")
    return seen, differing, time.process_time() - start


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.second")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first number")
    parser.add_argument("--count", type=int, default=1_000, help="how many of every kind")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only this kind")
    asked = parser.parse_args(words)
    end = asked.first + asked.count
    print(f"seed {SEED}, numbers {asked.first} to {end - 1}", flush=True)
    differing = 0
    with ProcessPoolExecutor(asked.jobs) as pool:
        for kind in asked.kind or KINDS:
            starts = range(asked.first, end, AT_A_TIME)
            counts = [min(AT_A_TIME, end - start) for start in starts]
            seen: Counter[str] = Counter()
            seconds = 0.0
            for found, wrong, took in pool.map(stretch, [kind] * len(starts), starts, counts):
                seen += found
                seconds += took
                differing += len(wrong)
                print("\n".join(wrong), end="\n" if wrong else "", flush=True)
            sorts = ", ".join(f"{number} {sort}" for sort, number in seen.most_common())
            print(f"{kind}: {seen.total()} agree ({sorts}), {seconds:.0f} s", flush=True)
    print(f"{differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
