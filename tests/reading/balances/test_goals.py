"""Agreed goals, and what an earlier extra goal left to provinces."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.balances.files import codes, dutch, read, told

PROVINCES = [f"PV{number}" for number in range(20, 32)]


def goals(*more: str, left_out: str = "") -> str:
    lines = [f"{code},40" for code in codes() if code != left_out]
    return "\n".join(["code,goal", *lines, *more]) + "\n"


def carried_on(*more: str) -> str:
    return "\n".join(["code,number", *(f"{code},1" for code in PROVINCES), *more]) + "\n"


def test_a_goal_everywhere(tmp_path: Path) -> None:
    found = read("goal", tmp_path / "x.csv", goals()).balances
    assert set(found.goals.values()) == {40}
    assert len(found.goals) == 352
    assert found.openings == dutch().balances.openings


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (goals("GM0014,41"), 354, "GM0014 stands here a second time; first on line 2."),
        (goals("PV20,41"), 354, "Groningen (PV20) is a larger area."),
        (goals("GM9999,41"), 354, "There is no area GM9999 on 1 July 2021."),
        (goals("GM0014,x", left_out="GM0014"), 353, "'goal': 'x' is no figure."),
        (goals("GM0014,1.5", left_out="GM0014"), 353, "'goal': '1.5' is not a whole number."),
    ],
)
def test_a_bad_goal_is_told(tmp_path: Path, content: str, line: int, said: str) -> None:
    ((found_line, found, _),) = told("goal", tmp_path, content)
    assert (found_line, found) == (line, said)


def test_an_area_without_a_goal(tmp_path: Path) -> None:
    ((_, found, _),) = told("goal", tmp_path, goals(left_out="GM0014"))
    assert found.startswith("There is no row for Groningen (GM0014)")


def test_what_was_carried_on_is_per_province(tmp_path: Path) -> None:
    found = read("carried_on", tmp_path / "x.csv", carried_on()).balances.carried_on
    assert found == {(code, "permit_holders"): 1 for code in PROVINCES}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("GM0014,1", "GM0014 is no province."),
        ("PV99,1", "PV99 is no province."),
        ("PV20,2", "PV20 stands here a second time; first on line 2."),
    ],
)
def test_a_bad_row_of_what_was_carried_on(tmp_path: Path, row: str, said: str) -> None:
    assert [(line, found) for line, found, _ in told("carried_on", tmp_path, carried_on(row))] == [
        (14, said)
    ]
