"""A run as a folder: its tables say what the result says, and the descriptor what is in them."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import run
from tests.example import bent, write_example

RECEPTION = "nl/reception-2024"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "case"
    with pytest.MonkeyPatch.context() as patch:
        outcome = run(patch, "run", RECEPTION, "--out", folder)
    assert outcome.status == 0, outcome.err
    return folder


def described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return found


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text("utf-8"))))


def test_every_file_is_described_as_it_is(case: Path) -> None:
    package = described(case)
    assert package["$schema"] == PROFILE
    resources = {each["path"]: each for each in package["resources"]}
    beside = {"README.txt", "datapackage.json", "verify.py"}
    assert {path.name for path in case.iterdir()} == resources.keys() | beside
    for name, resource in resources.items():
        content = (case / name).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
    assert len({each["name"] for each in resources.values()}) == len(resources)


def test_columns_are_those_of_the_file_and_hold_what_is_said(case: Path) -> None:
    kinds = {"integer": int, "number": Fraction, "string": str}
    tables = [each for each in described(case)["resources"] if each.get("type") == "table"]
    assert len(tables) == 4
    for table in tables:
        lines = rows(case / table["path"])
        fields = table["schema"]["fields"]
        assert list(lines[0]) == [field["name"] for field in fields]
        for field in fields:
            assert field["description"]
            for line in lines:
                kinds[field["type"]](line[field["name"]])
        keys = [tuple(line[name] for name in table["schema"]["primaryKey"]) for line in lines]
        assert len(set(keys)) == len(keys)


def test_numbers_and_figures_are_those_of_the_result(case: Path) -> None:
    result = json.loads((case / "result.json").read_text("utf-8"))
    numbers = {
        (row["code"], row["stream"]): int(row["number"]) for row in rows(case / "numbers.csv")
    }
    assert numbers == {(c["code"], c["stream"]): c["number"] for c in result["cells"]}
    for indicator in result["indicators"]:
        lines = rows(case / f"figures-{indicator['name']}.csv")
        assert {line["code"]: Fraction(line["value"]) for line in lines} == {
            code: Fraction(value) for code, value in indicator["values"].items()
        }


def test_every_number_is_explained(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = rows(case / "explanation.csv")
    explained = {(line["code"], line["stream"]) for line in lines}
    assert explained == {(row["code"], row["stream"]) for row in rows(case / "numbers.csv")}
    said = " ".join(run(monkeypatch, "explain", RECEPTION, "Middelburg").out.split())
    own = [line["said"] for line in lines if line["code"] == "GM0687"]
    assert len(own) > 10
    assert all(" ".join(each.split()) in said for each in own)


def test_sources_have_their_licence_and_what_is_computed_claims_none(case: Path) -> None:
    package = described(case)
    by_path = {each["path"]: each for each in package["resources"]}
    recorded = 'CC BY 4.0 ("Bron: CBS"), to be confirmed before a release'
    (licence,) = by_path["figures-population.csv"]["licenses"]
    assert (licence["name"], licence["title"]) == ("CC-BY-4.0", recorded)
    (source,) = by_path["figures-population.csv"]["sources"]
    assert source == {
        "title": "CBS, population per municipality on 1 January, in the division of that day",
        "licence": recorded,
    }
    titles = [each["title"] for each in package["sources"]]
    assert source["title"] in titles
    assert "COA, provincial and municipal distribution of January 2024" in titles
    assert any(
        "the division of 1 January of each year" in title for title in titles
    )  # of the names
    assert len(set(titles)) == len(titles)
    for one in (package, by_path["numbers.csv"], by_path["result.json"]):
        assert "licenses" not in one


def test_what_is_not_known_of_a_licence_is_said_and_not_guessed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    instance = bent(
        "instance.yaml",
        "    title: {nl: score, en: score}\n",
        "    title: {nl: score, en: score}\n    licence: ask us\n",
    )
    folder = write_example(tmp_path / "example", **instance)
    assert run(monkeypatch, "run", folder, "--out", tmp_path / "case").status == 0
    by_path = {each["path"]: each for each in described(tmp_path / "case")["resources"]}
    people, score = by_path["figures-people.csv"], by_path["figures-score.csv"]
    assert people["sources"] == [{"title": "an example", "licence": None}]
    assert people["licenceNotes"] == [
        "It is not known under which licence this was published: an example."
    ]
    assert score["sources"] == [{"title": "an example", "licence": "ask us"}]
    assert score["licenceNotes"] == ["The licence of an example is in words: ask us."]
    assert "licenses" not in people
    assert "licenses" not in score


def test_a_leaf_without_a_figure_has_an_empty_value(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = ("--key", "population / median_income", "--missing", "exclude")
    assert run(monkeypatch, "run", RECEPTION, *key, "--out", tmp_path / "case").status == 0
    result = json.loads((tmp_path / "case" / "result.json").read_text("utf-8"))
    (income,) = (each for each in result["indicators"] if each["name"] == "median_income")
    lines = rows(tmp_path / "case" / "figures-median_income.csv")
    assert [line["code"] for line in lines if not line["value"]] == income["lacking"]


def test_the_receipt_makes_the_result_again(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "replay", case / "receipt.json")
    assert outcome.status == 0, outcome.out
    assert outcome.out.startswith("The same: nl/reception-2024")
    assert run(monkeypatch, "verify", case / "result.json").status == 0


def test_the_same_run_gives_the_same_bytes(
    case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()  # an empty folder will do
    assert run(monkeypatch, "run", RECEPTION, "--out", tmp_path / "other").status == 0
    for path in case.iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes(), path.name


def test_what_somebody_keeps_in_a_folder_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear board")
    outcome = run(monkeypatch, "run", RECEPTION, "--out", tmp_path / "mine")
    assert outcome.status == 2
    assert "This holds something already: letter.txt." in outcome.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_folder_that_cannot_be_written_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outcome = run(monkeypatch, "run", RECEPTION, "--out", tmp_path / "no" / "case")
    assert outcome.status == 2
    assert "The folder cannot be written: there is no such folder." in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_an_ending_and_a_folder_with_a_dialect_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "case").write_text("a file")
    outcome = run(monkeypatch, "run", RECEPTION, "--out", tmp_path / "case")
    assert outcome.status == 2
    assert "This is there already, and it is no folder." in outcome.err
    outcome = run(monkeypatch, "run", RECEPTION, "--out", tmp_path / "new", "--dialect", "nl")
    assert outcome.status == 2
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_there_may_have_a_point_in_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "case.2024").mkdir()
    outcome = run(monkeypatch, "run", "nl/minors-2024-3660", "--out", tmp_path / "case.2024")
    assert outcome.status == 0
    assert (tmp_path / "case.2024" / "datapackage.json").is_file()
    outcome = run(monkeypatch, "run", "nl/minors-2024-3660", "--out", tmp_path / "case.2025")
    assert outcome.status == 2
    assert "does not say its format" in outcome.err


def test_very_many_areas_are_not_all_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from allocator.report.package import run_folder

    monkeypatch.setattr(run_folder, "EXPLAINED", 12)
    for instance, there in (("nl/minors-2024-3660", False), ("at/basic-care-example", True)):
        folder = tmp_path / instance.replace("/", "-")
        assert run(monkeypatch, "run", instance, "--out", folder).status == 0
        paths = [each["path"] for each in described(folder)["resources"]]
        assert ("explanation.csv" in paths) is there
        assert (folder / "explanation.csv").exists() is there
