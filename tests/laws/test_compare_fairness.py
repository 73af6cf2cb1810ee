"""What every measure of fairness keeps to, whatever the table.

Equal everywhere is 0 unequal, all in one of n equal areas is 1 − 1/n; units, names and order do not
matter; a place that goes from an area with more per inhabitant to one with fewer lowers the Gini.
Each measure equals its plain definition, written out here without the code that is tested.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import ceil
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from allocator.comparison.fairness import (
    MEASURES,
    Apart,
    Correlation,
    Fairness,
    correlation,
    furthest_apart,
    measured,
    neighbours_apart,
)


class Table(NamedTuple):
    """The two inputs of every measure; it prints itself when a law is broken."""

    numbers: Mapping[str, int]
    inhabitants: Mapping[str, Fraction]

    @property
    def fairness(self) -> Fairness:
        return measured(self.numbers, self.inhabitants)

    @property
    def per_thousand(self) -> dict[str, Fraction]:
        return {code: 1000 * n / self.inhabitants[code] for code, n in self.numbers.items()}


NOUGHT, ONE = Fraction(0), Fraction(1)
CODES = st.sampled_from([f"GM{number:04}" for number in range(40)])
#: Few different figures, so that areas are often alike, beside any figures.
NUMBERS = st.integers(0, 4) | st.integers(0, 900)
PERSONS = st.integers(1, 4).map(Fraction) | st.fractions(
    min_value=Fraction(1, 3), max_value=900_000, max_denominator=7
)
FACTORS = st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50)
#: The measures that have no unit; the others are counted in places or per 1,000 inhabitants.
WITHOUT_UNIT = [m for m in MEASURES if "deviation" not in m.name and "difference" not in m.name]


@st.composite
def tables(draw: st.DrawFn, at_least: int = 1) -> Table:
    """Areas with something to divide, all of them with inhabitants."""
    areas = draw(
        st.dictionaries(CODES, st.tuples(NUMBERS, PERSONS), min_size=at_least, max_size=12)
    )
    table = Table({c: n for c, (n, _) in areas.items()}, {c: p for c, (_, p) in areas.items()})
    assume(sum(table.numbers.values()))
    return table


@given(st.dictionaries(CODES, st.integers(1, 5_000), min_size=1), st.integers(1, 9), FACTORS)
def test_equally_many_per_inhabitant_is_even(
    persons: dict[str, int], each: int, unit: Fraction
) -> None:
    table = Table(
        {code: each * many for code, many in persons.items()},
        {code: unit * many for code, many in persons.items()},
    )
    found = table.fairness
    even = {measure.name: NOUGHT for measure in MEASURES}
    even |= {"highest": ONE, "lowest": ONE, "within": ONE}
    assert {measure.name: measure.value(found) for measure in MEASURES} == even, table
    assert found.furthest == (), table
    assert found.lorenz == ((NOUGHT, NOUGHT), (ONE, ONE)), table


@given(st.integers(1, 60), PERSONS, st.integers(1, 900), st.data())
def test_all_in_one_of_n_equal_areas(
    n: int, persons: Fraction, total: int, data: st.DataObject
) -> None:
    has_all = data.draw(st.integers(0, n - 1))
    table = Table(
        {str(area): total if area == has_all else 0 for area in range(n)},
        dict.fromkeys(map(str, range(n)), persons),
    )
    found = table.fairness
    assert found.gini == found.gini_over_areas == found.to_move == 1 - Fraction(1, n), table
    assert found.highest
    assert found.highest.value == n, table
    assert found.largest_deviation
    assert abs(found.largest_deviation.value) == total - Fraction(total, n), table


@given(st.dictionaries(CODES, PERSONS, min_size=1), st.integers(1, 900), st.data())
def test_all_in_one_of_any_areas(
    inhabitants: dict[str, Fraction], total: int, data: st.DataObject
) -> None:
    """Over areas the end is 1 − 1/n still; where inhabitants count it is 1 − their part."""
    has_all = data.draw(st.sampled_from(sorted(inhabitants)))
    table = Table({code: total * (code == has_all) for code in inhabitants}, inhabitants)
    part = inhabitants[has_all] / sum(inhabitants.values())
    assert table.fairness.gini == table.fairness.to_move == 1 - part, table
    assert table.fairness.gini_over_areas == 1 - Fraction(1, len(inhabitants)), table


@given(tables(), st.integers(1, 40))
def test_the_unit_of_the_numbers_does_not_matter(table: Table, factor: int) -> None:
    scaled = Table({code: n * factor for code, n in table.numbers.items()}, table.inhabitants)
    before, after = table.fairness, scaled.fairness
    for measure in WITHOUT_UNIT:
        assert measure.value(before) == measure.value(after), (measure.name, table, scaled)
    assert before.lorenz == after.lorenz, (table, scaled)
    for one, other in zip(before.furthest, after.furthest, strict=True):
        assert (one.more, one.fewer) == (other.more, other.fewer), (table, scaled)
        assert one.difference * factor == other.difference, (table, scaled)
    for name in ("mean_deviation", "largest_difference"):
        assert getattr(before, name) * factor == getattr(after, name), (name, table, scaled)


@given(tables(), FACTORS)
def test_the_unit_of_the_inhabitants_does_not_matter(table: Table, factor: Fraction) -> None:
    scaled = Table(table.numbers, {code: p * factor for code, p in table.inhabitants.items()})
    before, after = table.fairness, scaled.fairness
    for measure in MEASURES:
        if measure.name != "largest_difference":
            assert measure.value(before) == measure.value(after), (measure.name, table, scaled)
    assert before.lorenz == after.lorenz, (table, scaled)
    assert before.largest_deviation == after.largest_deviation, (table, scaled)
    for one, other in zip(before.furthest, after.furthest, strict=True):
        assert (one.more, one.fewer) == (other.more, other.fewer), (table, scaled)
        assert one.difference == other.difference * factor, (table, scaled)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(table: Table, random: Random) -> None:
    codes = list(table.numbers)
    random.shuffle(codes)
    other = Table({code: table.numbers[code] for code in codes}, table.inhabitants)
    assert table.fairness == other.fairness, (table, other)


@given(tables(), st.data())
def test_the_names_of_the_areas_do_not_matter(table: Table, data: st.DataObject) -> None:
    codes = sorted(table.numbers)
    renamed = dict(zip(codes, data.draw(st.permutations(codes)), strict=True))
    other = Table(
        {renamed[code]: n for code, n in table.numbers.items()},
        {renamed[code]: p for code, p in table.inhabitants.items()},
    )
    before, after = table.fairness, other.fairness
    for measure in MEASURES:
        assert measure.value(before) == measure.value(after), (measure.name, table, other)
    assert before.lorenz == after.lorenz, (table, other)
    differences = [pair.difference for pair in before.furthest]
    assert differences == [pair.difference for pair in after.furthest], (table, other)


@given(tables(at_least=2), st.integers(0, 50), st.data())
def test_a_place_from_more_to_fewer_lowers_the_gini(
    table: Table, extra: int, data: st.DataObject
) -> None:
    """The principle of transfers (Pigou, Dalton): the two may meet, but not change places."""
    fewer, more = data.draw(st.permutations(sorted(table.numbers)))[:2]
    persons = table.inhabitants
    meets_at = persons[more] * (table.numbers[fewer] + 1) / persons[fewer]
    before = Table({**table.numbers, more: ceil(meets_at) + 1 + extra}, persons)
    moved = {more: before.numbers[more] - 1, fewer: before.numbers[fewer] + 1}
    after = Table({**before.numbers, **moved}, persons)
    assert after.per_thousand[more] >= after.per_thousand[fewer]
    assert before.fairness.gini is not None
    assert after.fairness.gini is not None
    assert after.fairness.gini < before.fairness.gini, (before, after)


@given(tables(), st.integers(2, 5), st.data())
def test_an_area_cut_into_equal_pieces_changes_nothing_per_inhabitant(
    table: Table, pieces: int, data: st.DataObject
) -> None:
    """Municipalities that merge with others just as loaded leave what counts inhabitants alone."""
    cut = data.draw(st.sampled_from(sorted(table.numbers)))
    whole = Table({**table.numbers, cut: table.numbers[cut] * pieces}, table.inhabitants)
    names = [f"{cut}/{piece}" for piece in range(pieces)]
    numbers = {code: n for code, n in whole.numbers.items() if code != cut}
    persons = {code: p for code, p in whole.inhabitants.items() if code != cut}
    parts = Table(
        numbers | dict.fromkeys(names, table.numbers[cut]),
        persons | dict.fromkeys(names, table.inhabitants[cut] / pieces),
    )
    before, after = whole.fairness, parts.fairness
    assert before.lorenz == after.lorenz, (whole, parts)
    for name in ("gini", "to_move", "largest_difference"):
        assert getattr(before, name) == getattr(after, name), (name, whole, parts)


@given(tables())
def test_the_gini_is_its_double_sum(table: Table) -> None:
    """Over all pairs of inhabitants, |what the one's area has per inhabitant − the other's|."""
    numbers, persons = table
    total, everyone = sum(numbers.values()), sum(persons.values())
    differences = sum(
        persons[i] * persons[j] * abs(numbers[i] / persons[i] - numbers[j] / persons[j])
        for i, j in product(numbers, repeat=2)
    )
    assert table.fairness.gini == differences / (2 * total * everyone), table


@given(tables())
def test_the_gini_over_areas_is_its_double_sum(table: Table) -> None:
    per = table.per_thousand
    differences = sum(abs(per[i] - per[j]) for i, j in product(per, repeat=2))
    expected = differences / (2 * len(per) * sum(per.values()))
    assert table.fairness.gini_over_areas == expected, table


@given(tables())
def test_the_lorenz_curve_rises_ever_steeper_and_ends_right(table: Table) -> None:
    curve = table.fairness.lorenz
    assert (curve[0], curve[-1]) == ((NOUGHT, NOUGHT), (ONE, ONE)), table
    slopes = [(y - below) / (x - left) for (left, below), (x, y) in pairwise(curve)]
    assert all(x > left for (left, _), (x, _) in pairwise(curve)), table
    assert all(slope >= 0 for slope in slopes), table
    assert all(steeper > slope for slope, steeper in pairwise(slopes)), table
    under = sum((x - left) * (y + below) / 2 for (left, below), (x, y) in pairwise(curve))
    assert table.fairness.gini == 1 - 2 * under, table


@given(tables())
def test_what_has_to_move_is_the_deepest_point_of_the_curve(table: Table) -> None:
    deepest = max(x - y for x, y in table.fairness.lorenz)
    assert table.fairness.to_move == deepest, table


@given(tables(), FACTORS)
def test_ratios_and_deviations_are_their_definitions(table: Table, margin: Fraction) -> None:
    numbers, persons = table
    total, everyone, areas = sum(numbers.values()), sum(persons.values()), len(numbers)
    ratio = {c: numbers[c] / (total * persons[c] / everyone) for c in numbers}
    off = {c: numbers[c] - total * persons[c] / everyone for c in numbers}
    found = measured(numbers, persons, margin)
    high, low, far = found.highest, found.lowest, found.largest_deviation
    assert high
    assert low
    assert far
    assert high.value == ratio[high.code] == max(ratio.values()), table
    assert low.value == ratio[low.code] == min(ratio.values()), table
    assert high.code == min(c for c in ratio if ratio[c] == high.value), table
    assert low.code == min(c for c in ratio if ratio[c] == low.value), table
    assert low.value <= 1 <= high.value, table
    assert far.value == off[far.code], table
    assert far.code == min(c for c in off if abs(off[c]) == max(map(abs, off.values()))), table
    assert found.mean_deviation == sum(map(abs, off.values())) / areas, table
    assert found.to_move == sum(more for more in off.values() if more > 0) / total, table
    near = sum(1 - margin <= each <= 1 + margin for each in ratio.values())
    assert found.within == Fraction(near, areas), (margin, table)


def sorted_pairs(table: Table, pairs: Iterable[tuple[str, str]]) -> list[Apart]:
    """The given pairs that differ, furthest apart first, then by the code of more and of fewer."""
    per = table.per_thousand
    both_ways = [(one, other) for a, b in pairs for one, other in ((a, b), (b, a))]
    apart = [Apart(a, b, per[a], per[b]) for a, b in both_ways if per[a] > per[b]]
    return sorted(apart, key=lambda pair: (pair.low - pair.high, pair.more, pair.fewer))


@given(tables(), st.integers(0, 80))
def test_the_pairs_furthest_apart_are_those_of_all_pairs(table: Table, n: int) -> None:
    found = furthest_apart(*table, n)
    assert found == tuple(sorted_pairs(table, combinations(table.numbers, 2))[:n]), (n, table)
    assert not found or found[0].difference == table.fairness.largest_difference, table


@given(tables(), st.integers(0, 20), st.data())
def test_neighbours_apart_are_those_of_all_borders(
    table: Table, n: int, data: st.DataObject
) -> None:
    """Whichever way round a border is given, and whatever lies outside the table."""
    known = table.numbers
    ends = st.sampled_from([*known, "beyond"])
    borders = data.draw(st.lists(st.tuples(ends, ends), max_size=40))
    inside = {(min(a, b), max(a, b)) for a, b in borders if a in known and b in known}
    expected = tuple(sorted_pairs(table, inside)[:n])
    assert neighbours_apart(*table, borders, n) == expected, (borders, table)
    both_ways = borders + [(b, a) for a, b in borders]
    assert neighbours_apart(*table, both_ways, n) == expected, (borders, table)


@given(tables(), st.sets(CODES, min_size=1))
def test_areas_without_inhabitants_change_nothing(table: Table, empty: set[str]) -> None:
    names = [f"{code}/empty" for code in empty]
    numbers = {**dict.fromkeys(names, 7), **table.numbers}
    wider = Table(numbers, {**dict.fromkeys(names, Fraction(0)), **table.inhabitants})
    before, after = table.fairness, wider.fairness
    assert after.left_out == tuple(sorted(names)), wider
    for measure in MEASURES:
        assert measure.value(before) == measure.value(after), (measure.name, table, wider)
    assert (before.lorenz, before.furthest) == (after.lorenz, after.furthest), (table, wider)


VALUES = st.fractions(min_value=-100, max_value=100, max_denominator=20)


@given(tables(at_least=2), st.data())
def test_a_correlation_is_that_of_the_standard_library(table: Table, data: st.DataObject) -> None:
    values = {code: data.draw(VALUES) for code in table.numbers}
    found = correlation(*table, values)
    if found is None:
        assert len(set(table.per_thousand.values())) == 1 or len(set(values.values())) == 1
        return
    assert -1 <= found.r <= 1, (table, values)
    assert 0 <= found.r_squared <= 1, (table, values)
    assert found.sign in (-1, 0, 1), (table, values)
    assert (found.sign == 0) == (found.r_squared == 0), (table, values)
    codes = list(values)
    x = [float(table.per_thousand[code]) for code in codes]
    y = [float(values[code]) for code in codes]
    assert float(found.r) == pytest.approx(statistics.correlation(x, y), abs=1e-6), (table, values)
    half = Fraction(1, 2_000_000)
    low, high = max(abs(found.r) - half, Fraction(0)), abs(found.r) + half
    assert low**2 <= found.r_squared < high**2, (table, values)


@given(tables(at_least=2), FACTORS, VALUES)
def test_a_correlation_with_a_straight_line_of_itself(
    table: Table, slope: Fraction, start: Fraction
) -> None:
    assume(len(set(table.per_thousand.values())) > 1)
    rising = {code: start + slope * value for code, value in table.per_thousand.items()}
    falling = {code: -value for code, value in rising.items()}
    along, against = correlation(*table, rising), correlation(*table, falling)
    assert along == Correlation(1, ONE), (table, rising)
    assert against == Correlation(-1, ONE), (table, falling)
    assert (along.r, against.r) == (ONE, -ONE), (table, rising, falling)


@given(tables(at_least=2), FACTORS, FACTORS, st.data())
def test_the_units_of_a_correlation_do_not_matter(
    table: Table, people: Fraction, unit: Fraction, data: st.DataObject
) -> None:
    values = {code: data.draw(VALUES) for code in table.numbers}
    other = Table(table.numbers, {code: p * people for code, p in table.inhabitants.items()})
    in_units = {code: value * unit for code, value in values.items()}
    assert correlation(*table, values) == correlation(*other, in_units), (table, values, other)
