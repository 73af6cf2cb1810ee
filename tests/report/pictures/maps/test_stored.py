"""The stored places of circles: made again from what stands beside them, and like the country."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest

from allocator.model.problem import Problems
from allocator.reading.country.points import Spot, read_points
from allocator.reading.country.tables import CARTOGRAM, check_table, tables_folder, years_of
from allocator.report.pictures.maps.stored import BETWEEN, radius
from tests.report.pictures.make_cartogram import column, file_of, made

YEARS = years_of("nl", CARTOGRAM)


def places(year: int) -> dict[str, Spot]:
    problems = Problems()
    found = read_points(file_of(year), problems)
    assert problems.found == []
    return found


def test_the_table_has_the_years_of_the_inhabitants() -> None:
    assert years_of("nl", "population") == YEARS
    assert check_table(tables_folder("nl") / CARTOGRAM)[1] == len(YEARS)


@pytest.mark.parametrize("year", [2016, 2025])
def test_a_year_can_be_made_again_to_the_letter(year: int) -> None:
    assert made(year) == file_of(year).read_text("utf-8")


@pytest.mark.parametrize("year", YEARS)
def test_every_municipality_has_a_place_under_its_own_name(year: int) -> None:
    assert {code: p.name for code, p in places(year).items()} == column("population", year, "name")


@pytest.mark.parametrize("year", YEARS)
def test_circles_by_inhabitants_do_not_overlap(year: int) -> None:
    people = {code: int(n) for code, n in column("population", year, "population").items()}
    province = column("areas", year, "parent")
    r = {code: radius(number, sum(people.values())) for code, number in people.items()}
    for (one, a), (other, b) in combinations(places(year).items(), 2):
        room = hypot(a.x - b.x, a.y - b.y) - r[one] - r[other]
        assert room > 0
        assert province[one] == province[other] or room > BETWEEN - 0.3


def test_the_country_can_be_recognised() -> None:
    found, province = places(2024), column("areas", 2024, "parent")
    named = {place.name: place for place in found.values()}
    # Zeeland lies furthest to the south-west, Limburg hangs down, islands lie in the north
    assert province[min(found, key=lambda c: found[c].x + found[c].y)] == "PV29"
    assert {province[c] for c in sorted(found, key=lambda c: found[c].y)[:8]} == {"PV31"}
    north = sorted(named, key=lambda name: -named[name].y)[:3]
    assert set(north) <= {"Schiermonnikoog", "Ameland", "Terschelling", "Het Hogeland"}
    # the lake stays open between Enkhuizen, Lemmer and Urk
    lake = (named["Medemblik"].x + 6, (named["Medemblik"].y + named["Urk"].y) / 2 + 8)
    assert all(hypot(p.x - lake[0], p.y - lake[1]) > 5 for p in found.values())
    # and nobody is far from home
    for place in found.values():
        assert hypot(place.x - (place.lon - 5.3) * 68.16, place.y - (place.lat - 52.2) * 111.2) < 35
