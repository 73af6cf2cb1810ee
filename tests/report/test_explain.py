"""An explanation: the law's formula, the values, the quotient, the rounding, the article."""

from __future__ import annotations

import pytest

from tests.cli.runner import run


def explained(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    outcome = run(monkeypatch, "explain", *arguments)
    assert outcome.status == 0, outcome.err
    return " ".join(outcome.out.split())  # wherever a line was broken


def test_middelburg_2023_h1(monkeypatch: pytest.MonkeyPatch) -> None:
    """21,200 x 49,199 / 17,590,672 = 59.29..., rounded up: 60."""
    said = explained(monkeypatch, "nl/housing-2023-h1", "Middelburg")
    for expected in (
        "Middelburg (GM0687), municipality in Zeeland, Nederland",
        "permit holders: 60",
        "vg × iG / iN",
        "vg = 21,200",
        "letter to parliament",
        "23 December 2022",
        "iG = 49,199",
        "1 January 2022",
        "iN = 17,590,672",
        "= 65,188,675/1,099,417 ≈ 59.293857562690",
        "up to the next whole number: 60",
        "Housing Act 2014 (BWBR0035303), article 29(1)",
    ):
        assert expected in said


def test_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    said = explained(monkeypatch, "nl/housing-2023-h1", "GM0687", "--lang", "nl")
    for expected in (
        "gemeente in Zeeland",
        "vergunninghouders: 60",
        "17.590.672",
        "Kamerbrief",
        "1 januari 2022",
        "≈ 59,293857562690",
        "artikel 29(1)",
    ):
        assert expected in said


def test_approximate_input_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said = explained(monkeypatch, "nl/reception-2024", "Middelburg")
    assert "approximate: own computation from CBS figures" in said
    assert "regular places: 239" in said
    assert "261 − 22 = 239" in said


def test_inferred_parts_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    said = explained(monkeypatch, "nl/housing-2017-h1", "GM0014")
    assert "from Slochteren (GM0040) × 1,033/15,770" in said
    assert "inferred" in said


def test_a_province_is_the_sum_of_its_municipalities(monkeypatch: pytest.MonkeyPatch) -> None:
    said = explained(monkeypatch, "nl/housing-2023-h1", "PV29")
    assert "of 13 municipalities" in said
    assert "60 Middelburg" in said


def test_a_name_of_several_areas_explains_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    said = explained(monkeypatch, "nl/housing-2023-h1", "utrecht")
    assert "GM0344, VR09 and PV26" in said
    assert said.count("permit holders:") == 3


def test_accents_and_hyphens_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "GM1900" in explained(monkeypatch, "nl/housing-2023-h1", "sudwest fryslan")


def test_two_steps_downward(monkeypatch: pytest.MonkeyPatch) -> None:
    """Goes: 25,000 / 25 = 1,000, and 1,000 x 38,950 / 386,767 = 100.7."""
    said = explained(monkeypatch, "nl/ukraine-2022-03", "Goes")
    assert "25,000 × 1 / 25" in said
    assert "1,000 × 38,950 / 386,767" in said
    assert "floor 100, remainder 0.706627, goes up to 101" in said
