"""`allocator status`: the norm, the three states and the sums, reckoned again from the files."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.periods.half_years import (
    DUTCH,
    REALISED,
    changed,
    dutch_rows,
    numbers,
    only,
    refused,
    rows,
    small,
    with_row,
    written,
)
from tests.cli.runner import run

COLUMNS = (
    "level,code,name,parent,stream,month,number,changed,computed,published,opening,excusable,"
    "corrected,norm,realised,state,goal,missed,excused"
)


def states(monkeypatch: pytest.MonkeyPatch, month: int, good: int, slight: int) -> dict[str, str]:
    """Who is where after a month, from the files and `run` alone."""
    done: dict[str, int] = {}
    for row in dutch_rows("realised.csv"):
        by_then = int(row["number"]) if int(row["month"]) <= month else 0
        done[row["code"]] = done.get(row["code"], 0) + by_then
    opening = {
        row["code"]: int(row["published"] or row["computed"]) for row in dutch_rows("opening.csv")
    }
    found = {}
    for code, number in numbers(monkeypatch, DUTCH, "municipality").items():
        hundreds = Fraction(100 * 6 * done[code], month)
        asked = number + opening[code]
        found[code] = (
            "on schedule"
            if hundreds >= good * asked
            else "slightly behind"
            if hundreds >= slight * asked
            else "behind schedule"
        )
    return found


@pytest.mark.parametrize(
    ("month", "bounds"), [(1, (100, 90)), (4, (100, 90)), (6, (100, 90)), (5, (80, 50))]
)
def test_states_are_those_of_the_files(
    monkeypatch: pytest.MonkeyPatch, month: int, bounds: tuple[int, int]
) -> None:
    option = f"{bounds[0]},{bounds[1]}"
    outcome = run(
        monkeypatch, "status", DUTCH, "--month", month, "--bounds", option, "--format", "csv"
    )
    found = {
        row["code"]: row["state"] for row in rows(outcome.out) if row["level"] == "municipality"
    }
    assert found == states(monkeypatch, month, *bounds)


def test_the_csv_has_its_columns_and_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "status", DUTCH, "--format", "csv")
    assert outcome.out.splitlines()[0] == COLUMNS
    found = rows(outcome.out)
    assert len(found) == 352 + 25 + 12 + 1
    (country,) = (row for row in found if row["level"] == "country")
    for column in ("number", "changed", "opening", "excusable", "corrected", "realised"):
        for level in ("municipality", "safety_region", "province"):
            parts = [int(row[column]) for row in found if row["level"] == level]
            assert sum(parts) == int(country[column])
    assert country["realised"] == str(12_787 + 71)
    for row in found:
        assert int(row["number"]) + int(row["opening"]) == int(row["corrected"])
        assert Fraction(row["norm"]) == int(row["corrected"])


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "16,764 to do (11,178 for the period, opening balance 5,586); 8,549 realised"),
        ("nl", "16.764"),
    ],
)
def test_the_screen_begins_with_the_country(
    monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    outcome = run(monkeypatch, "status", DUTCH, "--month", 4, "--lang", lang)
    assert outcome.status == 0
    assert said in outcome.out
    assert len([line for line in outcome.out.splitlines() if line.startswith("Nederland ")]) == 1


@pytest.mark.parametrize(("lang", "said"), [("en", "2,794.2"), ("nl", "2.794,2")])
def test_a_norm_that_is_not_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str, said: str
) -> None:
    path = changed(tmp_path / "o.csv", "opening.csv", "GM0014", published="152")
    options = ("--opening", path, "--month", 1, "--lang", lang)
    summary = run(monkeypatch, "status", DUTCH, *options).out.split("\n\n")[1]
    assert said in summary  # a sixth of 16,765
    assert "/6" not in summary


def test_in_both_languages_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def digits(lang: str) -> str:
        out = run(monkeypatch, "status", DUTCH, "--lang", lang).out
        table = out[out.index("Nederland ") : out.index("\n!")]
        return "".join(sign for sign in table if sign.isdigit())

    assert digits("en") == digits("nl")


def test_a_workbook_gives_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = dutch_rows("realised.csv")
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(list(lines[0]))
    for row in lines:
        sheet.append([int(v) if v.isdigit() else v for v in row.values()])
    made.save(tmp_path / "realised.xlsx")
    realised = written(tmp_path / "realised.csv", lines)
    both = [
        run(monkeypatch, "status", DUTCH, "--realised", path, "--format", "csv")
        for path in (realised, tmp_path / "realised.xlsx")
    ]
    assert both[0].status == both[1].status == 0
    assert both[0].out == both[1].out


def test_months_may_be_written_with_their_year(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = [
        {**row, "month": f"2021-{int(row['month']) + 6:02d}"} for row in dutch_rows("realised.csv")
    ]
    path = written(tmp_path / "realised.csv", lines)
    assert (
        run(monkeypatch, "status", DUTCH, "--realised", path, "--format", "csv").out
        == run(monkeypatch, "status", DUTCH, "--format", "csv").out
    )


def test_joint_changes_and_goals_are_in_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("entry,code,change\n1,GM0363,-20\n1,GM0034,20\n", "utf-8")
    goals = [{"code": row["code"], "goal": 30} for row in dutch_rows("opening.csv")]
    goal = written(tmp_path / "goal.csv", goals)
    options = ("--ledger", ledger, "--goal", goal)
    found = {
        row["code"]: row
        for row in rows(run(monkeypatch, "status", DUTCH, *options, "--format", "csv").out)
    }
    assert (found["GM0034"]["changed"], found["GM0363"]["changed"]) == ("20", "-20")
    # 134 by the rule, 20 taken over, 27 ahead
    assert found["GM0034"]["corrected"] == str(134 + 20 - 27)
    assert found["NL"]["goal"] == str(30 * 352)
    outcome = run(monkeypatch, "status", DUTCH, *options)
    met = sum(
        int(row["realised"]) >= 30 for row in found.values() if row["level"] == "municipality"
    )
    assert outcome.status == 0
    assert f"Of 352 areas with an agreed goal {met} have met it." in outcome.out


def test_out_writes_by_its_ending(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, form in (("x.csv", "csv"), ("x.txt", "table")):
        outcome = run(monkeypatch, "status", DUTCH, "--out", tmp_path / name)
        assert (outcome.status, outcome.out) == (0, "")
        shown = run(monkeypatch, "status", DUTCH, "--format", form).out
        assert (tmp_path / name).read_text("utf-8") == shown


def test_two_streams_are_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outcome = run(monkeypatch, "status", small(tmp_path / "small"))
    # 14, 14, 29 and 42 places with 5 - 3 + 0 + 2 to begin with; 1, 1, 3 and 4 minors with 1 - 1
    assert "places: 103 to do (99 for the period, opening balance 4); 70 realised" in outcome.out
    assert "minors: 9 to do (9 for the period, opening balance 0); 6 realised" in outcome.out


def test_a_stream_of_which_nothing_is_known_is_not_shown_as_0(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = "".join(line for line in REALISED.splitlines(True) if "minors" not in line)
    folder = small(tmp_path / "small", realised_csv=places)
    said = refused(monkeypatch, "status", folder)
    assert "It is not known what was realised in 2023-H1: minors." in said


OPTIONS = {
    "bounds reversed": (("--bounds", "90,100"), "--bounds: '90,100' is no pair of bounds."),
    "one bound": (("--bounds", "90"), "--bounds: '90' is no pair of bounds."),
    "bounds of text": (("--bounds", "a,b"), "--bounds: 'a' is not a number."),
    "empty bounds": (("--bounds", ""), "--bounds: the figure is empty."),
    "negative bounds": (("--bounds=-5,-6",), "--bounds: '-5' is negative."),
    "month 7": (("--month", "7"), "7 is not in the range 1<=x<=6."),
    "month 0": (("--month", "0"), "0 is not in the range 1<=x<=6."),
    "month x": (("--month", "x"), "'x' is not a valid integer range."),
    "no file": (("--realised", "absent.csv"), "absent.csv: There is no such file."),
    "another table": (("--realised", "x.ods"), "x.ods: Tables in .ods are not read."),
    "an ending": (("--out", "x.pdf"), "'x.pdf' does not say its format."),
}


@pytest.mark.parametrize("case", OPTIONS)
def test_bad_options_say_what_to_do(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    options, said = OPTIONS[case]
    assert said in refused(monkeypatch, "status", DUTCH, *options)


def test_an_instance_of_which_nothing_was_realised(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refused(monkeypatch, "status", "nl/housing-2021-h2")
    assert "instance.yaml: It is not known what was realised in 2021-H2: permit holders." in said
    assert "Give a file with --realised" in said


def test_a_month_beyond_what_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = only(tmp_path / "realised.csv", "realised.csv", lambda row: int(row["month"]) < 5)
    said = refused(monkeypatch, "status", DUTCH, "--realised", path, "--month", 6)
    assert "--month: Numbers are known up to month 4 of 2021-H2." in said
    shown = run(monkeypatch, "status", DUTCH, "--realised", path).out
    assert "8,549 realised by the\nend of month 4" in shown


def test_no_month_of_a_whole_half_year(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = [
        {"code": row["code"], "kind": "housed", "number": 30} for row in dutch_rows("opening.csv")
    ]
    path = written(tmp_path / "realised.csv", lines)
    said = refused(monkeypatch, "status", DUTCH, "--realised", path, "--month", 3)
    assert "--month: Only the whole of 2021-H2 is known, without months." in said
    assert f"{30 * 352:,} realised" in run(monkeypatch, "status", DUTCH, "--realised", path).out


BAD_FILES = {
    "realised": {"code": "GM9999", "month": "1", "kind": "housed", "number": "3"},
    "opening": {"code": "GM9999", "computed": "3"},
}


@pytest.mark.parametrize("key", BAD_FILES)
@pytest.mark.parametrize("verb", ["status", "roll", "catchup"])
def test_a_bad_file_is_named_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, verb: str, key: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = with_row(tmp_path / f"{key}.csv", f"{key}.csv", **BAD_FILES[key])
    more = ("--period", "2022-H1", "--total", 5) if verb == "roll" else ()
    said = refused(monkeypatch, verb, DUTCH, f"--{key}", path, *more, out=folder / "x.csv")
    line = len(dutch_rows(f"{key}.csv")) + 2
    assert f"{path}:{line}: There is no area GM9999 on 1 July 2021." in said
    assert "Mend the code, or take the line out." in said


def test_problems_of_several_files_are_told_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    realised = with_row(tmp_path / "realised.csv", "realised.csv", **BAD_FILES["realised"])
    opening = changed(tmp_path / "opening.csv", "opening.csv", "GM0014", computed="x", published="")
    said = refused(monkeypatch, "status", DUTCH, "--realised", realised, "--opening", opening)
    assert "There is no area GM9999" in said
    assert f"{opening}:2: 'computed': 'x'" in said
