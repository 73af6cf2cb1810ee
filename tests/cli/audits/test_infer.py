"""`allocator infer`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.example import INSTANCE, write_example

MINORS = "nl/minors-2024-3660"


def test_the_screen_tells_the_best_its_equals_and_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "infer", MINORS)
    assert outcome.status == 0, outcome.err
    said = " ".join(outcome.out.split())
    assert (
        "given by: half-up, row by row; 3,660 places for minors (amv) (3,658 to 3,660 do as well); "
        "key population; inhabitants of 2022; map of 1 January 2024." in said
    )
    assert "(the announced total first, then the instance's own key, rounding, years and" in said
    assert "- half-even, row by row - largest-remainder over the leaves; 3,659 places" in said
    assert "- map of 1 January 2022 and 1 January 2023" in said
    assert "Noord-Brabant places for minors (amv) 539 539 540" in said
    assert "Tried: 553 ways (1 key, 10 choices of years and 10 maps, with every rounding)." in said
    assert "Not tried: the key of nl/reception-by-area@2024-02-01 (land_ha), the key of" in said
    assert "more. The instance has no figures of these names." in said


def test_a_table_that_is_not_explained_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "infer", "nl/reception-2024")
    said = " ".join(outcome.out.split())
    assert "18 of 44 published numbers" in said
    assert "The same with what was announced (96,000 and 8,140): 7 of 44" in said
    assert "What the instance itself says comes at place 22: 11 of 44" in said


def test_rows_with_a_backlog_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "infer", "nl/housing-2022-h1")
    assert "6 published numbers have a backlog in them and are not compared here." in outcome.out
    assert "1 of 1 published number" in outcome.out
    assert "more." in outcome.out  # of 188 ways twenty are told


def test_csv_has_a_line_for_every_way_and_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "infer", MINORS, "--format", "csv")
    lines = outcome.out.splitlines()
    rule = "nl/proportional-to-inhabitants@2022-01-01"
    assert lines[1] == (
        f"1,12,12,0,0,half-up,,population,{rule},population=2022,2024-01-01,"
        "minors=3660,minors=3658-3660"
    )
    assert sum(line.startswith("1,") for line in lines) == 30


def test_json_has_the_numbers_exactly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "inferred.json"
    outcome = run(monkeypatch, "infer", MINORS, "--out", out)
    assert outcome.status == 0, outcome.err
    document = json.loads(out.read_text("utf-8"))
    first = document["explanations"][0]
    assert document["format"] == "allocator-infer/1"
    assert first["numbers"] == [row["published"] for row in document["rows"]]
    assert first["ways"][0]["totals_as_well"] == {"minors": [[3658, 3660]]}
    assert first["ways"][0]["settings"][0] == {
        "rule": "nl/proportional-to-inhabitants@2022-01-01",
        "key": "population",
        "years": {"population": 2022},
        "map": "2024-01-01",
    }


def test_a_folder_of_ones_own_in_dutch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Row by row 100 over 1,500, 1,500, 3,000 and 4,400 of 10,400 is 14, 14, 29 and 42."""
    text = f"{INSTANCE}published: {{file: published.csv, source: {{nl: krant, en: paper}}}}\n"
    table = "code,name,stream,number\nA,Aalst,places,14\nD,Delden,places,42\nD,Delden,regular,38\n"
    folder = write_example(tmp_path, instance_yaml=text, published_csv=table)
    outcome = run(monkeypatch, "infer", folder, "--lang", "nl")
    assert outcome.status == 0, outcome.err
    assert outcome.out.startswith("Voorbeeld\n")
    assert "3 van de 3" in outcome.out
    assert "(krant)" in outcome.out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nl/housing-2022-h2", "The one published number has a backlog in it"),
        ("nl/housing-2025-h1", "No published table is named."),
        ("nl/reception-2024-capped-example", "Under limits"),
    ],
)
def test_what_cannot_be_asked_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    outcome = run(monkeypatch, "infer", name)
    assert outcome.status == 2
    assert said in outcome.err
