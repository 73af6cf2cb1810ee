"""`allocator revise`: another number within the half-year, beside what `run` gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.periods.half_years import DUTCH, numbers, refused, rows, small
from tests.cli.runner import run

FIRST, SECOND = "nl/housing-2023-h2-announced", "nl/housing-2023-h2"
PLAIN = "nl/housing-2023-h1"


def test_both_tables_are_those_of_run(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "revise", SECOND, "--format", "csv")
    found = rows(outcome.out)
    assert ",".join(found[0]) == "level,code,name,parent,stream,original,number,difference"
    assert {row["code"]: int(row["original"]) for row in found} == numbers(monkeypatch, FIRST)
    assert {row["code"]: int(row["number"]) for row in found} == numbers(monkeypatch, SECOND)
    for row in found:
        assert int(row["number"]) - int(row["original"]) == int(row["difference"]) <= 0


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "permit holders: 27,300 (adds up to 27,475) → 17,600 (adds up to 17,764)."),
        ("nl", "vergunninghouders: 27.300"),
    ],
)
def test_the_first_sentence(monkeypatch: pytest.MonkeyPatch, lang: str, said: str) -> None:
    outcome = run(monkeypatch, "revise", SECOND, "--lang", lang)
    assert outcome.status == 0
    assert said in outcome.out
    number = numbers(monkeypatch, SECOND)["NL"]
    assert f"{number:,}" in outcome.out or f"{number:,}".replace(",", ".") in outcome.out


@pytest.mark.parametrize("rounding", [(), ("--rounding", "consistent")])
@pytest.mark.parametrize("total", [0, 1, 20_000, 21_199, 21_200, 21_201, 40_000])
def test_nobody_goes_against_the_total(
    monkeypatch: pytest.MonkeyPatch, total: int, rounding: tuple[str, ...]
) -> None:
    outcome = run(monkeypatch, "revise", PLAIN, "--total", total, *rounding, "--format", "csv")
    assert outcome.status == 0
    for row in rows(outcome.out):
        if row["level"] == "municipality":
            assert (total - 21_200) * int(row["difference"]) >= 0
            assert total != 21_200 or row["difference"] == "0"
        if row["level"] == "country" and rounding:
            assert int(row["number"]) == total


def test_a_second_revision_shows_the_step_before(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "revise", SECOND, "--total", 17_000, "--format", "csv")
    for row in rows(outcome.out):
        assert int(row["original"]) >= int(row["before"]) >= int(row["number"])
        assert int(row["number"]) - int(row["before"]) == int(row["difference"])


def test_joint_changes_stay_and_below_0_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("entry,code,change\n1,GM0363,-500\n1,GM0034,500\n", "utf-8")
    options = ("--total", 3_000, "--ledger", ledger)
    found = {
        row["code"]: row
        for row in rows(run(monkeypatch, "revise", DUTCH, *options, "--format", "csv").out)
    }
    new = int(found["GM0363"]["number"])
    assert int(found["GM0363"]["effective"]) == new - 500 < 0
    assert int(found["GM0034"]["effective"]) == int(found["GM0034"]["number"]) + 500
    shown = run(monkeypatch, "revise", DUTCH, *options).out
    assert f"Below 0, to be mended by another change: Amsterdam −{500 - new}." in shown
    assert "Realised more than is now to do, " in shown


def test_out_writes_by_its_ending(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, form in (("x.csv", "csv"), ("x.txt", "table")):
        outcome = run(monkeypatch, "revise", SECOND, "--out", tmp_path / name)
        assert (outcome.status, outcome.out) == (0, "")
        shown = run(monkeypatch, "revise", SECOND, "--format", form).out
        assert (tmp_path / name).read_text("utf-8") == shown


def test_one_of_several_streams(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outcome = run(
        monkeypatch,
        *("revise", small(tmp_path / "small"), "--total", "places=60", "--format", "csv"),
    )
    found = {(row["code"], row["stream"]): int(row["number"]) for row in rows(outcome.out)}
    # 60 places by weights 1,500, 1,500, 3,000 and 4,400 of 10,400; the 10 minors stay as they are
    assert [found[code, "places"] for code in "ABCD"] == [9, 9, 17, 25]
    assert [found[code, "minors"] for code in "ABCD"] == [1, 1, 3, 4]
    assert [found[code, "regular"] for code in "ABCD"] == [8, 8, 14, 21]


BAD = {
    "nothing to revise to": (
        (PLAIN,),
        "nl/housing-2023-h1 replaces no other number.\n    Give the new one with --total.",
    ),
    "a typo in a stream": ((PLAIN, "--total", "permit_holder=5"), "Did you mean 'permit_holders'?"),
    "an unknown stream": ((PLAIN, "--total", "x=5"), "--total: The rule distributes no 'x'."),
    "no stream of several": (
        ("nl/reception-2024", "--total", "5"),
        "--total: There are several streams: places, minors.\n    Say which: --total places=N.",
    ),
    "two totals": ((PLAIN, "--total", "5", "--total", "6"), "does not name a stream of its own."),
    "two ways": (
        (PLAIN, "--total", "5", "--total", "permit_holders=6"),
        "--total: Two numbers are given for permit_holders.",
    ),
    "a negative number": ((PLAIN, "--total", "-5"), "--total: '-5' is negative."),
    "a decimal": ((PLAIN, "--total", "5.5"), "--total: '5.5' is not a whole number."),
    "no rounding": (
        (PLAIN, "--total", "5", "--rounding", "fine"),
        "--rounding: rounding cannot be 'fine'.\n    Write one of: up, half-up,",
    ),
    "an instance": (("nl/housing-2023-h3",), "Did you mean nl/housing-2023-h"),
    "an ending": ((SECOND, "--out", "x.pdf"), "'x.pdf' does not say its format."),
    "a file": ((SECOND, "--ledger", "absent.csv"), "absent.csv: There is no such file."),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_usage_says_what_to_do(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    arguments, said = BAD[case]
    assert said in refused(monkeypatch, "revise", *arguments)
