"""The command line from a cold start, as somebody at a prompt waits for it."""

from __future__ import annotations

from allocator.reading.library import instances_folder
from benchmarks.measure import Task

_MAIN = ["-c", "from allocator.cli.main import main; main()"]
_POPULATION = instances_folder() / "nl" / "tables" / "population" / "2022.csv"

#: What an analyst would write in ten minutes: floats, no provinces, no checks, no explanation.
_PANDAS = f"""
import math, pandas
people = pandas.read_csv({str(_POPULATION)!r})
share = 21200 * people.population / people.population.sum()
people["number"] = [math.ceil(quota) for quota in share]
print(people.to_csv(index=False))
"""

COLD = (
    Task("allocator --help", [*_MAIN, "--help"], "python -c pass", ["-c", "pass"]),
    Task(
        "allocator run nl/housing-2023-h1",
        [*_MAIN, "run", "nl/housing-2023-h1"],
        "six lines of pandas",
        ["-c", _PANDAS],
    ),
    Task(
        "allocator run nl/reception-2024 --format json",
        [*_MAIN, "run", "nl/reception-2024", "--format", "json"],
        "six lines of pandas",
        ["-c", _PANDAS],
    ),
    Task(
        "allocator reconcile nl/reception-2024",
        [*_MAIN, "reconcile", "nl/reception-2024"],
        "one PuLP program at the given scale, in floats",
        ["-m", "benchmarks.plain_reconcile"],
        at_most=3,
    ),
)
