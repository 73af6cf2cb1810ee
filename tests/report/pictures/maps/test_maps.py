"""Maps of real tables: every area once, in words and in shapes, in both languages."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from allocator import distribute, load
from allocator.model.distribution import Distribution
from allocator.model.geography import Borders, Layout
from allocator.reading.country.cartogram import layout_of
from allocator.report.pictures.maps.marks import Mark
from allocator.report.pictures.maps.of import difference_map, map_of
from allocator.report.pictures.maps.scales import classes, differences
from allocator.report.pictures.svg import Picture
from tests.report.pictures.drawn import check_form, shapes, texts, tree


@cache
def table(name: str) -> Distribution:
    return distribute(load(name))


@cache
def layout() -> Layout:
    instance = table("nl/reception-2024").instance
    return layout_of("nl", instance.division)


@cache
def country(lang: str) -> Picture:
    return map_of(table("nl/reception-2024"), "places", lang, layout())


def squares() -> Borders:
    """Every municipality as a square around its place."""
    rings = {
        code: (((x, y), (x + 5, y), (x + 5, y + 5), (x, y + 5)),)
        for code, (x, y) in layout().points.items()
    }
    return Borders(rings, "squares")  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_country_has_a_circle_per_municipality(lang: str) -> None:
    picture = country(lang)
    check_form(picture)
    division = table("nl/reception-2024").instance.division
    found = shapes(picture, "circle")
    assert found.keys() == {leaf.code for leaf in division.leaves}
    assert {area.name for area in division.at("province")} <= set(texts(picture))


def test_who_points_at_a_circle_reads_its_number() -> None:
    number = table("nl/reception-2024").number("GM0687", "places")
    people = table("nl/reception-2024").instance.indicators["population"].values["GM0687"]
    tip = shapes(country("en"), "circle")["GM0687"][0].text
    assert tip is not None
    assert tip.startswith(f"Middelburg: {number} reception places; ")
    assert f"{float(1000 * number / people):.2f} reception places per 1,000" in tip


def test_the_picture_is_said_with_who_has_most_and_least() -> None:
    said = country("en").said
    assert "342 municipalities" in said
    assert "Amsterdam (4,433)" in said
    assert "Schiermonnikoog (5)" in said


def test_the_same_table_gives_the_same_picture() -> None:
    assert map_of(table("nl/reception-2024"), "places", "en", layout()) == country("en")


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert "4.433" in texts(country("nl"))
    assert "4,433" in texts(country("en"))


def test_what_is_not_official_is_said_under_the_map() -> None:
    assert any(line.startswith("Approximate: SES-WOA") for line in texts(country("en")))


@pytest.mark.parametrize("code", [f"PV{n}" for n in range(20, 32)])
def test_a_province_names_its_municipalities(code: str) -> None:
    division = table("nl/reception-2024").instance.division
    picture = map_of(table("nl/reception-2024"), "places", "nl", layout(), division.by_code[code])
    check_form(picture)
    assert shapes(picture, "circle").keys() == set(division.members[code])
    names = {division.by_code[leaf].name for leaf in division.members[code]}
    # one name is too long for the busy east of Noord-Brabant
    assert names - set(texts(picture)) <= {"Nuenen, Gerwen en Nederwetten"}


def test_two_pictures_in_a_page_share_no_id() -> None:
    division = table("nl/reception-2024").instance.division
    own = [
        {each.attrib["id"] for each in tree(picture).iter() if "id" in each.attrib}
        for picture in (
            map_of(
                table("nl/reception-2024"),
                "places",
                "nl",
                squares(),
                division.by_code["PV29"],
                prefix=prefix,
            )
            for prefix in ("one", "two")
        )
    ]
    assert own[0]
    assert not own[0] & own[1]


def test_a_difference_map_tells_more_from_fewer_without_colour() -> None:
    before, after = table("nl/reception-2024"), table("nl/reception-2024-by-income")
    division = after.instance.division
    picture = difference_map(before, after, "places", "en", layout())
    check_form(picture)
    for code, circle in shapes(picture, "circle").items():
        change = after.number(code, "places") - before.number(code, "places")
        assert ("stroke-dasharray" in circle.attrib) == (change < 0)
        tip = circle[0].text or ""
        name = division.by_code[code].name
        sign = "+" if change > 0 else "−" if change < 0 else ""
        assert tip.startswith(f"{name}: {sign}")
    assert {"+", "−"} <= set(texts(picture))


def test_borders_carry_the_same_codes_and_hatch_what_falls() -> None:
    before, after = table("nl/reception-2024"), table("nl/reception-2024-by-income")
    picture = difference_map(before, after, "places", "en", squares())
    check_form(picture)
    assert shapes(picture, "path").keys() == shapes(country("en"), "circle").keys()
    falls = sum(
        after.number(leaf.code, "places") < before.number(leaf.code, "places")
        for leaf in after.instance.division.leaves
    )
    assert picture.svg.count("url(#map-fewer)") == falls > 0


def test_five_classes_hold_about_as_many_areas() -> None:
    values = [Fraction(n * n, 100) for n in range(342)]
    scale = classes(values)
    fills = [scale.shade(Mark("", "", "", 1, value)).fill for value in values]
    counts = [fills.count(fill) for fill in dict.fromkeys(fills)]
    assert len(counts) == 5
    assert max(counts) - min(counts) < 35


def test_equal_values_are_one_class() -> None:
    assert [int(limit) for limit in classes([Fraction(5)] * 9).limits] == [5, 5]
    assert [int(limit) for limit in classes([]).limits] == [0, 0]


def test_a_difference_of_nothing_is_grey() -> None:
    scale = differences([Fraction(0)])
    shades = [scale.shade(Mark("", "", "", n, Fraction(n))) for n in (-1, 0, 1)]
    assert len({shade.fill for shade in shades}) == 3
    assert [shade.dashed for shade in shades] == [True, False, False]


def test_provinces_stand_in_the_middle_of_their_municipalities() -> None:
    instance = table("nl/places-2024-77100").instance
    found = layout_of("nl", instance.division).points
    assert found.keys() == {leaf.code for leaf in instance.division.leaves}
    assert found["PV29"][0] == min(x for x, _ in found.values())
    assert found["PV31"][1] == min(y for _, y in found.values())
