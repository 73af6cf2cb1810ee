"""`allocator series`, on a screen, as csv and as json, and what cannot be asked."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from allocator.model.half_year import HalfYear
from allocator.periods.notice import Announced, Timing
from allocator.report.periods.findings import dates_said
from allocator.words.text import LocalText
from tests.cli.periods.half_years import BALANCES, refused, rows, small
from tests.cli.runner import run
from tests.example import INSTANCE, RULE


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


# --- Half-years of one's own ---


def own(
    home: Path,
    name: str,
    total: int = 100,
    period: str = "2023-H1",
    replaces: str = "",
    **files: str,
) -> Path:
    """The folder of a half-year with places and minors."""
    written = (INSTANCE + BALANCES).replace("nl/example", f"nl/{name}")
    written = written.replace("number: 100", f"number: {total}").replace("2023-H1", period)
    if replaces:
        written += f"revision_of: nl/{replaces}\n"
    home.mkdir(exist_ok=True)
    return small(home / name, instance_yaml=written, **files)


def rolled(monkeypatch: pytest.MonkeyPatch, home: Path, name: str) -> Path:
    """The folder of the half-year after one of 2023-H1."""
    target = home / "next"
    outcome = run(
        monkeypatch,
        *("roll", home / name, "--period", "2023-H2", "--total", "places=50"),
        *("--total", "minors=5", "--out", target),
    )
    assert outcome.status == 0, outcome.err
    return target


def table(monkeypatch: pytest.MonkeyPatch, home: Path, *arguments: object) -> list[dict[str, str]]:
    """The series of places over half-years of one's own."""
    outcome = run(monkeypatch, "series", home, "--stream", "places", *arguments, "--format", "csv")
    assert outcome.status == 0, outcome.err
    return rows(outcome.out)


@pytest.mark.parametrize("rounding", ["half-up", "consistent"])
def test_what_is_in_force_is_what_status_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rounding: str
) -> None:
    files = {"rule_yaml": RULE.replace("half-up", rounding) + "crossing: reported\n"}
    for total in range(101, 112):
        home = tmp_path / str(total)
        own(home, "x-announced", 100, **files)
        own(home, "x", total, replaces="x-announced", **files)
        for code in ("A", "B", "C", "D", "P1"):
            (found,) = table(monkeypatch, home, "--area", code)
            status = rows(run(monkeypatch, "status", home / "x", "--format", "csv").out)
            (line,) = (r for r in status if (r["code"], r["stream"]) == (code, "places"))
            assert found["in_force"] == line["number"]
            assert found["corrected"] == line["corrected"]
            assert found["realised"] == line["realised"]


def test_the_country_has_the_number_set_and_the_sum_by_the_rule(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own(tmp_path, "x-announced", 200)
    own(tmp_path, "x", 103, replaces="x-announced")
    rolled(monkeypatch, tmp_path, "x")
    first, then = table(monkeypatch, tmp_path)
    parts = [table(monkeypatch, tmp_path, "--area", code)[0] for code in "ABCD"]
    by_rule = sum(int(part["in_force"]) for part in parts)
    assert (first["announced"], first["in_force"], first["adds_up_to"]) == (
        "200",
        "103",
        str(by_rule),
    )
    assert (first["opening"], first["realised"]) == ("4", "70")
    assert (int(first["corrected"]), int(first["closing"])) == (by_rule + 4, by_rule + 4 - 70)
    assert first["computed"] == "adds_up_to opening corrected realised closing"
    assert (then["announced"], then["in_force"], then["opening"]) == ("50", "50", first["closing"])
    same = table(monkeypatch, tmp_path, "--area", "NL")
    assert same == [first, then]
    assert "adds up to" in run(monkeypatch, "series", tmp_path, "--stream", "places").out


def test_one_of_several_streams_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own(tmp_path, "x")
    minors = rows(run(monkeypatch, "series", tmp_path, "--stream", "minors", "--format", "csv").out)
    assert [row["in_force"] for row in minors] == ["10"]
    which = "--stream: There are several streams: places, minors.\n    Say which: --stream places."
    assert which in refused(monkeypatch, "series", tmp_path)
    unknown = "--stream: There is no stream 'men' here.\n    The streams are: places, minors."
    assert unknown in refused(monkeypatch, "series", tmp_path, "--stream", "men")


def test_a_record_has_the_stream_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(monkeypatch, "series", "nl/housing").out
    asked = run(monkeypatch, "series", "nl/housing", "--stream", "permit_holders")
    assert asked.out == whole
    told = "There is no stream 'places' here.\n    The streams are: permit_holders."
    assert told in refused(monkeypatch, "series", "nl/housing", "--stream", "places")


def test_folders_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own(tmp_path, "x")
    (tmp_path / "x").rename(tmp_path / "y")
    own(tmp_path, "x", 120)
    told = refused(monkeypatch, "series", tmp_path, "--stream", "places")
    assert f"{tmp_path / 'y' / 'instance.yaml'}: The instance of" in told
    assert "is named nl/x too.\n    Give each a name of its own under `instance:`." in told


def test_folders_of_other_periods_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("x", "y"):
        folder = own(tmp_path, name, period="2023")
        written = (folder / "instance.yaml").read_text("utf-8").replace(BALANCES, "")
        (folder / "instance.yaml").write_text(written + "date: 2023-01-01\n", "utf-8")
    told = refused(monkeypatch, "series", tmp_path, "--stream", "places")
    assert told.count("'2023' is no half-year.") == 2
    assert "A series is of half-years: put the others elsewhere." in told


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A,Aalst,places,", "E,Aalst,places,", "has lines that nl/x does not have: E (places)."),
        ("A,Aalst,places,", "A,Aalst,women,", "has lines that nl/x does not have: A (women)."),
        ("A,Aalst,places,", "A,Aalst,women,", "lacks lines of nl/x: A (places)."),
        ("places,14,0,5,10,9", "places,15,0,5,10,10", "not the numbers of nl/x for: A (places)."),
    ],
)
def test_an_account_that_is_not_of_the_half_year_before_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str, expected: str
) -> None:
    own(tmp_path, "x")
    account = rolled(monkeypatch, tmp_path, "x") / "before.csv"
    lines = account.read_text("utf-8")
    assert old in lines
    account.write_text(lines.replace(old, new), "utf-8")
    told = said(refused(monkeypatch, "series", tmp_path, "--stream", "places"))
    assert f"{tmp_path / 'next' / 'instance.yaml'}: The account of 2023-H1" in told
    assert expected in told
    assert "Mend the table under `follows:`, or roll nl/x once more." in told


def test_a_line_that_is_lacking_in_an_account_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own(tmp_path, "x")
    account = rolled(monkeypatch, tmp_path, "x") / "before.csv"
    lines = account.read_text("utf-8").splitlines()
    account.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    told = said(refused(monkeypatch, "series", tmp_path, "--stream", "places"))
    assert "lacks lines of nl/x: D (minors)." in told


def test_what_was_rolled_before_a_revision_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own(tmp_path, "x-announced", 200)
    rolled(monkeypatch, tmp_path, "x-announced")
    own(tmp_path, "x", 100, replaces="x-announced")
    told = said(refused(monkeypatch, "series", tmp_path, "--stream", "places"))
    assert "not the numbers of nl/x for: A (places)" in told


def test_folders_are_read_though_the_shelf_has_their_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    own(tmp_path / "nl", "housing-2023-h1")
    (found,) = table(monkeypatch, Path("nl"))
    assert found["in_force"] == "100"


def test_an_area_by_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "series", "nl/housing", "--area", "Den Haag")
    assert "municipality 's-Gravenhage" in outcome.out
    assert outcome.out == run(monkeypatch, "series", "nl/housing", "--area", "GM0518").out


def test_a_note_comes_once_for_all_its_half_years(monkeypatch: pytest.MonkeyPatch) -> None:
    words = said(run(monkeypatch, "series", "nl/housing", "--area", "Land van Cuijk").out)
    assert words.count("which became Land van Cuijk") == 1
    assert (
        "- 2016-H2, 2017-H1, 2017-H2, 2019-H1, 2019-H2, 2020-H2 and 2021-H2: Boxmeer, Grave"
        in words
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (2, "is 2 days after 2 October 2022, the last day that art. 29(1) allows;"),
        (1, "is 1 day after 2 October 2022, the last day that art. 29(1) allows;"),
        (0, "is the last day that art. 29(1) allows;"),
        (-1, "is 1 day before 2 October 2022, the last day that art. 29(1) allows;"),
        (-12, "is 12 days before 2 October 2022, the last day that art. 29(1) allows;"),
    ],
)
def test_a_revision_is_announced_so_many_days_before_or_after(days: int, expected: str) -> None:
    latest, source = date(2022, 10, 2), LocalText("brief", "letter")
    day = latest + timedelta(days=days)
    found = Announced(HalfYear(2023, 1), day, latest, "29(1)", Timing.REVISED, source)
    (told,) = dates_said([found], "en")
    assert f"(letter) {expected} on that day the number replaced" in told
