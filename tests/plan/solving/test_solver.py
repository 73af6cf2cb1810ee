"""What a search leaves behind when it is over: nothing."""

from __future__ import annotations

import gc

import highspy

from allocator.plan.question.problem import Municipality, Problem, Site
from allocator.plan.solving.solve import solve

TOWNS = (Municipality("A", 200, 0, {}),)
SITES = tuple(Site(name, ("A",), "regular", 100, 150, 1_000) for name in ("quay", "yard"))
ASKED = Problem(TOWNS, SITES, {"regular": 100, "minors": 16}, "minors", 200, 0, ())


def solvers_that_are_kept() -> int:
    gc.collect()
    return sum(isinstance(each, highspy.Highs) for each in gc.get_objects())


def test_no_solver_is_kept_when_a_search_is_over() -> None:
    """Thousands of plans were half a gigabyte: the solver held on to whoever it asked to go on."""
    before = solvers_that_are_kept()
    assert solve(ASKED).opened == ("quay", "yard")
    assert solvers_that_are_kept() == before
