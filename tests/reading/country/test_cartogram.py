"""Where circles stand on a day: through mergers, for larger areas, and where nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator import load
from allocator.model.problem import InputError, Problems
from allocator.reading.country.cartogram import layout_of
from allocator.reading.country.points import read_points


@pytest.mark.parametrize(
    "name", ["nl/housing-2016-h2", "nl/housing-2022-h2", "nl/reception-2024", "nl/ukraine-2022-03"]
)
def test_every_leaf_of_an_instance_has_a_place(name: str) -> None:
    division = load(name).division
    assert layout_of("nl", division).points.keys() == {leaf.code for leaf in division.leaves}


def test_a_country_without_a_map_says_what_to_bring() -> None:
    division = load("eu/resettlement-2015-places").division
    with pytest.raises(InputError, match="--geometry FILE"):
        layout_of("eu", division)


def test_a_coordinate_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "2024.csv"
    path.write_text("code,name,lon,lat,x,y\nGM1,One,4,52,far,1e9\nGM2,Two,4,52,1,2\n", "utf-8")
    problems = Problems()
    assert set(read_points(path, problems)) == {"GM2"}
    assert [str(each.place).rpartition(":")[2] for each in problems.found] == ["2", "2"]
