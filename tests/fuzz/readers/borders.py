"""Borders of areas in GeoJSON."""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random
from typing import Any

from allocator.model.areas import Area, Division
from allocator.reading.country.geometry import read_borders_of
from tests.fuzz.draw.trees import bent_json, tree_of
from tests.fuzz.reader import Files, Reader
from tests.fuzz.scratch import placed

_CODES = ("GM0001", "GM0002", "GM0003")
_SYSTEM = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
_DEGREES = ([4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 53.0], [4.0, 52.0])
_METRES = ([100000, 450000], [110000, 450000], [110000, 460000], [100000, 450000])


@cache
def _division() -> Division:
    leaves = tuple(Area(code, f"Town {code[-1]}", "municipality", "NL") for code in _CODES)
    root = Area("NL", "Nederland", "country", "")
    members = {code: (code,) for code in _CODES} | {"NL": _CODES}
    levels = ("country", "municipality")
    return Division(date(2024, 1, 1), levels, (), (*leaves, root), members)


def _feature(code: str, ring: Any, kind: str) -> Any:
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "type": "Feature",
        "properties": {"code": code, "nr": int(code[2:]), "name": f"Town {code}"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


@cache
def _good() -> tuple[Any, ...]:
    degrees = [_feature(code, _DEGREES, "Polygon") for code in _CODES]
    metres = [_feature(code, _METRES, "MultiPolygon") for code in _CODES]
    return (
        tree_of({"type": "FeatureCollection", "features": degrees}),
        tree_of({"type": "FeatureCollection", "crs": _SYSTEM, "features": metres}),
    )


def _borders(source: Random) -> Files:
    return {"borders.geojson": bent_json(source, source.choice(_good()), most=2)}


def _read(files: Files) -> object:
    found = read_borders_of(placed(files) / "borders.geojson", "xx", _division())
    assert set(found.rings) == set(_CODES)
    return found


READERS = (Reader("borders", _borders, _read),)
