"""Revisions that cannot be made, what is told beside the numbers, and limits on the way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import allocator
from allocator.core.whole.problem import Cell, Problem, Refused
from allocator.core.whole.revise import revise as revised_whole
from allocator.model.balances import NOTHING_KNOWN
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance, Total
from allocator.model.limits import Limit
from allocator.model.problem import InputError
from allocator.model.rule import Choice, Lot, Method, Rounding
from allocator.model.streams import Streams
from allocator.periods.revision import revise
from tests.periods.strategies import abc, entry, rows
from tests.strategies import NAME, PARTS, instance_of, together


def total(number: int) -> dict[str, Total]:
    return {"x": Total("x", number, NAME, None)}


def test_what_was_given_away_or_done_already_is_told() -> None:
    """A, B and C had 50, 30 and 20 and get half; B gave 20 away, C took them."""
    known = replace(
        NOTHING_KNOWN,
        ledger=(entry("one", "x", {"B": -20, "C": 20}),),
        realised=rows(A=25, B=1, C=33),
    )
    found = revise(allocator.distribute(abc(known)), total(50))
    assert found.effective("x") == {"A": 25, "B": -5, "C": 30}
    assert found.below_nothing("x") == {"B": -5}
    assert found.already_above("x") == {"B": 6, "C": 3}
    nothing_done = replace(known, realised=rows(A=25, B=0, C=33))
    assert revise(allocator.distribute(abc(nothing_done)), total(50)).already_above("x") == {"C": 3}
    assert found.previous is found.original
    again = revise(found.original, total(40), found.revised)
    assert again.previous is found.revised


def test_the_textbook_is_refused_where_it_promises_nothing() -> None:
    plain = abc(NOTHING_KNOWN)
    with pytest.raises(InputError, match="may lower somebody"):
        revise(allocator.distribute(plain, "textbook"), total(50))
    found = revise(allocator.distribute(plain, "textbook", "webster"), total(50)).revised
    assert [found.number(code, "x") for code in "ABC"] == [25, 15, 10]


def test_a_lot_is_refused() -> None:
    """It was drawn for the remainders of one total."""
    original = allocator.distribute(abc(NOTHING_KNOWN), "consistent")
    drawn = Choice(Rounding.CONSISTENT, ties=(Lot("x", ()),))
    with pytest.raises(InputError, match="drawn for one total"):
        revise(replace(original, choice=drawn), total(50))


def test_who_tied_in_a_revision_is_told() -> None:
    """Of 2, 2 and 2 one goes: all three have the same claim, and the last by order gives it up."""
    weights = dict.fromkeys("ABC", Fraction(1))
    plain = instance_of(weights, dict.fromkeys("ABC", "P"), {"x": 6}, Rounding.CONSISTENT)
    found = revise(allocator.distribute(plain), total(5)).revised
    assert [found.number(code, "x") for code in "ABC"] == [2, 2, 1]
    (tie,) = found.ties
    assert tie.numbers == {("A", "x"): 2, ("B", "x"): 2, ("C", "x"): 1}


def test_nothing_or_at_least_so_many_is_refused() -> None:
    """Such a limit is kept by leaving somebody out, which a revision may not do."""
    original = allocator.distribute(abc(NOTHING_KNOWN), "consistent")
    limit = Limit("small", NAME, "x", ("C",), None, None, 5)
    with pytest.raises(InputError, match="nothing or at least"):
        revise(replace(original, instance=replace(original.instance, limits=(limit,))), total(50))


@settings(max_examples=60, deadline=None)
@given(together(), st.integers(0, 300), st.data())
def test_a_rest_without_a_name_is_revised_as_one_with_a_name(
    known: Instance, places: int, data: st.DataObject
) -> None:
    minors = data.draw(st.integers(0, places))
    totals = {
        name: replace(known.totals[name], number=number)
        for name, number in (("places", places), ("minors", minors))
    }
    nameless = replace(known, streams=Streams(PARTS.all[:2]))
    one, other = (revise(allocator.distribute(each), totals).revised for each in (known, nameless))
    for area in known.division.areas:
        for stream in ("places", "minors"):
            assert one.number(area.code, stream) == other.number(area.code, stream)


# --- Sums outside floor and ceiling ---


def noord_holland() -> Distribution:
    """Two fewer of 8,000: nobody there may go up to where 1,317 and a part would bring it."""
    original = allocator.distribute(allocator.load("nl/housing-2019-h1-announced"), "consistent")
    stream = "permit_holders"
    totals = {stream: replace(original.instance.totals[stream], number=7_998)}
    return revise(original, totals).revised


def test_a_province_outside_is_told() -> None:
    found = noord_holland()
    told = {(one.code, one.part, one.number) for one in found.outside}
    assert told == {("PV27", "permit_holders", 1_319)}
    assert 1_317 < found.quota("PV27", "permit_holders") < 1_318


def test_a_sum_outside_is_told_once() -> None:
    found = noord_holland()
    assert len(found.outside) == 1


# --- Limits on sums: a revision around an original that keeps them ---

TREE = {"NL": None, "P": "NL", "Q": "NL", "A": "P", "B": "Q"}


def quotas(**of: tuple[int, int]) -> dict[Cell, Fraction]:
    """The quotas of A and B for the parts x and y."""
    return {
        (leaf, p): Fraction(n) for leaf, both in of.items() for p, n in zip("xy", both, strict=True)
    }


def table(**of: tuple[int, int]) -> dict[Cell, int]:
    return {cell: int(number) for cell, number in quotas(**of).items()}


@pytest.mark.parametrize("method", Method)
def test_a_cap_on_a_larger_area_is_kept(method: Method) -> None:
    """P may have 1 and has it in y; both of x can go to B, though it leaves three sums' quotas."""
    asked = quotas(A=(1, 0), B=(1, 2))
    problem = Problem(TREE, ("x", "y"), asked, method.value, {("P", None): (None, 1)})
    found = revised_whole(problem, table(A=(0, 1), B=(0, 0))).whole.numbers
    assert found == table(A=(0, 1), B=(2, 1))


@pytest.mark.parametrize("method", Method)
def test_a_floor_on_a_larger_area_is_kept(method: Method) -> None:
    """P must have 1, and with fewer of x its A stays at none: one of y goes there, not to B."""
    asked = quotas(A=(1, 0), B=(1, 2))
    original = table(A=(0, 0), B=(9, 0))
    plain = Problem(TREE, ("x", "y"), asked, method.value)
    assert revised_whole(plain, original).whole.numbers == table(A=(0, 0), B=(2, 2))
    held = Problem(TREE, ("x", "y"), asked, method.value, {("P", None): (1, None)})
    assert revised_whole(held, original).whole.numbers == table(A=(0, 1), B=(2, 1))


@pytest.mark.parametrize("method", Method)
def test_who_goes_past_its_ceiling_is_who_costs_least(method: Method) -> None:
    """With fewer for all A stays at 1, so B and C share 5: C gets 3, as its quota is larger."""
    asked = {("A", "x"): Fraction(3), ("B", "x"): Fraction(7, 5), ("C", "x"): Fraction(8, 5)}
    tree = {"NL": None, "A": "NL", "B": "NL", "C": "NL"}
    original = dict(zip(asked, (1, 9, 9), strict=True))
    found = revised_whole(Problem(tree, ("x",), asked, method.value), original)
    assert list(found.whole.numbers.values()) == [1, 2, 3]
    outside = {one.sum: (one.number, one.floor, one.ceiling) for one in found.outside}
    assert outside[("A", "x")] == (1, 3, 3)
    assert outside[("C", "x")] == (3, 1, 2)
    assert ("B", "x") not in outside


def test_a_floor_that_no_revision_can_keep_is_refused() -> None:
    """A must have 1 and had it in y, of which there is now none; x stays as it was, in B."""
    asked = quotas(A=(1, 0), B=(0, 0))
    problem = Problem(TREE, ("x", "y"), asked, limits={("A", None): (1, None)})
    with pytest.raises(Refused):
        revised_whole(problem, table(A=(0, 1), B=(1, 0)))


def test_an_original_outside_a_limit_is_refused() -> None:
    problem = Problem(TREE, ("x", "y"), quotas(A=(1, 0), B=(2, 0)), limits={("A", "x"): (None, 1)})
    with pytest.raises(Refused, match="the original 2 is outside its limits"):
        revised_whole(problem, table(A=(2, 0), B=(0, 0)))


def places(number: int, minors: int) -> dict[str, Total]:
    return {
        "places": Total("places", number, NAME, None),
        "minors": Total("minors", minors, NAME, None),
    }


def test_the_tightest_of_two_limits_holds() -> None:
    """C had two minors before it was to have one; with more of them it cannot go back."""
    plain = replace(abc(NOTHING_KNOWN), streams=PARTS, totals=places(20, 10))
    original = allocator.distribute(plain, "consistent")
    cap = Limit("cap", NAME, "minors", ("C",), None, 1)
    floor = Limit("floor", NAME, "minors", ("C",), 1, None)
    limited = replace(original, instance=replace(original.instance, limits=(cap, floor)))
    with pytest.raises(InputError, match="the original 2 is outside its limits"):
        revise(limited, places(22, 11))


def test_an_original_outside_a_limit_on_its_whole_is_refused() -> None:
    """C had 20 before it was to have 10 at most; with the total it cannot go back."""
    original = allocator.distribute(abc(NOTHING_KNOWN), "consistent")
    cap = Limit("cap", NAME, "x", ("C",), None, 10)
    limited = replace(original, instance=replace(original.instance, limits=(cap,)))
    with pytest.raises(InputError):
        revise(limited, total(120))


def test_a_floor_through_the_whole_program() -> None:
    """P1 must have a place; its only one was a minor's, and there are no minors any more."""
    plain = instance_of(
        {"A": Fraction(0), "C": Fraction(1)}, {"A": "P1", "C": "P2"}, {"places": 0}, Rounding.UP
    )
    floor = Limit("floor", NAME, "places", ("P1",), 1, None)
    asked = replace(plain, streams=PARTS, totals=places(2, 1), limits=(floor,))
    original = allocator.distribute(asked, "consistent")
    assert original.number("P1", "minors") == 1
    with pytest.raises(InputError):
        revise(original, places(1, 0))
