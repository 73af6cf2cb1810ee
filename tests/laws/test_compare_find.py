"""Weights that are found: exact where a table follows from weights, nowhere beaten, and proven.

A table made from known weights is found again; one that was rounded half up is found within a half.
No weights within the bounds do better, an exact simplex method and a search over every bend agree
to the last digit, and the order of rows and components decides nothing. More room never harms.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import floor

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator.comparison.find import Bounds, Found, Measure, Question, Row, find, measured, rounded
from tests.core.shares.exact_simplex import Row as Constraint
from tests.core.shares.exact_simplex import minimum

F = Fraction
LEAVES = "ABCDE"
Weights = Mapping[str, Fraction]
calm = settings(max_examples=150, deadline=None)
few = settings(max_examples=60, deadline=None)
in_proportion = (Measure.RATIO, Measure.GINI)


@st.composite
def components(draw: st.DrawFn, leaves: str, least: int) -> dict[str, Fraction]:
    """Shares of one component, some of them perhaps below 0."""
    parts = draw(st.lists(st.integers(least, 9), min_size=len(leaves), max_size=len(leaves)))
    assume(sum(parts) > 0)
    return {leaf: F(part, sum(parts)) for leaf, part in zip(leaves, parts, strict=True)}


@st.composite
def feasible(draw: st.DrawFn, names: Sequence[str], bounds: Mapping[str, Bounds]) -> Weights:
    """Weights within bounds that add up to 1: the lowest, and the rest shared out in some order."""
    left = 1 - sum((bounds[name].low for name in names), F(0))
    weights = {}
    order = draw(st.permutations(list(names)))
    for place, name in enumerate(order):
        low, high = bounds[name].low, bounds[name].high
        others = sum((bounds[n].high - bounds[n].low for n in order[place + 1 :]), F(0))
        least, most = max(F(0), left - others), min(high - low, left)
        more = least + (most - least) * F(draw(st.integers(0, 12)), 12)
        weights[name] = low + more
        left -= more
    return {name: weights[name] for name in names}


@st.composite
def questions(
    draw: st.DrawFn,
    weights: tuple[int, int] = (1, 4),
    measures: Sequence[Measure] = tuple(Measure),
    least: int = -2,
) -> tuple[Question, Weights]:
    """A question, and weights that its bounds allow."""
    leaves = LEAVES[: draw(st.integers(2, len(LEAVES)))]
    names = "klmn"[: draw(st.integers(*weights))]
    keys = {name: draw(components(leaves, least)) for name in names}
    parts = draw(st.lists(st.integers(1, 9), min_size=len(names), max_size=len(names)))
    known = {name: F(part, sum(parts)) for name, part in zip(names, parts, strict=True)}
    down, up = (
        draw(st.lists(st.sampled_from((0, 1, 2, 3)), min_size=len(names), max_size=len(names)))
        for _ in range(2)
    )
    bounds = {
        name: Bounds(known[name] * (1 - F(d, 3)), known[name] + (1 - known[name]) * F(u, 3))
        for name, d, u in zip(names, down, up, strict=True)
    }
    measure = draw(st.sampled_from(measures))
    total = F(draw(st.integers(1, 500)))
    target = st.integers(measure in in_proportion, 200).map(F)
    rows = [Row(leaf, "places", draw(target), total, (leaf,)) for leaf in leaves]
    if measure is not Measure.GINI and draw(st.booleans()):
        rows.append(Row("AB", "places", draw(target), total, ("A", "B")))
        rows.append(Row("AB", "minors", draw(target), total / 7, ("A", "B")))
    return Question(keys, tuple(rows), measure, bounds), known


def number(question: Question, row: Row, weights: Weights) -> Fraction:
    shares = question.components
    return row.total * sum(
        (weights[name] * shares[name][leaf] for name in shares for leaf in row.leaves), F(0)
    )


def slowly_measured(question: Question, weights: Weights) -> Fraction:
    """The four measures as a textbook has them."""
    pairs = [(number(question, row, weights), row.target) for row in question.rows]
    match question.measure:
        case Measure.LARGEST:
            return max(abs(n - t) for n, t in pairs)
        case Measure.MEAN:
            return sum((abs(n - t) for n, t in pairs), F(0)) / len(pairs)
        case Measure.RATIO:
            return max(abs(n - t) / t for n, t in pairs)
        case Measure.GINI:
            people = sum((t for _, t in pairs), F(0))
            mean = sum((n for n, _ in pairs), F(0)) / people
            differences = (t * u * abs(n / t - m / u) for (n, t), (m, u) in product(pairs, pairs))
            return sum(differences, F(0)) / (2 * people**2 * mean)


def with_targets_of(question: Question, weights: Weights) -> Question:
    rows = [replace(row, target=number(question, row, weights)) for row in question.rows]
    assume(question.measure not in in_proportion or all(row.target > 0 for row in rows))
    return replace(question, rows=tuple(rows))


def rank(lines: Sequence[Sequence[Fraction]]) -> int:
    """How many of the lines are independent, by elimination."""
    left, found = [list(line) for line in lines], 0
    while left:
        line = left.pop()
        column = next((place for place, number in enumerate(line) if number), None)
        if column is None:
            continue
        found += 1
        left = [
            [a - other[column] / line[column] * b for a, b in zip(other, line, strict=True)]
            for other in left
        ]
    return found


@calm
@given(questions(least=0))
def test_a_table_made_from_weights_is_found_with_nothing_off(
    drawn: tuple[Question, Weights],
) -> None:
    question, known = drawn
    question = with_targets_of(question, known)
    found = find(question)
    assert found.value == found.at_least == 0
    alone = [
        [number(question, row, {n: F(n == name) for n in known}) for row in question.rows]
        for name in known
    ]
    apart = [[a - b for a, b in zip(line, alone[0], strict=True)] for line in alone[1:]]
    if rank(apart) == len(known) - 1:
        assert found.unique
        assert found.weights == known


@calm
@given(questions(measures=(Measure.LARGEST,)))
def test_a_table_rounded_half_up_is_found_within_a_half(drawn: tuple[Question, Weights]) -> None:
    question, known = drawn
    rows = [
        replace(row, target=F(floor(number(question, row, known) + F(1, 2))))
        for row in question.rows
    ]
    assert find(replace(question, rows=tuple(rows))).value <= F(1, 2)


@calm
@given(questions(), st.data())
def test_no_weights_within_the_bounds_do_better(
    drawn: tuple[Question, Weights], data: st.DataObject
) -> None:
    question, known = drawn
    found = find(question)
    assert sum(found.weights.values()) == 1
    assert all(
        question.bounds[name].low <= weight <= question.bounds[name].high
        for name, weight in found.weights.items()
    )
    assert found.value == slowly_measured(question, found.weights)
    for _ in range(5):
        other = data.draw(feasible(list(known), question.bounds))
        assert found.value <= slowly_measured(question, other)
        assert measured(question, other) == slowly_measured(question, other)


@calm
@given(questions(), st.data())
def test_the_proof_leaves_no_room_below_the_value(
    drawn: tuple[Question, Weights], data: st.DataObject
) -> None:
    """The mean of the lines, at its lowest over all weights within bounds, is the value.

    The lowest is reckoned by filling up the components in order of height, without the multipliers
    of the bounds; these must give the same.
    """
    question, known = drawn
    found = find(question)
    lines = found.proof.lines
    anywhere = {
        name: Bounds(F(0), F(1)) for name in known
    }  # a line lies below the measure outside the bounds as well
    for drawn_line in lines:
        assert drawn_line.multiplier > 0
        assert height(drawn_line.line, drawn_line.at) == slowly_measured(question, drawn_line.at)
        for _ in range(3):
            other = data.draw(feasible(list(known), anywhere))
            assert height(drawn_line.line, other) <= slowly_measured(question, other)
    assert sum(line.multiplier for line in lines) == 1
    mean = {name: sum((x.multiplier * x.line[name] for x in lines), F(0)) for name in known}
    filled = {name: room.low for name, room in question.bounds.items()}
    for name in sorted(mean, key=lambda name: mean[name]):
        room = question.bounds[name]
        filled[name] += min(room.high - room.low, 1 - sum(filled.values()))
    assert height(mean, filled) == found.value
    least = found.proof.level
    for held in found.proof.bounds:
        assert held.multiplier > 0
        sign = 1 if held.side == "low" else -1
        bound = getattr(question.bounds[held.component], held.side)
        least += sign * held.multiplier * bound
        mean[held.component] -= sign * held.multiplier
    assert set(mean.values()) == {found.proof.level}
    assert least == found.at_least == found.value


def height(line: Weights, weights: Weights) -> Fraction:
    return sum((line[name] * weights[name] for name in line), F(0))


def program(question: Question) -> Iterator[Constraint]:
    """The question as one plain linear program over weights, the value and all distances."""
    names = question.names
    for sign in (1, -1):
        yield {name: F(sign) for name in names}, F(sign)
    for name in names:
        yield {name: F(1)}, question.bounds[name].high
        yield {name: F(-1)}, -question.bounds[name].low
    rows = question.rows
    numbers = [
        {name: number(question, row, {n: F(n == name) for n in names}) for name in names}
        for row in rows
    ]
    if question.measure in (Measure.LARGEST, Measure.RATIO):
        for row, line in zip(rows, numbers, strict=True):
            size = row.target if question.measure is Measure.RATIO else F(1)
            yield from apart(line, row.target, {"value": -size})
        return
    every: dict[Hashable, Fraction] = {"value": F(-1)}
    if question.measure is Measure.MEAN:
        for place, (row, line) in enumerate(zip(rows, numbers, strict=True)):
            yield from apart(line, row.target, {place: F(-1)})
            every[place] = F(1, len(rows))
    else:
        people = sum((row.target for row in rows), F(0))
        for i, j in combinations(range(len(rows)), 2):
            a, b = rows[i].target, rows[j].target
            line = {name: b * numbers[i][name] - a * numbers[j][name] for name in names}
            yield from apart(line, F(0), {(i, j): F(-1)})
            every[i, j] = 1 / (people * rows[0].total)
    yield every, F(0)


def apart(
    line: Mapping[str, Fraction], target: Fraction, distance: Mapping[Hashable, Fraction]
) -> Iterator[Constraint]:
    for sign in (1, -1):
        coefficients: dict[Hashable, Fraction] = {name: sign * end for name, end in line.items()}
        yield {**coefficients, **distance}, sign * target


@few
@given(questions(weights=(1, 3)))
def test_an_exact_simplex_method_finds_the_same(drawn: tuple[Question, Weights]) -> None:
    """The same value, the same range of every weight, and the same weights among the best."""
    question, _ = drawn
    found = find(question)
    rows = list(program(question))
    assert minimum({"value": F(1)}, rows)["value"] == found.value
    rows.append(({"value": F(1)}, found.value))
    for name in question.names:
        low = minimum({name: F(1)}, rows)[name]
        high = minimum({name: F(-1)}, rows)[name]
        assert found.ranges[name] == (low, high)
    assert found.unique == all(low == high for low, high in found.ranges.values())
    for name in question.names:
        assert minimum({name: F(1)}, rows)[name] == found.weights[name]
        rows.append(({name: F(1)}, found.weights[name]))


def bends(question: Question) -> Iterator[Fraction]:
    """Every weight of the first of two components at which some measure may bend."""
    first, second = question.names
    lines = []
    for row in question.rows:
        start = number(question, row, {first: F(0), second: F(1)})
        slope = number(question, row, {first: F(1), second: F(0)}) - start
        lines += [(slope, start - row.target), (-slope, row.target - start)]
        if question.measure in in_proportion:
            above = (slope / row.target, (start - row.target) / row.target)
            lines += [above, (-above[0], -above[1])]
    lines.append((F(0), F(0)))
    for (slope, start), (other_slope, other_start) in combinations(lines, 2):
        if slope != other_slope:
            yield (other_start - start) / (slope - other_slope)


@calm
@given(questions(weights=(2, 2)))
def test_of_two_components_every_bend_was_looked_at(drawn: tuple[Question, Weights]) -> None:
    question, _ = drawn
    found = find(question)
    first, second = question.names
    one, other = question.bounds[first], question.bounds[second]
    low, high = max(one.low, 1 - other.high), min(one.high, 1 - other.low)
    inside = {low, high, *(at for at in bends(question) if low < at < high)}
    values = {at: slowly_measured(question, {first: at, second: 1 - at}) for at in inside}
    least = min(values.values())
    best = [at for at, value in values.items() if value == least]
    assert found.value == least
    assert found.ranges[first] == (min(best), max(best))
    assert found.weights[first] == min(best)
    assert found.unique == (len(best) == 1)


def same(found: Found, other: Found) -> bool:
    """All that is told, to the last line of the proof."""
    return replace(found, question=other.question) == other


@calm
@given(questions(), st.data())
def test_the_order_of_rows_and_components_decides_nothing(
    drawn: tuple[Question, Weights], data: st.DataObject
) -> None:
    question, _ = drawn
    found = find(question)
    names = data.draw(st.permutations(list(question.components)))
    shuffled = replace(
        question,
        components={name: question.components[name] for name in names},
        rows=tuple(data.draw(st.permutations(question.rows))),
    )
    other = find(shuffled)
    assert same(found, other)
    assert list(other.weights) == names


@calm
@given(questions(), st.data())
def test_more_room_never_harms(drawn: tuple[Question, Weights], data: st.DataObject) -> None:
    question, known = drawn
    before = find(question).value
    name = data.draw(st.sampled_from(sorted(known)))
    room = question.bounds[name]
    wider = Bounds(room.low / 2, room.high + (1 - room.high) / 2)
    assert find(replace(question, bounds={**question.bounds, name: wider})).value <= before
    leaves = "".join(question.components[name])
    more = {**question.components, "one more": data.draw(components(leaves, -2))}
    assert find(replace(question, components=more)).value <= before


@calm
@given(questions(weights=(1, 3)))
def test_rounded_weights_are_the_nearest_that_may_be(drawn: tuple[Question, Weights]) -> None:
    question, _ = drawn
    found = find(question)
    said = rounded(found, 1)
    names = list(question.components)
    allowed = [
        dict(zip(names, tenths, strict=True))
        for tenths in product([F(n, 10) for n in range(11)], repeat=len(names))
        if sum(tenths) == 1
        and all(
            question.bounds[n].low <= tenth <= question.bounds[n].high
            for n, tenth in zip(names, tenths, strict=True)
        )
    ]
    if not allowed:
        assert said is None
        return
    assert said is not None
    assert said.weights in allowed
    assert said.value == slowly_measured(question, said.weights)
    assert said.value >= found.value
    nearest = min(distance(found.weights, each) for each in allowed)
    assert distance(found.weights, said.weights) == nearest


def distance(one: Weights, other: Weights) -> Fraction:
    return sum(((one[name] - other[name]) ** 2 for name in one), F(0))
