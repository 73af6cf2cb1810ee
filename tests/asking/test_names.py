"""An area is found by its code, its name, or another name that people have for it."""

from __future__ import annotations

import pytest

from allocator.asking.names import areas_named
from allocator.model.problem import InputError
from allocator.reading.country.tables import other_names_of
from allocator.reading.instances.read import load

DIVISION = load("nl/housing-2023-h1").division
OTHERS = other_names_of("nl")


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("Den Haag", ["GM0518"]),
        ("den bosch", ["GM0796"]),
        ("Bergen", ["GM0373", "GM0893"]),
        ("Friesland", ["VR02", "PV21"]),
        ("Utrecht", ["GM0344", "VR09", "PV26"]),
        ("gm0344", ["GM0344"]),
    ],
)
def test_an_area_is_found(asked: str, codes: list[str]) -> None:
    assert [area.code for area in areas_named(asked, DIVISION, OTHERS)] == codes


def test_without_other_names_the_nearest_is_told() -> None:
    with pytest.raises(InputError, match="There is no area 'Den Haag'"):
        areas_named("Den Haag", DIVISION)
