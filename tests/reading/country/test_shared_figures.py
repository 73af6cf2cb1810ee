"""The shared figures of the Netherlands: whose they are, and how they hold together.

Every table has one figure for each municipality of the map it follows. Counts, percentages, land
and density must agree with each other, and with what the publisher states elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import allocator
from allocator.model.indicator import Indicator, Kind, Quality
from allocator.model.problem import InputError, Problems
from allocator.reading.country.areas import read_areas
from allocator.reading.country.tables import (
    SharedTable,
    check_table,
    figure_reader,
    read_table,
    tables_folder,
    years_of,
)
from allocator.reading.formats.csv_table import PLAIN, read_csv

TABLES = {
    path.parent.name: read_table(path.parent) for path in tables_folder("nl").glob("*/table.yaml")
}
#: The tables of figures; those of areas, borders, mergers and names have no columns.
FIGURES = {name: table for name, table in sorted(TABLES.items()) if table.shape.columns}
FILES = [(name, year) for name in FIGURES for year in years_of("nl", name)]
YEARS = years_of("nl", "dwellings")

#: Municipalities without a mean income.
LACKING = {"income": {"Ameland", "Renswoude", "Rozendaal", "Schiermonnikoog", "Vlieland"}}


@cache
def names(day: date) -> Mapping[str, str]:
    """The municipalities of a 1 January."""
    table, problems = TABLES["areas"], Problems()
    path = table.folder / f"{day.year}.csv"
    records = read_areas(path, PLAIN, tuple(table.shape.levels), problems)
    assert problems.found == []
    assert (day.month, day.day) == (1, 1)
    return {
        code: record["name"]
        for code, record in records.items()
        if record["level"] == "municipality"
    }


@dataclass(frozen=True)
class File:
    """What stands in the file of a year."""

    named: Mapping[str, str]  # the name beside each code
    columns: Mapping[str, Mapping[str, Fraction]]  # per column the figure of each code


@cache
def file(name: str, year: int) -> File:
    """The file of a table and year, read as the program reads it."""
    table, problems = FIGURES[name], Problems()
    path = table.folder / f"{year}.csv"
    asked = ("code", "name", *table.shape.columns)
    records = list(read_csv(path, PLAIN, problems, asked).once("code"))
    found: dict[str, dict[str, Fraction]] = {column: {} for column in table.shape.columns}
    for record in records:
        for column, about in table.shape.columns.items():
            value = record.read(column, figure_reader(about.kind))
            assert value is not None, problems.found
            found[column][record["code"]] = value
    assert problems.found == []
    return File({record["code"]: record["name"] for record in records}, found)


def column(name: str, year: int) -> Mapping[str, Fraction]:
    """A column by its name, which no two tables share."""
    (table,) = (found for found in FIGURES.values() if name in found.shape.columns)
    return file(table.shape.table, year).columns[name]


INSTANCE = """\
instance: nl/own
title: {nl: Eigen, en: Own}
rule: nl/proportional-to-inhabitants@2022-01-01
period: YEAR-H1
streams: {places: {title: {nl: plaatsen, en: places}}}
totals: {places: {number: 10000, source: test}}
areas: {table: areas, tree: [TREE]}
indicators:
  population: {table: population, year: YEAR}
"""


def loaded(
    folder: Path,
    year: int,
    asked: Mapping[str, tuple[str, int]],
    tree: str = "country, province, municipality",
) -> Mapping[str, Indicator]:
    """The indicators of an instance of a year that names tables and years."""
    lines = [f"  {name}: {{table: {table}, year: {of}}}\n" for name, (table, of) in asked.items()]
    content = INSTANCE.replace("YEAR", str(year)).replace("TREE", tree) + "".join(lines)
    (folder / "instance.yaml").write_text(content, "utf-8")
    return allocator.load(folder).indicators


def test_the_tables_are_there() -> None:
    assert {"population", "ses-woa-approx", "dwellings", "land", "value", "income"} <= set(FIGURES)
    assert YEARS == years_of("nl", "land") == years_of("nl", "value") == list(range(2020, 2026))
    assert years_of("nl", "income") == [2024]


@pytest.mark.parametrize("table", FIGURES.values(), ids=FIGURES)
def test_every_file_can_be_read(table: SharedTable) -> None:
    assert check_table(table.folder)[1] == len(years_of("nl", table.shape.table)) > 0
    assert set(table.shape.divisions) <= {str(year) for year in years_of("nl", table.shape.table)}


def test_no_two_tables_have_a_column_of_the_same_name() -> None:
    held = Counter(name for table in FIGURES.values() for name in table.shape.columns)
    assert set(held.values()) == {1}


@pytest.mark.parametrize(("name", "year"), FILES)
def test_a_file_has_the_municipalities_of_its_map(name: str, year: int) -> None:
    on_the_map = names(FIGURES[name].division(year))
    lacking = {code for code, area in on_the_map.items() if area in LACKING.get(name, ())}
    assert len(lacking) == len(LACKING.get(name, ()))
    expected = {code: area for code, area in on_the_map.items() if code not in lacking}
    assert file(name, year).named == expected


@pytest.mark.parametrize("year", YEARS)
def test_an_instance_reads_the_figures_as_they_stand(tmp_path: Path, year: int) -> None:
    asked = {
        name: (table.shape.table, year)
        for table in FIGURES.values()
        if table.shape.table in ("dwellings", "land", "value")
        for name in table.shape.columns
    }
    found = loaded(tmp_path, year, asked)
    assert len(found) == 11
    for name in asked:
        assert found[name].values == column(name, year)
        assert found[name].source.en.startswith("CBS, ")
    rough = {name for name in asked if found[name].quality is not Quality.OFFICIAL}
    assert rough == {"corporation_dwellings", "land_ha"}
    counts = {name for name in asked if found[name].kind is Kind.COUNT}
    assert counts == {"households", "dwellings", "corporation_dwellings", "land_ha"}


#: What CBS states for the country on 1 January: households (table 37975), dwellings and those of
#: housing corporations (table 82900NED).
STATED = {
    2020: (7_997_800, 7_891_786, 2_298_885),
    2021: (8_043_443, 7_966_331, 2_301_737),
    2022: (8_138_591, 8_045_580, 2_305_772),
    2023: (8_270_244, 8_125_229, 2_312_981),
}


@pytest.mark.parametrize("year", STATED)
def test_counts_add_up_to_what_the_publisher_states(year: int) -> None:
    households, dwellings, corporation = STATED[year]
    assert sum(column("households", year).values()) == households
    assert sum(column("dwellings", year).values()) == dwellings
    estimated = sum(column("corporation_dwellings", year).values(), Fraction(0))
    assert abs(1 - estimated / corporation) < Fraction("0.001")


#: What CBS states per province for 1 January 2023 (table 82900NED): dwellings, and those of
#: housing corporations.
STATED_2023 = {
    "PV20": (290_562, 82_773),
    "PV21": (308_768, 81_268),
    "PV22": (227_907, 55_285),
    "PV23": (522_916, 140_898),
    "PV24": (181_165, 46_274),
    "PV25": (940_858, 250_617),
    "PV26": (608_195, 163_310),
    "PV27": (1_392_040, 437_156),
    "PV28": (1_739_207, 555_007),
    "PV29": (190_577, 41_483),
    "PV30": (1_178_274, 318_610),
    "PV31": (544_760, 140_300),
}


def test_provinces_have_the_dwellings_that_the_publisher_states(tmp_path: Path) -> None:
    asked = dict.fromkeys(("dwellings", "corporation_dwellings"), ("dwellings", 2023))
    found = loaded(tmp_path, 2023, asked, "country, province")
    assert found["dwellings"].values == {code: all_ for code, (all_, _) in STATED_2023.items()}
    for code, estimated in found["corporation_dwellings"].values.items():
        stated = STATED_2023[code][1]
        assert abs(estimated - stated) < Fraction("0.006") * stated


@pytest.mark.parametrize("year", YEARS)
def test_corporation_dwellings_are_the_rounded_share_of_the_dwellings(year: int) -> None:
    dwellings, share = column("dwellings", year), column("corporation_share", year)
    for code, estimated in column("corporation_dwellings", year).items():
        assert 0 <= estimated <= dwellings[code]
        assert abs(estimated - dwellings[code] * share[code] / 100) <= Fraction(1, 2)


@pytest.mark.parametrize("year", YEARS)
def test_percentages_are_whole_and_parts_of_a_hundred(year: int) -> None:
    owned, rented = column("owner_occupied", year), column("rental", year)
    shared = column("corporation_share", year)
    for percentages in (owned, rented, shared):
        assert all(0 <= value <= 100 for value in percentages.values())
        assert all(value.denominator == 1 for value in percentages.values())
    assert all(93 <= owned[code] + rented[code] <= 100 for code in owned)
    assert all(shared[code] <= rented[code] for code in shared)


@pytest.mark.parametrize("year", YEARS)
def test_households_are_persons_who_live_somewhere(year: int) -> None:
    people, dwellings = column("population", year), column("dwellings", year)
    for code, households in column("households", year).items():
        assert 1 < people[code] / households < 4
        assert Fraction("0.75") < households / dwellings[code] < Fraction("1.35")


#: Where density and land are of different measurements.
OTHERWISE_MEASURED = {
    "Ameland",
    "Best",
    "Dordrecht",
    "Hendrik-Ido-Ambacht",
    "Ridderkerk",
    "Schiermonnikoog",
    "Terschelling",
    "Vlieland",
}
OFF = {
    2020: set[str](),
    2021: set[str](),
    2022: OTHERWISE_MEASURED | {"Het Hogeland"},
    2023: OTHERWISE_MEASURED,
    2024: OTHERWISE_MEASURED | {"Het Hogeland"},
    2025: OTHERWISE_MEASURED | {"Het Hogeland", "Zaltbommel"},
}


@pytest.mark.parametrize("year", YEARS)
def test_density_times_land_is_the_population(year: int) -> None:
    """To one percent, or to half an inhabitant per km2, since density is rounded."""
    people, land = column("population", year), column("land_ha", year)
    named, off = names(date(year, 1, 1)), set()
    for code, density in column("density", year).items():
        exact = people[code] * 100 / land[code]
        assert abs(density - exact) < exact * Fraction("0.07")
        if abs(density - exact) > max(exact / 100, Fraction(1, 2)):
            off.add(named[code])
    assert off == OFF[year]


@pytest.mark.parametrize("year", YEARS[1:])
def test_land_is_that_of_2020_on_the_map_of_its_year(tmp_path: Path, year: int) -> None:
    """Only where Haaren was divided does it not follow from whole municipalities that merged."""
    carried = loaded(tmp_path, year, {"land_ha": ("land", 2020)})["land_ha"]
    land, named = column("land_ha", year), names(date(year, 1, 1))
    other = {named[code] for code, value in carried.values.items() if land[code] != value}
    assert other == {"Boxtel", "Oisterwijk", "Tilburg", "Vught"}
    assert other == {named[code] for code in carried.values if carried.inferred(code)}
    # what is derived from rounded densities is about what there was, 33,671 km2 in all
    assert sum(column("land_ha", 2020).values()) == 3_367_111
    assert sum(land.values()) == 3_367_123


@pytest.mark.parametrize("year", YEARS)
def test_urbanity_has_five_classes(year: int) -> None:
    assert set(column("urbanity", year).values()) == {1, 2, 3, 4, 5}
    named = names(date(year, 1, 1))
    most = {named[code] for code, value in column("urbanity", year).items() if value == 1}
    assert {"Amsterdam", "Rotterdam", "'s-Gravenhage", "Utrecht"} <= most
    assert not {"Vlieland", "Rozendaal", "Westerveld"} & most


@pytest.mark.parametrize("year", YEARS)
def test_values_of_dwellings_are_whole_thousands(year: int) -> None:
    values = column("woz_value", year)
    assert all(value % 1000 == 0 for value in values.values())
    assert all(100_000 < value < 1_000_000 for value in values.values())


def test_incomes_are_in_thousands_and_the_mean_is_above_the_median() -> None:
    means, medians = column("mean_income", 2024), column("median_income", 2024)
    assert means.keys() == medians.keys()
    assert all(25 < medians[code] < means[code] < 160 for code in means)


@pytest.mark.parametrize("name", ["mean_income", "median_income"])
def test_incomes_that_lack_are_told_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, 2024, {name: ("income", 2024)})
    said = str(caught.value)
    assert f"There is no '{name}' for" in said
    assert all(area in said for area in LACKING["income"])
