"""What a half-year leaves: what stays excused, and whose row of half-years not met goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from allocator.model.balances import Opening
from allocator.model.mergers import Change
from allocator.periods.rolling import rolled, row_of_missed
from tests.periods.strategies import account_with, rows

DAY = date(2023, 7, 1)


def merger(old: str, new: str) -> Change:
    return Change(DAY, old, old, new, new, "merge", 100, 100)


def after(
    openings: Mapping[str, Opening], left: Mapping[str, int], *changes: Change
) -> dict[str, Opening]:
    """The next openings where A, B and C (asked 50, 30 and 20) keep so many as left."""
    asked = {"A": 50, "B": 30, "C": 20}
    known = {(code, "x"): opening for code, opening in openings.items()}
    done = {
        code: number + openings.get(code, Opening()).balance - left.get(code, 0)
        for code, number in asked.items()
    }
    found = rolled(account_with(openings=known, realised=rows(**done)), changes)
    return {code: opening for (code, _), opening in found.items()}


def test_what_was_published_gives_way_to_what_is_reckoned() -> None:
    found = after({"A": Opening(7, 10)}, {"A": 12})
    assert found == {"A": Opening(12, missed=1), "B": Opening(0), "C": Opening(0)}


def test_excused_as_far_as_there_is_a_backlog() -> None:
    fire = {"A": Opening(30, excusable=20, reason="fire", missed=1)}
    assert after(fire, {"A": 25})["A"] == Opening(25, None, 20, "fire", 2)
    assert after(fire, {"A": 15})["A"] == Opening(15, None, 15, "fire", 1, 1)
    assert after(fire, {"A": 0})["A"] == Opening(0)
    assert after(fire, {"A": -5})["A"] == Opening(-5)


def test_what_is_excused_goes_along_in_a_merger_while_there_is_backlog() -> None:
    openings = {
        "A": Opening(30, excusable=20, reason="fire"),
        "B": Opening(9, excusable=9, reason="flood"),
        "C": Opening(-8),
    }
    changes = [merger(code, "X") for code in "ABC"]
    found = after(openings, {"A": 30, "B": 9, "C": -8}, *changes)["X"]
    assert (found.balance, found.excusable, found.reason) == (31, 29, "fire; flood")
    found = after(openings, {"A": 30, "B": 9, "C": -28}, *changes)["X"]
    assert (found.balance, found.excusable, found.reason) == (11, 11, "fire; flood")
    found = after(openings, {"A": 30, "B": 9, "C": -39}, *changes)["X"]
    assert (found.balance, found.excusable, found.reason) == (0, 0, "")


def test_reasons_stand_in_the_order_of_codes_whatever_that_of_the_changes() -> None:
    openings = {
        "A": Opening(9, excusable=9, reason="fire"),
        "B": Opening(9, excusable=9, reason="flood"),
    }
    for old in ("AB", "BA"):
        changes = [merger(code, "X") for code in old]
        assert after(openings, {"A": 9, "B": 9}, *changes)["X"].reason == "fire; flood"


def test_who_lives_on_keeps_its_row_and_a_new_one_takes_the_longest() -> None:
    openings = {"A": Opening(5, missed=1), "B": Opening(5, missed=3), "C": Opening(5)}
    left = {"A": 5, "B": 5, "C": 5}
    assert after(openings, left, merger("B", "A"))["A"].missed == 2
    new = after(openings, left, merger("A", "X"), merger("B", "X"))
    assert new["X"] == Opening(10, missed=4)
    assert new["C"] == Opening(5, missed=1)


def test_a_row_ends_with_the_backlog() -> None:
    """Also where a merger ends it: A has a backlog of 5, and B, which is 9 ahead, goes into it."""
    openings = {"A": Opening(5, missed=3, excused=1), "B": Opening(0)}
    found = after(openings, {"A": 5, "B": -9}, merger("B", "A"))
    assert found["A"] == Opening(-4)


@pytest.mark.parametrize(
    ("opening", "closing", "expected"),
    [
        (Opening(4, excusable=4, excused=1), 5, (1, 1)),  # more than what is excusable
        (Opening(4, excusable=4, excused=1), 4, (0, 2)),
        (Opening(-9, missed=2), 1, (3, 0)),
        (Opening(9, missed=2, excused=2), -1, (0, 0)),
    ],
)
def test_rows(opening: Opening, closing: int, expected: tuple[int, int]) -> None:
    assert row_of_missed(opening, closing) == expected
