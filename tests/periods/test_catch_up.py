"""Goals beyond the law in worked sums: 30 in A and 10 in C behind, B 5 ahead."""

from __future__ import annotations

from dataclasses import replace

import pytest

import allocator
from allocator.model.balances import NOTHING_KNOWN, Opening
from allocator.model.problem import NoAnswer, Place
from allocator.model.streams import KeyText
from allocator.periods.account import Account, account
from allocator.periods.catch_up import agreed_goal, extra_goal
from tests.periods.strategies import abc, account_with, rows

OPENINGS = {("A", "x"): Opening(30), ("B", "x"): Opening(-5), ("C", "x"): Opening(10)}


@pytest.fixture
def found() -> Account:
    return account_with(openings=OPENINGS, realised=rows(A=60, B=30, C=18))


def test_an_extra_goal_in_proportion_to_backlog(found: Account) -> None:
    """Of 20: 15 and 5. A then did 10 more than its number, C 2 less."""
    extra = extra_goal(found, "x", 20, {})
    assert extra.goals == {"A": 15, "B": 0, "C": 5, "P1": 15, "P2": 5, "NL": 20}
    assert [extra.caught_up(code) for code in ("A", "C", "NL")] == [10, -2, 8]
    assert [extra.remains(code) for code in ("A", "C", "NL")] == [5, 7, 12]


def test_a_tie_goes_to_the_first_by_the_rule(found: Account) -> None:
    """Of 2: 1.5 and 0.5, and the two provinces tie."""
    assert extra_goal(found, "x", 2, {}).goals == {
        "A": 2,
        "B": 0,
        "C": 0,
        "P1": 2,
        "P2": 0,
        "NL": 2,
    }


def test_carried_on_as_far_as_it_fits(found: Account) -> None:
    extra = extra_goal(found, "x", 20, {"P1": -18, "P2": 9})
    assert extra.goals == {"A": 0, "B": 0, "C": 10, "P1": 0, "P2": 10, "NL": 10}
    assert extra.left_out == {"P1": -3, "P2": 4}


def test_nothing_is_known_of_what_was_done() -> None:
    extra = extra_goal(account_with(openings=OPENINGS), "x", 20, {})
    assert extra.caught_up("A") is None
    assert extra.remains("NL") is None


def test_head_starts_do_not_lower_what_can_be_asked(found: Account) -> None:
    assert extra_goal(found, "x", 40, {}).goals["NL"] == 40
    with pytest.raises(NoAnswer, match="41 are asked, and all backlogs add up to 40"):
        extra_goal(found, "x", 41, {})


def test_all_of_no_backlog() -> None:
    assert not any(extra_goal(account_with(), "x", 0, {}).goals.values())


def test_municipalities_right_under_the_country() -> None:
    """There what was left of an earlier goal is theirs."""
    plain = abc(replace(NOTHING_KNOWN, openings=OPENINGS))
    division = plain.division
    areas = tuple(replace(area, parent="NL") for area in division.leaves)
    flat = replace(division, tree=("country", "municipality"), areas=(*areas, division.root))
    extra = extra_goal(
        account(allocator.distribute(replace(plain, division=flat))), "x", 20, {"C": 3}
    )
    assert extra.goals == {"A": 15, "B": 0, "C": 8, "NL": 23}


def agreed(found: Account, asked: int, key: str) -> dict[str, int]:
    goal = agreed_goal(found, "x", asked, KeyText(key, Place("--key")))
    return {code: goal.goal(code) for code in ("A", "B", "C", "P1", "NL")}


def test_an_agreed_goal(found: Account) -> None:
    """The law asks 80, 25 and 30; ten more by what is asked of each, by backlog or by people."""
    by_law = {"A": 80, "B": 25, "C": 30, "P1": 105, "NL": 135}
    assert agreed(found, 135, "people") == by_law
    assert agreed(found, 145, "people") == {"A": 85, "B": 28, "C": 32, "P1": 113, "NL": 145}
    assert agreed(found, 145, "backlog") == {"A": 88, "B": 25, "C": 32, "P1": 113, "NL": 145}
    assert agreed(found, 145, "corrected") == {"A": 86, "B": 27, "C": 32, "P1": 113, "NL": 145}
    assert agreed(found, 145, "number") == agreed(found, 145, "people")


def test_no_goal_below_the_law(found: Account) -> None:
    with pytest.raises(NoAnswer, match="134 are agreed in all, and the law asks 135"):
        agreed(found, 134, "people")


def test_a_key_of_nothing(found: Account) -> None:
    assert agreed(found, 135, "people - people")["NL"] == 135
    with pytest.raises(NoAnswer, match="gives every area weight 0"):
        agreed(found, 136, "people - people")
