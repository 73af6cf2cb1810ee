"""All tasks of areas together: added up, and carried through mergers as persons moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

import allocator
from allocator.comparison.regions import with_region
from allocator.comparison.tasks import Tasks, together
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator
from allocator.model.mergers import Change
from allocator.model.problem import InputError, Problems
from allocator.model.rule import Rounding
from allocator.reading.country.tables import changes_of
from tests.strategies import PARTS, instance_of

BEFORE, AFTER = date(2022, 1, 1), date(2024, 1, 1)


def of(
    numbers: dict[str, int], day: date = AFTER, there: dict[str, int] | None = None
) -> Distribution:
    """A distribution of these very numbers, in two provinces; perhaps with what is there."""
    weights = {code: Fraction(number) for code, number in numbers.items()}
    province = {code: "P1" if code < "C" else "P2" for code in numbers}
    base = instance_of(weights, province, {"places": sum(numbers.values())}, Rounding.HALF_UP)
    figures = dict(base.indicators)
    if there is not None:
        counted = {code: Fraction(number) for code, number in there.items()}
        figures["there"] = replace(figures["people"], name="there", values=counted)
    instance = replace(
        base,
        name=f"nl/of-{day.year}",
        day=day,
        division=replace(base.division, day=day),
        indicators=figures,
        existing={"places": "there"} if there is not None else {},
    )
    return distribute(instance)


def change(old: str, new: str, persons: int, of_old: int, day: date = date(2023, 1, 1)) -> Change:
    return Change(day, old, old, new, new, "merge", persons, of_old)


def numbers(tasks: Tasks, place: int) -> dict[str, Fraction]:
    return dict(tasks.tasks[place].numbers)


# --- Adding up ---


def test_tasks_on_one_map_add_up() -> None:
    tasks = together([of({"A": 1, "B": 2, "C": 3}), of({"A": 10, "B": 0, "C": 30})], ())
    assert [tasks.together(code) for code in ("A", "B", "C", "P1", "P2", "NL")] == [
        *(11, 2, 33),
        *(13, 33, 46),
    ]
    first, second = tasks.tasks
    assert [tasks.number(first, code) for code in ("A", "P1", "NL")] == [1, 3, 6]
    assert [tasks.number(second, code) for code in ("A", "P1", "NL")] == [10, 10, 40]
    assert not first.carried
    assert tasks.there("NL") is None


def test_parts_lie_in_their_whole_and_count_once() -> None:
    base = of({"A": 10, "B": 20, "C": 70}).instance
    totals = {**base.totals, "minors": replace(base.totals["places"], stream="minors", number=10)}
    found = distribute(replace(base, streams=PARTS, totals=totals))
    tasks = together([found], ())
    assert [task.stream.name for task in tasks.tasks] == ["places"]
    assert tasks.together("NL") == 100


def test_two_wholes_of_one_instance_are_two_tasks() -> None:
    weights = {"A": Fraction(1), "C": Fraction(3)}
    totals = {"places": 8, "holders": 4}
    found = distribute(instance_of(weights, {"A": "P1", "C": "P2"}, totals, Rounding.HALF_UP))
    tasks = together([found], ())
    assert [task.stream.name for task in tasks.tasks] == ["places", "holders"]
    assert [tasks.together(code) for code in "AC"] == [3, 9]


# --- Mergers ---


def test_a_merged_area_has_the_sum_of_what_its_parts_had() -> None:
    early = of({"A": 5, "B": 2, "C": 3}, BEFORE)
    tasks = together([of({"A": 1, "C": 1}), early], [change("B", "A", 100, 100)])
    assert numbers(tasks, 1) == {"A": 7, "C": 3}
    assert not tasks.tasks[1].carried
    assert [tasks.together(code) for code in ("A", "NL")] == [8, 12]


def test_of_a_split_area_each_gets_the_part_of_its_persons() -> None:
    """B had 10; 30 of its 100 persons went to A and 70 to C."""
    early = of({"A": 5, "B": 10, "C": 3}, BEFORE)
    moved = [change("B", "A", 30, 100), change("B", "C", 70, 100)]
    tasks = together([of({"A": 1, "C": 1}), early], moved)
    assert numbers(tasks, 1) == {"A": 8, "C": 10}
    assert not tasks.tasks[1].carried
    early = of({"A": 5, "B": 1, "C": 3}, BEFORE)
    tasks = together([of({"A": 1, "C": 1}), early], moved)
    assert numbers(tasks, 1) == {"A": Fraction(53, 10), "C": Fraction(37, 10)}
    assert tasks.tasks[1].carried
    assert tasks.together("NL") == 11


def test_a_new_name_and_a_border_that_moved() -> None:
    """A is X from 2023 on; a tenth of C went to X in between."""
    early = of({"A": 5, "C": 30}, BEFORE)
    moved = [
        change("A", "X", 50, 50),
        replace(change("C", "X", 1, 10, date(2023, 7, 1)), kind="boundary"),
    ]
    tasks = together([early, of({"X": 1, "C": 1})], moved)
    assert tasks.division.day == AFTER
    assert numbers(tasks, 0) == {"X": 8, "C": 27}


def test_changes_of_before_or_after_carry_nothing() -> None:
    moved = [
        change("B", "A", 1, 1, date(2021, 1, 1)),
        change("B", "A", 1, 1, date(2022, 1, 1)),
        change("B", "A", 1, 1, date(2024, 1, 2)),
    ]
    tasks = together([of({"A": 1, "B": 2}), of({"A": 5, "B": 7}, BEFORE)], moved)
    assert numbers(tasks, 1) == {"A": 5, "B": 7}


def test_the_latest_map_is_looked_at_whoever_comes_first() -> None:
    early, late = of({"A": 5, "B": 2}, BEFORE), of({"A": 1})
    for order in ([early, late], [late, early]):
        tasks = together(order, [change("B", "A", 1, 1)])
        assert tasks.division is late.instance.division
        assert tasks.together("A") == 8


def test_of_two_maps_of_one_day_the_first_is_looked_at() -> None:
    plain = of({"A": 1, "B": 2, "C": 3})
    region = distribute(with_region(plain.instance, "own", ["A", "C"]))
    tasks = together([region, plain], ())
    assert tasks.division is region.instance.division
    assert tasks.together("region") == 8


# --- What is there already ---


def test_what_is_there_is_known_of_some_tasks() -> None:
    known = of({"A": 1, "C": 3}, there={"A": 4, "C": 0})
    tasks = together([known, of({"A": 5, "C": 5})], ())
    assert [tasks.there(code) for code in ("A", "C", "P1", "NL")] == [4, 0, 4, 4]
    both = together([known, of({"A": 5, "C": 5}, there={"A": 1, "C": 1})], ())
    assert [both.there(code) for code in ("A", "C", "NL")] == [5, 1, 6]


def test_what_is_there_follows_mergers_too() -> None:
    """B, with 6 places, went into A, with 2; the figure is carried as the number is."""
    early = of({"A": 5, "B": 2, "C": 3}, BEFORE, there={"A": 2, "B": 6, "C": 1})
    tasks = together([of({"A": 1, "C": 1}), early], [change("B", "A", 100, 100)])
    assert [tasks.there(code) for code in ("A", "C", "NL")] == [8, 1, 9]
    there = tasks.tasks[1].there
    assert isinstance(there, Indicator)
    assert there.name == "there"
    assert there.values == {"A": 8, "C": 1}


def test_an_indicator_that_is_not_there_is_not_known() -> None:
    base = of({"A": 1, "C": 3}, there={"A": 4, "C": 0})
    bare = replace(base, instance=replace(base.instance, indicators={}))
    assert together([bare], ()).there("NL") is None


# --- What cannot be brought together ---


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"A": 1, "B": 1, "C": 1}, "B"),  # nobody says what became of B
        ({"A": 1}, "C"),
        ({"A": 1, "X": 1}, "C and X"),
    ],
)
def test_other_areas_are_refused(other: dict[str, int], codes: str) -> None:
    with pytest.raises(InputError) as caught:
        together([of({"A": 1, "C": 1}), of(other, BEFORE)], ())
    assert str(caught.value) == (
        "--with: The numbers of nl/of-2022 cannot be brought to the map of 1 January 2024: "
        f"{codes}. Give an instance over the same areas."
    )


def test_persons_of_whom_no_number_is_known_are_refused() -> None:
    moved = [change("Z", "A", 10, 10)]
    with pytest.raises(InputError, match=r"to the map of 1 January 2024: Z \(Z\)\."):
        together([of({"A": 1, "C": 1}), of({"A": 1, "C": 1}, BEFORE)], moved)


# --- The real tasks of 2024 ---


@cache
def real(name: str) -> Distribution:
    return distribute(allocator.load(name))


NAMES = ("nl/reception-2024", "nl/housing-2020-h2", "nl/ukraine-2022-03")


@cache
def of_2024() -> Tasks:
    return together([real(name) for name in NAMES], changes_of("nl", Problems()))


@pytest.mark.parametrize("place", range(3))
def test_nothing_is_lost_on_the_way_to_2024(place: int) -> None:
    task = of_2024().tasks[place]
    assert len(task.numbers) == 342
    root = task.distribution.instance.division.root.code
    assert sum(task.numbers.values()) == task.distribution.number(root, task.stream.name)


def test_voorne_aan_zee_has_the_sum_of_brielle_hellevoetsluis_and_westvoorne() -> None:
    for place in (1, 2):
        task = of_2024().tasks[place]
        parts = [
            task.distribution.number(code, task.stream.name)
            for code in ("GM0501", "GM0530", "GM0614")
        ]
        assert task.numbers["GM1992"] == sum(parts)


def test_haaren_which_was_split_in_2021_is_no_whole_number_elsewhere() -> None:
    """Its persons went to Boxtel, Oisterwijk, Tilburg and Vught."""
    housing, ukraine = of_2024().tasks[1:]
    assert housing.carried
    parts = [code for code, number in housing.numbers.items() if number.denominator > 1]
    assert parts == ["GM0757", "GM0824", "GM0855", "GM0865"]
    assert not ukraine.carried  # the map of March 2022 has no Haaren


def test_provinces_lose_and_gain_only_with_their_municipalities() -> None:
    tasks = of_2024()
    for task in tasks.tasks:
        for province in tasks.division.at("province"):
            inside = sum(task.numbers[code] for code in tasks.division.members[province.code])
            assert tasks.number(task, province.code) == inside
        before = task.distribution
        assert tasks.number(task, "PV29") == before.number("PV29", task.stream.name)
