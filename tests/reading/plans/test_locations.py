"""Locations that are there or could be: what is read, and whatever can be wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from allocator.model.plan import PlaceKind
from tests.reading.plans.files import FILES, PLAN, bent, read, told, with_line


def test_what_is_there_and_what_could_be(tmp_path: Path) -> None:
    locations = {location.name: location for location in read(tmp_path).locations}
    assert list(locations) == ["a-1", "a-2", "b-1", "b-2", "ab"]
    old, new = locations["a-1"], locations["a-2"]
    assert (old.title, old.existing, old.smallest, old.largest) == ("Oude kazerne", True, 200, 200)
    assert (old.opens, old.ends, old.durable, old.cost) == (None, None, True, None)
    assert (new.title, new.existing, new.smallest, new.largest) == ("a-2", False, 16, 40)
    assert (new.opens, new.ends) == (date(2023, 3, 1), date(2030, 12, 31))
    assert (new.kind, new.cost, new.place.line) == (PlaceKind.MINORS, 250_000, 3)
    assert new.durable  # of a candidate it is still to be agreed
    assert locations["b-1"].areas == ("B",)  # by its name
    assert (locations["b-2"].smallest, locations["b-2"].largest) == (30, 30)
    assert locations["ab"].areas == ("A", "B")


def test_words_may_be_dutch(tmp_path: Path) -> None:
    dutch = (
        "name;code;kind;status;durable;size;smallest;largest;opens;cost\n"
        "a-1;A;Regulier;bestaand;ja;1.200;;;;\n"
        "a-2;A;amv;kandidaat;;;16;40;2023-03-01;250.000\n"
        'b-2;"A;B";bijzonder;kandidaat;nee;;16;40;2023-03-01;\n'
    )
    plan = PLAN.replace(
        "locations: {file: locations.csv,", "locations: {file: locations.csv, dialect: nl,"
    )
    one, two, three = read(tmp_path, plan, locations=dutch).locations
    assert (one.kind, one.existing, one.durable, one.largest) == (
        PlaceKind.REGULAR,
        True,
        True,
        1200,
    )
    assert (two.kind, two.existing, two.cost) == (PlaceKind.MINORS, False, 250_000)
    assert (three.kind, three.areas, three.durable) == (PlaceKind.SPECIAL, ("A", "B"), False)


def test_a_workbook(tmp_path: Path) -> None:
    plain = read(tmp_path).locations
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    lines = [line.split(",") for line in FILES["locations"].splitlines()]
    sheet.append(lines[0])
    for line in lines[1:]:
        days = [date.fromisoformat(each) if each else None for each in line[8:10]]
        numbers = [int(each) if each else None for each in line[5:8]]
        sheet.append([*line[:5], *numbers, *days, line[10], line[11] or None, line[12]])
    book.save(tmp_path / "locations.xlsx")
    plan = PLAN.replace("locations.csv", "locations.xlsx")
    found = read(tmp_path, plan).locations
    assert [each.areas for each in found] == [each.areas for each in plain]
    assert [each.opens for each in found] == [each.opens for each in plain]
    assert [each.largest for each in found] == [each.largest for each in plain]


A2 = "a-2,,A,minors,candidate,,16,40,2023-03-01,2030-12-31,,250000,board"
A1 = "a-1,Oude kazerne,A,regular,existing,200,,,,,yes,,board"
AB = "ab,Aan de grens,A+B,regular,candidate,,100,200,2023-04-01,,yes,,board"
LINES = {A1: 2, A2: 3, AB: 6}
BAD = {
    "an unknown code": (
        A2,
        "a-2,,X,minors,candidate,,16,40,2023-03-01,,,,",
        "There is no municipality 'X' on 1 January 2023.",
        "Write the code or the name of a municipality.",
    ),
    "a name with a typo": (
        A2,
        "a-2,,Bomm,minors,candidate,,16,40,2023-03-01,,,,",
        "There is no municipality 'Bomm' on 1 January 2023.",
        "Did you mean Boom (B)?",
    ),
    "no municipality": (
        A2,
        "a-2,,,minors,candidate,,16,40,2023-03-01,,,,",
        "'code' names no municipality.",
        "Write its code or its name.",
    ),
    "a province": (
        A2,
        "a-2,,P1,minors,candidate,,16,40,2023-03-01,,,,",
        "West (P1) is a larger area.",
        "Give a row for each municipality in it.",
    ),
    "another province": (
        A2,
        "a-2,,C,minors,candidate,,16,40,2023-03-01,,,,",
        "Cuijk (C) does not lie in West.",
        "A plan is of one province: mend the code, or take the line out.",
    ),
    "a municipality twice in a pool": (
        AB,
        "ab,,A+Aalst,regular,candidate,,100,200,2023-04-01,,yes,,",
        "A municipality stands twice in 'A+Aalst'.",
        "Name each municipality of a pool once.",
    ),
    "a pool that is too small to count": (
        AB,
        "ab,,A+B,regular,candidate,,99,200,2023-04-01,,yes,,",
        "The smallest size of a pool is 99; fewer than 100 places of this kind in one "
        "municipality do not count (art. 3).",
        "Write a smallest size of 100 or more.",
    ),
    "a pool that is there": (
        AB,
        "ab,,A+B,regular,existing,200,,,,,yes,,",
        "A location that is there lies in one municipality.",
        "Name that one; who carries out whose task is an agreement.",
    ),
    "no name": (
        A1,
        ",,A,regular,existing,200,,,,,yes,,",
        "The line has no name.",
        "Give it a short name of its own, so that messages can speak of it.",
    ),
    "a kind with a typo": (
        A1,
        "a-1,,A,minor,existing,200,,,,,yes,,",
        "'kind': 'minor' is not known here.",
        "Did you mean 'minors'?",
    ),
    "a kind that there is not": (
        A1,
        "a-1,,A,hotel,existing,200,,,,,yes,,",
        "'kind': 'hotel' is not known here.",
        "Write one of: regular, regulier, minors, amv, special, bijzonder.",
    ),
    "a status that there is not": (
        A1,
        "a-1,,A,regular,planned,200,,,,,yes,,",
        "'status': 'planned' is not known here.",
        "Write one of: existing, bestaand, candidate, kandidaat.",
    ),
    "durable or not": (
        A1,
        "a-1,,A,regular,existing,200,,,,,perhaps,,",
        "'durable': 'perhaps' is neither yes nor no.",
        "Write yes where it was agreed for as long as the law asks, else no.",
    ),
    "durable not said of what is there": (
        A1,
        "a-1,,A,regular,existing,200,,,,,,,",
        "'durable': '' is neither yes nor no.",
        "Write yes where it was agreed for as long as the law asks, else no.",
    ),
    "no size of what is there": (
        A1,
        "a-1,,A,regular,existing,,,,,,yes,,",
        "A location that is there has one size.",
        "Write it under `size` only; room to grow is a candidate with its own line.",
    ),
    "two sizes of what is there": (
        A1,
        "a-1,,A,regular,existing,200,200,300,,,yes,,",
        "A location that is there has one size.",
        "Write it under `size` only; room to grow is a candidate with its own line.",
    ),
    "no size of a candidate": (
        A2,
        "a-2,,A,minors,candidate,,16,,2023-03-01,,,,",
        "The size of a candidate is missing.",
        "Fill in `smallest` and `largest`, or `size` where it is fixed.",
    ),
    "a size beside another": (
        A2,
        "a-2,,A,minors,candidate,30,16,40,2023-03-01,,,,",
        "There is a size beside a smallest or largest one.",
        "Write `size` alone, or `smallest` and `largest`.",
    ),
    "smallest above largest": (
        A2,
        "a-2,,A,minors,candidate,,41,40,2023-03-01,,,,",
        "Its smallest size, 41, is above its largest, 40.",
        "Mend one of the two.",
    ),
    "size 0": (
        A1,
        "a-1,,A,regular,existing,0,,,,,yes,,",
        "'size': 0 places are nothing to plan with.",
        "Write 1 or more, or take the line out.",
    ),
    "a half place": (
        A1,
        "a-1,,A,regular,existing,12.5,,,,,yes,,",
        "'size': '12.5' is not a whole number.",
        "Write whole persons or places.",
    ),
    "an end before the start": (
        A2,
        "a-2,,A,minors,candidate,,16,40,2023-03-01,2023-02-28,,,",
        "It ends on 28 February 2023, before it opens on 1 March 2023.",
        "Mend one of the two days.",
    ),
    "a day the Dutch way": (
        A2,
        "a-2,,A,minors,candidate,,16,40,1-3-2023,,,,",
        "'opens': '1-3-2023' is not a date.",
        "Write it like 2023-01-01.",
    ),
    "a candidate without a first day": (
        A2,
        "a-2,,A,minors,candidate,,16,40,,,,,",
        "It is not said from which day the candidate can be used.",
        "Fill in `opens`; whether it counts depends on it.",
    ),
    "a negative cost": (
        A2,
        "a-2,,A,minors,candidate,,16,40,2023-03-01,,,-5,",
        "'cost': '-5' is negative.",
        "Write 0 or more.",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_line_is_told(tmp_path: Path, case: str) -> None:
    good, bad, found, mend = BAD[case]
    problems = told(tmp_path, **bent("locations", good, bad))
    assert problems == [(f"locations.csv:{LINES[good]}", found, mend)]


@pytest.mark.parametrize("name", ["a-1", "A-1"])
def test_a_name_twice(tmp_path: Path, name: str) -> None:
    line = f"{name},,B,regular,existing,200,,,,,yes,,"
    assert told(tmp_path, **with_line("locations", line)) == [
        (
            "locations.csv:7",
            f"{name} stands here a second time; first on line 2.",
            "Keep one of the two lines.",
        )
    ]


def test_a_table_without_rows(tmp_path: Path) -> None:
    heading = FILES["locations"].partition("\n")[0] + "\n"
    assert told(tmp_path, locations=heading) == [
        (
            "locations.csv",
            "The table has a heading and no rows.",
            "Add a line for each location.",
        )
    ]


def test_a_misspelt_column(tmp_path: Path) -> None:
    first, *_ = told(tmp_path, **bent("locations", "durable", "durabel"))
    assert first == (
        "locations.csv:1",
        "The column 'durabel' is not known here.",
        "Did you mean 'durable'?",
    )


def test_every_problem_of_a_line_is_told(tmp_path: Path) -> None:
    line = "c,,X,hotel,planned,0,,,tomorrow,,perhaps,-1,"
    problems = told(tmp_path, **with_line("locations", line))
    assert {place for place, _, _ in problems} == {"locations.csv:7"}
    said = " ".join(found for _, found, _ in problems)
    assert all(f"'{c}'" in said for c in ("kind", "status", "size", "opens", "durable", "cost"))
    assert "'X'" in said
    assert len(problems) == 7
