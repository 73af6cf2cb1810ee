"""The folder that `roll` writes says what is in it, in sources, licences and columns."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.runner import run

BALANCES = "nl/balances-2021-h2-example"


def test_the_folder_of_the_next_half_year(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "next"
    outcome = run(
        monkeypatch, "roll", BALANCES, "--period", "2022-H1", "--total", 10_000, "--out", folder
    )
    assert outcome.status == 0, outcome.err
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    resources = {each["path"]: each for each in package["resources"]}
    assert {path.name for path in folder.iterdir()} == {*resources, "datapackage.json"}
    for name, resource in resources.items():
        content = (folder / name).read_bytes()
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        if "schema" in resource:
            lines = list(csv.DictReader(StringIO(content.decode())))
            fields = resource["schema"]["fields"]
            assert list(lines[0]) == [field["name"] for field in fields]
            for field in fields:
                values = [line[field["name"]] for line in lines]
                assert field["type"] == "string" or all(int(value or 0) or 1 for value in values)
    assert {name for name, each in resources.items() if "schema" in each} == {
        *("opening.csv", "before.csv", "carried-on.csv")
    }
    assert f"{BALANCES}: reckoned from the half-year before" in [
        each["title"] for each in package["sources"]
    ]
    assert "licenses" not in resources["opening.csv"]


def test_figures_of_ones_own_go_along_with_their_source(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tests.cli.periods.half_years import small

    example = small(tmp_path / "small")
    totals = ("--total", "places=50", "--total", "minors=5")
    folder = tmp_path / "next"
    outcome = run(monkeypatch, "roll", example, "--period", "2023-H2", *totals, "--out", folder)
    assert outcome.status == 0, outcome.err
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    resources = {each["path"]: each for each in package["resources"]}
    assert resources["people.csv"]["sources"] == [{"title": "an example", "licence": None}]
    assert "schema" not in resources["people.csv"]
