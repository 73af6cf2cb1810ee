"""A lower total raises nobody and a higher one lowers nobody, in every cell of every part.

Together, the totals are met exactly, and every sum is the floor or the ceiling of its share or
told as one that could not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil, floor

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import allocator
from allocator.core.cells import parts_of
from allocator.core.exact import added
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance, Total
from allocator.model.problem import InputError
from allocator.model.rule import Method
from allocator.periods.revision import revise
from tests.strategies import PARTS, instances, limited, together

calm = settings(max_examples=60, deadline=None)
few = settings(max_examples=15, deadline=None)
Numbers = dict[str, int]


def totals_of(instance: Instance, numbers: Numbers) -> dict[str, Total]:
    return {name: replace(instance.totals[name], number=number) for name, number in numbers.items()}


def numbers_of(instance: Instance) -> Numbers:
    return {name: total.number for name, total in instance.totals.items()}


def revised(
    original: Distribution, numbers: Numbers, before: Distribution | None = None
) -> Distribution:
    return revise(original, totals_of(original.instance, numbers), before).revised


def rests_of(numbers: Numbers) -> Numbers:
    """The totals of the parts."""
    return {"minors": numbers["minors"], "regular": numbers["places"] - numbers["minors"]}


def refuse_crossings(one: Distribution, other: Distribution, asked: Mapping[str, int]) -> None:
    """No cell of any level moves against its part, and where the total stays so do the cells."""
    for stream, more in asked.items():
        for area in one.instance.division.areas:
            step = other.number(area.code, stream) - one.number(area.code, stream)
            assert step * more >= 0
            assert more or not step


# --- Each area by itself ---


@calm
@given(
    instances(), st.fixed_dictionaries(dict.fromkeys(("places", "holders"), st.integers(0, 6_000)))
)
def test_by_itself(instance: Instance, numbers: Numbers) -> None:
    original = allocator.distribute(instance)
    found = revised(original, numbers)
    was = numbers_of(instance)
    steps = {name: number - was[name] for name, number in numbers.items()}
    refuse_crossings(original, found, steps)
    assert revised(original, was).numbers == original.numbers
    assert revised(original, was, found).numbers == original.numbers
    assert revised(original, numbers, found).numbers == found.numbers
    assert not found.outside


# --- All together ---


@st.composite
def places_and_minors(draw: st.DrawFn, least: Numbers | None = None) -> Numbers:
    """Totals of which each part is at least what is said."""
    known = rests_of(least) if least else {"minors": 0, "regular": 0}
    parts = {name: draw(st.integers(number, number + 160)) for name, number in known.items()}
    return {"places": parts["minors"] + parts["regular"], "minors": parts["minors"]}


def steps_between(one: Numbers, other: Numbers) -> Numbers:
    parts, others = rests_of(one), rests_of(other)
    return {name: others[name] - number for name, number in parts.items()}


@pytest.mark.parametrize("method", Method)
def test_together(method: Method) -> None:
    @few
    @given(together(method), places_and_minors())
    def law(instance: Instance, numbers: Numbers) -> None:
        original, was = allocator.distribute(instance), numbers_of(instance)
        found = revised(original, numbers)
        refuse_crossings(original, found, steps_between(was, numbers))
        assert {name: found.number("NL", name) for name in numbers} == numbers
        assert told_outside(found) == outside(found)

    law()


@pytest.mark.parametrize("method", Method)
def test_the_first_total_again_gives_the_first_table(method: Method) -> None:
    @few
    @given(together(method), places_and_minors())
    def law(instance: Instance, numbers: Numbers) -> None:
        original = allocator.distribute(instance)
        was = numbers_of(instance)
        assert revised(original, was).numbers == original.numbers
        there = revised(original, numbers)
        assert revised(original, was, there).numbers == original.numbers
        assert revised(original, numbers, there).numbers == there.numbers

    law()


@calm
@given(together(), places_and_minors(), st.data())
def test_step_by_step_in_one_direction(
    instance: Instance, least: Numbers, data: st.DataObject
) -> None:
    """Every table lies between those before and after it, upward as well as downward."""
    middle = data.draw(places_and_minors(least))
    most = data.draw(places_and_minors(middle))
    for first, then, last in ((least, middle, most), (most, middle, least)):
        totals = {**instance.totals, **totals_of(instance, first)}
        original = allocator.distribute(replace(instance, totals=totals))
        one = revised(original, then)
        other = revised(original, last, one)
        refuse_crossings(original, one, steps_between(first, then))
        refuse_crossings(one, other, steps_between(then, last))
        refuse_crossings(original, other, steps_between(first, last))
        assert {name: other.number("NL", name) for name in last} == last
        assert revised(original, last, other).numbers == other.numbers


@calm
@given(together(), places_and_minors(), st.data())
def test_partly_back_is_reckoned_from_the_original(
    instance: Instance, least: Numbers, data: st.DataObject
) -> None:
    """What went too far binds nobody: the table is that of who went there at once."""
    middle = data.draw(places_and_minors(least))
    most = data.draw(places_and_minors(middle))
    for first, far, back in ((least, most, middle), (most, least, middle)):
        totals = {**instance.totals, **totals_of(instance, first)}
        original = allocator.distribute(replace(instance, totals=totals))
        steps, further = steps_between(first, back), steps_between(back, far)
        assume(all(further.values()))  # a part that stays where it was is not on its way back
        found = revised(original, back, revised(original, far))
        refuse_crossings(original, found, steps)
        assert found.numbers == revised(original, back).numbers


@settings(max_examples=200, deadline=None)
@given(limited(), places_and_minors(), st.data())
def test_limits_are_kept(instance: Instance, least: Numbers, data: st.DataObject) -> None:
    """What limits leave over is in no cell, so it is the numbers placed that rise or fall."""
    middle = data.draw(places_and_minors(least))
    try:
        original = allocator.distribute(instance)
        one = revised(original, least)
        other = revised(original, middle, one)
    except InputError:
        return
    for before, found in ((original, one), (original, other)):
        refuse_crossings(before, found, steps_between(placed(before), placed(found)))
        for limit in instance.limits:
            held = sum(found.number(code, limit.stream) for code in limit.areas)
            assert limit.at_least is None or held >= limit.at_least
            assert limit.at_most is None or held <= limit.at_most
        assert found.shares is not None
        for part in ("minors", "regular"):
            shares = (found.shares.shares[leaf.code, part] for leaf in instance.division.leaves)
            assert abs(found.number("NL", part) - added(shares)) < 1


def placed(found: Distribution) -> Numbers:
    return {name: found.number("NL", name) for name in ("places", "minors")}


def told_outside(found: Distribution) -> set[tuple[str, str]]:
    """What the revision tells of the main tree; of a level beside it it tells what it can keep."""
    tree = found.instance.division.tree
    by_code = found.instance.division.by_code
    for one in found.outside:
        stream = one.part or "places"
        assert one.number == found.number(one.code, stream)
        assert one.share == found.quota(one.code, stream)
        assert not floor(one.share) <= one.number <= ceil(one.share)
    return {(one.code, one.part) for one in found.outside if by_code[one.code].level in tree}


def outside(found: Distribution) -> set[tuple[str, str]]:
    """The sums of the main tree that left the floor and the ceiling of their share."""
    places = PARTS.named("places")
    parts = {**{part: part for part in parts_of(PARTS, places)}, "": "places"}
    return {
        (area.code, part)
        for level in found.instance.division.tree
        for area in found.instance.division.at(level)
        for part, stream in parts.items()
        if abs(found.number(area.code, stream) - found.quota(area.code, stream)) >= 1
    }
