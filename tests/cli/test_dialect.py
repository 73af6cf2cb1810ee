"""`--dialect nl` on every verb that writes a csv."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click
import pytest

from allocator.cli.main import allocator as verbs
from allocator.report.tables import for_dutch_spreadsheet
from tests.cli.runner import run

#: One question for each verb that writes a csv.
CSV = {
    "run": ("nl/minors-2024-3660",),
    "audit": ("nl/minors-2024-3660",),
    "infer": ("nl/minors-2024-3660",),
    "reconcile": ("nl/reception-2024", "--tolerance", "0.1"),
    "status": ("nl/balances-2021-h2-example", "--month", "4"),
    "catchup": ("nl/balances-2021-h2-example",),
    "revise": ("nl/housing-2023-h2",),
    "swap": ("nl/balances-2021-h2-example",),
    "series": ("nl/housing",),
    "diff": ("nl/housing-2022-h2", "nl/housing-2023-h1"),
    "compare": ("nl/minors-2024-3660", "--key", "population"),
    "margins": ("nl/reception-2024", "Middelburg"),
    "sweep": ("nl/minors-2024-3660", "--weights", "population", "--grid", "0.5"),
    "plan": ("nl/plan-example-zeeland",),
}


def writes_csv(verb: click.Command) -> bool:
    return any(
        isinstance(each.type, click.Choice) and "csv" in each.type.choices for each in verb.params
    )


def test_every_verb_that_writes_a_csv_is_tried_here() -> None:
    assert set(CSV) == {name for name, verb in verbs.commands.items() if writes_csv(verb)}


@pytest.mark.parametrize("verb", [verb for verb in CSV if verb not in ("reconcile", "plan")])
def test_the_same_table_as_a_dutch_spreadsheet_opens_it(
    monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    typed = (verb, *CSV[verb], "--format", "csv", "--quiet")
    plain = run(monkeypatch, *typed)
    dutch = run(monkeypatch, *typed, "--dialect", "nl")
    assert dutch.status == plain.status
    assert dutch.out == for_dutch_spreadsheet(plain.out)
    assert ";" in dutch.out


@pytest.mark.parametrize("verb", CSV)
def test_only_a_csv_has_a_dialect(monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    outcome = run(monkeypatch, verb, *CSV[verb], "--dialect", "nl")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("--dialect: Only a csv has a dialect.")


def test_a_ledger_in_the_dialect_is_read_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Files on the command line are taken as they are written."""
    instance, agreed = "nl/balances-2021-h2-example", tmp_path / "agreed.csv"
    table = read_numbers(run(monkeypatch, "run", instance, "--format", "csv").out)
    (one, most), other = max(table.items(), key=lambda row: row[1]), min(table)
    table[one], table[other] = most - 5, table[other] + 5
    agreed.write_text("code,number\n" + "".join(f"{c},{n}\n" for c, n in table.items()), "utf-8")
    shown = set()
    for dialect in ("plain", "nl"):
        ledger = tmp_path / f"{dialect}.csv"
        typed = ("swap", instance, "--agreed", agreed, "--out", ledger, "--dialect", dialect)
        assert run(monkeypatch, *typed).status == 0
        shown.add(run(monkeypatch, "swap", instance, "--ledger", ledger, "--format", "csv").out)
    assert len(shown) == 1
    assert f",{most - 5}" in shown.pop()


def read_numbers(content: str) -> dict[str, int]:
    """The number of each municipality in a csv of `run`."""
    return {
        row["code"]: int(row["number"])
        for row in csv.DictReader(io.StringIO(content))
        if row["level"] == "municipality"
    }


def test_a_receipt_knows_the_dialect(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out, receipt = tmp_path / "numbers.csv", tmp_path / "numbers.csv.receipt.json"
    typed = ("run", "nl/minors-2024-3660", "--out", out)
    assert run(monkeypatch, *typed, "--dialect", "nl").status == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads(receipt.read_text("utf-8"))["written"]["dialect"] == "nl"
    assert run(monkeypatch, "replay", receipt).status == 0
    again = tmp_path / "again.csv"
    assert run(monkeypatch, "replay", receipt, "--out", again).status == 0
    assert again.read_bytes() == out.read_bytes()
    other = tmp_path / "other.json"
    assert run(monkeypatch, "replay", receipt, "--out", other).status == 0
    of_other = json.loads((tmp_path / "other.json.receipt.json").read_text("utf-8"))
    assert "dialect" not in of_other["written"]


def test_a_number_that_was_changed_in_the_file_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out, receipt = tmp_path / "numbers.csv", tmp_path / "numbers.csv.receipt.json"
    run(monkeypatch, "run", "nl/minors-2024-3660", "--out", out, "--dialect", "nl")
    content = out.read_bytes()
    assert content.count(b";80\r\n") == 1
    out.write_bytes(content.replace(b";80\r\n", b";81\r\n"))
    outcome = run(monkeypatch, "replay", receipt)
    assert outcome.status == 1
    assert out.name in outcome.out
