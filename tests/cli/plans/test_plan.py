"""`allocator plan`: the best plan of a province, what if, why not, and what follows from it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from allocator.plan.beside.alternatives import NextBest
from allocator.plan.solving.answer import Stopped
from tests.cli.runner import run

ZEELAND = "nl/plan-example-zeeland"


def test_the_plan_of_zeeland(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "plan", ZEELAND)
    said = " ".join(outcome.out.split())
    assert outcome.status == 0, outcome.err
    assert (
        "426 count already, 36 of them for minors, so 1,678 are to be found in all, and 143 for"
        in said
    )
    assert "With that the province's number is met, that of minors included." in said
    assert "Proven: in the order below no plan does better" in said
    assert "! Invented: the locations, pledges and agreements" in said
    assert "Goes carries out 45 places of Noord-Beveland, 4 of them for minors" in said
    assert "A grant follows for 526 places above 1,578.00 (act, art. 9(3))." in said


def test_csv_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "plan", ZEELAND, "--format", "csv")
    province, *municipalities = csv.DictReader(io.StringIO(outcome.out))
    assert len(municipalities) == 13
    for column in ("indicative", "already", "planned", "carried", "carried_minors", "difference"):
        assert int(province[column]) == sum(int(row[column]) for row in municipalities), column
    for row in (province, *municipalities):
        assert int(row["already"]) + int(row["planned"]) == int(row["carried"])
        assert int(row["carried"]) - int(row["task"]) == int(row["difference"])


def test_the_ledger_leads_from_numbers_to_plan(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Numbers with agreements and changes make what is carried, as far as they go."""
    ledger, table = tmp_path / "ledger.csv", tmp_path / "table.csv"
    run(monkeypatch, "plan", ZEELAND, "--format", "ledger", "--out", ledger)
    run(monkeypatch, "plan", ZEELAND, "--out", table)
    changes: dict[tuple[str, str], int] = {}
    for row in csv.DictReader(ledger.open(encoding="utf-8")):
        cell = row["code"], row["stream"]
        changes[cell] = changes.get(cell, 0) + int(row["change"])
    assert sum(n for (_, stream), n in changes.items() if stream == "places") == 0
    assert sum(n for (_, stream), n in changes.items() if stream == "minors") == 0
    rows = list(csv.DictReader(table.open(encoding="utf-8")))[1:]
    # minors are one above their number, so one place of them is handed over by nobody
    off = {
        row["name"]: int(row["carried"])
        - int(row["indicative"])
        - changes.get((row["code"], "places"), 0)
        for row in rows
    }
    assert sum(abs(number) for number in off.values()) <= 2
    read = run(monkeypatch, "swap", "nl/reception-2024", "--ledger", ledger)
    assert read.status == 0, read.err


def test_json_has_stages_and_a_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "plan", ZEELAND, "--format", "json", "--without", "goes-4")
    found = json.loads(outcome.out)
    assert found["format"] == "allocator-plan/1"
    assert "goes-4" not in found["plan"]["locations"]
    assert found["plan"]["proven"] is True
    assert [stage["aim"] for stage in found["plan"]["stages"]] == [
        *("places", "minors", "beyond", "beyond", "beyond", "beyond", "apart", "sites", "cost")
    ]
    assert found["receipt"]["options"] == {"without": ["goes-4"]}
    files = [each["file"] for each in found["receipt"]["inputs"]]
    assert "instances/nl/plan-example-zeeland/locations.csv" in files
    assert all(len(each["sha256"]) == 64 for each in found["receipt"]["inputs"])


def test_the_chapter_in_both_languages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for lang, heading in (("en", "# Plan for Zeeland"), ("nl", "# Plan voor Zeeland")):
        out = tmp_path / f"{lang}.md"
        assert run(monkeypatch, "plan", ZEELAND, "--out", out, "--lang", lang).status == 0
        written = out.read_text("utf-8")
        assert written.startswith(f"{heading}\n")
        tables = [line for line in written.splitlines() if line.startswith("|")]
        assert len({line.count(" | ") for line in tables if "Middelburg" in line}) <= 2
        assert written.count("\n## ") >= 6


def test_a_refused_location_has_a_price(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "plan", ZEELAND, "--without", "GOES-4")
    said = " ".join(outcome.out.split())
    assert "Refused: Without locatie Goes 4 (verzonnen): +24 places more than 10% away" in said


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        (
            ("--pledge", "Veere=150"),
            1,
            "These do not go together: --pledge Veere=150 and grens Veere.",
        ),
        (
            ("--cap", "Middelburg=100"),
            1,
            "This cannot be met with the locations that are given: --cap Middelburg=100.",
        ),
        (("--without", "goes-44"), 2, "--without: There is no location 'goes-44' to refuse."),
        (("--pledge", "Goas=10"), 2, "There is no area 'Goas'"),
        (("--pledge", "Groningen=10"), 2, "is no municipality of the plan's province."),
        (("--pledge", "Goes"), 2, "--pledge: 'Goes' names no municipality with a number."),
        (("--pledge", "Goes:special=3"), 2, "names no municipality with a number."),
        (("--cap", "Goes=-3"), 2, "--cap: "),
        (("--cap", "Goes=1.5"), 2, "--cap: "),
        (("--area", "Utrecht"), 2, "There is no table of locations for this province."),
        (("--area", "Zeland"), 2, "Zeeland"),
        (("--out", "plan.xyz"), 2, "does not say its format."),
    ],
)
def test_what_cannot_be_is_said(
    monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], status: int, told: str
) -> None:
    outcome = run(monkeypatch, "plan", ZEELAND, *typed)
    assert outcome.status == status, outcome.out + outcome.err
    assert told in " ".join(outcome.err.split())
    assert outcome.out == ""


def test_an_instance_without_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "plan", "nl/reception-2024")
    assert outcome.status == 2
    assert "It is not said of which province the plan is." in outcome.err


def test_no_number_can_be_demanded_that_caps_forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ("--cap", "Sluis=100", "--cap", "Hulst=100", "--cap", "Tholen=50", "--must-meet")
    outcome = run(monkeypatch, "plan", ZEELAND, *typed)
    said = " ".join(outcome.err.split())
    if outcome.status:  # which of them collide is the solver's to say; that the number does is not
        assert outcome.status == 1
        assert "Zeeland must have 2,104 places" in said
    else:
        assert "With that the province's number is met" in " ".join(outcome.out.split())


def test_own_tables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "name,code,kind,status,smallest,largest,opens,durable\n"
        "kade,Middelburg,regular,candidate,100,400,2024-06-01,yes\n"
        "hof,Goes,minors,candidate,16,40,2024-06-01,yes\n",
        "utf-8",
    )
    outcome = run(
        monkeypatch,
        *("plan", "nl/reception-2024", "--area", "Zeeland", "--locations", own, "--format", "json"),
    )
    assert outcome.status == 0, outcome.err
    found = json.loads(outcome.out)
    assert found["plan"]["locations"] == {"hof": 40, "kade": 400}
    assert found["plan"]["stages"][0]["value"] == 2104 - 440
    assert found["plan"]["stages"][1]["value"] == 179 - 40
    assert found["quality"] == "own"


def test_next_best_plans_that_were_cut_short_end_with_3(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_short = NextBest((), Stopped.TIME)
    monkeypatch.setattr("allocator.asking.planning.next_best", lambda *asked: cut_short)
    outcome = run(monkeypatch, "plan", ZEELAND, "--alternatives", "2")
    assert outcome.status == 3
    assert "The time was over: there may be more plans" in " ".join(outcome.out.split())
