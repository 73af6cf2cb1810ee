"""`python -m benchmarks.phases.worker MODEL REPEATS`: one model from files to a written table."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

from allocator.core.distribute import distribute
from allocator.core.whole.check import check
from allocator.core.whole.problem import Problem
from allocator.core.whole.solve import Whole, solve
from allocator.reading.instances.read import load
from allocator.report.distribution.tidy import as_csv
from benchmarks.measuring.repeat import megabytes, repeated
from benchmarks.models.registry import model
from benchmarks.phases.names import CERTIFICATE, QUOTAS, READ, SHARES, WEIGHTS, WHOLE, WRITE
from benchmarks.phases.stopwatch import Stopwatch

FUNCTIONS = {
    "allocator.core.quotas.weighed_by": WEIGHTS,
    "allocator.core.distribute.shares_under_limits": SHARES,
    "allocator.core.distribute.rounded_together": WHOLE,
}
"""All else that `distribute` does counts as quotas: sharing, and sums upward."""


def run_through(folder: Path) -> dict[str, float]:
    """The seconds of each phase."""
    watch = Stopwatch()
    answers: list[tuple[Problem, Whole]] = []

    def kept(question: Problem, *others: Any) -> Whole:
        answers.append((question, solve(question, *others)))
        return answers[-1][1]

    with watch.phase(READ):
        instance = load(folder)
    with (
        mock.patch("allocator.core.together.solve", kept),
        watch.watching(FUNCTIONS),
        watch.phase(QUOTAS),
    ):
        distribution = distribute(instance)
    with watch.phase(CERTIFICATE):
        for question, answer in answers:
            check(question, answer.numbers, answer.certificate)
    with watch.phase(WRITE):
        (folder / "out.csv").write_text(as_csv(distribution), "utf-8")
    return watch.seconds


def main() -> None:
    name, repeats = sys.argv[1:]
    runs: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        model(name).write(Path(folder))
        before = megabytes()
        _, seconds = repeated(lambda: runs.append(run_through(Path(folder))), int(repeats))
    told = {"runs": runs[-len(seconds) :], "megabytes": megabytes(), "before": before}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
