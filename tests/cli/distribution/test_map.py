"""`allocator map`: a picture on the screen or in a file, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from allocator import load
from allocator.reading.country.cartogram import layout_of
from tests.cli.runner import run


def test_a_map_goes_to_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(monkeypatch, "map", "nl/reception-2024", "--inside", "Zeeland")
    assert (done.status, done.err) == (0, "")
    assert ElementTree.fromstring(done.out).attrib["role"] == "img"
    assert 'data-code="GM0687"' in done.out


def test_a_map_goes_to_a_file_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "map.svg"
    done = run(
        monkeypatch, "map", "nl/reception-2024", "--stream", "minors", "--lang", "nl", "--out", out
    )
    assert done.status == 0
    assert done.out == ""
    assert "Amsterdam: 376" in out.read_text("utf-8")


def test_differences_from_another_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(monkeypatch, "map", "nl/housing-2025-h1", "--beside", "nl/housing-2025-h1-announced")
    assert done.status == 0
    assert "Amsterdam: −140" in done.out


def test_differences_that_a_key_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "nl/reception-2024"
    done = run(monkeypatch, "map", name, "--key", "population", "--beside", name)
    assert done.status == 0
    assert "another key" in done.out


def test_borders_are_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    points = layout_of("nl", load("nl/reception-2024").division).points
    features = [
        {
            "type": "Feature",
            "properties": {"gemeentecode": code[2:]},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x / 99, y / 99], [x / 99, 1 + y / 99], [9, 9], [x / 99, y / 99]]],
            },
        }
        for code, (x, y) in points.items()
    ]
    path = tmp_path / "borders.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    done = run(monkeypatch, "map", "nl/reception-2024", "--geometry", path)
    assert done.status == 0
    assert done.out.count("<path data-code=") + done.out.count("<path d=") >= 342
    assert "borders.json" in done.out


REFUSED = {
    "no such stream": (["nl/reception-2024", "--stream", "chairs"], "Type places, minors or"),
    "a town": (["nl/reception-2024", "--inside", "Goes"], "a map shows those inside"),
    "no such area": (["nl/reception-2024", "--inside", "Atlantis"], "no area 'Atlantis'"),
    "another ending": (["nl/reception-2024", "--out", "map.png"], "ends in .svg"),
    "another map": (["nl/housing-2023-h1", "--beside", "nl/housing-2022-h2"], "has other areas"),
    "another stream": (["nl/reception-2024", "--beside", "nl/housing-2025-h1"], "no 'places'"),
    "no layout": (["eu/resettlement-2015-places"], "--geometry FILE"),
    "no file": (["nl/reception-2024", "--geometry", "none.json"], "There is no such file"),
}


@pytest.mark.parametrize(("typed", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_drawn_is_said(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], told: str
) -> None:
    done = run(monkeypatch, "map", *typed)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
