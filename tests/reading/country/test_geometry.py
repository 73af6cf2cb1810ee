"""Borders from GeoJSON: what is read, and whatever can be wrong with a file that a user brings."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.model.areas import Area, Division
from allocator.model.geography import Borders
from allocator.model.problem import InputError, Problems
from allocator.reading.country.geometry import read_borders_of
from allocator.reading.country.points import read_points
from allocator.reading.country.tables import CARTOGRAM, tables_folder

CODES = ("GM0001", "GM0002", "GM0003")
SQUARE = ((4.0, 52.0), (5.0, 52.0), (5.0, 53.0), (4.0, 53.0), (4.0, 52.0))


def division(*codes: str, day: date = date(2024, 1, 1)) -> Division:
    leaves = tuple(Area(code, f"Town {code[-1]}", "municipality", "NL") for code in codes)
    root = Area("NL", "Nederland", "country", "")
    members = {code: (code,) for code in codes} | {"NL": codes}
    return Division(day, ("country", "municipality"), (), (*leaves, root), members)


def feature(properties: dict[str, Any], ring: Any = SQUARE, kind: str = "Polygon") -> Any:
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def read(tmp_path: Path, data: Any, codes: tuple[str, ...] = CODES) -> Borders:
    path = tmp_path / "borders.geojson"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return read_borders_of(path, "nl", division(*codes))


def problem(tmp_path: Path, data: Any, codes: tuple[str, ...] = CODES) -> str:
    with pytest.raises(InputError) as raised:
        read(tmp_path, data, codes)
    return str(raised.value)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("code", "GM0001 GM0002 GM0003"),
        ("statcode", "gm0001 gm0002 gm0003"),
        ("gemeentecode", "0001 0002 0003"),
        ("GM_CODE", "1 2 3"),
        ("whatever", "GM0001 GM0002 GM0003"),
    ],
)
def test_codes_are_found_under_any_name_and_in_any_form(
    tmp_path: Path, name: str, written: str
) -> None:
    features = [
        feature({"id": 70 + n, name: code, "name": "a town"})
        for n, code in enumerate(written.split())
    ]
    assert set(read(tmp_path, collection(*features)).rings) == set(CODES)


def test_codes_that_are_numbers_are_read(tmp_path: Path) -> None:
    features = [feature({"nr": n}) for n in (1, 2, 3)]
    assert set(read(tmp_path, collection(*features)).rings) == set(CODES)


def test_an_area_in_several_features_has_the_rings_of_all(tmp_path: Path) -> None:
    features = [feature({"code": code}) for code in (*CODES, "GM0001")]
    assert len(read(tmp_path, collection(*features)).rings["GM0001"]) == 2


def test_a_degree_to_the_east_is_shorter_than_one_to_the_north(tmp_path: Path) -> None:
    data = collection(feature({"code": "GM0001"}, kind="MultiPolygon"))
    [ring] = read(tmp_path, data, ("GM0001",)).rings["GM0001"]
    assert len(ring) == 4
    assert 0.60 < (ring[1][0] - ring[0][0]) / (ring[2][1] - ring[1][1]) < 0.62


def test_metres_of_the_dutch_grid_are_drawn_as_they_are(tmp_path: Path) -> None:
    metres = [(100000, 450000), (110000, 450000), (110000, 460000), (100000, 450000)]
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    data = collection(feature({"code": "GM0001"}, metres), crs=system)
    [ring] = read(tmp_path, data, ("GM0001",)).rings["GM0001"]
    assert ring == ((100000, 450000), (110000, 450000), (110000, 460000))


def test_web_mercator_is_named(tmp_path: Path) -> None:
    metres = [(545000, 6860000), (546000, 6860000), (546000, 6861000), (545000, 6860000)]
    data = collection(feature({"code": "GM0001"}, metres))
    assert "EPSG:3857" in problem(tmp_path, data, ("GM0001",))
    system = {"type": "name", "properties": {"name": "EPSG:3857"}}
    assert "'EPSG:3857'" in problem(tmp_path, collection(feature({}), crs=system))


def test_codes_missing_on_either_side_are_listed(tmp_path: Path) -> None:
    told = problem(tmp_path, collection(feature({"code": "GM0001"}), feature({"code": "GM9999"})))
    assert "no borders of Town 2 (GM0002) and Town 3 (GM0003)" in told
    assert "It has codes that are not in the table: GM9999." in told


def test_areas_that_nobody_asked_for_are_left_out(tmp_path: Path) -> None:
    features = [feature({"code": code}) for code in (*CODES, "WATER")]
    assert set(read(tmp_path, collection(*features)).rings) == set(CODES)


def test_borders_of_another_year_are_recognised(tmp_path: Path) -> None:
    folder = tables_folder("nl") / CARTOGRAM
    of_2019 = read_points(folder / "2019.csv", Problems())
    of_2024 = read_points(folder / "2024.csv", Problems())
    data = collection(*(feature({"statcode": code}) for code in of_2019))
    told = problem(tmp_path, data, tuple(of_2024))
    assert "seems to be of 2019" in told
    assert "10 more." in told


def test_no_property_with_codes_says_which_there_are(tmp_path: Path) -> None:
    told = problem(tmp_path, collection(feature({"naam": "Goes", "oppervlak": 9})))
    assert "such as GM0001; there are naam and oppervlak" in told
    assert "no properties" in problem(tmp_path, collection(feature({})))


def test_two_properties_with_other_codes_are_not_chosen_from(tmp_path: Path) -> None:
    data = collection(
        feature({"old": "GM0001", "new": "GM0002"}), feature({"old": "GM0002", "new": "GM0001"})
    )
    assert "old and new" in problem(tmp_path, data, ("GM0001", "GM0002"))


NOT_BORDERS = {
    "no json": ("{", "not JSON"),
    "another type": ({"type": "Topology"}, "its type is 'Topology'"),
    "a list": ([], "its type is None"),
    "no features": (collection(), "no area in the file"),
    "features no list": ({"type": "FeatureCollection", "features": 3}, "no area"),
    "a point": (
        collection({"properties": {}, "geometry": {"type": "Point", "coordinates": [4, 52]}}),
        "its geometry is 'Point'",
    ),
    "no geometry": (collection({"properties": {"code": "GM0001"}, "geometry": None}), "None"),
    "a feature that is none": (collection(7), "geometry is None"),
    "empty": (collection(feature({"code": "GM0001"}, [])), "empty or not closed"),
    "two points": (collection(feature({"code": "GM0001"}, [[4, 52], [5, 52]])), "not closed"),
    "one coordinate": (collection(feature({"code": "GM0001"}, [[4], [5], [6]])), "no number"),
    "words": (collection(feature({"code": "GM0001"}, [["x", "y"]] * 4)), "no number"),
    "null": (collection(feature({"code": "GM0001"}, [[None, 3]] * 4)), "no number"),
    "a number": (collection(feature({"code": "GM0001"}, 3)), "no number"),
    "nan": (
        '{"type": "FeatureCollection", "features": [{"properties": {}, "geometry": {"type": '
        '"Polygon", "coordinates": [[[NaN, 1], [2, 3], [4, 5], [6, 7]]]}}]}',
        "no number",
    ),
    "endless": (
        '{"type": "FeatureCollection", "features": [{"properties": {}, "geometry": {"type": '
        '"Polygon", "coordinates": [[[1e999, 1], [2, 3], [4, 5], [6, 7]]]}}]}',
        "no number",
    ),
    "off the globe": (
        collection(*(feature({"code": c}, [[-9e7, 1], [2, 3], [4, 5]]) for c in CODES)),
        "not degrees",
    ),
    "a nesting bomb": ("[" * 200_000, "nested"),
}


@pytest.mark.parametrize(("data", "told"), NOT_BORDERS.values(), ids=NOT_BORDERS)
def test_what_are_no_borders_is_said(tmp_path: Path, data: Any, told: str) -> None:
    assert told in problem(tmp_path, data)


def test_every_bad_area_is_told_in_one_go(tmp_path: Path) -> None:
    data = collection(feature({}, []), feature({}), feature({}, [[1], [2], [3], [4]]))
    told = problem(tmp_path, data)
    assert "area 1 " in told
    assert "Area 3 " in told


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.geojson"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(InputError, match="200,000,000 bytes"):
        read_borders_of(path, "nl", division(*CODES))


json_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["type", "features", "geometry", "coordinates", "properties", "crs"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(json_values)
def test_whatever_stands_in_a_file_ends_in_words(
    tmp_path_factory: pytest.TempPathFactory, value: Any
) -> None:
    tmp_path = tmp_path_factory.mktemp("any")
    for data in (value, collection(value), collection(feature({"code": "GM0001"}, value))):
        with pytest.raises(InputError):
            read(tmp_path, data)
