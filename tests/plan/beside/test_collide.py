"""Why there is no plan, by hand; tried out in `tests/laws/test_plan.py`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.plan.beside.collide import Demand, DemandKind, collision
from allocator.plan.question.problem import Bound, Municipality, Problem, Site
from allocator.plan.solving.answer import NothingFound, Stopped
from allocator.plan.solving.watch import Patience
from tests.plan.random_plans import province_plan

NUMBER = Demand(DemandKind.PLACES)
MINORS = Demand(DemandKind.MINORS)


def bound(name: str) -> Demand:
    return Demand(DemandKind.BOUND, name)


def asked(*bounds: Bound, sites: tuple[Site, ...] = ()) -> Problem:
    towns = (Municipality("A", 200, 0, {}), Municipality("B", 100, 0, {}))
    own = (
        Site("a", ("A",), "regular", 100, 250, None),
        Site("b", ("B",), "regular", 60, 150, None),
    )
    least = {"regular": 100, "minors": 16}
    return Problem(towns, (*own, *sites), least, "minors", 300, 0, (), bounds)


def test_nothing_collides() -> None:
    assert collision(asked(Bound("promise", "A", False, 250, None)), must_meet=True) == ()


def test_the_number_and_the_caps() -> None:
    """The province must reach 300, but the caps of A and B are 180 and 110; C's has no part."""
    caps = [Bound("cap of A", "A", False, None, 180), Bound("cap of B", "B", False, None, 110)]
    minors = Bound("cap on minors", "A", True, None, 5)
    problem = asked(*caps, minors)
    assert collision(problem) == ()
    assert collision(problem, must_meet=True) == (bound("cap of A"), bound("cap of B"), NUMBER)


def test_the_number_and_what_can_be_built() -> None:
    """400 places fit the sites; 401 do not, whatever is wished."""
    problem = replace(asked(), largest=240)
    assert collision(replace(problem, whole=390), must_meet=True) == ()
    assert collision(replace(problem, whole=391), must_meet=True) == (
        Demand(DemandKind.LARGEST),
        NUMBER,
    )
    assert collision(replace(problem, whole=401), must_meet=True) == (NUMBER,)


def test_minors_and_no_site_for_them() -> None:
    assert collision(replace(asked(), of_minors=1), must_meet=True) == (MINORS,)


def test_a_pledge_above_its_own_cap() -> None:
    crossed = Bound("crossed", "A", False, 200, 150)
    assert collision(asked(crossed, Bound("other", "B", False, 100, None))) == (bound("crossed"),)


def test_a_cap_that_no_site_of_that_size_fits() -> None:
    """120 to 150 promised: the site in B may be as large, but 90 to 95 never count."""
    low = Bound("at least", "B", False, 90, None)
    high = Bound("at most", "B", False, None, 95)
    assert collision(asked(low, high)) == (bound("at least"), bound("at most"))


def test_wishes_for_small_sites() -> None:
    """Half of the new places in sites below 100, and a promise of A, whose site has 100 or more.

    B's site would do with 90, and together they could be a half; with no site below 95 not.
    """
    promise = Bound("promise", "A", False, 100, None)
    wished = replace(asked(promise), small=100, small_part=Fraction(2, 5))
    assert collision(wished) == ()
    assert collision(replace(wished, smallest=100)) == (
        bound("promise"),
        Demand(DemandKind.SMALLEST),
        Demand(DemandKind.SMALL_PART),
    )


def test_small_and_large_wishes() -> None:
    promise = Bound("promise", "A", False, 1, None)
    assert collision(replace(asked(promise), smallest=260, largest=90)) == (
        bound("promise"),
        Demand(DemandKind.LARGEST),
    )


def test_caps_of_a_whole_province() -> None:
    """Every municipality of Zeeland at most nine tenths of its number, or what is there already.

    Not all caps are a cause: some municipalities have no sites to fill more, and one that is left
    out makes the rest possible.
    """
    problem = replace(province_plan("PV29", 40, 1), of_minors=0)
    caps = tuple(
        Bound(f"cap {m.code}", m.code, False, None, max(m.whole * 9 // 10, sum(m.there.values())))
        for m in problem.municipalities
    )
    found = collision(replace(problem, bounds=caps), must_meet=True)
    assert found[-1] == NUMBER
    assert 3 < len(found) < len(caps)
    kept = [cap for cap in caps if bound(cap.name) in found]
    for cap in kept:
        fewer = tuple(other for other in kept if other is not cap)
        assert collision(replace(problem, bounds=fewer), must_meet=True) == ()


def test_stopped_before_it_is_known() -> None:
    with pytest.raises(NothingFound) as nothing:
        collision(province_plan("PV29", 40, 1), patience=Patience(seconds=0))
    assert nothing.value.stopped is Stopped.TIME
