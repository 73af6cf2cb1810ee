"""Reads the borders of areas from a GeoJSON file that the user brings.

The codes are found in whichever property has them; degrees and the metres of the Dutch grid are
read. Whatever does not fit is told with the codes that are missing on either side.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import cos, isfinite, radians
from pathlib import Path
from typing import Any

from allocator.model.areas import Division
from allocator.model.geography import Borders, Point, Ring
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.country.points import read_points
from allocator.reading.country.tables import CARTOGRAM, tables_folder, years_of
from allocator.reading.formats.json_file import read_json
from allocator.reading.library import shown
from allocator.words.text import LocalText, Text, series, text

LARGEST = 60_000_000  # bytes; borders of all municipalities in full detail take half of this
MERCATOR = 20_037_509  # metres from the middle of the web map to its edge
#: What names of coordinate systems have in them that are read: degrees, and the Dutch grid.
_DEGREES, _DUTCH_GRID = ("CRS84", "4326", "4258"), ("28992",)
_DIGITS = re.compile(r"[0-9]{1,8}")
_CODE = re.compile(r"([A-Za-z]+)([0-9]+)")


@dataclass(frozen=True)
class _Feature:
    """One area of the file."""

    properties: Mapping[str, str]
    rings: tuple[Ring, ...]


def read_borders_of(path: Path, country: str, division: Division) -> Borders:
    """The borders of every leaf of a division."""
    place = Place(shown(path))
    data = read_json(path, LARGEST).data
    _check_system(data, place)
    features = _features(data, place)
    codes = [leaf.code for leaf in division.leaves]
    found = _by_code(features, codes, place)
    missing = [code for code in codes if code not in found]
    if missing:
        raise _refused(place, *_missing(missing, found, country, division))
    rings = {code: tuple(ring for each in found[code] for ring in each.rings) for code in codes}
    return Borders(_projected(rings, place), LocalText(path.name, path.name))


def _features(data: Any, place: Place) -> list[_Feature]:
    """Every area with what is said of it; all that is wrong is told in one go."""
    kind = data.get("type") if isinstance(data, dict) else None
    listed = data.get("features") if isinstance(data, dict) else None
    if kind != "FeatureCollection" or not isinstance(listed, list) or not listed:
        raise _refused(
            place,
            text("This is no GeoJSON of areas: its type is {kind}.", kind=ascii(kind)[:40])
            if kind != "FeatureCollection"
            else text("There is no area in the file."),
            text("Give a FeatureCollection with a Polygon or MultiPolygon per area."),
        )
    problems = Problems()
    found = []
    for number, feature in enumerate(listed, start=1):
        with problems.collecting():
            found.append(_feature(feature, number, place))
    problems.raise_any()
    return found


def _feature(feature: Any, number: int, place: Place) -> _Feature:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates: Any = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _refused(
            place,
            text(
                "Area {number} has no borders: its geometry is {kind}.",
                number=number,
                kind=ascii(kind)[:40],
            ),
            text("Give a Polygon or MultiPolygon for every area, or take the area out."),
        )
    try:
        polygons = [coordinates] if kind == "Polygon" else list(coordinates)
        rings = tuple(_ring(ring) for polygon in polygons for ring in polygon)
    except (TypeError, ValueError, IndexError) as error:
        raise _refused(
            place,
            text("Area {number} has a coordinate that is no number.", number=number),
            text("A point is a pair of numbers; save the borders again where they come from."),
        ) from error
    if not rings or any(len(ring) < 3 for ring in rings):
        raise _refused(
            place,
            text("The borders of area {number} are empty or not closed lines.", number=number),
            text("A line has four points or more, the last equal to the first."),
        )
    said = feature.get("properties")
    properties = said if isinstance(said, dict) else {}
    return _Feature({k: v for k, v in properties.items() if isinstance(v, str)}, rings)


def _ring(points: Sequence[Sequence[str]]) -> Ring:
    """A closed line without its last point, which is the first again."""
    found = [_point(point) for point in points]
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return tuple(found)


def _point(point: Any) -> Point:
    """A point; a height that stands beside it is left out."""
    if not isinstance(point, list) or not all(isinstance(each, str) for each in point[:2]):
        raise ValueError("no pair of numbers")
    x, y = float(point[0]), float(point[1])
    if not isfinite(x) or not isfinite(y):
        raise ValueError("no finite number")
    return x, y


def _by_code(
    features: Sequence[_Feature], codes: Collection[str], place: Place
) -> dict[str, list[_Feature]]:
    """The areas of the file by code, from the property that holds the most of the codes."""
    wanted = _as_written(codes)
    names = dict.fromkeys(name for feature in features for name in feature.properties)
    read = {
        name: tuple(_code(feature.properties.get(name, ""), wanted) for feature in features)
        for name in names
    }
    hits = {name: sum(code in codes for code in set(found)) for name, found in read.items()}
    most = max(hits.values(), default=0)
    best = [name for name in names if hits[name] == most]
    if not most:
        raise _refused(
            place,
            text(
                "No property holds the codes of the areas, such as {code}; there are {names}.",
                code=next(iter(codes)),
                names=series(sorted(names)),
            )
            if names
            else text("The areas in the file have no properties, so no codes."),
            text("Add a property `code` with the code of each area, as GM0687 or 0687."),
        )
    if len({read[name] for name in best}) > 1:
        raise _refused(
            place,
            text("More than one property may hold the codes: {names}.", names=series(best)),
            text("Keep the one that is meant."),
        )
    found: dict[str, list[_Feature]] = {}
    for code, feature in zip(read[best[0]], features, strict=True):
        found.setdefault(code, []).append(feature)
    return found


def _as_written(codes: Collection[str]) -> dict[str, str]:
    """What the letters before the digits of a code are, per number of digits.

    >>> _as_written(["GM0687", "GM0703"])
    {'GM': '0000'}
    """
    found = {}
    for code in codes:
        parts = _CODE.fullmatch(code)
        if parts:
            found[parts[1].upper()] = "0" * len(parts[2])
    return found


def _code(written: str, letters: Mapping[str, str]) -> str:
    """A code as the table has it: 687, 0687 and gm0687 are GM0687.

    >>> _code(" 687", {"GM": "0000"}), _code("gm0687", {"GM": "0000"})
    ('GM0687', 'GM0687')
    """
    plain = written.strip().upper()
    if _DIGITS.fullmatch(plain) and len(letters) == 1:
        [(before, zeros)] = letters.items()
        return before + plain.zfill(len(zeros))
    return plain


def _missing(
    missing: Sequence[str], found: Collection[str], country: str, division: Division
) -> tuple[Text, Text]:
    """Which codes stand on one side only, and which year the file seems to be of."""
    own = {leaf.code for leaf in division.leaves}
    beside = sorted(code for code in found if code not in own and code)
    lacking = text(
        "The file has no borders of {names}.",
        names=series([f"{division.by_code[code].name} ({code})" for code in missing]),
    )
    told = (
        text(
            "{lacking} It has codes that are not in the table: {codes}.",
            lacking=lacking,
            codes=series(beside),
        )
        if beside
        else lacking
    )
    year = _best_year(set(found) - {""}, own, country)
    return told, (
        text(
            "The file seems to be of {year}; give the borders of {day}.",
            year=str(year),
            day=division.day,
        )
        if year
        else text("Give the borders of {day}.", day=division.day)
    )


def _best_year(found: Collection[str], own: Collection[str], country: str) -> int | None:
    """The year whose areas fit those of the file better than the areas of the table do."""
    fit = {0: len(set(found) ^ set(own))}
    for year in years_of(country, CARTOGRAM):
        places = read_points(tables_folder(country) / CARTOGRAM / f"{year}.csv", Problems())
        fit[year] = len(set(found) ^ places.keys())
    best = min(fit, key=lambda year: (fit[year], year))
    return best or None


def _check_system(data: Any, place: Place) -> None:
    """The file does not say that its coordinates are of a system that is not read."""
    system = data.get("crs") if isinstance(data, dict) else None
    said = system.get("properties") if isinstance(system, dict) else None
    name = said.get("name") if isinstance(said, dict) else None
    if isinstance(name, str) and not any(each in name for each in (*_DEGREES, *_DUTCH_GRID)):
        raise _refused(
            place,
            text("The coordinates are of the system {name}.", name=ascii(name)[:60]),
            _AS_READ,
        )


def _projected(
    rings: Mapping[str, tuple[Ring, ...]], place: Place
) -> Mapping[str, tuple[Ring, ...]]:
    """The borders in a unit that is as long to the east as to the north.

    Metres of the Dutch grid are so already; a degree to the east is shorter, by the cosine of the
    latitude in the middle.
    """
    xs = [x for lines in rings.values() for ring in lines for x, _ in ring]
    ys = [y for lines in rings.values() for ring in lines for _, y in ring]
    if max(map(abs, xs)) <= 180 and max(map(abs, ys)) <= 90:
        east = cos(radians((min(ys) + max(ys)) / 2))
        return {
            code: tuple(tuple((x * east, y) for x, y in ring) for ring in lines)
            for code, lines in rings.items()
        }
    if min(xs) >= 0 and max(xs) <= 300_000 and min(ys) >= 300_000 and max(ys) <= 640_000:
        return rings
    like = max(map(abs, xs)) <= MERCATOR and max(map(abs, ys)) <= MERCATOR
    at = f"{xs[0]:g}, {ys[0]:g}"
    raise _refused(
        place,
        text("The coordinates look like metres of web maps (EPSG:3857), such as {at}.", at=at)
        if like
        else text("The coordinates are not degrees, such as {at}.", at=at),
        _AS_READ,
    )


_AS_READ = text("Save it with degrees (WGS84, EPSG:4326) or in the Dutch grid (EPSG:28992).")


def _refused(place: Place, found: Text, mend: Text) -> InputError:
    return InputError(Problem(place, found, mend))
