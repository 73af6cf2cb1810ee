"""`allocator swap`: joint changes on top of the numbers, and transfers to an agreed table."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.periods.half_years import DUTCH, numbers, refused, rows, small, written
from tests.cli.runner import run

PLAIN = "nl/housing-2021-h2"
GRONINGEN, ALMERE, DRONTEN, AMSTERDAM = "GM0014", "GM0034", "GM0303", "GM0363"


def agreed(monkeypatch: pytest.MonkeyPatch, path: Path, *left_out: str, **changes: int) -> Path:
    """The numbers of the rule with some changes, as a table that was agreed."""
    number = numbers(monkeypatch, PLAIN, "municipality")
    return written(
        path,
        [
            {"code": code, "number": n + changes.get(code, 0)}
            for code, n in number.items()
            if code not in left_out
        ],
    )


def ledger(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["entry,code,stream,change,swap,rate", *lines]) + "\n", "utf-8")
    return path


def test_joint_changes_add_up_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = ledger(tmp_path / "ledger.csv", f"1,{AMSTERDAM},,-20,,", f"1,{ALMERE},,20,,")
    outcome = run(monkeypatch, "swap", DUTCH, "--ledger", path, "--format", "csv")
    found = rows(outcome.out)
    assert ",".join(found[0]) == "level,code,name,parent,stream,number,changed,effective"
    number = numbers(monkeypatch, DUTCH)
    for row in found:
        assert int(row["number"]) == number[row["code"]]
        assert int(row["number"]) + int(row["changed"]) == int(row["effective"])
    changed = {row["code"]: row["changed"] for row in found if row["changed"] != "0"}
    assert changed == {
        **{AMSTERDAM: "-20", "PV27": "-20", "VR13": "-20"},
        **{ALMERE: "20", "PV24": "20", "VR25": "20"},
    }


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "1, permit holders: Amsterdam −20 and Almere +20."), ("nl", "1, vergunninghouders: ")],
)
def test_the_screen_names_the_entries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str, said: str
) -> None:
    path = ledger(tmp_path / "ledger.csv", f"1,{AMSTERDAM},,-20,,", f"1,{ALMERE},,20,,")
    outcome = run(monkeypatch, "swap", DUTCH, "--ledger", path, "--lang", lang)
    assert outcome.status == 0
    assert f"- {said}" in outcome.out
    assert "Below 0" not in outcome.out


def test_a_number_below_0_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = ledger(tmp_path / "ledger.csv", f"1,{AMSTERDAM},,-9000,,", f"1,{ALMERE},,9000,,")
    outcome = run(monkeypatch, "swap", DUTCH, "--ledger", path)
    below = numbers(monkeypatch, DUTCH)[AMSTERDAM] - 9_000
    assert f"Amsterdam −{-below:,}." in outcome.out


def test_a_swap_between_two_streams(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = ledger(
        tmp_path / "ledger.csv",
        *("1,A,places,-3,s,", "1,B,places,3,s,", "2,A,minors,1,s,1/3", "2,B,minors,-1,s,1/3"),
    )
    outcome = run(
        monkeypatch,
        *("swap", small(tmp_path / "small"), "--ledger", path, "--stream", "places"),
        *("--format", "csv"),
    )
    found = {(row["code"], row["stream"]): row["effective"] for row in rows(outcome.out)}
    assert [found[code, "places"] for code in "AB"] == ["11", "17"]
    assert [found[code, "minors"] for code in "AB"] == ["2", "0"]


def test_transfers_lead_to_the_agreed_table(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = agreed(monkeypatch, tmp_path / "agreed.csv", GM0014=-7, GM0034=4, GM0303=3)
    plan = tmp_path / "plan.csv"
    assert run(monkeypatch, "swap", PLAIN, "--agreed", path, "--out", plan).status == 0
    lines = rows(plan.read_text("utf-8"))
    assert ",".join(lines[0]) == "entry,code,name,stream,change"
    assert sum(int(line["change"]) for line in lines) == 0
    after = rows(run(monkeypatch, "swap", PLAIN, "--ledger", plan, "--format", "csv").out)
    wanted = {row["code"]: row["number"] for row in rows(path.read_text("utf-8"))}
    assert {
        row["code"]: row["effective"] for row in after if row["level"] == "municipality"
    } == wanted


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "2 transfers of 7 permit holders in all"), ("nl", "vergunninghouders")],
)
def test_transfers_on_the_screen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str, said: str
) -> None:
    path = agreed(monkeypatch, tmp_path / "agreed.csv", GM0014=-7, GM0034=4, GM0303=3)
    outcome = run(monkeypatch, "swap", PLAIN, "--agreed", path, "--lang", lang)
    assert outcome.status == 0
    assert said in outcome.out.split("\n\n")[1]
    assert all(line[0] != " " for line in outcome.out.splitlines() if "Groningen" in line)


def test_a_workbook_gives_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = agreed(monkeypatch, tmp_path / "agreed.csv", GM0014=-7, GM0034=7)
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(["code", "number"])
    for row in rows(path.read_text("utf-8")):
        sheet.append([row["code"], int(row["number"])])
    made.save(tmp_path / "agreed.xlsx")
    both = [
        run(monkeypatch, "swap", PLAIN, "--agreed", one, "--format", "csv").out
        for one in (path, tmp_path / "agreed.xlsx")
    ]
    assert both[0] == both[1]
    assert both[0].count("\n") == 3


def test_nothing_to_transfer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = agreed(monkeypatch, tmp_path / "agreed.csv")
    assert "The two tables are the same." in run(monkeypatch, "swap", PLAIN, "--agreed", path).out
    empty = run(monkeypatch, "swap", PLAIN, "--agreed", path, "--format", "csv").out
    assert empty == "entry,code,name,stream,change\n"


def test_another_sum_is_no(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = agreed(monkeypatch, tmp_path / "agreed.csv", GM0014=-7)
    folder = tmp_path / "out"
    folder.mkdir()
    said = refused(monkeypatch, "swap", PLAIN, "--agreed", path, status=1, out=folder / "plan.csv")
    assert said == (
        f"{path}: The agreed numbers add up to 11,171, and the numbers to 11,178 (−7).\n"
        "    A joint change leaves the sum as it is, and areas that the table does not name keep "
        "their number: mend the agreed table.\n"
    )


def test_no_border_leads_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = written(
        tmp_path / "agreed.csv",
        [
            {"code": code, "stream": stream, "number": n}
            for stream, its in (("places", (15, 13, 29, 42)), ("minors", (1, 1, 3, 4)))
            for code, n in zip("ABCD", its, strict=True)
        ],
    )
    said = refused(
        monkeypatch,
        *("swap", small(tmp_path / "small"), "--agreed", path, "--stream", "places"),
        status=1,
    )
    assert "No border leads from or to " in said


def test_areas_that_are_missing_keep_their_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = written(
        tmp_path / "agreed.csv", [{"code": "GM0014", "number": 0}, {"code": "GM0034", "number": 0}]
    )
    said = refused(monkeypatch, "swap", PLAIN, "--agreed", path, status=1)
    assert "areas that the table does not name keep their number" in said


BAD = {
    "another stream": (("--stream", "permits"), "--stream: There is no stream 'permits' here."),
    "no ledger": (("--ledger", "absent.csv"), "absent.csv: There is no such file."),
    "no table": (("--agreed", "absent.csv"), "absent.csv: There is no such file."),
    "an ending": (("--out", "x.json"), "Name it .txt or .csv, or add --format."),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_options_say_what_to_do(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    options, said = BAD[case]
    assert said in refused(monkeypatch, "swap", PLAIN, *options)


def test_a_bad_ledger_is_named_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "ledger.csv", f"1,{AMSTERDAM},,-20,,", f"1,{ALMERE},,19,,")
    folder = tmp_path / "out"
    folder.mkdir()
    for verb in ("swap", "status", "catchup"):
        said = refused(monkeypatch, verb, DUTCH, "--ledger", path, out=folder / "x.csv")
        assert f"{path}:2: '1' does not sum to zero but to −1" in said
        assert "taken over 19 (Almere 19), given 20 (Amsterdam 20)." in said
