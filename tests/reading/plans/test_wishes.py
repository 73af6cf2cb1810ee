"""Small-scale wishes, and candidates that the board refuses."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from allocator.model.plan import Wishes
from tests.example import INSTANCE
from tests.reading.plans.files import PLAN, bent, read, told

WISHES = "wishes: {smallest: 20, largest: 400, small: 150, small_part: 30}"
REFUSED = "refused: [b-2]"


def line_of(passage: str) -> int:
    """The line of instance.yaml on which a passage of the plan stands."""
    return (INSTANCE + PLAN.partition(passage)[0]).count("\n") + 1


def with_(old: str, new: str) -> str:
    assert old in PLAN
    return PLAN.replace(old, new)


def test_wishes(tmp_path: Path) -> None:
    asked = read(tmp_path)
    assert asked.wishes == Wishes(20, 400, 150, Fraction(3, 10))
    assert asked.refused == ("b-2",)


def test_nothing_wished_and_nothing_refused(tmp_path: Path) -> None:
    plan = with_(f"  {WISHES}\n  {REFUSED}\n", "")
    asked = read(tmp_path, plan)
    assert (asked.wishes, asked.refused) == (Wishes(), ())


def test_a_refused_name_is_spelt_as_in_the_table(tmp_path: Path) -> None:
    assert read(tmp_path, with_(REFUSED, "refused: [AB, b-2, ab]")).refused == ("ab", "b-2")


BAD = {
    "smallest above largest": (
        "wishes: {smallest: 401, largest: 400}",
        "The smallest size that is wished, 401, is above the largest, 400.",
        "Mend one of the two.",
    ),
    "no location is small": (
        "wishes: {smallest: 150, small: 150, small_part: 30}",
        "No location has fewer than 150 places and at least 150.",
        "Wish a smaller `smallest`, or a larger `small`.",
    ),
    "small without a part": (
        "wishes: {small: 150}",
        "`small` and `small_part` say something together only.",
        "Write below how many places a location is small, and which percentage is wished.",
    ),
    "a part without small": (
        "wishes: {small_part: 30}",
        "`small` and `small_part` say something together only.",
        "Write below how many places a location is small, and which percentage is wished.",
    ),
    "more than all": (
        "wishes: {small: 150, small_part: 101}",
        "A part of 101 percent is more than all.",
        "Write 0 to 100.",
    ),
    "a misspelt wish": (
        "wishes: {smalest: 20}",
        "There is no key 'smalest' here.",
        "Did you mean 'smallest'?",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_wishes_are_told(tmp_path: Path, case: str) -> None:
    wishes, found, mend = BAD[case]
    problems = told(tmp_path, with_(WISHES, wishes))
    assert problems == [(f"instance.yaml:{line_of(WISHES)}", found, mend)]


def test_nothing_small_is_wished_where_its_part_is_0(tmp_path: Path) -> None:
    wishes = "wishes: {smallest: 150, small: 150, small_part: 0}"
    assert read(tmp_path, with_(WISHES, wishes)).wishes.small_part == 0


@pytest.mark.parametrize(
    ("name", "found", "mend"),
    [
        ("b2", "There is no location 'b2' to refuse.", "Did you mean b-2?"),
        (
            "xyz",
            "There is no location 'xyz' to refuse.",
            "Write the name of a candidate as it stands in the locations' table.",
        ),
        (
            "a-1",
            "'a-1' is there already and cannot be refused.",
            "Refuse candidates; a location that closes gets an end date.",
        ),
    ],
)
def test_who_cannot_be_refused(tmp_path: Path, name: str, found: str, mend: str) -> None:
    problems = told(tmp_path, with_(REFUSED, f"refused: [{name}]"))
    assert problems == [(f"instance.yaml:{line_of(REFUSED)}", found, mend)]


def test_names_of_a_bad_table_are_not_called_unknown(tmp_path: Path) -> None:
    problems = told(tmp_path, **bent("locations", "b-2,,B,special", "b-2,,B,specail"))
    assert [place for place, _, _ in problems] == ["locations.csv:5"]
