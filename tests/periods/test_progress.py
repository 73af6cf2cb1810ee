"""Where three municipalities stand: exactly at a bound, with and without a goal."""

from __future__ import annotations

from fractions import Fraction

from allocator.model.balances import Opening, Realised
from allocator.model.rule import OWN_BOUNDS
from allocator.periods.progress import Standings, State, last_month, standings
from tests.periods.strategies import account_with, rows


def in_month(month: int, **numbers: int) -> tuple[Realised, ...]:
    return tuple(Realised(code, "x", month, "housed", number) for code, number in numbers.items())


def standing(month: int, **known: object) -> Standings:
    return standings(account_with(**known), month, OWN_BOUNDS)


def test_the_norm_grows_by_a_sixth_a_month() -> None:
    """Asked 50, 30 and 20 in six months: 25, 15 and 10 in three."""
    found = standing(3, realised=in_month(3, A=25, B=14, C=8))
    assert [found.of[code, "x"].norm for code in ("A", "B", "C", "P1", "NL")] == [
        25,
        15,
        10,
        40,
        50,
    ]
    assert [found.of[code, "x"].state for code in ("A", "B", "C", "P1", "P2", "NL")] == [
        *(State.ON_SCHEDULE, State.SLIGHTLY_BEHIND, State.BEHIND),
        *(State.SLIGHTLY_BEHIND, State.BEHIND, State.SLIGHTLY_BEHIND),
    ]
    standing_of_c = found.of["C", "x"]
    assert standing_of_c.realised == Fraction(8, 10) * standing_of_c.norm
    assert found.counts("x") == dict.fromkeys(State, 1)


def test_opening_balances_are_in_the_norm() -> None:
    """C is 20 ahead, so nothing is asked of it; 26 ahead is less than nothing."""
    for balance in (-20, -26):
        found = standing(6, openings={("C", "x"): Opening(balance)}, realised=rows(A=50, B=30))
        assert found.of["C", "x"].state is State.ON_SCHEDULE
        assert found.of["C", "x"].norm == 20 + balance


def test_nothing_is_known_before_a_row_without_a_month() -> None:
    assert standing(5, realised=rows(A=50)).of["A", "x"].realised == 0
    assert standing(6, realised=rows(A=50)).of["A", "x"].state is State.ON_SCHEDULE


def test_goals() -> None:
    """A larger area has a goal where all in it have one."""
    goals = {("A", "x"): 55, ("B", "x"): 30}
    found = standing(6, goals=goals, realised=rows(A=55, B=29, C=99))
    assert [found.of[code, "x"].goal for code in ("A", "B", "C", "P1", "P2", "NL")] == [
        *(55, 30, None),
        *(85, None, None),
    ]
    assert found.of["A", "x"].goal_met
    assert not found.of["P1", "x"].goal_met
    assert not found.of["C", "x"].goal_met
    assert found.met_goal("x") == (1, 2)


def test_the_last_month() -> None:
    assert last_month(account_with()) is None
    assert last_month(account_with(realised=in_month(4, A=0))) == 4
    assert last_month(account_with(realised=rows(A=0))) == 6
