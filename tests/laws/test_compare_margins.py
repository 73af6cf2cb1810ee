"""Dividing again with a margin gives the number that it says; one step less, what there is now.

Margins up are above 0 and those down below it. A smaller change of a total changes nothing, and by
a key that only counts people neither does a smaller change of people. Larger units for all people
leave every percentage as it is. And what is computed for one area alone is what the whole divided
again gives, by any key.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import allocator
from allocator.comparison.margins import TOTAL, Margin, Step, margins
from allocator.comparison.margins.changed_key import NotFollowed
from allocator.comparison.margins.figures import Rooms
from allocator.comparison.margins.outcomes import Outcomes, with_figure
from allocator.comparison.margins.search import least, where
from allocator.comparison.margins.totals import with_total
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.indicator import Kind
from allocator.model.instance import Instance, Total
from allocator.model.problem import InputError, Place
from allocator.model.rule import Choice, Direction, Rounding
from allocator.model.rule import Step as Downward
from allocator.model.streams import KeyText
from tests.strategies import BY_ITSELF, NAME, PARTS, instances, limited, together

PLACE = Place("rule")
calm = settings(max_examples=60, deadline=None)

#: Parts of keys in which a change of one area's figure goes different ways.
TERMS = st.sampled_from(
    (
        "people",
        "(score + 1) * people",
        "(1 - score) * homes",
        "(score + 1) * people / national(people)",
        "share(people)",
        "share((score + 1) * people)",
        "share(people) * (score + 1)",
        "share(homes / national(people + homes) + people)",
        "(people * national(homes + people) / national(people) - homes)",
        "inverse(homes + 3)",
        "share(homes * inverse(people + 1))",
        "inverse(share(people + 1))",
        "capped(score, -0.5, 0.5) * people",
        "capped(national(people) / 1000, 0.1, 5) * homes",
        "homes / (people + 1)",
        "-score * people / national(homes + people)",
    )
)
FACTORS = st.sampled_from(("0.4", "2", "national(people)", "(score + 1)", "share(homes)"))
KEYS = st.one_of(
    TERMS,
    st.tuples(FACTORS, TERMS, FACTORS, TERMS).map("{0[0]} * {0[1]} + {0[2]} * {0[3]}".format),
    st.tuples(TERMS, FACTORS, TERMS).map("{0[0]} - 0.1 * {0[1]} * {0[2]}".format),
    st.tuples(TERMS, TERMS).map("({0[0]}) * ({0[1]})".format),
    st.tuples(TERMS, TERMS).map("({0[0]}) / (1 + {0[1]})".format),
)


@st.composite
def keyed(draw: st.DrawFn) -> Distribution:
    """Any of the random instances with homes and scores beside people, divided by any key."""
    plain = draw(instances())
    people = plain.indicators["people"]
    leaves = [leaf.code for leaf in plain.division.leaves]
    counts, scores = st.integers(0, 90).map(Fraction), st.integers(-99, 99)
    homes = replace(people, name="homes", values={leaf: draw(counts) for leaf in leaves})
    values = {leaf: Fraction(draw(scores), 100) for leaf in leaves}
    score = replace(people, name="score", kind=Kind.RATE, values=values)
    steps = [Downward("", KeyText(draw(KEYS), PLACE))]
    if draw(st.integers(0, 3)) == 0:
        upper = draw(st.sampled_from(["1", "people", "share(people) + share(homes)"]))
        steps = [Downward("province", KeyText(upper, PLACE)), *steps]
    instance = replace(
        plain,
        rule=replace(plain.rule, steps=tuple(steps), direction=Direction.TOP_DOWN),
        indicators={"people": people, "homes": homes, "score": score},
    )
    if draw(st.booleans()):
        places = draw(st.integers(0, 900))
        totals = {"places": places, "minors": draw(st.integers(0, places))}
        given_ = {name: Total(name, number, NAME, None) for name, number in totals.items()}
        instance = replace(instance, streams=PARTS, totals=given_)
    return divided(instance)


def divided(instance: Instance) -> Distribution:
    """The instance divided, if its key can divide it at all."""
    try:
        return distribute(instance)
    except InputError:
        assume(False)
        raise


def number_after(distribution: Distribution, margin: Margin, change: Fraction) -> int | None:
    """What the area gets when the whole is divided with the figure, or the total, changed.

    None where the rule refuses it.
    """
    code, figure = margin.area.code, margin.figure + change
    if margin.what == TOTAL:
        changed = with_total(distribution.instance, margin.stream, int(figure))
    else:
        changed = with_figure(distribution.instance, code, margin.what, figure)
    try:
        return distribute(changed, distribution.choice).numbers[code, margin.stream]
    except InputError:
        return None


def check(distribution: Distribution, margin: Margin) -> None:
    for sign, step in ((1, margin.up), (-1, margin.down)):
        if step is None:
            continue
        assert sign * step.change > 0, margin
        assert (step.change / margin.resolution).denominator == 1, margin
        assert step.becomes != margin.number, margin
        assert number_after(distribution, margin, step.change) == step.becomes, margin
        less = step.change - sign * margin.resolution
        assert number_after(distribution, margin, less) == margin.number, margin


@calm
@given(keyed(), st.data())
def test_dividing_again_gives_what_a_margin_says(
    distribution: Distribution, data: st.DataObject
) -> None:
    area = data.draw(st.sampled_from(distribution.instance.division.leaves))
    for margin in margins(distribution, [area]):
        check(distribution, margin)


@calm
@given(st.one_of(together(), limited()), st.data())
def test_so_it_does_where_areas_are_rounded_together(
    instance: Instance, data: st.DataObject
) -> None:
    distribution = divided(instance)
    area = data.draw(st.sampled_from(instance.division.leaves))
    found = margins(distribution, [area])
    assert {margin.stream for margin in found} == {"places", "minors"}
    for margin in found:
        check(distribution, margin)


@pytest.mark.parametrize("rounding", BY_ITSELF)
def test_so_it_does_for_reception_places(rounding: Rounding) -> None:
    instance = allocator.load("nl/reception-2024")
    distribution = distribute(instance, Choice(rounding))
    sample = Random(rounding.value).sample(instance.division.leaves, 6)
    found = margins(distribution, sample)
    assert len(found) == 6 * 2 * 3
    for margin in found:
        assert margin.up, margin
        assert margin.down or margin.number <= 1, margin
        check(distribution, margin)


def test_so_it_does_rounded_together_for_reception_places() -> None:
    instance = allocator.load("nl/reception-2024")
    distribution = distribute(instance, Choice(Rounding.CONSISTENT))
    (area,) = Random(7).sample(instance.division.leaves, 1)
    found = margins(distribution, [area])
    assert all(margin.up and margin.down for margin in found)
    for margin in found:
        check(distribution, margin)


@settings(calm, max_examples=200)
@given(keyed(), st.data())
def test_what_is_computed_for_one_area_is_what_the_whole_divided_again_gives(
    distribution: Distribution, data: st.DataObject
) -> None:
    """Down to the last digit of the quota, and refused where that is refused."""
    instance, outcomes = distribution.instance, Outcomes(distribution)
    assert outcomes.one_by_one
    code = data.draw(st.sampled_from(instance.division.leaves)).code
    for name, indicator in instance.indicators.items():
        figure = data.draw(st.integers(-150, 20_000).map(lambda number: Fraction(number, 100)))
        if indicator.kind is Kind.COUNT:
            figure = abs(figure)
        try:
            followed = outcomes.followed(code, name, figure)
        except NotFollowed:
            continue  # then the whole is divided again
        assert followed == outcomes.divided_again(code, name, figure), name


@calm
@given(instances(), st.data())
def test_a_smaller_change_changes_nothing(instance: Instance, data: st.DataObject) -> None:
    """Of people, by a key that counts them, and of the total: they move a number one way only."""
    distribution = divided(instance)
    area = data.draw(st.sampled_from(instance.division.leaves))
    for margin in margins(distribution, [area]):
        room = Rooms(instance.indicators["people"]).of(area.code)
        ends = {True: room.up, False: room.down}
        if margin.what == TOTAL:
            ends = {True: 10_000, False: int(margin.figure)}
        for up, step in ((True, margin.up), (False, margin.down)):
            end = ends[up] if step is None else int(abs(step.change)) - 1
            for change in {1, end, data.draw(st.integers(1, end))} if end else ():
                after = number_after(distribution, margin, Fraction(change if up else -change))
                refused = after is None and step is None
                assert refused or after == margin.number, (margin, change)


@calm
@given(instances(), st.integers(1, 3), st.data())
def test_larger_units_leave_the_percentages(
    instance: Instance, zeros: int, data: st.DataObject
) -> None:
    """People in thousandths as a rate, and the same in larger units, and so larger steps."""
    people = instance.indicators["people"]
    values = {c: Fraction(10 * round(value) + 1, 1000) for c, value in people.values.items()}
    fine = replace(people, kind=Kind.RATE, values=values)
    large = replace(fine, values={code: value * 10**zeros for code, value in values.items()})
    area = data.draw(st.sampled_from(instance.division.leaves))
    found = []
    for indicator in (fine, large):
        one = distribute(replace(instance, indicators={"people": indicator}))
        found.append(margins(one, [area]))
    for before, after in zip(*found, strict=True):
        assert percentages(before) == percentages(after)
        if before.what != TOTAL:
            assert after.resolution == before.resolution * 10**zeros
            assert after.figure == before.figure * 10**zeros


def percentages(margin: Margin) -> list[tuple[Fraction | None, int] | None]:
    def said(step: Step | None) -> tuple[Fraction | None, int] | None:
        if step is None:
            return None
        unit = margin.part(step) if margin.figure else step.change / margin.resolution
        return unit, step.becomes

    return [said(margin.up), said(margin.down)]


@given(st.integers(0, 400), st.integers(1, 500), st.integers(-5, 600), st.integers(1, 300))
@example(limit=0, first=1, start=1, width=1)
def test_the_least_is_found_wherever_the_search_begins(
    limit: int, first: int, start: int, width: int
) -> None:
    tried: list[int] = []

    def differs(steps: int) -> bool:
        tried.append(steps)
        return steps >= first

    assert least(differs, limit, start, width) == (first if first <= limit else None)
    assert all(1 <= steps <= limit for steps in tried)
    assert len(tried) == len(set(tried)) <= 20


NUMBERS = st.fractions(min_value=-50, max_value=50, max_denominator=9)


@given(NUMBERS, NUMBERS, NUMBERS, st.integers(1, 9), st.integers(-9, -1), NUMBERS)
def test_where_a_quotient_reaches_a_goal(
    now: Fraction, slope: Fraction, below: Fraction, one: int, other: int, at: Fraction
) -> None:
    def value(d: Fraction | int) -> Fraction:
        assume(1 + below * d)
        return (now + slope * d) / (1 + below * d)

    assume(slope != now * below)  # else it is the same everywhere
    assert where(now, (one, value(one)), (other, value(other)), value(at)) == at
