"""Every shipped instance gives what it gave, on any machine, with its rows in any order."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pulp
import pytest

import allocator
from allocator.asking.planning import Typed, asked
from allocator.model.distribution import Cell
from allocator.periods.account import Line, account
from allocator.plan.solving.solve import solve
from allocator.reading.instances.folders import instance_names
from allocator.reading.library import instances_folder
from tests.core.whole.solvers import cbc, cbc_is_there
from tests.same import renew
from tests.same.kept import changelog, hashed, kept
from tests.same.limited import LIMITS, limited

MEND = (
    "If it is meant to, add a line to CHANGELOG.md that tells users what changed, and run "
    '`python -m tests.same.renew "THAT LINE"`.'
)

# --- From version to version ---


@pytest.mark.parametrize("name", instance_names())
def test_an_instance_gives_what_it_gave(name: str) -> None:
    assert name in kept(), f"The result of {name} is not kept. {MEND}"
    was, now = kept()[name], hashed(name)
    assert was["numbers"] == now["numbers"], f"{name} gives other numbers. {MEND}"
    assert was["result"] == now["result"], f"{name} gives the same numbers, told otherwise. {MEND}"


def test_nothing_is_kept_of_what_is_gone() -> None:
    assert kept().keys() <= set(instance_names()), MEND


def test_every_result_has_a_line_in_the_changelog() -> None:
    written = changelog()
    for name, entry in kept().items():
        assert entry["why"] in written, f"{name} changed: {entry['why']!r} is not in CHANGELOG.md."


def test_renewing_changes_what_changed_and_wants_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = "dk/refugee-quotas-example", "uk/one-in-200-example"
    before = {one: kept()[one], other: {**kept()[other], "numbers": "sha256:0"}}
    path = tmp_path / "hashes.json"
    path.write_text(json.dumps(before), "utf-8")
    monkeypatch.setattr(renew, "instance_names", lambda: (one, other))
    monkeypatch.setattr(renew, "HASHES", path)
    monkeypatch.setattr("tests.same.kept.HASHES", path)
    for sentence in ("", "Nobody wrote this."):
        assert renew.main([sentence]) == 2
        assert json.loads(path.read_text("utf-8")) == before
    why = "a library with `load` and `distribute`."
    assert renew.main([why]) == 0
    expected = {one: before[one], other: {**kept()[other], **hashed(other), "why": why}}
    assert json.loads(path.read_text("utf-8")) == expected
    assert capsys.readouterr().out.splitlines()[-1] == f"{other}: other numbers"


# --- From machine to machine ---

#: Rounded by itself after mergers, together by levels, and together under limits.
THREE = ("nl/housing-2023-h1", "nl/reception-2024-by-area", "nl/reception-2024-floor-and-cap")
MACHINES = {
    "in the C locale, without UTF-8": {
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "Pacific/Auckland",
    },
    "in Dutch": {"PYTHONHASHSEED": "1", "LC_ALL": "nl_NL.UTF-8", "TZ": "Europe/Amsterdam"},
    "far west": {"PYTHONHASHSEED": "12345", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Honolulu"},
}


@pytest.mark.parametrize("machine", MACHINES)
def test_another_machine_gives_the_same(machine: str) -> None:
    """A locale that is not installed is asked for all the same."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    told = subprocess.run(
        [sys.executable, "-m", "tests.same.kept", *THREE],
        env={**plain, **MACHINES[machine]},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
    )
    assert json.loads(told.stdout) == {name: hashed(name) for name in THREE}


# --- From one order of rows to another ---

#: Instances with tables of their own, in five countries.
WITH_TABLES = (
    "be/distribution-2016-example",
    "de/koenigstein-2015",
    "eu/relocation-2015-example",
    "nl/reception-existing-counted-example",
    "uk/one-in-200-example",
)


@pytest.mark.parametrize("name", WITH_TABLES)
def test_the_order_of_rows_does_not_matter(name: str, tmp_path: Path) -> None:
    """All tables of the folder are shuffled, those of areas and of published numbers too."""
    folder = tmp_path / "shuffled"
    shutil.copytree(instances_folder() / name, folder)
    before = hashed(str(folder))
    _shuffle(folder)
    after = hashed(str(folder))
    assert after["numbers"] == before["numbers"]
    if not (folder / "published.csv").exists():  # published rows are told in the file's order
        assert after == before


def _shuffle(folder: Path) -> None:
    order = random.Random(7)
    for path in folder.glob("*.csv"):
        head, *rows = path.read_text("utf-8").splitlines()
        order.shuffle(rows)
        path.write_text("\n".join([head, *rows, ""]), "utf-8")


def test_the_order_of_a_plans_rows_does_not_matter(tmp_path: Path) -> None:
    """Locations, pledges and agreements."""
    folder = tmp_path / "plan"
    shutil.copytree(instances_folder() / "nl/plan-example-zeeland", folder)
    before = _planned(folder)
    _shuffle(folder)
    assert _planned(folder) == before


def _planned(folder: Path) -> object:
    """The plan and what it follows from: numbers after agreements, what counts, what is found."""
    files = dict.fromkeys(("area", "locations", "pledges", "agreements"))
    question = asked(str(folder), Typed(without=(), pledge=(), cap=(), **files))
    posed = question.posed
    return solve(posed.problem), posed.tasks, posed.already, posed.to_find


def test_the_order_of_rows_of_balances_does_not_matter(tmp_path: Path) -> None:
    """Openings and what was realised; every line of the account stays what it was."""
    folder = tmp_path / "balances"
    shutil.copytree(instances_folder() / "nl/balances-2021-h2-example", folder)
    before = _accounted(folder)
    _shuffle(folder)
    assert _accounted(folder) == before


def _accounted(folder: Path) -> dict[Cell, Line]:
    return dict(account(allocator.distribute(allocator.load(str(folder)))).lines)


def test_limits_do_not_depend_on_the_order_of_rows_or_limits(tmp_path: Path) -> None:
    folder = limited(tmp_path / "limited")
    before = hashed(str(folder))
    _shuffle(folder)
    assert hashed(str(folder)) == before
    plain = (folder / "instance.yaml").read_text("utf-8")
    head, *lines = LIMITS.splitlines()
    turned = "\n".join([head, *reversed(lines), ""])
    (folder / "instance.yaml").write_text(plain.replace(LIMITS, turned), "utf-8")
    assert hashed(str(folder))["numbers"] == before["numbers"]


# --- From solver to solver ---


@pytest.mark.skipif(not cbc_is_there(), reason="PuLP brings no CBC for this machine")
def test_another_solver_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opens is asked of a solver: CBC leads to the same result as HiGHS."""
    folder = str(limited(tmp_path / "limited"))
    before = hashed(folder)
    asked = []

    def instead(**_: Any) -> pulp.LpSolver:
        asked.append("cbc")
        return cbc(gapRel=0, gapAbs=0)

    monkeypatch.setattr(pulp, "HiGHS", instead)
    assert hashed(folder) == before
    assert asked
