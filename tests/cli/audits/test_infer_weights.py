"""`allocator infer --weights`: which weights come nearest to a table, and which are fairest."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from allocator.core.distribute import distribute
from allocator.core.keeping import another_key
from allocator.model.problem import Place
from allocator.model.streams import KeyText
from allocator.reading.instances.read import load
from tests.cli.runner import run

MINORS = "nl/minors-2024-3660"
RECEPTION = "nl/reception-2024"


def test_the_minors_of_2024_went_by_inhabitants_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "infer", MINORS, "--weights", "population", "--weights", "1")
    said = " ".join(outcome.out.split())
    assert outcome.status == 0, outcome.err
    assert "Nearest to the 12 published numbers: the largest distance of a number is 0.479" in said
    assert "A key with these weights, rounded to the nearest, may have given the table." in said
    assert "With 2 decimals, 1 * share(population): 0.486." in said


def test_the_value_is_what_the_key_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact weights, put in a key, come as near as was said, and no nearer."""
    formulas = ("(ses_woa + 1) * population", "corporation_dwellings")
    typed = [part for formula in formulas for part in ("--weights", formula)]
    outcome = run(monkeypatch, "infer", RECEPTION, *typed, "--format", "json")
    found = json.loads(outcome.out)
    weights = {name: Fraction(weight) for name, weight in found["weights"].items()}
    assert sum(weights.values()) == 1
    assert found["value"] == found["proven_at_least"]
    written = " + ".join(
        f"{weight.numerator} / {weight.denominator} * share({name})"
        for name, weight in weights.items()
    )
    keys = tuple(KeyText(formula, Place("")) for formula in formulas)
    instance = load(RECEPTION, keys=keys)
    by_key = distribute(another_key(instance, KeyText(written, Place(""))))
    assert instance.published is not None
    misses = [
        abs(by_key.quota(row.code, row.stream) - row.number)
        for row in instance.published.rows
        if not instance.repeats_total(row)
    ]
    assert max(misses) == Fraction(found["value"])


def test_the_fairest_key_by_inhabitants_is_inhabitants(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ("--weights", "land_ha", "--weights", "population", "--weights", "dwellings")
    outcome = run(monkeypatch, "infer", RECEPTION, *typed, "--fairest", "gini", "--format", "csv")
    assert outcome.out.splitlines() == [
        "formula,weight,lowest,highest",
        "land_ha,0.000000,0.000000,0.000000",
        "population,1.000000,1.000000,1.000000",
        "dwellings,0.000000,0.000000,0.000000",
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            ("--weights", "popul"),
            "--weights: There is no indicator 'popul'.\n    popul\n    ^\n"
            "    Did you mean 'population'?\n",
        ),
        (
            ("--weights", "a=1,5", "--weights", "=0.3"),
            "--weights: '1,5' has a decimal comma.\n"
            "    Write a number such as 0.25, or a percentage such as 25%.\n"
            "--weights: '=0.3' is no formula with bounds of its weight.\n"
            "    Write FORMULA, FORMULA=0.3 or FORMULA=0.2..0.8; percentages do as well.\n",
        ),
        (
            ("--weights", "population=10%..20%", "--weights", "dwellings=0.5"),
            "--weights: The highest weights add up to 0.7, and weights add up to 1.\n"
            "    Raise some of them.\n",
        ),
        (
            ("--weights", "population", "--weights", "population"),
            "--weights: 'population' is weighed twice.\n    Name each formula once.\n",
        ),
        (
            ("--fairest", "gini"),
            "--fairest: It is not said which formulas are weighed.\n"
            "    Add --weights FORMULA for each of them.\n",
        ),
        (
            ("--weights", "1", "--fairest", "gini", "--nearest", "mean"),
            "--fairest: Nearest to a table and fairest are two questions.\n"
            "    Leave one of the two out.\n",
        ),
    ],
)
def test_bad_input(monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], told: str) -> None:
    outcome = run(monkeypatch, "infer", RECEPTION, *typed)
    assert outcome.status == 2
    assert outcome.err == told
    assert outcome.out == ""


def test_an_instance_without_a_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outcome = run(monkeypatch, "infer", "nl/housing-2024-h1", "--weights", "population")
    assert outcome.status == 2
    assert "nl/housing-2024-h1 has no published table." in outcome.err
