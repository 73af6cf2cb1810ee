"""What is asked of `python -m tests.mutants`, and the run: load, measure, try, tell."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import hypothesis
import pytest

from tests.mutants import told
from tests.mutants.covered import TestsFail, look
from tests.mutants.made import mutants_of
from tests.mutants.tried import SURVIVED, Tried, control, first_of, ready, try_all

PACKAGES = ("core", "key", "periods")
EXAMPLES = 10
COUNT = 300
# Second opinions, the whole country, long chains: seconds for each mutant that they reach.
LEFT_OUT = (
    "second_opinion",
    "test_plan",
    "test_compare",
    "test_periods_chain",
    "test_periods_revision_nl",
    "test_thresholds.py::test_small_problems_against_all_choices",
    "test_conflict.py::test_conflicts_are_found_exactly_when_there_is_no_table",
    "test_spreading.py::test_the_whole_country",
    "test_spreading.py::test_programs",
    "test_transfers.py::test_all_municipalities_change",
    "test_series.py::test_numbers_first_announced_and_in_force",
    "test_series.py::test_a_part_of_the_record_keeps_to_its_half_years",
)


class AllMutants:
    """Takes the place of pytest's own loop, once everything is loaded."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked = asked
        self.status = 2

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if not any(out in item.nodeid for out in LEFT_OUT)]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if session.testsfailed:
            return None  # pytest says which files cannot be loaded
        for item in session.items:
            few_examples(item)
        self.status = run(session, self.asked)
        return True


def few_examples(item: pytest.Item) -> None:
    """A law is tried on the same few examples each time, and its failures are not made smaller."""
    law = getattr(item, "obj", None)
    if not law or not hypothesis.is_hypothesis_test(law):
        return
    own: hypothesis.settings = law._hypothesis_internal_use_settings
    law._hypothesis_internal_use_settings = hypothesis.settings(
        own,
        max_examples=min(own.max_examples, EXAMPLES),
        derandomize=True,
        database=None,
        deadline=None,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        suppress_health_check=[*hypothesis.HealthCheck],
    )


def files_of(package: str) -> list[str]:
    return sorted(str(path) for path in Path("allocator", package).rglob("*.py"))


def run(session: pytest.Session, asked: argparse.Namespace) -> int:
    start = time.monotonic()
    wrong = [name for name in asked.package or () if not files_of(name)]
    if wrong:
        print(f"There is no package {wrong[0]} with files. Name one such as core/whole, or none.")
        return 2
    files = [file for package in asked.package or PACKAGES for file in files_of(package)]
    possible = [mutant for file in files for mutant in mutants_of(file)]
    meant = [mutant for mutant in possible if not mutant.only_wording]
    print(
        f"{len(possible)} changes in {len(files)} files; "
        f"{len(possible) - len(meant)} of them only change words of a sentence and are left out"
    )
    by_name = {mutant.name: mutant for mutant in meant}
    unknown = [name for name in asked.named if name not in by_name]
    if unknown:
        print(f"No such mutant: {unknown[0]}. Take names as a run prints them.")
        return 2
    count = asked.count if asked.count is not None else 0 if asked.named else COUNT
    sample = random.Random(asked.seed).sample(meant, len(meant))
    with tempfile.TemporaryDirectory() as left:
        try:
            reached = look(session, files, Path(left))
        except TestsFail as failing:
            print(f"These tests fail without any change; mend them first:\n{failing}")
            return 2
    print(
        f"{len(session.items)} tests, {sum(reached.seconds.values()):.0f} s; "
        f"seed {asked.seed}, {asked.jobs} processes",
        flush=True,
    )
    if asked.slowest:
        for test in sorted(reached.seconds, key=reached.seconds.__getitem__)[-asked.slowest :]:
            print(f"{reached.seconds[test]:6.2f} s {test}")
    if control(session, reached) != SURVIVED:
        print("Without any change a test fails when the quick ones go first; mend that first.")
        return 2
    named = (known for name in asked.named if (known := ready(by_name[name])))
    picked = chain(named, first_of(iter(sample), count))
    begun = time.monotonic()
    tried: list[Tried] = []
    try:
        for one in try_all(session, picked, reached, asked.jobs, asked.minutes):
            tried.append(one)
            print(f"{len(tried)} {one.mutant.name} {one.fate} {one.seconds:.1f} s", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped; this is what was tried.")
    print(f"\n{told.survivors(tried)}\n\n{told.table(tried)}\n")
    used = sum(one.seconds for one in tried)
    now = time.monotonic()
    print(
        f"{now - start:.0f} s, {now - begun:.0f} of them for the mutants, {used:.0f} s of processor"
    )
    return 0


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("named", nargs="*", help="these, by the names that are printed")
    parser.add_argument("--count", type=int, help=f"how many beside them; {COUNT} of none named")
    parser.add_argument("--seed", type=int, default=1, help="another sample")
    parser.add_argument("--package", action="append", help="only this one, such as core/whole")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--minutes", type=float, default=120, help="begin none after so many")
    parser.add_argument("--slowest", type=int, default=0, help="show so many of the slowest tests")
    asked = parser.parse_args(words)
    every = AllMutants(asked)
    folders = [f"{top}/{package}" for package in PACKAGES for top in ("tests", "allocator")]
    plain = ["-qq", "-s", "--disable-warnings", "-p", "no:cacheprovider", "-p", "no:xdist"]
    pytest.main([*plain, *folders, "tests/laws"], plugins=[every])
    return every.status
