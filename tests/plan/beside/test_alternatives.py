"""Other plans, worked out by hand and beside a brute force in `tests/laws/test_plan.py`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.plan.beside.alternatives import alternatives, cost_of_refusal, without_each
from allocator.plan.question.problem import Bound, Municipality, Problem, Site
from allocator.plan.solving.answer import Stopped
from allocator.plan.solving.solve import solve
from allocator.plan.solving.watch import Patience
from tests.plan.random_plans import province_plan

TOWNS = (Municipality("A", 200, 0, {}), Municipality("B", 100, 0, {}))
SITES = (
    Site("a1", ("A",), "regular", 100, 200, 2_000_000),
    Site("a2", ("A",), "regular", 100, 150, 1_000_000),
    Site("b1", ("B",), "regular", 100, 120, 500_000),
    Site("b2", ("B",), "regular", 100, 120, 600_000),
)
ASKED = Problem(TOWNS, SITES, {"regular": 100, "minors": 16}, "minors", 300, 0, ())
BEST = solve(ASKED)


def test_the_next_best() -> None:
    """b2 in place of b1 costs 100,000 more; two sites in A are a site more."""
    assert BEST.opened == ("a1", "b1")
    assert [plan.opened for plan in alternatives(ASKED, BEST, 3).plans] == [
        ("a1", "b2"),
        ("a1", "a2", "b1"),
        ("a1", "a2", "b2"),
    ]


def test_alternatives_that_differ_more() -> None:
    """In three sites from the best, and the third in three from both before it."""
    found = alternatives(ASKED, BEST, 9, differ=3).plans
    opened = [set(plan.opened) for plan in (BEST, *found)]
    assert all(len(a ^ b) >= 3 for i, a in enumerate(opened) for b in opened[:i])
    assert opened[1] == {"a1", "a2", "b2"}


def test_there_are_only_so_many() -> None:
    """Sixteen sets of sites, each of them a plan."""
    found = alternatives(ASKED, BEST, 99)
    assert len(found.plans) == 15
    assert found.stopped is Stopped.NO


def test_what_falls_out() -> None:
    """Without a1 there are 150 in A; the number is met with 200 in B. Without b1 there is b2."""
    first, second = without_each(ASKED, BEST)
    assert first.names == ("a1",)
    assert first.plan is not None
    assert first.plan.sizes == {"a2": 150, "b1": 100, "b2": 100}
    assert first.more == (0, 0, 150, 1, -400_000)
    assert second.names == ("b1",)
    assert second.more == (0, 0, 0, 0, 100_000)


def test_a_pledge_rests_on_one_site() -> None:
    asked = replace(ASKED, bounds=(Bound("promise", "A", False, 160, None),))
    without = without_each(asked, solve(asked))[0]
    assert (without.names, without.plan, without.more) == (("a1",), None, None)
    assert without.stopped is Stopped.NO


def test_what_a_refusal_costs() -> None:
    cost = cost_of_refusal(ASKED, ["b2", "b1"], BEST)
    assert cost.names == ("b1", "b2")
    assert cost.plan is not None
    assert cost.plan.opened == ("a1", "a2")
    assert cost.more is not None
    assert cost.more[0] == 0  # 300 in A: the number is met
    assert cost.more[2] == 200  # and 100 too many there, 100 too few in B


def test_stopped_on_the_way() -> None:
    """What was found stays; what was not looked for has no plan, or says why it is not proven."""
    heard: list[str] = []
    patience = Patience(
        told=lambda name, place, of: heard.append(name), stop=lambda: len(heard) > 1
    )
    first, second = without_each(ASKED, BEST, patience)
    assert heard == ["a1", "b1"]
    assert first.stopped is Stopped.NO
    assert second.stopped is Stopped.ASKED


def test_alternatives_end_with_the_first_that_is_not_proven() -> None:
    asked = province_plan("PV29", 40, 0)
    found = alternatives(asked, solve(asked), 5, patience=Patience(stop=lambda: True))
    assert [plan.stopped for plan in found.plans] == [Stopped.ASKED]
    assert found.stopped is Stopped.ASKED


#: A must have its places, so that opening nothing is no plan to begin with.
PROMISED = replace(ASKED, bounds=(Bound("promise", "A", False, 100, None),))


@pytest.mark.parametrize(
    ("patience", "reason"),
    [(Patience(stop=lambda: True), Stopped.ASKED), (Patience(seconds=0), Stopped.TIME)],
)
def test_a_search_that_found_nothing_says_why_it_ended(patience: Patience, reason: Stopped) -> None:
    """That no plan was found in time does not mean that there is none."""
    best = solve(PROMISED)
    assert len(alternatives(PROMISED, best, 1).plans) == 1
    found = alternatives(PROMISED, best, 1, patience=patience)
    assert (found.plans, found.stopped) == ((), reason)


def test_nobody_looks_beyond_a_best_plan_that_is_not_proven() -> None:
    asked = province_plan("PV29", 40, 0)
    best = solve(asked, Patience(stop=lambda: True))
    found = alternatives(asked, best, 3)
    assert (found.plans, found.stopped) == ((), Stopped.ASKED)


def test_a_search_that_was_stopped_asks_no_more_of_the_solver() -> None:
    asked = province_plan("PV29", 40, 0)
    best = solve(asked)
    told: list[str] = []
    patience = Patience(stop=lambda: True, told=lambda name, place, of: told.append(name))
    found = without_each(asked, best, patience)
    assert [each.names for each in found] == [(name,) for name in best.opened]
    assert {each.stopped for each in found} == {Stopped.ASKED}
    assert told == []
