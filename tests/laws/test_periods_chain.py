"""Nineteen half-years of the Netherlands, rolled one after another: no person is lost on the way.

The divisions, their changes and most totals are real; the missing totals and what was realised are
invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

import allocator
from allocator.asking.half_years import account_of
from allocator.model.distribution import Distribution
from allocator.model.half_year import HalfYear
from allocator.model.mergers import Change, between
from allocator.model.problem import Problems
from allocator.periods.account import Account
from allocator.reading.country.tables import changes_of
from allocator.reading.instances.folders import instance_names
from tests.cli.runner import run

STREAM = "permit_holders"
FIRST, LAST = HalfYear(2016, 2), HalfYear(2025, 2)
INVENTED = {"2018-H1": 13_000, "2018-H2": 11_000, "2020-H1": 12_000, "2021-H1": 13_500}
INVENTED |= {"2024-H2": 16_350}


@dataclass(frozen=True)
class HalfYearClosed:
    half: HalfYear
    account: Account
    changes: tuple[Change, ...]  # on the way to the next

    @property
    def openings(self) -> dict[str, int]:
        return {code: line.opening for (code, _), line in self.account.leaves.items()}

    @property
    def closing(self) -> dict[str, int]:
        return {code: line.closing or 0 for (code, _), line in self.account.leaves.items()}


def shelved(half: HalfYear) -> str:
    """The instance of a half-year that comes with the program, or nothing."""
    name = f"nl/housing-{half}".lower()
    return name if name in instance_names() else ""


def total_of(half: HalfYear) -> int:
    if str(half) in INVENTED:
        return INVENTED[str(half)]
    return allocator.load(shelved(half)).totals[STREAM].number


def write_realised(path: Path, distribution: Distribution, random: Random) -> None:
    """Between nothing and twice the number, so that both backlogs and head starts arise."""
    lines = ["code,kind,number"]
    for leaf in distribution.instance.division.leaves:
        number = distribution.number(leaf.code, STREAM)
        lines.append(f"{leaf.code},housed,{random.randint(0, 2 * number)}")
    path.write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> list[HalfYearClosed]:
    folder, random, problems = tmp_path_factory.mktemp("chain"), Random(2016), Problems()
    table, half, asked, found = changes_of("nl", problems), FIRST, shelved(FIRST), []
    with pytest.MonkeyPatch.context() as patch:
        while half <= LAST:
            realised, coming = folder / f"realised-{half}.csv", folder / str(half.next)
            write_realised(realised, allocator.distribute(allocator.load(asked)), random)
            closed = account_of(asked, realised=realised)
            found.append(HalfYearClosed(half, closed, between(table, half.day, half.next.day)))
            if half < LAST:
                total = f"{STREAM}={total_of(half.next)}"
                options = ("--period", half.next, "--total", total, "--realised", realised)
                outcome = run(patch, "roll", asked, *options, "--out", coming)
                assert outcome.status == 0, outcome.err
            half, asked = half.next, str(coming)
    return found


def test_every_half_year_is_there(chain: list[HalfYearClosed]) -> None:
    assert [str(step.half) for step in chain] == [
        f"{year}-H{half}" for year in range(2016, 2026) for half in (1, 2)
    ][1:]
    assert sum(bool(shelved(step.half)) for step in chain) == 14


def test_every_opening_is_what_was_left(chain: list[HalfYearClosed]) -> None:
    for closed, coming in pairwise(chain):
        assert sum(coming.openings.values()) == sum(closed.closing.values())


def test_all_half_years_together(chain: list[HalfYearClosed]) -> None:
    """What is left at the end is all that was asked less all that was done."""
    left = 0
    for step in chain:
        line = step.account.line("NL", STREAM)
        assert line.realised is not None
        left += line.number - line.realised
        assert line.closing == left


def test_who_is_in_no_change_keeps_its_balance(chain: list[HalfYearClosed]) -> None:
    for closed, coming in pairwise(chain):
        moved = {code for each in closed.changes for code in (each.old_code, each.new_code)}
        for code, balance in coming.openings.items():
            if code not in moved:
                assert balance == closed.closing[code]


def test_who_merges_as_a_whole_brings_its_balance(chain: list[HalfYearClosed]) -> None:
    mergers = 0
    for closed, coming in pairwise(chain):
        broken = {
            code for c in closed.changes if c.kind != "merge" for code in (c.old_code, c.new_code)
        }
        for new in {each.new_code for each in closed.changes}:
            parts = {each.old_code for each in closed.changes if each.new_code == new}
            if not broken & {new, *parts}:
                balances = [closed.closing[old] for old in {*parts, new} & closed.closing.keys()]
                assert coming.openings[new] == sum(balances)
                mergers += 1
    assert mergers == 21


def test_haaren_ends_in_its_four_heirs(chain: list[HalfYearClosed]) -> None:
    persons = {"GM0824": 5824, "GM0865": 4903, "GM0757": 2149, "GM0855": 1442}
    closed, coming = next(
        (step, then) for step, then in pairwise(chain) if str(then.half) == "2021-H1"
    )
    haaren = closed.closing["GM0788"]
    brought = {code: coming.openings[code] - closed.closing[code] for code in persons}
    assert "GM0788" not in coming.openings
    assert haaren
    assert sum(brought.values()) == haaren
    for code, part in persons.items():
        assert abs(brought[code] - Fraction(haaren * part, 14_318)) < 1


def test_numbers_are_those_of_the_shelf(chain: list[HalfYearClosed]) -> None:
    """A folder that was rolled asks what the instance that comes with the program asks."""
    for step in chain:
        if name := shelved(step.half):
            own = allocator.distribute(allocator.load(name))
            assert {cell: line.number for cell, line in step.account.lines.items()} == {
                cell: own.numbers[cell] for cell in step.account.lines
            }


def test_rows_of_missed_half_years_never_outlast_the_chain(chain: list[HalfYearClosed]) -> None:
    """One more at most in every half-year, and none where there is no backlog."""
    for place, step in enumerate(chain):
        openings = step.account.instance.balances.openings
        for opening in openings.values():
            assert 0 <= opening.missed <= place
            assert bool(opening.missed) <= (opening.balance > 0)
