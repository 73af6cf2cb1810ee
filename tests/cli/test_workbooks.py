"""Workbooks from the command line: every verb that has one, and one that is read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.runner import run

VERBS = {
    "compare nl/reception-2024 --key population --inside Zeeland": "Reception places, Zeeland",
    "audit nl/minors-2024-3660": "Every published number",
    "diff nl/housing-2023-h1 nl/housing-2023-h2": "Municipalities",
    "series nl/housing --from 2021-H2": "Nederland",
    "revise nl/housing-2023-h2": "Municipalities",
    "status nl/balances-2021-h2-example": "Municipalities",
    "plan nl/plan-example-zeeland": "Places, municipalities",
}


@pytest.mark.parametrize("asked", VERBS)
def test_a_name_that_ends_in_xlsx_is_a_workbook(
    asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "annex.xlsx"
    assert run(monkeypatch, *asked.split(), "--out", out).status == 0
    book = load_workbook(out, read_only=True)
    assert VERBS[asked] in book.sheetnames
    book.close()


def test_the_audit_reads_the_workbook_of_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "numbers.xlsx"
    run(monkeypatch, "run", "nl/housing-2023-h1", "--out", out)
    of = ("--of", "nl/housing-2023-h1", "--sheet", "Municipalities")
    heading = "permit holders number"
    outcome = run(monkeypatch, "audit", out, *of, "--column", f"permit_holders={heading}")
    assert outcome.status == 0, outcome.err
    assert "342 of 342 published numbers are what the rule gives" in outcome.out
