"""`python -m benchmarks.contests.worker CONTEST SOLVER REPEATS FILE LIMIT`: one solver.

The question was written to the file once, so that all get the same one; a first run that takes
longer than LIMIT seconds is ended.
"""

from __future__ import annotations

import json
import pickle
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.contests import registry
from benchmarks.measuring.repeat import megabytes, repeated


def main() -> None:
    name, asked, repeats, file, limit = sys.argv[1:]
    contest = registry.contest(name)
    question = pickle.loads(Path(file).read_bytes())
    try:
        run = contest.solvers[asked].prepare(question)
    except ModuleNotFoundError as missing:
        sys.exit(f"{missing.name} is not installed")
    answer, seconds = repeated(run, int(repeats), int(limit))
    told = {"seconds": seconds, "megabytes": megabytes()}
    print(json.dumps({**told, "answer": asdict(contest.judged(question, answer))}))


if __name__ == "__main__":
    main()
