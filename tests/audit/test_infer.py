"""What explains a published table: known truths, and truths hidden in random tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator.audit.infer import Explanation, Inferred, Way, infer
from allocator.audit.infer.settings import sharings
from allocator.audit.infer.totals import ROUNDED, Claim, most_matching, nearest
from allocator.audit.infer.ways import ALONE, TOGETHER, Table, matched
from allocator.core.distribute import distribute
from allocator.core.rounding import ROUND
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance, Published, PublishedRow, Quantity, Total
from allocator.model.limits import Limit
from allocator.model.problem import InputError
from allocator.model.rule import Choice, Method, Rounding
from allocator.reading.instances import variants as variants_module
from allocator.reading.instances.read import load
from allocator.reading.instances.variants import Variants, variants
from tests.example import INSTANCE, write_example
from tests.strategies import NAME, instances, together

MINORS = "nl/minors-2024-3660"
SHARES = st.lists(st.fractions(0, 1, max_denominator=40), min_size=1, max_size=6)


@cache
def variants_of(name: str) -> Variants:
    return variants(name, load(name))


@cache
def inferred(name: str) -> Inferred:
    found = variants_of(name)
    return infer(found.instances, found.rules, found.not_tried)


def published(instance: Instance, rows: Iterable[tuple[str, str, int]]) -> Instance:
    of_rows = (PublishedRow(*row, Quantity.NUMBER, "") for row in rows)
    return replace(instance, published=Published(NAME, tuple(of_rows)))


def rows_of(distribution: Distribution) -> list[tuple[str, str, int]]:
    return [(code, stream, number) for (code, stream), number in distribution.numbers.items()]


def with_totals(instance: Instance, totals: dict[str, int]) -> Instance:
    return replace(instance, totals={n: Total(n, t, NAME, None) for n, t in totals.items()})


def alone(instance: Instance) -> Inferred:
    return infer([instance], [instance.rule])


def ways_with(explanation: Explanation, choice: Choice) -> list[Way]:
    return [way for way in explanation.ways if way.choice == choice]


# Known truths.


def test_minors_of_2024_used_the_inhabitants_of_2022() -> None:
    found = inferred(MINORS)
    first = found.explanations[0]
    assert (first.place, first.matched, first.largest, first.missed) == (1, 12, 0, 0)
    best = first.ways[0]
    assert (best.choice, dict(best.totals)) == (Choice(Rounding.HALF_UP), {"minors": 3660})
    assert dict(best.as_well) == {"minors": (range(3658, 3661),)}
    setting = best.sharing.settings[0]
    assert (dict(setting.years), setting.day) == ({"population": 2022}, date(2024, 1, 1))
    assert setting.strange == (False, False, False)
    for way in first.ways:
        assert {each.years["population"] for each in way.sharing.settings} == {2022}
    assert found.own is first
    assert found.announced(best) is first


def test_the_next_year_has_9_of_12_minors() -> None:
    most: dict[int, int] = {}
    for each in inferred(MINORS).explanations:
        for way in each.ways:
            if way.choice == Choice(Rounding.HALF_UP) and way.totals == {"minors": 3660}:
                for setting in way.sharing.settings:
                    year = setting.years["population"]
                    most[year] = max(most.get(year, 0), each.matched)
    assert sorted(most) == list(range(2015, 2025))
    assert sorted(most.values())[-2:] == [9, 12]


def test_minors_of_2024_fit_largest_remainder_at_the_sum_of_the_rows_only() -> None:
    found = inferred(MINORS)
    first, second = found.explanations[:2]
    by_remainder = Choice(Rounding.TEXTBOOK, Method.LARGEST_REMAINDER)
    assert [way.totals for way in ways_with(first, by_remainder)] == [{"minors": 3659}]
    assert [way.totals for way in ways_with(second, by_remainder)] == [{"minors": 3660}]
    apart = [
        (row.code, row.number, one, other) for row, one, other in found.told_apart(first, second)
    ]
    assert apart == [("PV30", 539, 539, 540)]


def test_everything_that_was_tried_is_counted() -> None:
    found = inferred(MINORS)
    assert found.tried + found.set_aside == len(found.settings) * len((*ALONE, *TOGETHER))
    assert len(found.settings) == len(variants_of(MINORS).instances)


@pytest.mark.parametrize("name", ["nl/reception-2024", "nl/housing-2022-h1", "nl/housing-2023-h1"])
def test_the_numbers_are_those_of_a_distribution(name: str) -> None:
    found = inferred(name)
    for each in found.explanations[:6]:
        way = each.ways[0]
        instance = with_totals(way.sharing.instance, dict(way.totals))
        numbers = distribute(instance, way.choice).numbers
        assert each.numbers == tuple(numbers[row.code, row.stream] for row in found.rows)


def test_one_published_sum_is_explained_by_a_total() -> None:
    """Rounded up, 9,813 gives the 9,979 that were counted; the announced 10,000 gives 10,167."""
    found = inferred("nl/housing-2022-h1")
    assert (len(found.rows), found.with_balance) == (1, 6)
    best = found.explanations[0].ways[0]
    assert (best.choice, dict(best.totals)) == (Choice(Rounding.UP), {"permit_holders": 9813})
    own = found.own
    assert own is not None
    assert own.numbers == (10_167,)


@pytest.mark.parametrize(("year", "rounding"), [(2019, Rounding.UP), (2023, Rounding.DOWN)])
def test_another_year_and_rounding_are_found(year: int, rounding: Rounding) -> None:
    found = variants_of(MINORS)
    own = found.instances[0]
    truth = next(
        each
        for each in found.instances
        if each.indicators["population"].year == year and each.division.day == own.division.day
    )
    table = rows_of(distribute(with_totals(truth, {"minors": 5001}), Choice(rounding)))
    first = infer([published(own, table), *found.instances[1:]], found.rules).explanations[0]
    assert first.matched == len(table)
    (way,) = ways_with(first, Choice(rounding))
    assert any(5001 in run for run in way.as_well["minors"])
    assert year in {each.years["population"] for each in way.sharing.settings}


def test_another_key_is_found() -> None:
    found = variants_of("nl/reception-2024")
    own = found.instances[0]
    by_people = next(rule for rule in found.rules if rule.name == "nl/housing-target")
    truth = replace(own, rule=replace(own.rule, steps=by_people.steps))
    table = rows_of(distribute(truth, Choice(Rounding.HALF_UP)))
    outcome = infer([published(own, table)], found.rules)
    way = outcome.explanations[0].ways[0]
    assert outcome.explanations[0].matched == len(outcome.rows)
    assert way.sharing.settings[0].rule is by_people
    assert not way.sharing.settings[0].own_key
    assert [dict(way.totals), way.choice] == [truth_totals(own), Choice(Rounding.HALF_UP)]


def truth_totals(instance: Instance) -> dict[str, int]:
    return {name: total.number for name, total in instance.totals.items()}


# Truths hidden in random tables.


@settings(deadline=None)
@given(instances(), st.sampled_from(ALONE), st.data())
def test_a_rounding_row_by_row_is_found_at_any_total(
    instance: Instance, choice: Choice, data: st.DataObject
) -> None:
    totals = {name: data.draw(st.integers(0, 3_000)) for name in instance.totals}
    table = rows_of(distribute(with_totals(instance, totals), choice))
    some = data.draw(st.lists(st.sampled_from(table), min_size=1, unique=True))
    found = alone(published(instance, some))
    first = found.explanations[0]
    assert first.matched == len(found.rows)
    ways = ways_with(first, choice)
    assert len(ways) == 1
    for stream, total in totals.items():
        runs = ways[0].as_well.get(stream)
        assert runs is None or any(total in run for run in runs)


@settings(deadline=None)
@given(instances(), st.sampled_from(TOGETHER))
def test_a_rounding_over_the_table_is_found(instance: Instance, choice: Choice) -> None:
    instance = replace(
        instance,
        streams=type(instance.streams)(instance.streams.all[:1]),
        totals={"places": instance.totals["places"]},
    )
    try:
        table = rows_of(distribute(instance, choice))
    except InputError:
        assume(False)
    found = alone(published(instance, table))
    first = found.explanations[0]
    assert first.matched == len(found.rows)
    assert [dict(way.totals) for way in ways_with(first, choice)] == [truth_totals(instance)]


@settings(max_examples=50, deadline=None)
@given(together())
def test_parts_and_rests_rounded_together_are_found(instance: Instance) -> None:
    choice = instance.rule.choice
    table = rows_of(distribute(instance))
    found = alone(published(instance, table))
    first = found.explanations[0]
    assert first.matched == len(found.rows)
    assert [dict(way.totals) for way in ways_with(first, choice)] == [truth_totals(instance)]
    assert found.own is first


@settings(max_examples=40, deadline=None)
@given(instances(), st.sampled_from(ALONE), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(instance: Instance, choice: Choice, random) -> None:  # type: ignore[no-untyped-def]
    table = [
        (code, stream, number + random.randint(0, 1))
        for code, stream, number in rows_of(distribute(instance, choice))
    ]
    shuffled = random.sample(table, len(table))
    assert told(alone(published(instance, table))) == told(alone(published(instance, shuffled)))


def told(found: Inferred) -> list[object]:
    """The list without the order of the rows."""
    return [
        (
            *(each.place, each.merit),
            [(way.choice, way.totals, way.as_well) for way in each.ways],
            {
                (row.code, row.stream): number
                for row, number in zip(found.rows, each.numbers, strict=True)
            },
        )
        for each in found.explanations
    ]


@settings(max_examples=50, deadline=None)
@given(together(), st.sampled_from(TOGETHER), st.data())
def test_no_table_matches_more_rows_than_was_thought_possible(
    instance: Instance, choice: Choice, data: st.DataObject
) -> None:
    if choice.rounding is Rounding.TEXTBOOK:
        one = instance.streams.all[:1]
        instance = replace(
            instance,
            streams=type(instance.streams)(one),
            totals={"places": instance.totals["places"]},
        )
    try:
        table = rows_of(distribute(instance, choice))
    except InputError:
        assume(False)
    off = st.integers(-1, 1)
    rows = published(instance, [(c, s, max(0, n + data.draw(off))) for c, s, n in table]).published
    assert rows is not None
    (sharing,), _ = sharings([instance], [instance.rule])
    one_table = Table(sharing, rows.rows)
    way = one_table.together(choice, one_table.announced)
    assert matched(rows.rows, way.numbers) <= one_table.possible(choice, one_table.announced)


# Totals.


@given(SHARES, st.sampled_from(list(ROUNDED)), st.integers(0, 3_000))
def test_an_area_has_what_rounding_its_quotas_gives(
    shares: list[Fraction], rounding: Rounding, total: int
) -> None:
    expected = sum(ROUND[rounding](share * total) for share in shares)
    assert Claim.of(shares).number(total, rounding) == expected


@given(SHARES, st.sampled_from(list(ROUNDED)), st.integers(0, 300))
def test_the_totals_that_give_a_number_are_all_of_them(
    shares: list[Fraction], rounding: Rounding, number: int
) -> None:
    assume(any(shares))
    claim = Claim.of(shares)
    found = claim.totals(number, rounding)
    for total in range(0, 400):
        assert (total in found) == (claim.number(total, rounding) == number)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda e: range(*e))))
def test_the_totals_that_most_rows_allow(ranges: list[range]) -> None:
    allowed = {total: sum(total in each for each in ranges) for total in range(31)}
    most = max(allowed.values())
    best = [total for total, rows in allowed.items() if rows == most and most]
    runs = most_matching(ranges)
    assert [total for run in runs for total in run] == best
    assert all(one.stop < other.start for one, other in pairwise(runs))
    for total in range(-1, 33) if runs else ():
        assert nearest(total, runs) == min(best, key=lambda t: (abs(t - total), t))


# What cannot be asked, and what is not tried.


def test_an_instance_without_a_table_is_refused() -> None:
    instance = load(MINORS)
    with pytest.raises(InputError, match="No published table is named"):
        alone(replace(instance, published=None))


def test_rows_with_a_balance_alone_are_refused() -> None:
    with pytest.raises(InputError, match="has a backlog in it and cannot be compared"):
        alone(load("nl/housing-2022-h2"))


def test_limits_are_refused() -> None:
    limit = Limit("cap", NAME, "minors", ("PV20",), None, 100)
    with pytest.raises(InputError, match="Under limits"):
        alone(replace(load(MINORS), limits=(limit,)))


def test_a_key_without_weight_is_refused() -> None:
    instance = load(MINORS)
    people = instance.indicators["population"]
    nobody = replace(people, values=dict.fromkeys(people.values, Fraction(0)))
    with pytest.raises(InputError, match="weight 0"):
        alone(replace(instance, indicators={"population": nobody}))


def test_variants_are_of_all_years_and_maps_up_to_the_period() -> None:
    found = variants_of(MINORS)
    own = found.instances[0]
    assert own.division.day == own.day == date(2024, 1, 1)
    pairs = [(each.indicators["population"].year, each.division.day) for each in found.instances]
    assert len(pairs) == len(set(pairs))
    assert {year for year, _ in pairs} == set(range(2015, 2025))
    assert {day for _, day in pairs} == {date(year, 1, 1) for year in range(2015, 2025)}
    # no municipalities changed between the maps of 2023 and 2024
    assert all(year <= day.year or (year, day.year) == (2024, 2023) for year, day in pairs)
    why = {str(why) for _, why in found.not_tried}
    assert why == {
        "They follow a later map, and municipalities changed in between.",
        "The instance has no figures of these names.",
        "It keeps the numbers of another rule.",
        "Limits decide as well as the key.",
        "The key depends on the total.",
    }


def test_rates_and_areas_of_another_map_are_told() -> None:
    found = variants_of("nl/reception-2024")
    assert {each.division.day.year for each in found.instances} == {2023, 2024}
    told = {f"{what}: {why}" for what, why in found.not_tried}
    later = "They follow a later map, and municipalities changed in between."
    assert f"SES-WOA score of 2022 on the map of 1 January 2022: {later}" in told
    gone = "It has no Noardeast-Fryslân, which the published table names."
    assert f"the map of 1 January 2018: {gone}" in told


def test_an_instance_with_files_of_its_own_has_no_variants(tmp_path: Path) -> None:
    text = f"{INSTANCE}published: {{file: published.csv, source: {{nl: x, en: x}}}}\n"
    table = "code,name,stream,number\nA,Aalst,places,16\n"
    folder = write_example(tmp_path, instance_yaml=text, published_csv=table)
    own = load(folder)
    found = variants(folder, own)
    assert found.instances == (own,)
    assert sorted(str(what) for what, _ in found.not_tried if "key" not in str(what)) == [
        "maps of other days",
        "other years of 'people'",
        "other years of 'score'",
    ]


def test_too_many_combinations_of_years_are_tried_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(variants_module, "MOST_TOGETHER", 5)
    name = "nl/reception-2024"
    found = variants(name, load(name))
    assert "so one year was changed at a time" in " ".join(str(why) for _, why in found.not_tried)
    assert len(found.instances) == len(variants_of(name).instances)
