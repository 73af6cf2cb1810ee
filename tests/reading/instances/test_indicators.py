"""Figures that are carried to another division, added up to leaves, or refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import allocator
from allocator.model.problem import InputError
from allocator.reading.country.tables import tables_folder

INSTANCE = """\
instance: nl/own
title: {nl: Eigen, en: Own}
rule: nl/proportional-to-inhabitants@2022-01-01
period: PERIOD
streams: {places: {title: {nl: plaatsen, en: places}}}
totals: {places: {number: 10000, source: test}}
areas: {table: areas, tree: [country, province, municipality]}
indicators:
  population:
    file: people.csv
    year: 2016
    division: 2016-01-01
    kind: count
    quality: own
    title: {nl: inwoners, en: inhabitants}
    source: test
"""


def people(year: int) -> str:
    return (tables_folder("nl") / "population" / f"{year}.csv").read_text("utf-8")


def write(folder: Path, figures: str, changed: Mapping[str, str] | None = None) -> Path:
    content = INSTANCE.replace("PERIOD", "2017-H1")
    for old, new in (changed or {}).items():
        assert old in content
        content = content.replace(old, new)
    (folder / "instance.yaml").write_text(content, "utf-8")
    (folder / "people.csv").write_text(figures, "utf-8")
    return folder


def told(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        allocator.load(folder)
    return str(caught.value)


def without(figures: str, code: str) -> str:
    lines = [line for line in figures.splitlines(keepends=True) if not line.startswith(code)]
    return "".join(lines)


def test_own_figures_follow_mergers_as_shared_ones_do(tmp_path: Path) -> None:
    own = allocator.load(write(tmp_path, people(2016))).indicators["population"]
    shared = allocator.load("nl/housing-2017-h1").indicators["population"]
    assert own.values == shared.values
    assert {code for code in own.values if own.inferred(code)} == {"GM0014", "GM0040"}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("GM0040", "Slochteren (GM0040)"),  # moved persons to Groningen
        ("GM0014", "GM0014"),  # received them, and was there already
        ("GM0844", "GM0844"),  # went into Meierijstad
        ("GM0363", "GM0363"),  # did not change at all
    ],
)
def test_any_row_that_is_left_out_is_missed(tmp_path: Path, code: str, said: str) -> None:
    assert f"There is no 'population' for {said}" in told(
        write(tmp_path, without(people(2016), code))
    )


def test_figures_of_a_later_map_are_refused(tmp_path: Path) -> None:
    later = {"division: 2016-01-01": "division: 2018-01-01"}
    assert "follows the map of 1 January 2018" in told(write(tmp_path, people(2018), later))


def test_figures_without_a_map_are_refused_where_it_matters(tmp_path: Path) -> None:
    unsaid = {"    division: 2016-01-01\n": ""}
    assert "it is not said which map" in told(write(tmp_path, people(2016), unsaid))


def test_what_belongs_to_a_file_is_refused_beside_a_table(tmp_path: Path) -> None:
    shared = {"    file: people.csv\n": "    table: population\n"}
    said = told(write(tmp_path, people(2016), shared))
    assert "`division:` is said of a file, and not beside `table:`." in said


def test_an_area_and_what_lies_in_it_are_not_both_counted(tmp_path: Path) -> None:
    provinces = {
        "[country, province, municipality]": "[country, province]",
        "division: 2016-01-01": "division: 2017-01-01",
    }
    said = told(write(tmp_path, people(2017) + "PV29,Zeeland,400000\n", provinces))
    assert "GM0654 lies in PV29, which has a figure itself." in said


def test_a_municipality_missing_below_a_leaf_is_missed(tmp_path: Path) -> None:
    provinces = {
        "[country, province, municipality]": "[country, province]",
        "division: 2016-01-01": "division: 2017-01-01",
    }
    said = told(write(tmp_path, without(people(2017), "GM0687"), provinces))
    assert "There is no 'population' for GM0687." in said


def test_a_split_over_two_leaves_is_inferred_and_inside_one_is_not(tmp_path: Path) -> None:
    """Haaren went to four municipalities in 2021, all in Noord-Brabant, in two safety regions."""
    changed = {
        "PERIOD": "2021-H1",
        "2017-H1": "2021-H1",
        "year: 2016": "year: 2020",
        "division: 2016-01-01": "division: 2020-01-01",
    }
    changed.pop("PERIOD")
    by_region = {**changed, "[country, province, municipality]": "[country, safety_region]"}
    population = allocator.load(write(tmp_path, people(2020), by_region)).indicators["population"]
    assert {code for code in population.values if population.inferred(code)} == {"VR20", "VR21"}
    assert sum(population.values.values()) == 17_407_585
    by_province = {**changed, "[country, province, municipality]": "[country, province]"}
    population = allocator.load(write(tmp_path, people(2020), by_province)).indicators["population"]
    assert not any(population.inferred(code) for code in population.values)
    assert population.values["PV30"] == Fraction(2_562_955)


def test_dutch_thousands_are_read_in_counts_only(tmp_path: Path) -> None:
    dotted = "code;population\n" + "".join(
        f"{row['code']};{int(row['population']):,}\n".replace(",", ".")
        for row in csv.DictReader(io.StringIO(people(2016)))
    )
    dutch = {"file: people.csv": "file: people.csv\n    dialect: nl"}
    population = allocator.load(write(tmp_path, dotted, dutch)).indicators["population"]
    assert sum(population.values.values()) == 16_979_120
    rate = {**dutch, "kind: count": "kind: rate"}
    assert "has a decimal point in a Dutch file" in told(write(tmp_path, dotted, rate))
