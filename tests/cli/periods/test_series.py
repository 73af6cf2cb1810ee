"""`allocator series`, on a screen, as csv and as json, and what cannot be asked."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.runner import run


def said(written: str) -> str:
    """The words of a screen, without its line ends."""
    return " ".join(written.split())


def test_the_screen_shows_every_inconsistency(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "series", "nl/housing", "--from", "2016-H2", "--to", "2025-H2")
    words = said(outcome.out)
    assert outcome.status == 0
    assert "9,979 + 3,728 − 11,886 = 1,821; published: 1,830 (letter" in words
    assert "9 more; 1,833 (NRC a4143770), 12 more" in words
    assert "12,787 + 71 = 12,858; beside it" in words
    assert "11,000 + 1,500 + 358 = 12,858, exactly the same." in words
    assert "3,728 + 12,787 + 71 − 11,000 = 5,586; this implies opening balance" in words
    assert "5,586 + 11,000 − 12,787 − 71 = 3,728; published: 3,728" in words
    assert "10,000 + 3,728 = 13,728; published: 13,728" in words
    assert "(17,000 to 18,000) − 15,330 = 1,670 to 2,670; published: 1,200 to 2,200" in words
    assert "approximate), 470 fewer." in words
    assert (
        "Of 5 half-years no number is in the record: 2018-H1, 2018-H2, 2020-H1, 2021-H1 and "
        "2024-H2." in words
    )
    (gap,) = (line for line in outcome.out.splitlines() if line.startswith("2018-H1"))
    assert gap.split() == ["2018-H1", *"––––––––"]
    assert max(map(len, outcome.out.splitlines())) <= 100


def test_dutch_numbers_and_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "series", "nl/housing", "--from", "2022-H1", "--lang", "nl")
    assert "9.979 + 3.728 − 11.886 = 1.821" in said(outcome.out)
    assert "wat de gepubliceerde tabel overlaat" in said(outcome.out)


def test_an_area_shows_what_was_computed_published_and_implied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcome = run(monkeypatch, "series", "nl/housing", "--area", "PV29", "--from", "2022-H2")
    lines = [line.split() for line in outcome.out.splitlines()]
    assert ["2022-H2", "303*", "303*", "–", "−46†", "257", "–", "–"] in lines
    assert ["2023-H1", "472*", "472*", "469", "−73°", "396", "–", "–"] in lines


def test_a_name_of_several_areas_shows_each(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "series", "nl/housing", "--area", "utrecht", "--to", "2016-H2")
    heads = [line for line in outcome.out.splitlines() if "Utrecht," in line]
    assert [head.split(": ")[1] for head in heads] == [
        "municipality Utrecht, 2016-H2 to 2016-H2",
        "safety region Utrecht, 2016-H2 to 2016-H2",
        "province Utrecht, 2016-H2 to 2016-H2",
    ]


def test_the_country_by_its_code_is_the_national_series(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(monkeypatch, "series", "nl/housing")
    assert run(monkeypatch, "series", "nl/housing", "--area", "NL").out == whole.out


def test_an_area_that_is_gone_is_found_on_an_older_map(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(
        monkeypatch, "series", "nl/housing", "--area", "Haaren", "--from", "2022-H1", "--to",
        "2022-H2",
    )  # fmt: skip
    assert "2022-H1 and 2022-H2: Haaren ended on 1 January 2021." in said(outcome.out)


def test_csv_has_plain_numbers_and_empty_gaps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "series.csv"
    outcome = run(monkeypatch, "series", "nl/housing", "--out", path)
    rows = {row["period"]: row for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))}
    assert outcome.out == ""
    assert "not in the csv" in outcome.err
    assert len(rows) == 19
    assert rows["2021-H2"] == {
        "level": "country",
        "code": "NL",
        "name": "Nederland",
        "period": "2021-H2",
        "announced": "11000",
        "in_force": "11000",
        "adds_up_to": "11178",
        "published": "",
        "opening": "5586",
        "corrected": "16586",
        "realised": "12858",
        "closing": "3728",
        "computed": "adds_up_to",
        "implied": "opening corrected realised closing",
        "implied_by_computed": "",
    }
    assert set(list(rows["2018-H1"].values())[4:]) == {""}


def test_json_has_entries_and_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "series", "nl/housing", "--format", "json")
    data = json.loads(outcome.out)
    assert data["format"] == "allocator-series/1"
    (found,) = data["series"]
    assert len(found["entries"]) == 19
    (head_start,) = (
        each for each in found["findings"] if each["sum"]["formula"] == "expected - in_all"
    )
    assert (head_start["sum"]["low"], head_start["sum"]["high"]) == ("1670", "2670")
    assert head_start["holds"] is False
    (beside,) = head_start["compared"]
    assert (beside["more_at_the_low_end"], beside["quality"]) == ("-470", "approximate")
    assert [each["timing"] for each in found["announced"]][:2] == ["undecided", "in-time"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nl/hosing"], "There is no record 'nl/hosing'.\n    Did you mean nl/housing?"),
        (
            ["nl/housing", "--from", "2016"],
            "--from: '2016' is no half-year.\n    Write it like 2022-H1.",
        ),
        (["nl/housing", "--to", ""], "--to: '' is no half-year."),
        (
            ["nl/housing", "--from", "2022-H2", "--to", "2022-H1"],
            "--from: 2022-H2 comes after 2022-H1.\n    Exchange the two.",
        ),
        (
            ["nl/housing", "--to", "2030-H1"],
            "--to: 2030-H1 lies outside the record, which goes from 2016-H2 to 2025-H2.",
        ),
        (["nl/housing", "--area", "Delfft"], "Did you mean Delft?"),
        (["nl/housing", "--area", ""], "There is no area ''"),
        (["nl/housing", "--out", "series.pdf"], "'series.pdf' does not say its format."),
    ],
)
def test_what_cannot_be_asked_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str
) -> None:
    outcome = run(monkeypatch, "series", *arguments)
    assert outcome.status == 2
    assert expected in outcome.err
    assert outcome.out == ""
