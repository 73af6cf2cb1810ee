"""A sweep says of every key what `distribute` says of it: the quick way and the exact way give the
same numbers for every rounding and every random instance, and so does an area by itself.

Quartiles stand in order; neither the order in which parts come back nor their size changes
anything; weights keep their bounds and add up to 1; a seed always gives the same design.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from math import comb
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import allocator
from allocator.comparison.sweep import (
    PARTS,
    Design,
    Point,
    Question,
    Space,
    TotalRange,
    Weight,
    grid,
    sample,
    sweep,
)
from allocator.comparison.sweep.alone import Alone
from allocator.comparison.sweep.exactly import Exactly, Numbers
from allocator.comparison.sweep.lattice import Lattice, count, listed
from allocator.comparison.sweep.quickly import Quickly
from allocator.comparison.sweep.sweeping import way_of
from allocator.comparison.sweep.tally import Tally
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place
from allocator.model.rule import Choice, Crossing, Method, Rounding
from allocator.model.streams import KeyText
from tests.strategies import BY_ITSELF, TOGETHER, instance_of, instances, together, with_level
from tests.strategies import PARTS as PLACES

PLACE = Place("--weights")
calm = settings(max_examples=80, deadline=None)
FORMULAS = ("people", "land", "people * 2 + land")


def formulas(count: int, low: int = 0, high: int = PARTS) -> tuple[Weight, ...]:
    return tuple(Weight(KeyText(each, PLACE), low, high) for each in FORMULAS[:count])


def with_land(instance: Instance, land: dict[str, Fraction]) -> Instance:
    people = instance.indicators["people"]
    return replace(
        instance,
        indicators={"people": people, "land": replace(people, name="land", values=land)},
    )


@st.composite
def with_figures(draw: st.DrawFn, of: st.SearchStrategy[Instance]) -> Instance:
    """An instance with a second figure, of few different values so that quotas come out whole."""
    plain = draw(of)
    leaves = [area.code for area in plain.division.leaves]
    some = draw(st.lists(st.sampled_from([0, 1, 1, 2, 4]), min_size=len(leaves), max_size=12))
    land = {leaf: Fraction(each) for leaf, each in zip(leaves, some, strict=False)}
    assume(any(land.values()))
    return with_land(plain, land)


@st.composite
def designs(draw: st.DrawFn, streams: tuple[str, ...] = ()) -> Design:
    """Some keys over two or three formulas, perhaps with totals that move."""
    weights = formulas(draw(st.integers(2, 3)))
    ranges = tuple(
        TotalRange(stream, low, low + draw(st.integers(0, 40)))
        for stream in streams
        if draw(st.booleans())
        for low in [draw(st.integers(0, 2_000))]
    )
    if draw(st.booleans()):
        return grid(Space(weights, ranges), draw(st.sampled_from([2_500, 5_000])))
    return sample(Space(weights, ranges), draw(st.integers(1, 12)), draw(st.integers(0, 9)))


def found(numbers: Callable[[], Numbers]) -> object:
    """The numbers, or what is wrong."""
    try:
        return numbers().tolist()
    except InputError as error:
        return [str(problem) for problem in error.problems]


@calm
@given(with_figures(instances()), designs(), st.sampled_from(BY_ITSELF))
def test_the_quick_way_is_the_exact_way(
    instance: Instance, design: Design, rounding: Rounding
) -> None:
    question = Question(instance, design.space, Choice(rounding))
    way = way_of(question, question.at(design.points[0], {}))
    assert isinstance(way, Quickly)
    quick = found(lambda: way.numbers(design.points))
    assert quick == found(lambda: Exactly(question).numbers(design.points))


@calm
@given(with_figures(together()), st.data(), st.sampled_from(BY_ITSELF))
def test_the_quick_way_is_the_exact_way_with_parts_and_moving_totals(
    instance: Instance, data: st.DataObject, rounding: Rounding
) -> None:
    """Parts may come out above their whole; then both ways refuse the same key."""
    design = data.draw(designs(("places",)))
    question = Question(replace(instance, streams=PLACES), design.space, Choice(rounding))
    way = way_of(question, question.at(design.points[0], {}))
    assert isinstance(way, Quickly)
    quick = found(lambda: way.numbers(design.points))
    assert quick == found(lambda: Exactly(question).numbers(design.points))


@pytest.mark.parametrize("rounding", BY_ITSELF)
def test_the_quick_way_is_the_exact_way_for_reception_2024(rounding: Rounding) -> None:
    formulas_ = ("population", "(ses_woa + 1) * population", "population * population")
    instance = allocator.load("nl/reception-2024")
    weights = tuple(Weight(KeyText(each, PLACE), 0, PARTS) for each in formulas_)
    ranges = (TotalRange("places", 90_000, 100_000),)
    design = sample(Space(weights, ranges), 15, 3)
    question = Question(instance, design.space, Choice(rounding))
    way = way_of(question, question.at(design.points[0], {}))
    assert isinstance(way, Quickly)
    assert (way.numbers(design.points) == Exactly(question).numbers(design.points)).all()


@st.composite
def with_regions(draw: st.DrawFn) -> Instance:
    """Two provinces of up to eight municipalities, in regions inside them; one may cross."""
    leaves = [f"M{number:02d}" for number in range(draw(st.integers(4, 16)))]
    province = {leaf: f"P{1 + place % 2}" for place, leaf in enumerate(leaves)}
    region = {leaf: f"R{province[leaf]}{draw(st.integers(1, 3))}" for leaf in leaves}
    if draw(st.booleans()):
        region[leaves[0]] = region[leaves[1]]
    people = {leaf: Fraction(draw(st.integers(1, 9))) for leaf in leaves}
    places = draw(st.integers(0, 60))
    totals = {"places": places, "minors": draw(st.integers(0, places))}
    plain = instance_of(people, province, totals, Rounding.DOWN)
    choice = Choice(draw(st.sampled_from((*BY_ITSELF, TOGETHER))), draw(st.sampled_from(Method)))
    ties = ("land", "code") if draw(st.booleans()) else ("code",)
    rule = replace(plain.rule, choice=choice, ties=ties, crossing=Crossing.REPORTED)
    division = with_level(plain.division, "region", region)
    land = {leaf: Fraction(draw(st.integers(1, 3))) for leaf in leaves}
    return with_land(replace(plain, rule=rule, division=division, streams=PLACES), land)


@calm
@given(with_regions(), designs(), st.sampled_from(["P1", "P2"]))
def test_an_area_by_itself_is_what_it_is_in_the_whole(
    instance: Instance, design: Design, province: str
) -> None:
    try:
        distribute(instance)
    except InputError:  # of numbers that are rounded by themselves, parts may be above their whole
        assume(False)
    question = Question(instance, design.space, None, "province", province)
    way = way_of(question, question.at(design.points[0], {}))
    assert isinstance(way, Alone)
    alone = found(lambda: way.numbers(design.points))
    assert alone == found(lambda: Exactly(question).numbers(design.points))


@calm
@given(with_figures(together()), st.integers(0, 4), st.booleans())
def test_a_sweep_of_one_key_is_that_key(instance: Instance, part: int, keep: bool) -> None:
    point = Point((part * 2_500, PARTS - part * 2_500), ())
    space = Space(formulas(2))
    asked = another_key(instance, space.key(point))
    try:
        if keep:
            asked = inside_each(asked, "province", distribute(instance))
        alone = distribute(asked)
    except InputError:
        assume(False)
        raise
    design = replace(grid(space, 2_500), points=(point,))
    swept = sweep(instance, design, keep="province" if keep else "")
    for each in swept.spreads:
        number = alone.number(each.area.code, each.stream.name)
        assert each.lowest == each.lower_quartile == each.median == number
        assert each.upper_quartile == each.highest == number
        assert (each.lowest_by, each.highest_by, each.distinct) == (0, 0, 1)


class Stopped:
    """Remembers finished parts, and lets a sweep go on after some of them were lost."""

    def __init__(self) -> None:
        self.parts: dict[range, Numbers] = {}

    def of(self, part: range) -> Numbers | None:
        return self.parts.get(part)

    def keep(self, part: range, numbers: Numbers) -> None:
        self.parts[part] = numbers


@calm
@given(with_figures(instances()), designs(), st.integers(1, 5), st.data())
def test_neither_size_nor_order_of_parts_nor_a_stop_changes_anything(
    instance: Instance, design: Design, at_a_time: int, data: st.DataObject
) -> None:
    """Parts that are there already come first, so that a sweep that goes on has another order."""
    whole = sweep(instance, design)
    before = Stopped()
    assert sweep(instance, design, at_a_time=at_a_time, kept=before) == whole
    lost = data.draw(st.sets(st.sampled_from(sorted(before.parts, key=lambda part: part.start))))
    for part in lost:
        del before.parts[part]
    assert sweep(instance, design, at_a_time=at_a_time, kept=before) == whole
    assert sum(len(part) for part in before.parts) == len(design.points)


@calm
@given(with_figures(instances()), designs())
def test_the_order_of_rows_changes_nothing(instance: Instance, design: Design) -> None:
    backwards = {
        name: replace(each, values={c: each.values[c] for c in reversed(list(each.values))})
        for name, each in instance.indicators.items()
    }
    other = sweep(replace(instance, indicators=backwards), design)
    assert other.spreads == sweep(instance, design).spreads


@calm
@given(with_figures(instances()), designs())
def test_the_spread_is_that_of_the_numbers_of_all_keys(instance: Instance, design: Design) -> None:
    """Each quartile is a number of some key, and as many keys as it says do not exceed it."""
    swept = sweep(instance, design, at_a_time=3)
    question = swept.question
    tables = [distribute(question.at(point, {})) for point in design.points]
    for each in swept.spreads:
        numbers = [table.number(each.area.code, each.stream.name) for table in tables]
        quartiles = (each.lower_quartile, each.median, each.upper_quartile)
        ordered = [each.lowest, *quartiles, each.highest]
        assert ordered == sorted(ordered)
        assert (each.lowest, each.highest) == (min(numbers), max(numbers))
        assert each.lowest_by == numbers.index(each.lowest)
        assert each.highest_by == numbers.index(each.highest)
        assert each.distinct == len(set(numbers))
        for part, quartile in zip((1, 2, 3), quartiles, strict=True):
            assert quartile in numbers
            assert 4 * sum(number <= quartile for number in numbers) >= part * len(numbers)
            assert 4 * sum(number < quartile for number in numbers) < part * len(numbers)


bounds = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda two: (min(two), max(two))),
    min_size=1,
    max_size=4,
)


@calm
@given(bounds, st.integers(0, 12))
def test_the_lattice_is_every_choice_once(bounds: list[tuple[int, int]], total: int) -> None:
    every = [
        choice
        for choice in product(*(range(low, high + 1) for low, high in bounds))
        if sum(choice) == total
    ]
    assert list(listed(bounds, total)) == every
    assert count(bounds, total) == len(every)
    if every:
        lattice = Lattice.of(bounds, total)
        drawn = []
        for place in range(len(every)):
            drawn.append(lattice.at(_places(every, every[place])))
        assert drawn == every


def _places(every: list[tuple[int, ...]], choice: tuple[int, ...]) -> list[Fraction]:
    """Where a choice stands: the place of each of its numbers among those that may come there."""
    places = []
    for at in range(len(choice) - 1):
        alike = [each[at] for each in every if each[:at] == choice[:at]]
        places.append(Fraction(sum(number < choice[at] for number in alike), len(alike)))
    return places


@calm
@given(st.integers(1, 3), st.sampled_from([500, 1_000, 2_000, 2_500]))
def test_a_grid_has_as_many_keys_as_combinatorics_says(number: int, step: int) -> None:
    design = grid(Space(formulas(number)), step)
    steps = PARTS // step
    assert len(design.points) == comb(steps + number - 1, number - 1)
    assert len(set(design.points)) == len(design.points)


@calm
@given(
    st.lists(st.tuples(st.integers(0, PARTS), st.integers(0, PARTS)), min_size=1, max_size=3),
    st.integers(1, 40),
    st.integers(0, 100),
)
def test_weights_keep_their_bounds_and_add_up_to_1(
    two: list[tuple[int, int]], number: int, seed: int
) -> None:
    weights = tuple(
        Weight(KeyText(name, PLACE), min(each), max(each))
        for name, each in zip(FORMULAS, two, strict=False)
    )
    reachable = sum(each.low for each in weights) <= PARTS <= sum(each.high for each in weights)
    ranges = (TotalRange("places", 90, 110),)
    if not reachable:
        with pytest.raises(InputError, match="add up to"):
            sample(Space(weights), number, seed)
        return
    design = sample(Space(weights, ranges), number, seed)
    assert len(design.points) == number
    for point in design.points:
        assert sum(point.weights) == PARTS
        assert all(w.low <= part <= w.high for w, part in zip(weights, point.weights, strict=True))
        assert 90 <= point.totals[0] <= 110
    assert sample(Space(weights, ranges), number, seed) == design


@calm
@given(st.integers(1, 60), st.integers(0, 100))
def test_a_sample_has_one_key_in_every_part_of_a_dimension(number: int, seed: int) -> None:
    design = sample(Space(formulas(2), (TotalRange("places", 0, PARTS),)), number, seed)
    for values in zip(*((*p.weights[:1], *p.totals) for p in design.points), strict=True):
        # of PARTS + 1 numbers in a row the part with place k begins at (PARTS + 1) * k / number
        begins = [(PARTS + 1) * k // number for k in range(number + 1)]
        for (low, high), value in zip(pairwise(begins), sorted(values), strict=True):
            assert low <= value <= high


@calm
@given(st.integers(1, 200), st.integers(1, 6), st.integers(0, 5), st.data())
def test_tallies_of_numbers_far_apart_are_those_of_any_numbers(
    keys: int, cells: int, far: int, data: st.DataObject
) -> None:
    """Numbers that lie far apart are sorted, others are counted; both tell the same."""
    random = Random(data.draw(st.integers(0, 10**6)))
    rows = [
        [random.randrange(10 ** (2 * (cell % 6))) for _ in range(keys)] for cell in range(cells)
    ]
    table = np.array(rows, np.int64)
    cut = min(far, keys - 1)
    whole = Tally.of(table, 0)
    if cut:
        whole = Tally.of(table[:, cut:], cut).together(Tally.of(table[:, :cut], 0))
    summary = whole.summary()
    for cell, row in enumerate(rows):
        ordered = sorted(row)
        assert summary.lowest[cell] == ordered[0]
        assert summary.highest[cell] == ordered[-1]
        assert summary.lowest_by[cell] == row.index(ordered[0])
        assert summary.highest_by[cell] == row.index(ordered[-1])
        assert summary.distinct[cell] == len(set(row))
        for part in (1, 2, 3):
            assert summary.quartiles[part - 1][cell] == ordered[-(-part * keys // 4) - 1]
