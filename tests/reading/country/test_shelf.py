"""The shared tables, against what their publishers state."""

from __future__ import annotations

import pytest

from allocator.model.problem import Problems
from allocator.reading.country.areas import read_areas
from allocator.reading.country.tables import tables_folder
from allocator.reading.formats.csv_table import PLAIN, read_csv
from allocator.reading.formats.numerals import whole

LEVELS = ("safety_region", "corop_region", "labour_market_region")

#: Per year: municipalities, and inhabitants on 1 January as CBS states them.
STATED = {
    2015: (393, 16_900_726),
    2016: (390, 16_979_120),
    2017: (388, 17_081_507),
    2018: (380, 17_181_084),
    2019: (355, 17_282_163),
    2020: (355, 17_407_585),
    2021: (352, 17_475_415),
    2022: (345, 17_590_672),
    2023: (342, 17_811_291),
    2024: (342, 17_942_942),
    2025: (342, 18_044_027),
}


@pytest.mark.parametrize("year", STATED)
def test_population_adds_up_to_the_stated_number(year: int) -> None:
    path = tables_folder("nl") / "population" / f"{year}.csv"
    table = read_csv(path, PLAIN, Problems(), ("code", "population"), ("name",))
    people = [whole(record["population"]) for record in table.records]
    assert (len(people), sum(people)) == STATED[year]


@pytest.mark.parametrize("year", STATED)
def test_every_safety_region_lies_in_one_province(year: int) -> None:
    problems = Problems()
    areas = read_areas(tables_folder("nl") / "areas" / f"{year}.csv", PLAIN, LEVELS, problems)
    assert problems.found == []
    provinces: dict[str, set[str]] = {}
    for record in areas.values():
        if record["level"] == "municipality":
            provinces.setdefault(record["safety_region"], set()).add(record["parent"])
    assert len(provinces) == 25
    assert all(len(held) == 1 for held in provinces.values())
