"""A small share of the comparisons with CBC, and the example of Zeeland in all its aims.

The package runs by itself with larger counts, which docs/evidence.md writes down.
"""

from __future__ import annotations

import pytest

from allocator.asking.planning import Typed, asked
from allocator.plan.question.problem import Municipality, Problem, Site
from tests.core.whole.solvers import cbc_is_there
from tests.plan.second_opinion.by_cbc import best_by_cbc
from tests.plan.second_opinion.compared import compared, small_plans

pytestmark = pytest.mark.skipif(not cbc_is_there(), reason="PuLP brings no CBC for this machine")


def test_small_plans() -> None:
    seen = small_plans(12, 2)
    assert seen["equal, with sites to open"] > 5
    assert seen["no plan"]


def test_the_example_of_zeeland() -> None:
    files = dict.fromkeys(("area", "locations", "pledges", "agreements"))
    question = asked("nl/plan-example-zeeland", Typed(without=(), pledge=(), cap=(), **files))
    assert compared(question.posed.problem) == "equal, with sites to open"


def test_the_plain_model_by_hand() -> None:
    """60 are there and 45 more make them count; what is too few for minors does not.

    Of the 146 places 41 are lacking, and the 12 for minors: one site, of 900,000.
    """
    town = Municipality("A", 146, 12, {"regular": 60, "minors": 12})
    quay = Site("quay", ("A",), "regular", 40, 45, 900_000)
    asked = Problem((town,), (quay,), {"regular": 100, "minors": 16}, "minors", 146, 12, ())
    found = best_by_cbc(asked)
    assert found is not None
    assert (found.values, found.sizes) == ((41, 12, 41, 1, 900_000), {"quay": 45})
