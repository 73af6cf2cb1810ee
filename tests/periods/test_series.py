"""The housing target over its half-years: every published inconsistency, gaps, dates, mergers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from allocator.core.distribute import distribute
from allocator.model.balances import NOTHING_KNOWN, Opening
from allocator.model.distribution import Distribution
from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance
from allocator.model.mergers import Change
from allocator.model.problem import InputError, Problems
from allocator.model.record import Announcement, PeriodRecord, Range
from allocator.model.rule import Notice
from allocator.periods import series as module
from allocator.periods.account import account
from allocator.periods.area_series import of_area
from allocator.periods.notice import Timing, dates
from allocator.periods.record import Finding, Outcome
from allocator.periods.revision import revise
from allocator.periods.series import Basis, Entry, Series, Shelf, national, shelf
from allocator.reading.country.tables import changes_of
from allocator.reading.instances.records import find_record, instances_of
from allocator.words.text import LocalText
from tests.periods.strategies import KINDS, rows
from tests.strategies import BY_ITSELF, TOGETHER, instance_of

NAME = LocalText("x", "x")


@cache
def housing() -> Shelf:
    record = find_record("nl/housing")
    return shelf(record, instances_of(record))


@cache
def country() -> Series:
    return national(housing())


@cache
def changes() -> tuple[Change, ...]:
    return changes_of("nl", Problems())


def entry(found: Series, period: str) -> Entry:
    (asked,) = (entry for entry in found.entries if str(entry.period) == period)
    return asked


def finding(period: str, sum_: str, beside: str = "", implies: str = "") -> Finding:
    (asked,) = (
        found
        for found in country().findings
        if (str(found.period), found.statement.sum.written) == (period, sum_)
        and (found.statement.beside.written if found.statement.beside else "") == beside
        and found.statement.implies == implies
    )
    return asked


def differences(found: Finding) -> list[tuple[int | None, int]]:
    """What was published, and how much more that is."""
    return [(each.range.whole, int(each.low)) for each in found.besides]


def area(code: str) -> Series:
    """The series of an area as it is on the last map that knows it."""
    division = next(each for each in housing().divisions if code in each.by_code)
    return of_area(housing(), division.by_code[code], division, changes())


def test_numbers_first_announced_and_in_force() -> None:
    numbers = {str(e.period): (e.announced, e.in_force) for e in country().entries}
    assert numbers == {
        "2016-H2": (23000, 23000),
        "2017-H1": (13000, 13000),
        "2017-H2": (10000, 10000),
        "2018-H1": (None, None),
        "2018-H2": (None, None),
        "2019-H1": (8000, 6000),
        "2019-H2": (6000, 6000),
        "2020-H1": (None, None),
        "2020-H2": (6500, 6500),
        "2021-H1": (None, None),
        "2021-H2": (11000, 11000),
        "2022-H1": (10000, 10000),
        "2022-H2": (13500, 13500),
        "2023-H1": (21200, 21200),
        "2023-H2": (27300, 17600),
        "2024-H1": (18750, 18750),
        "2024-H2": (None, None),
        "2025-H1": (17700, 15000),
        "2025-H2": (13000, 13000),
    }


def test_gaps_of_the_record_stay_gaps() -> None:
    gaps = ["2018-H1", "2018-H2", "2020-H1", "2021-H1", "2024-H2"]
    assert [str(half) for half in country().gaps] == gaps
    for period in gaps:
        half = HalfYear.read(period)
        assert half is not None
        assert entry(country(), period) == Entry(half)


def test_first_half_of_2022_does_not_close() -> None:
    table = finding("2022-H1", "rows + opening - realised", "next_opening")
    assert [figures[0].range.whole for figures in table.sum.inputs.values()] == [9979, 3728, 11886]
    assert table.sum.result == Range.of(1821)
    assert differences(table) == [(1830, 9), (1833, 12), (1858, 37)]
    by_law = finding("2022-H1", "net + opening - realised", "next_opening")
    assert by_law.sum.result == Range.of(1842)
    assert differences(by_law) == [(1830, -12), (1833, -9), (1858, 16)]
    rule = finding("2022-H1", "adds_up_to", "rows")
    assert differences(rule) == [(9979, 9979 - 10167)]


def test_first_half_of_2022_in_all() -> None:
    found = finding("2022-H1", "net + opening", "in_all")
    assert (found.sum.result, found.holds) == (Range.of(13728), True)
    assert entry(country(), "2022-H1") == Entry(
        HalfYear(2022, 1),
        announced=10000,
        in_force=10000,
        adds_up_to=10167,
        published=9979,
        opening=3728,
        corrected=13728,
        realised=11886,
        closing=1842,
        basis={"adds_up_to": Basis.COMPUTED, "closing": Basis.COMPUTED},
    )


def test_second_half_of_2021_implies_its_opening_backlog() -> None:
    achieved = finding("2021-H2", "housed + hotel_places", "net + catch_up + beyond_goal")
    assert achieved.other is not None
    assert (achieved.sum.result, achieved.other.result) == (Range.of(12858), Range.of(12858))
    assert achieved.holds
    implied = finding("2021-H2", "next_opening + housed + hotel_places - net", implies="opening")
    assert implied.sum.result == Range.of(5586)
    closing = finding("2021-H2", "opening + net - housed - hotel_places", "next_opening")
    numbers = [figures[0].range.whole for figures in closing.sum.inputs.values()]
    assert numbers == [5586, 11000, 12787, 71]
    assert (closing.sum.result, closing.holds, closing.resting) == (
        Range.of(3728),
        True,
        ("opening",),
    )
    row = entry(country(), "2021-H2")
    assert (row.opening, row.corrected, row.realised, row.closing) == (5586, 16586, 12858, 3728)
    assert {row.basis[name] for name in ("opening", "corrected", "realised", "closing")} == {
        Basis.IMPLIED
    }


def test_second_half_of_2022_head_start() -> None:
    found = finding("2022-H2", "expected - in_all", "head_start")
    assert found.sum.result == Range.of(1670, 2670)
    (beside,) = found.besides
    assert beside.range == Range.of(1200, 2200)
    assert (int(beside.low), int(beside.high)) == (-470, -470)
    assert beside.outcome is Outcome.OFF
    in_all = finding("2022-H2", "net + opening", "in_all")
    assert in_all.sum.result == Range.of(15330)
    assert differences(in_all) == [(15330, 0), (15358, 28)]
    beyond = finding("2022-H2", "goal - in_all", implies="beyond_law")
    assert beyond.sum.result == Range.of(4670)


def test_dates_are_judged_only_as_far_as_they_go() -> None:
    timings = [(str(date.period), date.timing) for date in country().announced]
    assert timings == [
        ("2016-H2", Timing.UNDECIDED),
        ("2017-H1", Timing.IN_TIME),
        ("2019-H1", Timing.REVISED),
        ("2019-H2", Timing.IN_TIME),
        ("2021-H2", Timing.IN_TIME),
        ("2022-H1", Timing.UNDECIDED),  # the letter's date, not the first
        ("2022-H2", Timing.UNDECIDED),
        ("2023-H1", Timing.IN_TIME),
    ]


@pytest.mark.parametrize(
    ("day", "first", "expected"),
    [
        (date(2022, 10, 2), False, Timing.IN_TIME),  # thirteen weeks before 1 January 2023
        (date(2022, 10, 3), True, Timing.LATE),
        (date(2022, 10, 3), False, Timing.UNDECIDED),
    ],
)
def test_thirteen_weeks_to_the_day(day: date, first: bool, expected: Timing) -> None:
    instance = instance_of({"A": Fraction(1)}, {"A": "P"}, {"places": 1}, BY_ITSELF[0])
    ruled = replace(instance, rule=replace(instance.rule, notice=Notice(13, "29(1)")))
    known = Announcement(day, first, NAME)
    (found,) = dates(HalfYear(2023, 1), ruled, ruled, "places", known)
    assert (found.timing, found.latest) == (expected, date(2022, 10, 2))
    assert found.days_late == (day - date(2022, 10, 2)).days
    assert not list(dates(HalfYear(2023, 1), instance, instance, "places", known))


def test_a_province_with_published_numbers() -> None:
    zeeland = area("PV29")
    assert entry(zeeland, "2023-H1") == Entry(
        HalfYear(2023, 1),
        announced=472,
        in_force=472,
        published=469,
        opening=-73,
        corrected=396,
        basis={
            "announced": Basis.COMPUTED,
            "in_force": Basis.COMPUTED,
            "opening": Basis.IMPLIED,
        },
    )
    before = entry(zeeland, "2022-H2")
    assert (before.in_force, before.corrected, before.opening) == (303, 257, -46)
    assert before.basis["opening"] is Basis.RESTING
    assert "its parts add up to 386 (−10)" in str(zeeland.notes[0])


def test_a_municipality_keeps_its_gaps() -> None:
    delft = area("GM0503")
    assert (entry(delft, "2022-H1").corrected, entry(delft, "2022-H1").opening) == (76, 16)
    assert [e.realised for e in delft.entries] == [None] * 19
    assert delft.gaps == country().gaps
    assert entry(delft, "2019-H1").announced == 48
    assert entry(delft, "2019-H1").in_force == 36


def test_before_a_merger_the_parts_are_added_up_where_all_of_them_went_over() -> None:
    altena = area("GM1959")
    parts = [entry(area(code), "2017-H1").in_force for code in ("GM0738", "GM0870", "GM0874")]
    assert entry(altena, "2017-H1").in_force == sum(part or 0 for part in parts) == 43
    assert str(entry(altena, "2017-H1").note) == (
        "Aalburg, Werkendam and Woudrichem, which became Altena."
    )
    assert entry(altena, "2019-H1").note is None


def test_before_a_merger_of_parts_there_is_no_number() -> None:
    midden_groningen = area("GM1952")
    assert entry(midden_groningen, "2016-H2").in_force is None
    assert "not everybody went to it" in str(entry(midden_groningen, "2016-H2").note)
    assert entry(midden_groningen, "2017-H1").in_force == 49


def test_a_municipality_that_is_gone_says_since_when() -> None:
    weesp = area("GM0457")
    assert entry(weesp, "2022-H1").in_force == 12
    assert entry(weesp, "2022-H2").in_force is None
    assert str(entry(weesp, "2022-H2").note) == "Weesp ended on 24 March 2022."


def test_borders_that_changed_are_told() -> None:
    assert "changed on 24 March 2022" in str(area("GM0363").notes[0])
    assert "changed on 1 January 2017 and 1 January 2019" in str(area("GM0014").notes[0])
    assert "changed on 1 January 2019" in str(area("PV26").notes[0])  # Vijfheerenlanden


def test_a_part_of_the_record_keeps_to_its_half_years() -> None:
    found = national(shelf(housing().record, _all(), HalfYear(2022, 1), HalfYear(2022, 1)))
    assert [str(entry.period) for entry in found.entries] == ["2022-H1"]
    assert {str(finding.period) for finding in found.findings} == {"2022-H1"}
    assert found.entries[0] == entry(country(), "2022-H1")


@pytest.mark.parametrize(
    ("first", "last", "option"),
    [
        (HalfYear(2016, 1), None, "--from"),
        (None, HalfYear(2030, 1), "--to"),
        (HalfYear(2023, 1), HalfYear(2022, 2), "--from"),
    ],
)
def test_half_years_outside_the_record_or_the_wrong_way_round_are_refused(
    first: HalfYear | None, last: HalfYear | None, option: str
) -> None:
    with pytest.raises(InputError) as caught:
        shelf(housing().record, _all(), first, last)
    (problem,) = caught.value.problems
    assert str(problem.place) == option


def test_two_numbers_in_force_are_refused() -> None:
    unrelated = [replace(instance, revision_of="") for instance in _all()]
    with pytest.raises(InputError, match=r"Which number of 2019-H1 is in force cannot be seen"):
        shelf(housing().record, unrelated)


@pytest.mark.parametrize(
    "replaced",
    [
        {"a": "a"},
        {"a": "b", "b": "a"},
        {"a": "", "b": "c", "c": "b"},  # two that replace each other beside one in force
        {"a": "b", "b": "c", "c": "b"},
        {"a": "", "b": "a", "c": "a"},
    ],
)
def test_instances_that_do_not_replace_one_another_in_a_row_are_refused(
    replaced: dict[str, str],
) -> None:
    instances = [_step(name, 10, other) for name, other in replaced.items()]
    with pytest.raises(InputError, match=r"Which number of 2023-H1 is in force cannot be seen"):
        shelf(housing().record, instances)


def test_instances_of_one_name_are_refused() -> None:
    one = replace(_step("a", 10), file="one/instance.yaml")
    other = replace(_step("a", 20), file="other/instance.yaml")
    with pytest.raises(InputError) as raised:
        shelf(housing().record, [one, other, replace(other, period="2023-H2")])
    told = (
        "other/instance.yaml: The instance of one/instance.yaml is named a too. "
        "Give each a name of its own under `instance:`."
    )
    assert str(raised.value) == "\n".join((told, told))


def test_a_revision_in_force_does_not_cross_what_was_announced() -> None:
    for first, second, third in [(a, b, c) for a in (12, 13) for b in (14, 15) for c in (16, 9)]:
        steps = [_step("a", first), _step("b", second, "a"), _step("c", third, "b")]
        numbers = shelf(housing().record, steps).numbers[HalfYear(2023, 1)]
        walked = revise(distribute(steps[0]), steps[1].totals)
        walked = revise(walked.original, steps[2].totals, walked.revised)
        assert numbers.announced.numbers == distribute(steps[0]).numbers
        assert numbers.holding.numbers == walked.revised.numbers
        assert account(numbers.holding).line("NL", "x").realised is None


def test_an_account_that_was_rolled_fills_the_columns_of_an_area() -> None:
    """4, 36 and 14 of 54; B was 5 behind and housed 30, C was 2 ahead and housed 12, A none."""
    known = replace(
        NOTHING_KNOWN,
        openings={("B", "x"): Opening(computed=5), ("C", "x"): Opening(computed=-2)},
        realised=rows(A=0, B=30, C=12),
    )
    plain = _step("a", 54)
    instance = replace(plain, rule=replace(plain.rule, realised=KINDS), balances=known)
    half = HalfYear(2023, 1)
    record = replace(housing().record, stream="x", periods={})
    bare = shelf(record, [instance])
    kept = replace(bare, accounts={half: account(distribute(instance)).leaves})
    for code, columns in (("B", (36, 5, 41, 30, 11)), ("NL", (54, 3, 57, 42, 15))):
        area = instance.division.by_code[code]
        found = entry(of_area(kept, area, instance.division, ()), str(half))
        names = ("in_force", "opening", "corrected", "realised", "closing")
        assert tuple(found.number(name) for name in names) == columns
        assert found.adds_up_to == (54 if code == "NL" else None)
        assert {found.basis[name] for name in names[1:]} == {Basis.COMPUTED}
        (without,) = of_area(bare, area, instance.division, ()).entries
        assert (without.opening, without.corrected, without.closing) == (None, None, None)


def test_notes_of_half_years_and_of_the_record_are_told() -> None:
    record = housing().record
    told = [f"{half}: {note.en}" for half in housing().periods for note in record.of(half).notes]
    notes = country().notes
    assert told
    assert [str(note) for note in notes[: len(told)]] == told
    assert notes[len(told) :] == record.notes


def test_an_area_is_looked_up_on_the_last_map_of_the_range_first() -> None:
    first, last = HalfYear(2019, 1), HalfYear(2022, 1)
    kept = shelf(housing().record, _all(), first, last)
    found = [division.day for division in kept.divisions]
    days = {half: kept.numbers[half].in_force.division.day for half in kept.numbers}
    inside = [day for half, day in days.items() if first <= half <= last]
    outside = [day for half, day in days.items() if not first <= half <= last]
    assert found == sorted(inside, reverse=True) + sorted(outside, reverse=True)


def test_an_instance_is_divided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    divided: list[str] = []

    def counted(instance: Instance) -> Distribution:
        divided.append(instance.name)
        return distribute(instance)

    monkeypatch.setattr(module, "distribute", counted)
    kept = shelf(housing().record, _all(), HalfYear(2022, 2), HalfYear(2023, 2))
    division = next(kept.divisions)
    for code in ("GM0363", "GM0518"):
        of_area(kept, division.by_code[code], division, changes())
    assert sorted(divided) == [
        "nl/housing-2022-h2",
        "nl/housing-2023-h1",
        "nl/housing-2023-h2",
        "nl/housing-2023-h2-announced",
    ]


def _step(name: str, total: int, replaces: str = "") -> Instance:
    weights = {"A": Fraction(4), "B": Fraction(36), "C": Fraction(14)}
    one = instance_of(weights, dict.fromkeys(weights, "P"), {"x": total}, TOGETHER)
    return replace(one, name=name, revision_of=replaces, file=name)


def test_a_half_year_of_the_record_alone_is_in_the_series() -> None:
    record = housing().record
    later = {**record.periods, HalfYear(2026, 1): PeriodRecord()}
    found = national(shelf(replace(record, periods=later), _all()))
    assert [str(half) for half in found.gaps][-1] == "2026-H1"


@cache
def _all() -> tuple[Instance, ...]:
    return instances_of(find_record("nl/housing"))
