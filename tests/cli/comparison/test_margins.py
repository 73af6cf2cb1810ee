"""`allocator margins`: a council asks how wrong a figure must be before its number is another."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.runner import run


def test_a_council_reads_it_in_words_and_in_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "margins", "nl/reception-2024", "Middelburg")
    assert outcome.status == 0
    said = " ".join(outcome.out.split())
    assert "Middelburg gets 261 reception places. It would be 262 if SES-WOA score were" in said
    assert "262 with 138 more inhabitants (+0.3%) and 260 with 55 fewer (−0.1%)" in said
    assert "262 if 263 more were divided (+0.3%) and 260 if 106 fewer were divided (−0.1%)" in said
    assert "2 of 2 numbers would be another within the bounds on SES-WOA score" in said
    assert "! Approximate: SES-WOA score" in outcome.out
    table = [line for line in outcome.out.splitlines() if line.startswith("Middelburg  ")]
    assert len(table) == 2 * 3
    assert table[1].split()[-7:] == ["49,956", "−55", "−0.1%", "260", "+138", "+0.3%", "262"]


def test_the_whole_country_tells_who_is_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "margins", "nl/housing-2023-h1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert len(rows) == 342 * 2
    nearest = min(
        (abs(Fraction(row[way]) / Fraction(row["figure"])), row["name"])
        for row in rows
        if row["what"] == "population"
        for way in ("down", "up")
        if row[way]
    )
    screen = run(monkeypatch, "margins", "nl/housing-2023-h1").out
    assert f"Nearest to another number, by inhabitants: {nearest[1]} (" in screen


def test_csv_has_numbers_for_machines_and_cautions_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments = ("margins", "nl/reception-2024", "--inside", "Zeeland", "--format", "csv")
    outcome = run(monkeypatch, *arguments)
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert len(rows) == 13 * 2 * 3
    assert {
        "code": "GM0687",
        "name": "Middelburg",
        "stream": "places",
        "number": "261",
        "what": "ses_woa",
        "figure": "0.0074",
        "resolution": "0.0001",
        "down": "-0.0012",
        "down_becomes": "260",
        "up": "0.0028",
        "up_becomes": "262",
    } in rows
    assert "Approximate: SES-WOA score" in outcome.err


def test_json_goes_to_a_file_with_exact_fractions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "margins.json"
    outcome = run(monkeypatch, "margins", "nl/reception-2024", "GM0687", "--out", file)
    assert (outcome.status, outcome.out) == (0, "")
    data = json.loads(file.read_text("utf-8"))
    first = data["margins"][0]
    assert (first["what"], first["figure"], first["resolution"]) == (
        "ses_woa",
        "37/5000",
        "1/10000",
    )
    assert first["down"] == {"change": "-3/2500", "becomes": 260}
    assert data["cautions"]


def test_a_city_and_its_province_of_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named, the city is meant, for the province is a sum; inside, the province."""
    city = run(monkeypatch, "margins", "nl/housing-2023-h1", "Utrecht", "--format", "csv").out
    inside = run(
        monkeypatch, "margins", "nl/housing-2023-h1", "--inside", "Utrecht", "--format", "csv"
    ).out
    assert len(list(csv.DictReader(io.StringIO(city)))) == 2
    assert len(list(csv.DictReader(io.StringIO(inside)))) == 26 * 2


def test_sums_and_unknown_names_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "margins", "nl/reception-2024", "Zeeland", "Amsterdm")
    assert outcome.status == 2
    assert "Zeeland is a province: its number is a sum." in outcome.err
    assert "--inside 'Zeeland'" in outcome.err
    assert "There is no area 'Amsterdm'" in outcome.err
    assert "Did you mean Amsterdam?" in outcome.err


def test_the_whole_country_rounded_together_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "margins", "nl/reception-2024", "--rounding", "consistent")
    assert outcome.status == 2
    assert outcome.out == ""
    assert "for 342 areas about 41,040 times, which takes about" in outcome.err
    assert "Name fewer areas" in outcome.err
    assert "--rounding half-up" in outcome.err


def test_one_area_rounded_together_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(
        monkeypatch, "margins", "nl/minors-2024-3660", "Zeeland", "--rounding", "consistent"
    )
    assert outcome.status == 0
    assert "Areas are rounded together" in outcome.out
    assert "! Rounded otherwise than the rule says" in outcome.out


def test_a_key_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = (
        "margins",
        "nl/housing-2023-h1",
        "Schiermonnikoog",
        "--key",
        "population / woz_value",
    )
    outcome = run(monkeypatch, *arguments)
    assert outcome.status == 0
    said = " ".join(outcome.out.split())
    assert "if mean WOZ value of a dwelling, in euros were" in said
    assert "higher" in said
    assert "! By another key than the rule's: population / woz_value." in said
