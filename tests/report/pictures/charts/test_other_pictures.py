"""The Lorenz curve, dots, lines and range bars: what is drawn is what the tables say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from allocator import distribute, load
from allocator.comparison.fairness import measured
from allocator.comparison.sweep import PARTS, Space, Weight, grid, sweep
from allocator.model.problem import Place
from allocator.model.streams import KeyText
from allocator.periods.series import national, shelf
from allocator.reading.instances.read import load as read
from allocator.reading.instances.records import find_record, instances_of
from allocator.report.pictures.charts.lines import LineOf, line_chart
from allocator.report.pictures.charts.of_tables import dots_of, lines_of, lorenz_of, ranges_of
from allocator.report.pictures.svg import Heading
from tests.report.pictures.drawn import SVG, check_form, shapes, texts, tree

TABLE = distribute(load("nl/reception-2024"))
PEOPLE = TABLE.instance.indicators["population"]
ZEELAND = TABLE.instance.division.by_code["PV29"]


def test_the_gini_of_the_curve_is_that_of_the_measures() -> None:
    picture = lorenz_of({"the law": TABLE}, "places", "en", PEOPLE)
    check_form(picture)
    leaves = [leaf.code for leaf in TABLE.instance.division.leaves]
    numbers = {code: TABLE.number(code, "places") for code in leaves}
    found = measured(numbers, {code: PEOPLE.values[code] for code in leaves}).gini
    assert found is not None
    assert f"Gini {float(found):.4f}" in texts(picture)
    assert f"the Gini is {float(found):.4f}" in picture.said


def test_the_area_above_the_drawn_curve_is_half_the_gini() -> None:
    picture = lorenz_of({"the law": TABLE}, "places", "en", PEOPLE, ZEELAND)
    [path] = tree(picture).iter(SVG + "path")
    points = [tuple(map(float, each.split())) for each in path.attrib["d"][1:].split("L")]
    (x0, y0), (x1, y1) = points[0], points[-1]
    scaled = [((x - x0) / (x1 - x0), (y - y0) / (y1 - y0)) for x, y in points]
    under = sum((b[0] - a[0]) * (a[1] + b[1]) for a, b in pairwise(scaled))
    leaves = TABLE.instance.division.members["PV29"]
    found = measured(
        {code: TABLE.number(code, "places") for code in leaves},
        {code: PEOPLE.values[code] for code in leaves},
    ).gini
    assert found is not None
    assert abs((1 - under) - float(found)) < 0.001


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_dots_stand_in_rows_of_provinces_or_municipalities(lang: str) -> None:
    whole = dots_of(TABLE, "places", lang, PEOPLE)
    check_form(whole)
    assert shapes(whole, "g").keys() == {a.code for a in TABLE.instance.division.at("province")}
    inside = dots_of(TABLE, "places", lang, PEOPLE, ZEELAND)
    assert shapes(inside, "g").keys() == set(TABLE.instance.division.members["PV29"])


def test_a_dot_says_how_far_it_is_from_its_share() -> None:
    members = TABLE.instance.division.members
    people = {code: sum(PEOPLE.values[leaf] for leaf in members[code]) for code in ("PV29", "NL")}
    share = TABLE.number("NL", "places") * people["PV29"] / people["NL"]
    more = TABLE.number("PV29", "places") - share
    row = texts(dots_of(TABLE, "places", "en", PEOPLE))
    sign = "+" if more > 0 else "−"
    assert f"{TABLE.number('PV29', 'places'):,} ({sign}{abs(round(float(more)))})" in row


def test_a_line_stops_at_a_gap() -> None:
    heading = Heading("title", "under")
    lines = [LineOf("one", (3, None, 5, 6))]
    picture = line_chart(heading, ["a", "b", "c", "d"], lines, "en", "lines")
    check_form(picture)
    path = next(tree(picture).iter(SVG + "path"))
    assert path.attrib["d"].count("M") == 2
    assert len(list(tree(picture).iter(SVG + "circle"))) == 3
    assert "lowest 3 (a), highest 6 (d)" in picture.said


def test_a_series_has_a_dot_per_number_that_is_known() -> None:
    record = find_record("nl/housing")
    found = national(shelf(record, instances_of(record)))
    picture = lines_of(found, "en")
    check_form(picture)
    columns = ("in_force", "announced", "realised", "corrected")
    known = sum(e.number(c) is not None for e in found.entries for c in columns)
    assert len(list(tree(picture).iter(SVG + "circle"))) == known


def test_range_bars_end_where_the_sweep_ends() -> None:
    keys = [KeyText(name, Place("--weights")) for name in ("population", "households")]
    instance = read("nl/reception-2024", keys=keys)
    space = Space(tuple(Weight(key, 0, PARTS) for key in keys), ())
    swept = sweep(instance, grid(space, PARTS // 4))
    picture = ranges_of(swept, "places", "en", ZEELAND)
    check_form(picture)
    rows = shapes(picture, "g")
    for code in TABLE.instance.division.members["PV29"]:
        spread = swept.of(code, "places")
        assert f"{spread.lowest:,}–{spread.highest:,}" in "".join(rows[code].itertext())


def test_nothing_to_show_is_said() -> None:
    nothing = distribute(load("nl/reception-2024", totals={"places": 0, "minors": 0}))
    picture = lorenz_of({"none": nothing}, "places", "en", PEOPLE)
    check_form(picture)
    assert picture.said == "Nothing is distributed, so there is no curve."
