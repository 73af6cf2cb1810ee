"""Every way in which a plan can be other than it says is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.plan.question.problem import Bound, Municipality, Problem, Site
from allocator.plan.solving.answer import Apart, Plan, Stage
from allocator.plan.solving.check import Unsound, WrongPlan, check, faults, outside, refuse_unsound
from allocator.plan.solving.solve import solve

TOWNS = (
    Municipality("A", 200, 0, {}),
    Municipality("B", 100, 0, {"regular": 30}),
    Municipality("C", 60, 16, {"minors": 20}),
)
SITES = (
    Site("a", ("A",), "regular", 100, 250, 4_000_000),
    Site("b", ("B",), "regular", 50, 120, None),
    Site("p", ("B", "C"), "regular", 100, 120, 1_000_000),
)
ASKED = Problem(
    TOWNS,
    SITES,
    {"regular": 100, "minors": 16},
    "minors",
    whole=360,
    of_minors=16,
    beyond=(Fraction(1, 2),),
    bounds=(Bound("promise of A", "A", False, 150, 220),),
    smallest=60,
    largest=230,
    small=110,
    small_part=Fraction(1, 4),
)
PLAN = solve(ASKED)


def test_what_the_others_start_from() -> None:
    """220 in A, and the pool's 105, below 110: small, and more than a quarter of 325."""
    assert PLAN.proven
    check(ASKED, PLAN)


def sized(**sizes: int) -> Plan:
    return replace(PLAN, sizes={**PLAN.sizes, **sizes})


def staged(place: int, change: Callable[[Stage], Stage]) -> Plan:
    stages = list(PLAN.stages)
    stages[place] = change(stages[place])
    return replace(PLAN, stages=tuple(stages))


WRONG = {
    "another site": replace(PLAN, sizes={"a": 200}),
    "too small": sized(a=99),
    "below the wish": sized(b=59),
    "too large": sized(b=121),
    "above the wish": sized(a=231),
    "negative": sized(b=-1),
    "not all is credited": replace(PLAN, credits={**PLAN.credits, ("p", "B"): 0}),
    "credits below 0": replace(PLAN, credits={("p", "B"): -1, ("p", "C"): PLAN.sizes["p"] + 1}),
    "a pool without credits": replace(PLAN, credits={}),
    "a broken promise": sized(a=149),
    "more than the cap": sized(a=221),
    "too few in small sites": sized(b=120, p=0),
    "counted otherwise": replace(PLAN, carried={**PLAN.carried, ("A", "regular"): 0}),
    "not counted otherwise": replace(PLAN, uncounted={**PLAN.uncounted, ("B", "regular"): 29}),
    "another value": staged(0, lambda stage: replace(stage, value=stage.value + 1)),
    "a stage fewer": replace(PLAN, stages=PLAN.stages[:-1]),
    "proven, with a lower bound": staged(2, lambda stage: replace(stage, bound=-1)),
    "a bound above": staged(2, lambda stage: replace(stage, bound=stage.value + 1, proven=False)),
    "at its bound, not proven": staged(2, lambda stage: replace(stage, proven=False)),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_plans(name: str) -> None:
    with pytest.raises(WrongPlan):
        check(ASKED, WRONG[name])


def test_too_like_another() -> None:
    others = [Apart(frozenset(PLAN.opened) ^ {"b"}, 2)]
    assert list(faults(ASKED, PLAN.sizes, PLAN.credits, others))
    assert not list(faults(ASKED, PLAN.sizes, PLAN.credits, [replace(others[0], differ=1)]))


UNSOUND = {
    "twice a municipality": replace(ASKED, municipalities=(*TOWNS, TOWNS[0])),
    "twice a site": replace(ASKED, sites=(*SITES, SITES[0])),
    "a site elsewhere": replace(ASKED, sites=(replace(SITES[0], areas=("X",)),)),
    "a site nowhere": replace(ASKED, sites=(replace(SITES[0], areas=()),)),
    "twice in a pool": replace(ASKED, sites=(replace(SITES[2], areas=("B", "B")),)),
    "an unknown kind": replace(ASKED, sites=(replace(SITES[0], kind="other"),)),
    "a pool that may not count": replace(ASKED, sites=(replace(SITES[2], smallest=99),)),
    "a cost below 0": replace(ASKED, sites=(replace(SITES[0], cost=-1),)),
    "a bound elsewhere": replace(ASKED, bounds=(Bound("x", "X", False, 1, None),)),
    "no minors": replace(ASKED, minors="other"),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_questions_that_cannot_be_asked(name: str) -> None:
    with pytest.raises(Unsound):
        refuse_unsound(UNSOUND[name])


@pytest.mark.parametrize(
    ("number", "carried", "part", "beyond"),
    [
        (146, 160, Fraction(1, 10), 0),  # up to 160.6
        (146, 161, Fraction(1, 10), 1),
        (146, 132, Fraction(1, 10), 0),  # down to 131.4
        (146, 131, Fraction(1, 10), 1),
        (200, 400, Fraction(1), 0),
        (200, 401, Fraction(1), 1),
        (200, 0, Fraction(1), 0),
        (3, 4, Fraction(1, 10), 1),
        (0, 5, Fraction(1), 5),
        (50, 20, Fraction(0), 30),
    ],
)
def test_bands_are_whole_inward(number: int, carried: int, part: Fraction, beyond: int) -> None:
    assert outside(number, carried, part) == beyond
