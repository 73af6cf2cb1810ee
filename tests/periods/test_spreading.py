"""Catching up backlogs: against all tables, against linear programs, and what always holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.periods.spreading import LONGEST, Behind, CatchingUp, Spread, check, spread
from tests.periods import spreading_program
from tests.periods.spreading_program import random_problem

Table = tuple[tuple[int, ...], ...]
MOST = {1: 8, 2: 5, 3: 3, 4: 2}
"""For so many areas the backlog may be so much, as all tables are listed."""
BASES = [
    Fraction(n, d) for n, d in ((0, 1), (1, 2), (1, 1), (4, 3), (3, 2), (2, 1), (3, 1), (4, 1))
]


@st.composite
def small(draw: st.DrawFn, most_areas: int = 4) -> CatchingUp:
    """Few areas, half-years and persons, with many ties."""
    size, years = draw(st.integers(1, most_areas)), draw(st.integers(1, 3))
    areas = [
        Behind(
            f"A{i}",
            draw(st.integers(0, MOST[size])),
            tuple(draw(st.lists(st.integers(0, 3), min_size=years, max_size=years))),
            draw(st.sampled_from(BASES)),
        )
        for i in range(size)
    ]
    pace = st.one_of(st.integers(0, 5), st.none())
    return CatchingUp(
        tuple(areas),
        Fraction(draw(st.integers(0, 6)), draw(st.integers(1, 3))),
        tuple(draw(st.lists(pace, min_size=years, max_size=years))),
    )


@st.composite
def narrow(draw: st.DrawFn, most_areas: int = 4) -> CatchingUp:
    """Small as well, but some areas have hardly room for their backlog and must begin early."""
    size, years = draw(st.integers(2, most_areas)), draw(st.integers(2, 3))
    areas = []
    for i in range(size):
        base = draw(st.sampled_from(BASES[2:]))
        targets = st.integers(0, int(2 * base))
        areas.append(
            Behind(
                f"A{i}",
                draw(st.integers(1, MOST[size])),
                tuple(draw(st.lists(targets, min_size=years, max_size=years))),
                base,
            )
        )
    pace = st.integers(1, sum(area.backlog for area in areas) // 2 + 1)
    paces = draw(st.lists(pace, min_size=years, max_size=years))
    return CatchingUp(tuple(areas), Fraction(2), tuple(paces))


def all_tables(problem: CatchingUp) -> Iterator[Table]:
    """Every table that room, backlog and pace allow."""
    rows = []
    for area in problem.areas:
        house = int(problem.highest_load * area.base)
        rooms = [range(max(0, house - target) + 1) for target in area.targets]
        rows.append([row for row in product(*rooms) if sum(row) <= area.backlog])
    for table in product(*rows):
        columns = (sum(column) for column in zip(*table, strict=True))
        paces = zip(columns, problem.pace, strict=True)
        if all(pace is None or number <= pace for number, pace in paces):
            yield table


def rank(problem: CatchingUp, table: Table) -> tuple[object, ...]:
    """What is to be least, word for word: the backlogs, then loads and order per half-year."""
    columns = list(zip(*table, strict=True))
    parts: list[object] = [[-sum(map(sum, columns[: t + 1])) for t in range(len(columns))]]
    for t, column in enumerate(columns):
        loads = [
            (area.targets[t] + number) / area.base
            for area, number in zip(problem.areas, column, strict=True)
            if area.backlog and area.base
        ]
        parts += [sorted(loads, reverse=True), [-number for number in column]]
    return tuple(parts)


@settings(max_examples=500, deadline=None)
@given(small() | narrow())
def test_the_best_of_all_tables(problem: CatchingUp) -> None:
    found = spread(problem)
    best = min(all_tables(problem), key=lambda table: rank(problem, table))
    assert tuple(found.numbers.values()) == best
    assert check(found) == []


@settings(max_examples=150, deadline=None)
@given(small(3) | narrow(3))
def test_check_lets_only_the_best_pass(problem: CatchingUp) -> None:
    best = tuple(spread(problem).numbers.values())
    codes = [area.code for area in problem.areas]
    for table in all_tables(problem):
        faults = check(Spread(problem, dict(zip(codes, table, strict=True))))
        assert (faults == []) == (table == best)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 30), st.integers(1, 5))
def test_without_a_pace_everybody_fills_his_room(seed: int, size: int, years: int) -> None:
    problem = random_problem(Random(seed), size, years, 40)
    problem = replace(problem, pace=(None,) * years)
    found = spread(problem)
    for area in problem.areas:
        left = area.backlog
        for number, room in zip(found.numbers[area.code], problem.rooms[area.code], strict=True):
            assert number == min(left, room)
            left -= number
        assert found.shortfall[area.code] == found.lacking_room[area.code] == left


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9))
def test_what_an_answer_says_of_itself(seed: int) -> None:
    draw = Random(seed)
    found = spread(random_problem(draw, draw.randint(1, 40), draw.randint(1, 7), 30))
    assert check(found) == []
    assert found.remaining[-1] == sum(found.shortfall.values())
    for area in found.problem.areas:
        code = area.code
        assert 0 <= found.lacking_room[code] <= found.shortfall[code]
        assert area.backlog == sum(found.numbers[code]) + found.shortfall[code]
        for load, number in zip(found.loads[code], found.numbers[code], strict=True):
            assert not number or (load is not None and load <= found.problem.highest_load)


def test_programs_person_by_person() -> None:
    assert spreading_program.tables(60, 1).total() == 60


def test_programs_for_amounts_and_highest_loads() -> None:
    assert spreading_program.totals(20, 1).total() == 20


def test_the_whole_country() -> None:
    """The programs and the proof agree for 342 areas and six half-years."""
    problem = random_problem(Random(1), 342, 6, 40)
    found = spread(problem)
    assert check(found) == []
    columns = [sum(column) for column in zip(*found.numbers.values(), strict=True)]
    assert columns == spreading_program.amounts(problem)
    assert spreading_program.highest_loads(problem, list(found.numbers.values())) == 6


def test_a_tie_goes_to_the_earlier_area() -> None:
    areas = [Behind(code, 2, (0, 0), Fraction(3)) for code in "AB"]
    found = spread(CatchingUp(tuple(areas), Fraction(1), (1, 2)))
    assert found.numbers == {"A": (1, 1), "B": (0, 1)}


def test_of_equal_highest_loads_the_next_one_decides() -> None:
    """One more makes a load of 1 in both; B alone at 1 leaves A at 0, A alone leaves B at 3/4."""
    areas = (Behind("A", 1, (0,), Fraction(1)), Behind("B", 1, (3,), Fraction(4)))
    found = spread(CatchingUp(areas, Fraction(1), (1,)))
    assert found.numbers == {"A": (0,), "B": (1,)}
    assert found.loads == {"A": (Fraction(0),), "B": (Fraction(1),)}


def test_nobody_is_behind() -> None:
    found = spread(CatchingUp((), Fraction(1), (None, 3)))
    assert (found.numbers, found.remaining, check(found)) == ({}, (0, 0), [])


def test_why_an_area_is_short() -> None:
    """A lacks room for 4 of its 6, whatever the pace; the pace holds back one more."""
    areas = (
        Behind("A", 6, (1, 1), Fraction(2)),
        Behind("B", 2, (0, 0), Fraction(2)),
        Behind("C", 1, (0, 0), Fraction(0)),
    )
    found = spread(CatchingUp(areas, Fraction(1), (2, 1)))
    assert found.numbers == {"A": (1, 0), "B": (1, 1), "C": (0, 0)}
    assert found.remaining == (7, 6)
    assert found.shortfall == {"A": 5, "B": 0, "C": 1}
    assert found.lacking_room == {"A": 4, "B": 0, "C": 1}
    assert found.loads["C"] == (None, None)


@pytest.mark.parametrize(
    ("areas", "highest_load", "pace", "found"),
    [
        ((), 1, (None,) * (LONGEST + 1), "half-years, found 11"),
        ((), 1, (), "half-years, found 0"),
        ((Behind("A", 1, (), Fraction(1)),), 1, (None,), "0 targets for 1"),
        ((Behind("A", 1, (0,), Fraction(1)),) * 2, 1, (None,), "twice"),
        ((Behind("A", -1, (0,), Fraction(1)),), 1, (None,), "A: an amount is below 0"),
        ((Behind("A", 1, (0,), Fraction(-1)),), 1, (None,), "A: an amount is below 0"),
        ((), -1, (None,), "load or the pace is below 0"),
        ((), 1, (-1,), "load or the pace is below 0"),
    ],
)
def test_refused(
    areas: tuple[Behind, ...], highest_load: int, pace: tuple[int | None, ...], found: str
) -> None:
    with pytest.raises(ValueError, match=found):
        CatchingUp(areas, Fraction(highest_load), pace)


@pytest.mark.parametrize(
    ("numbers", "fault"),
    [
        ({"A": (1, 1)}, "the areas"),
        ({"A": (2, 0), "B": (0, 1)}, "A: .* from 0 to"),
        ({"A": (1,), "B": (0, 1)}, "A: .* from 0 to"),
        ({"A": (1, 0), "B": (2, 1)}, "B: .* more than its backlog"),
        ({"A": (1, 0), "B": (2, 0)}, "half-year 1: 3 is more than the pace 2"),
        ({"A": (1, 0), "B": (0, 1)}, "after half-year 1 the backlog could be less"),
        ({"A": (1, 0), "B": (1, 1)}, "half-year 1: B should have one more and A one less"),
    ],
)
def test_check_says_what_is_wrong(numbers: dict[str, tuple[int, ...]], fault: str) -> None:
    areas = (Behind("A", 2, (0, 0), Fraction(1)), Behind("B", 2, (0, 0), Fraction(2)))
    found = Spread(CatchingUp(areas, Fraction(1), (2, 1)), numbers)
    assert re.search(fault, check(found)[0])


def test_check_follows_persons_to_an_area_that_is_short() -> None:
    """A takes one now if it gives up its later one, for which only C has room."""
    areas = (
        Behind("A", 1, (0, 0), Fraction(4)),
        Behind("B", 1, (0, 1), Fraction(1)),
        Behind("C", 1, (1, 0), Fraction(1)),
    )
    problem = CatchingUp(areas, Fraction(1), (1, 1))
    assert spread(problem).numbers == {"A": (1, 0), "B": (0, 0), "C": (0, 1)}
    found = Spread(problem, {"A": (0, 1), "B": (1, 0), "C": (0, 0)})
    assert check(found) == ["half-year 1: A should have one more and B one less"]
