"""Who borders on whom, against the map, and whatever can be wrong in a table of borders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from allocator.model.mergers import between
from allocator.model.problem import InputError, Place, Problems
from allocator.reading.country.areas import read_areas, without_vanished
from allocator.reading.country.neighbours import neighbours
from allocator.reading.country.tables import changes_of, check_table, read_borders, tables_folder
from allocator.reading.formats.csv_table import PLAIN

LEVELS = ("safety_region", "corop_region", "labour_market_region")
YEARS = range(2015, 2026)


def names(day: date, province: str = "") -> dict[str, str]:
    """The municipalities of a day, all or those of one province."""
    problems = Problems()
    records = read_areas(tables_folder("nl") / "areas" / f"{day.year}.csv", PLAIN, LEVELS, problems)
    within_year = between(changes_of("nl", problems), date(day.year, 1, 1), day)
    assert problems.found == []
    return {
        code: record["name"]
        for code, record in without_vanished(records, within_year).items()
        if record["level"] == "municipality" and record["parent"].startswith(province)
    }


def graph(day: date, province: str = "") -> Mapping[str, tuple[str, ...]]:
    problems = Problems()
    found = neighbours("nl", day, names(day, province), Place("asked"), problems)
    assert problems.found == []
    return found


def around(name: str, day: date, province: str = "") -> set[str]:
    """The names of the neighbours of a municipality."""
    named = names(day, province)
    (code,) = (code for code, other in named.items() if other == name)
    return {named[other] for other in graph(day, province)[code]}


def reached(found: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Everything that can be reached from the first area."""
    waiting = [min(found)]
    seen = set(waiting)
    while waiting:
        fresh = set(found[waiting.pop()]) - seen
        seen |= fresh
        waiting.extend(fresh)
    return seen


@pytest.mark.parametrize("year", YEARS)
def test_every_border_lies_between_municipalities_of_its_year(year: int) -> None:
    borders = read_borders(tables_folder("nl") / "neighbours" / f"{year}.csv", Problems())
    assert {code for border in borders for code in border.codes} <= names(date(year, 1, 1)).keys()


@pytest.mark.parametrize("year", YEARS)
def test_neighbours_are_mutual_and_all_hang_together(year: int) -> None:
    found = graph(date(year, 7, 1))
    assert found.keys() == names(date(year, 7, 1)).keys() == reached(found)
    assert all(one in found[other] for one, others in found.items() for other in others)
    assert all(others == tuple(sorted(set(others) - {one})) for one, others in found.items())


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("province", [f"PV{number}" for number in range(20, 32)])
def test_every_province_hangs_together_by_itself(year: int, province: str) -> None:
    found = graph(date(year, 1, 1), province)
    assert found.keys() == reached(found)


def test_water_joins_islands_only() -> None:
    day = date(2023, 1, 1)
    assert around("Texel", day) == {"Den Helder", "Hollands Kroon", "Vlieland", "Harlingen"}
    assert "Lelystad" not in around("Urk", day)  # by land it borders on Noordoostpolder
    assert around("Urk", day, "PV24") == {"Noordoostpolder", "Lelystad", "Dronten"}


def test_islands_borrow_their_borders_from_another_year() -> None:
    assert around("Texel", date(2018, 1, 1)) == around("Texel", date(2023, 1, 1))
    # Noardeast-Fryslân was made of Dongeradeel and others in 2019
    assert around("Schiermonnikoog", date(2015, 1, 1)) == {"Dongeradeel", "Eemsmond"}


def test_the_neighbours_of_weesp_pass_to_amsterdam() -> None:
    eve, day = date(2022, 3, 23), date(2022, 3, 24)
    gained = {"Hilversum", "Wijdemeren", "Stichtse Vecht"}
    assert "Weesp" in around("Amsterdam", eve)
    assert not gained & around("Amsterdam", eve)
    assert around("Amsterdam", day) == (around("Amsterdam", eve) - {"Weesp"}) | gained
    assert around("Amsterdam", day) == around("Amsterdam", date(2023, 1, 1))


def test_only_known_areas_are_neighbours() -> None:
    zeeland = graph(date(2023, 1, 1), "PV29")
    assert len(zeeland) == 13
    assert around("Veere", date(2023, 1, 1), "PV29") == {
        "Middelburg",
        "Noord-Beveland",
        "Schouwen-Duiveland",
        "Vlissingen",
    }
    alone = neighbours("nl", date(2023, 1, 1), ["X"], Place("asked"), Problems())
    assert alone == {"X": ()}


def test_a_year_without_borders_says_which_there_are() -> None:
    with pytest.raises(InputError) as caught:
        neighbours("nl", date(2014, 1, 1), [], Place("asked"), Problems())
    assert str(caught.value).startswith("asked: The table 'neighbours' has no year 2014.")


GOOD = "code_a,code_b,km,basis\nA,B,1.5,land\nB,C,0.2,water\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("basis\n", "base\n", "2023.csv:1: The column 'base' is not known here."),
        ("B,C", "B,A", "2023.csv:3: B, A stands here a second time; first on line 2."),
        ("B,C", "A,B", "2023.csv:3: A, B stands here a second time; first on line 2."),
        ("B,C", "C,C", "2023.csv:3: C has a border with itself."),
        ("B,C", "B,", "2023.csv:3: 'code_b': the code is empty."),
        ("0.2", "0", "2023.csv:3: 'km': '0' is no length."),
        ("0.2", "0,2", "2023.csv:3: The line has 5 fields where the heading has 4."),
        ("0.2", "", "2023.csv:3: 'km': the figure is empty."),
        ("water", "sea", "2023.csv:3: 'basis': 'sea' is no kind of border."),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    copy(tables_folder("nl") / "neighbours" / "table.yaml", tmp_path)
    (tmp_path / "2023.csv").write_text(GOOD, "utf-8")
    assert check_table(tmp_path)[1] == 1
    assert GOOD.count(old) == 1
    (tmp_path / "2023.csv").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(InputError) as caught:
        check_table(tmp_path)
    assert said in str(caught.value)
