"""`allocator diff`, between instances and between results."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.example import bent, write_example

OLD, NEW = "nl/housing-2022-h2", "nl/housing-2023-h1"


def test_the_screen_names_the_changes_and_their_effects(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "diff", OLD, NEW)
    assert outcome.status == 0, outcome.err
    said = " ".join(outcome.out.split())
    assert "(1) division: 344 municipalities on 1 July 2022 → 342 municipalities" in said
    assert "(3) total of permit holders: 13,500 → 21,200" in said
    assert "The same in both: rule (nl/housing-target@2016-01-01: population)" in said
    assert "Nederland 13,675 21,362 +7,687 −1 −3 +7,691" in said
    assert "Brielle + Hellevoetsluis + Westvoorne → Voorne aan Zee 58 89 +31 −1 0 +32" in said


def test_an_announcement_and_its_revision_differ_in_the_total_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments = ("diff", "nl/housing-2023-h2-announced", "nl/housing-2023-h2")
    said = " ".join(run(monkeypatch, *arguments).out.split())
    assert "(1) total of permit holders: 27,300 → 17,600" in said
    assert "(2)" not in said


def test_the_same_twice_has_no_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "diff", NEW, NEW)
    assert outcome.status == 0
    assert "Nothing that numbers depend on is another." in outcome.out


def test_csv_has_a_column_for_every_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "diff", OLD, NEW, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    effects = ("division", "indicator:population", "total:permit_holders")
    assert tuple(rows[0])[-3:] == effects
    for row in rows:
        assert int(row["difference"]) == int(row["after"]) - int(row["before"])
        assert int(row["difference"]) == sum(int(row[name]) for name in effects)
    leaves = sum(int(row["after"]) for row in rows if row["level"] == "municipality")
    assert leaves == next(int(row["after"]) for row in rows if row["code"] == "NL")


def test_json_is_exact_and_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "diff", OLD, NEW, "--format", "json")
    assert outcome.out == run(monkeypatch, "diff", OLD, NEW, "--format", "json").out
    data = json.loads(outcome.out)
    assert data["format"] == "allocator-diff/1"
    assert data["steps"] == [["division"], ["indicator:population"], ["total:permit_holders"]]
    assert [change["cause"] for change in data["changes"]] == [name for (name,) in data["steps"]]
    for cell in data["cells"]:
        for key in ("number", "quota"):
            before, after = (Fraction(cell[side][key]) for side in ("before", "after"))
            assert sum(Fraction(effect[key]) for effect in cell["effects"]) == after - before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((OLD,), (NEW,)),
        (("nl/reception-2024", "--rounding", "consistent"), ("nl/reception-2024",)),
        (("nl/reception-2024",), ("nl/reception-2024-capped-example",)),
    ],
)
def test_results_tell_the_same_as_what_they_were_made_of(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    first: tuple[str, ...],
    second: tuple[str, ...],
) -> None:
    for name, asked in (("a", first), ("b", second)):
        assert run(monkeypatch, "run", *asked, "--out", tmp_path / f"{name}.json").status == 0
    between = ("diff", tmp_path / "a.json", tmp_path / "b.json", "--format", "csv")
    outcome = run(monkeypatch, *between)
    assert outcome.status == 0, outcome.err
    mixed = run(monkeypatch, "diff", tmp_path / "a.json", second[0], "--format", "csv")
    assert mixed.out == outcome.out
    if len(first) == 1:
        assert outcome.out == run(monkeypatch, "diff", *first, *second, "--format", "csv").out


def test_own_folders_and_dutch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one = write_example(tmp_path / "one")
    other = write_example(tmp_path / "other", **bent("people.csv", "1000", "1500"))
    outcome = run(monkeypatch, "diff", one, other, "--lang", "nl")
    assert outcome.status == 0, outcome.err
    assert "10.000" in outcome.out
    assert "10.500" in outcome.out


def test_what_cannot_be_compared_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    absent = run(monkeypatch, "diff", "nl/housing-2023-h9", tmp_path / "no.json")
    assert absent.status == 2
    assert "There is no instance 'nl/housing-2023-h9'" in absent.err
    assert "There is no such file" in absent.err  # both are told at once
    abroad = run(monkeypatch, "diff", NEW, "de/municipalities-2019-example")
    assert abroad.status == 2
    assert "no area in common" in abroad.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this is not JSON"),
        (b"[" * 100_000, "nested more than 30 deep"),
        (b'{"format": "allocator-result/1"}', "does not belong together"),
        (b'{"a": 1, "a": 2}', "stands in one mapping twice"),
        (b'{"a": "\\u001b[2J"}', "no text holds (U+001B)"),
        (b'{"a": "\\ud800"}', "no text holds (U+D800)"),
        (b"\xff", "This is not a text in UTF-8"),
        (b"[]", "This is no result"),
    ],
)
def test_a_result_that_is_none_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "x.json").write_bytes(content)
    outcome = run(monkeypatch, "diff", tmp_path / "x.json", NEW)
    assert outcome.status == 2
    assert said in outcome.err


def test_a_forged_result_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "x.json"
    run(monkeypatch, "run", NEW, "--out", out)
    data = json.loads(out.read_text("utf-8"))
    data["cells"][0]["number"] += 1
    out.write_text(json.dumps(data), "utf-8")
    outcome = run(monkeypatch, "diff", out, NEW)
    assert outcome.status == 2
    assert "does not belong together" in outcome.err
