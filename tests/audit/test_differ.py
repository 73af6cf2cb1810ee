"""What differs between two distributions: the effects add up, whatever changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import allocator
from allocator.audit.differ import Difference, difference
from allocator.model.distribution import Distribution
from allocator.model.indicator import Kind
from allocator.model.instance import Instance, Total
from allocator.model.mergers import Change
from allocator.model.problem import InputError, Place, Problems
from allocator.model.rule import Rounding
from allocator.model.streams import KeyText
from allocator.reading.country.tables import changes_of
from tests.periods.strategies import after, changes, codes_of
from tests.strategies import DAY, NAME, instance_of, instances, limited, together

LATER = date(2023, 7, 1)
anything = st.one_of(instances(), together(), limited())
calm = settings(max_examples=60, deadline=None)


def answered(instance: Instance) -> Distribution:
    """The distribution; an instance without an answer is not drawn."""
    try:
        return allocator.distribute(instance)
    except InputError:
        assume(False)
        raise


def adds_up(found: Difference) -> None:
    """Every effect is exact: those of all steps are the difference, for numbers and quotas."""
    before, after_ = found.before, found.after
    for each in found.kin:
        for stream in found.streams:
            cell = each.code, stream
            old, new = found.numbers[cell]
            assert old.number == sum(before.numbers[area.code, stream] for area in each.before)
            assert new.number == sum(after_.numbers[area.code, stream] for area in each.after)
            effects = [step.effects[cell] for step in found.steps]
            assert sum(effect.number for effect in effects) == new.number - old.number
            quotas = [effect.quota for effect in effects]
            assert sum(quotas, Fraction(0)) == new.quota - old.quota


def causes(found: Difference) -> list[list[str]]:
    return [[str(cause) for cause in step.causes] for step in found.steps]


def every_leaf_once(found: Difference) -> None:
    level = found.after.instance.division.leaf_level
    rows = [each for each in found.kin if each.level == level]
    for side, distribution in (("before", found.before), ("after", found.after)):
        codes = [area.code for each in rows for area in getattr(each, side)]
        assert sorted(codes) == [leaf.code for leaf in distribution.instance.division.leaves]


@calm
@given(anything, anything)
def test_effects_of_random_pairs_add_up(one: Instance, other: Instance) -> None:
    found = difference(answered(one), answered(other))
    adds_up(found)
    every_leaf_once(found)


@calm
@given(anything)
def test_an_unchanged_pair_has_no_cause(instance: Instance) -> None:
    found = difference(answered(instance), answered(replace(instance, day=LATER)))
    assert found.steps == ()
    assert all(old == new for old, new in found.numbers.values())


@calm
@given(st.data())
def test_effects_add_up_through_mergers_and_splits(data: st.DataObject) -> None:
    """The order of time decides where the changes begin; told backwards, signs turn."""
    one = data.draw(st.one_of(instances(), limited()))
    moves = data.draw(changes(codes_of(one)))
    later = after(one, moves)
    totals = {name: replace(each, number=each.number + 7) for name, each in one.totals.items()}
    later = replace(later, day=LATER, division=replace(later.division, day=LATER), totals=totals)
    old, new = answered(one), answered(later)
    found, back = difference(old, new, moves), difference(new, old, moves)
    for each in (found, back):
        adds_up(each)
        every_leaf_once(each)
    assert [list(reversed(step)) for step in reversed(causes(found))] == causes(back)
    for step, turned in zip(found.steps, reversed(back.steps), strict=True):
        for cell, effect in step.effects.items():
            assert turned.effects[cell].number == -effect.number
            assert turned.effects[cell].quota == -effect.quota


@calm
@given(st.data())
def test_figures_that_followed_the_mergers_are_no_change_of_their_own(data: st.DataObject) -> None:
    one = data.draw(instances())
    whole = data.draw(st.booleans())
    moves = data.draw(changes(codes_of(one), "merge" if whole else ""))
    later = after(one, moves)
    later = replace(later, day=LATER, division=replace(later.division, day=LATER))
    found = difference(answered(one), answered(later), moves)
    assert causes(found) in ([], [["division"]])
    for (code, _), (old, new) in found.numbers.items():
        if code == "NL" or (whole and "+" in code):
            assert old.quota == new.quota


def two(first: str, second: str) -> Difference:
    pair = [allocator.distribute(allocator.load(name)) for name in (first, second)]
    return difference(pair[0], pair[1], changes_of("nl", Problems()))


def test_a_merger_is_one_group_whose_people_stay_together() -> None:
    found = two("nl/housing-2022-h2", "nl/housing-2023-h1")
    adds_up(found)
    assert causes(found) == [["division"], ["indicator:population"], ["total:permit_holders"]]
    (group,) = [each for each in found.kin if not each.one]
    assert [area.name for area in group.before] == ["Brielle", "Hellevoetsluis", "Westvoorne"]
    assert [area.name for area in group.after] == ["Voorne aan Zee"]
    old, new = found.numbers[group.code, "permit_holders"]
    assert (old.number, new.number) == (12 + 33 + 13, 89)
    effects = [step.effects[group.code, "permit_holders"] for step in found.steps]
    assert [effect.number for effect in effects] == [-1, 0, 32]
    assert effects[0].quota == 0  # the same persons, of the same country


def test_a_total_alone_is_the_only_cause() -> None:
    found = two("nl/housing-2023-h2-announced", "nl/housing-2023-h2")
    adds_up(found)
    assert causes(found) == [["total:permit_holders"]]
    country = found.steps[0].effects["NL", "permit_holders"]
    assert country.quota == 17_600 - 27_300


def test_through_ten_years_of_mergers() -> None:
    found = two("nl/housing-2016-h2", "nl/housing-2025-h2")
    adds_up(found)
    every_leaf_once(found)
    assert len([each for each in found.kin if not each.one]) > 10


def test_limits_and_rounding_are_told_apart() -> None:
    found = two("nl/reception-2024", "nl/reception-2024-capped-example")
    adds_up(found)
    assert causes(found) == [["rule"], ["rounding"], ["limits"]]
    amsterdam = [step.effects["GM0363", "places"].number for step in found.steps]
    assert amsterdam[2] < -1_000
    assert amsterdam[:2] == [0, 0]


def test_a_change_that_has_no_answer_alone_goes_with_the_next() -> None:
    """Limits are kept only where areas are rounded together: without them goes rounding too."""
    capped = allocator.load("nl/reception-2024-capped-example")
    plain = replace(capped, limits=())
    found = difference(allocator.distribute(capped), allocator.distribute(plain, rounding="up"))
    adds_up(found)
    assert causes(found) == [["rounding", "limits"]]


def test_the_figures_of_a_rate_come_with_the_division(one_and_merged: tuple[Instance, ...]) -> None:
    one, merged, move = *one_and_merged, Change(LATER, "M01", "", "M00", "", "merge", 1, 1)
    found = difference(allocator.distribute(one), allocator.distribute(merged), (move,))
    adds_up(found)
    assert causes(found) == [["division"], ["indicator:score"]]
    # M00 has its later score from the division on; M02 and M03 follow with the indicator
    assert [step.effects["M02", "places"].quota == 0 for step in found.steps] == [False, False]


@pytest.fixture
def one_and_merged() -> tuple[Instance, Instance]:
    """Four leaves with scores, of which one then merges while the other scores change."""

    def made(scores: dict[str, int], day: date) -> Instance:
        people = dict.fromkeys(scores, Fraction(100))
        plain = instance_of(people, dict.fromkeys(scores, "P1"), {"places": 90}, Rounding.UP)
        score = replace(
            plain.indicators["people"],
            name="score",
            kind=Kind.RATE,
            values={code: Fraction(value) for code, value in scores.items()},
        )
        step = replace(plain.rule.steps[0], key=KeyText("score * people", Place("rule")))
        return replace(
            plain,
            day=day,
            rule=replace(plain.rule, steps=(step,)),
            division=replace(plain.division, day=day),
            indicators={**plain.indicators, "score": score},
        )

    one = made({"M00": 1, "M01": 2, "M02": 3, "M03": 4}, DAY)
    merged = made({"M00": 5, "M02": 6, "M03": 7}, LATER)
    people = {"M00": Fraction(200), "M02": Fraction(100), "M03": Fraction(100)}
    indicators = dict(merged.indicators)
    indicators["people"] = replace(indicators["people"], values=people)
    return one, replace(merged, indicators=indicators)


def test_another_key_of_the_same_rule_is_found() -> None:
    one = allocator.load("nl/housing-2023-h1")
    step = replace(one.rule.steps[0], key=KeyText("population * population", Place("rule")))
    other = replace(one, rule=replace(one.rule, steps=(step,)))
    found = difference(allocator.distribute(one), allocator.distribute(other))
    adds_up(found)
    assert causes(found) == [["rule"]]


def test_streams_of_one_alone_are_named_and_not_compared() -> None:
    found = two("nl/housing-2023-h1", "nl/reception-2024")
    assert found.streams == ()
    assert found.numbers == {}
    assert found.streams_only_in(found.after) == ("places", "minors", "regular")


def test_nothing_in_common_is_refused() -> None:
    one = allocator.distribute(allocator.load("nl/housing-2023-h1"))
    other = allocator.distribute(allocator.load("de/municipalities-2019-example"))
    with pytest.raises(InputError, match="no area in common"):
        difference(one, other)


def test_rounding_goes_before_totals() -> None:
    one = allocator.load("nl/minors-2024-3660")
    there = replace(one, totals={"minors": Total("minors", 3_661, NAME, None)})
    together_ = allocator.distribute(there, rounding="consistent")
    found = difference(allocator.distribute(one), together_)
    adds_up(found)
    assert causes(found) == [["rounding"], ["total:minors"]]
