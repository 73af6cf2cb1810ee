"""The account of two provinces: what counts, what is known, and what of it is not."""

from __future__ import annotations

from dataclasses import replace

import allocator
from allocator.model.balances import NOTHING_KNOWN, Opening, Realised
from allocator.model.instance import Total
from allocator.periods.account import account, counted_by, joint_changes
from tests.periods.strategies import abc, account_with, entry, rows
from tests.strategies import NAME, PARTS


def test_nothing_known() -> None:
    line = account_with().line("NL", "x")
    assert (line.number, line.opening, line.corrected) == (100, 0, 100)
    assert (line.computed, line.published, line.realised, line.closing) == (None,) * 4


def test_the_published_balance_counts() -> None:
    openings = {("A", "x"): Opening(7, 10), ("B", "x"): Opening(-4), ("C", "x"): Opening(None, 2)}
    found = account_with(openings=openings)
    assert [found.line(code, "x").opening for code in ("A", "B", "C", "P1", "NL")] == [
        *(10, -4, 2),
        *(6, 8),
    ]
    line = found.line("P1", "x")
    assert (line.backlog, line.ahead, line.computed, line.published) == (10, 4, 3, None)


def test_a_larger_area_is_unknown_where_one_in_it_is() -> None:
    found = account_with(realised=rows(A=40, C=20))
    assert found.line("A", "x").closing == 10
    assert found.line("P2", "x").closing == 0
    for code in ("B", "P1", "NL"):
        assert found.line(code, "x").realised is None


def test_what_does_not_count_is_known_to_be_nothing() -> None:
    visited = Realised("B", "x", 1, "visited", 9)
    found = account_with(realised=(*rows(A=40), visited))
    assert found.line("B", "x").realised == 0
    assert found.line("P1", "x").closing == 40


def test_by_month() -> None:
    months = tuple(Realised("A", "x", month, "housed", month) for month in range(1, 7))
    balances = replace(NOTHING_KNOWN, realised=(*months, *rows(B=30)))
    known = abc(balances)
    by_month = [counted_by(known, month)["A", "x"] for month in range(1, 7)]
    assert by_month == [1, 3, 6, 10, 15, 21]
    assert [counted_by(known, month)["B", "x"] for month in (5, 6)] == [0, 30]
    assert counted_by(known) == {("A", "x"): 21, ("B", "x"): 30}


def test_joint_changes_go_below_nothing() -> None:
    """C gives 15 to A and 10 to B, and had 20."""
    ledger = (entry("one", "x", {"A": 15, "C": -15}), entry("two", "x", {"B": 10, "C": -10}))
    found = account_with(ledger=ledger, openings={("C", "x"): Opening(3)})
    assert joint_changes(found.instance, "x") == {"A": 15, "B": 10, "C": -25}
    assert found.line("C", "x").effective == -5
    assert found.line("C", "x").corrected == -2
    assert found.line("NL", "x").effective == 100
    assert found.leaves.keys() == {("A", "x"), ("B", "x"), ("C", "x")}


def test_a_rest_has_no_account() -> None:
    plain = abc(NOTHING_KNOWN)
    totals = {
        name: Total(name, number, NAME, None) for name, number in [("places", 9), ("minors", 2)]
    }
    found = account(allocator.distribute(replace(plain, streams=PARTS, totals=totals)))
    assert {stream for _, stream in found.lines} == {"places", "minors"}
