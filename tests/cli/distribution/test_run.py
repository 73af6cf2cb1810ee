"""`allocator run`, the way the three users call it."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.example import bent, write_example


def test_csv_has_one_line_per_area_of_every_level_and_stream(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcome = run(monkeypatch, "run", "nl/reception-2024", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert list(rows[0]) == ["level", "code", "name", "parent", "stream", "quota", "number"]
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["level"]] = counts.get(row["level"], 0) + 1
    assert counts == {
        "municipality": 3 * 342,
        "safety_region": 3 * 25,
        "province": 3 * 12,
        "country": 3,
    }
    assert all(len(row["quota"].partition(".")[2]) == 12 for row in rows)
    assert "Approximate: SES-WOA score" in outcome.err


def test_parent_is_the_smallest_area_of_the_main_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "run", "nl/housing-2023-h1", "--format", "csv")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(outcome.out))}
    assert rows["GM0687"]["parent"] == "PV29"  # Middelburg in Zeeland
    assert rows["VR19"]["parent"] == "PV29"  # a safety region lies in one province
    assert rows["PV29"]["parent"] == "NL"
    assert rows["NL"]["parent"] == ""


def test_json_holds_exact_quotas_and_every_input(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "run", "nl/housing-2023-h1", "--format", "json")
    data = json.loads(outcome.out)
    assert data["format"] == "allocator-result/1"
    (population,) = data["indicators"]
    inhabitants = {code: int(value) for code, value in population["values"].items()}
    country = sum(inhabitants.values())
    for cell in data["cells"]:
        if cell["code"] in inhabitants:
            expected = Fraction(21_200 * inhabitants[cell["code"]], country)
            assert Fraction(cell["quota"]) == expected


def test_a_number_without_a_stream_is_for_the_only_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "run", "nl/housing-2023-h1", "--total", "0")
    assert outcome.status == 0
    assert "the numbers add up to 0." in outcome.out


def test_another_rule_on_the_same_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(
        monkeypatch, "run", "nl/housing-2023-h1", "--rule", "nl/proportional-to-inhabitants"
    )
    assert "7 more (drift +7)" in outcome.out


def test_notes_go_with_an_approximate_csv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outcome = run(monkeypatch, "run", "nl/reception-2024", "--out", tmp_path / "x.csv")
    assert outcome.status == 0
    assert (tmp_path / "x.csv").read_text("utf-8").count("\n") == 1 + 3 * (342 + 25 + 12 + 1)
    assert "Approximate" in (tmp_path / "x.csv.notes.txt").read_text("utf-8")


def test_another_question_leaves_a_mark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run(monkeypatch, "run", "nl/minors-2024-3660", "--total", 5000, "--out", tmp_path / "x.csv")
    notes = (tmp_path / "x.csv.notes.txt").read_text("utf-8")
    assert "With another total of 'minors': 5,000 instead of 3,660." in notes
    shown = run(monkeypatch, "run", "nl/minors-2024-3660", "--total", 5000).out
    assert "Beside the published table" not in shown


def test_a_rule_that_is_not_in_force_leaves_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = "nl/proportional-to-inhabitants@2022-01-01"
    outcome = run(monkeypatch, "run", "nl/housing-2017-h1", "--rule", rule)
    assert "was not in force on 1 January 2017" in outcome.out


def test_links_are_followed_and_modes_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "real.csv"
    target.write_text("old")
    target.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(target)
    run(monkeypatch, "run", "nl/housing-2023-h1", "--out", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert target.read_text("utf-8").startswith("level,code")
    assert target.stat().st_mode & 0o777 == 0o640


def test_the_same_bytes_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    for form in ("csv", "json", "table"):
        once = run(monkeypatch, "run", "nl/reception-2024", "--format", form).out
        again = run(monkeypatch, "run", "nl/reception-2024", "--format", form).out
        assert once == again


def test_minors_above_places_are_named_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own_key = bent("rule.yaml", "minors: {part_of: places,", 'minors: {part_of: places, key: "1",')
    total = bent("instance.yaml", "minors: {number: 10", "minors: {number: 60")
    folder = write_example(tmp_path / "example", **own_key, **total)
    target = tmp_path / "x.csv"
    outcome = run(monkeypatch, "run", folder, "--out", target)
    assert outcome.status == 2
    assert "minors come out above places in Aalst and Boom." in outcome.err
    assert not target.exists()


def test_an_unwritable_place_leaves_the_old_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outcome = run(monkeypatch, "run", "nl/housing-2023-h1", "--out", tmp_path / "no" / "x.csv")
    assert outcome.status == 2
    assert "cannot be written" in outcome.err
    target = tmp_path / "folder.csv"
    target.mkdir()
    assert run(monkeypatch, "run", "nl/housing-2023-h1", "--out", target).status == 2
    assert run(monkeypatch, "run", "nl/reception-2024", "--out", target).status == 2
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "nl/housing-2023-h9"], "Did you mean nl/housing-2023-h"),
        (["run", "nl/housing-2023-h1", "--total", "1.5"], "'1.5' is not a whole number."),
        (["run", "nl/housing-2023-h1", "--total", "-5"], "'-5' is negative."),
        (["run", "nl/housing-2023-h1", "--total", "12,000"], "has commas between thousands"),
        (["run", "nl/reception-2024", "--total", "5"], "There are several streams: places, minors"),
        (["run", "nl/reception-2024", "--total", "minros=5"], "Did you mean 'minors'?"),
        (["run", "nl/reception-2024", "--total", "regular=5"], "has no total of its own"),
        (["run", "nl/reception-2024", "--total", "minors=96001"], "more than 'places' (96,000)"),
        (["run", "nl/reception-2024", "--total", "minors=1", "--total", "minors=2"], "once for"),
        (
            ["run", "nl/housing-2023-h1", "--rule", "nl/reception-places"],
            "in force on 1 January",
        ),
        (["run", "nl/housing-2023-h1", "--rule", "nl/housing-targt"], "Did you mean nl/housing-ta"),
        (["run", "nl/housing-2023-h1", "--rule", "nl/housing-target@2020-01-01"], "Its versions"),
        (["run", "nl/housing-2023-h1", "--rule", "nl/housing-target@2015-01-01"], "an authority"),
        (["run", "nl/housing-2023-h1", "--rule", "absent.yaml"], "There is no such file."),
        (["run", "nl/housing-2023-h1", "--out", "x.pdf"], "does not say its format"),
        (["explain", "nl/housing-2022-h2", "Weesp"], "There is no area 'Weesp' on 1 July 2022."),
        (["explain", "nl/housing-2022-h2", "Amsterdm"], "Did you mean Amsterdam"),
        (["frobnicate"], "No such command"),
    ],
)
def test_bad_usage_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    outcome = run(monkeypatch, *arguments)
    assert outcome.status == 2
    assert said in outcome.err
    assert outcome.out == ""


def test_problems_are_told_in_dutch_too(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "run", "nl/housing-2023-h1", "--total", "1.5", "--lang", "nl")
    assert outcome.status == 2
    assert "geen geheel getal" in outcome.err


def test_a_verify_of_somebody_else_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    theirs = tmp_path / "verify.py"
    theirs.write_text("print('mine')\n")
    outcome = run(monkeypatch, "run", "nl/minors-2024-3660", "--out", tmp_path / "x.json")
    assert outcome.status == 0, outcome.err
    assert theirs.read_text() == "print('mine')\n"
    assert (tmp_path / "x.json.receipt.json").is_file()
