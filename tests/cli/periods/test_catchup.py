"""`allocator catchup`: three questions beyond the law, reckoned again from the files."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.periods.half_years import (
    DUTCH,
    Row,
    dutch_rows,
    numbers,
    refused,
    rows,
    small,
    written,
)
from tests.cli.runner import run
from tests.example import INSTANCE

AREA = "level,code,name,parent,stream"
LEVELS = ("municipality", "safety_region", "province")


def asked(monkeypatch: pytest.MonkeyPatch, *options: object) -> list[Row]:
    outcome = run(monkeypatch, "catchup", DUTCH, *options, "--format", "csv")
    assert outcome.status == 0, outcome.err
    return rows(outcome.out)


def balances() -> dict[str, int]:
    return {
        row["code"]: int(row["published"] or row["computed"]) for row in dutch_rows("opening.csv")
    }


def of(found: list[Row], level: str, column: str) -> list[int]:
    return [int(row[column]) for row in found if row["level"] == level]


def test_an_extra_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked(monkeypatch)  # the instance's own: 1,500
    assert ",".join(found[0]) == f"{AREA},backlog,ahead,carried_on,goal,caught_up,left"
    backlogs = {code: max(number, 0) for code, number in balances().items()}
    in_all = sum(backlogs.values())
    assert in_all == 5_910
    for level in LEVELS:
        assert sum(of(found, level, "goal")) == 1_500
        assert sum(of(found, level, "left")) == 1_500 - 1_680
    for row in found:
        goal, backlog = int(row["goal"]), int(row["backlog"])
        assert 0 <= goal <= backlog
        assert int(row["left"]) == goal - int(row["caught_up"])
        if row["level"] == "province":
            assert abs(goal - Fraction(1_500 * backlog, in_all)) < 1
        if row["level"] == "municipality":
            assert backlog == backlogs[row["code"]]


def test_an_agreed_goal_leaves_the_law_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked(monkeypatch, "--agreed", 20_000, "--key", "number")
    assert ",".join(found[0]) == f"{AREA},by_law,beyond,goal"
    number, opening = numbers(monkeypatch, DUTCH, "municipality"), balances()
    in_all = sum(number.values())
    beyond = 20_000 - in_all - sum(opening.values())
    for row in found:
        assert int(row["by_law"]) + int(row["beyond"]) == int(row["goal"])
        if row["level"] == "municipality":
            code = row["code"]
            assert int(row["by_law"]) == number[code] + opening[code]
            assert abs(int(row["beyond"]) - Fraction(beyond * number[code], in_all)) < 1
    for level in LEVELS:
        assert sum(of(found, level, "goal")) == 20_000


def test_backlogs_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked(monkeypatch, "--over", 3, "--per-1000", "1.2", "--pace", 2_000)
    half_years = ("2021-H2", "2022-H1", "2022-H2")
    columns = f"{AREA},number,backlog,{','.join(half_years)},left,highest_load"
    assert ",".join(found[0]) == columns
    number, opening = numbers(monkeypatch, DUTCH, "municipality"), balances()
    people = {row["code"]: int(row["corrected"]) for row in asked_people(monkeypatch)}
    for half_year in half_years:
        assert sum(of(found, "municipality", half_year)) <= 2_000
    for row in found:
        if row["level"] != "municipality":
            continue
        code = row["code"]
        caught = [int(row[half_year]) for half_year in half_years]
        assert sum(caught) + int(row["left"]) == int(row["backlog"]) == max(opening[code], 0)
        for position, persons in enumerate(caught):
            ahead = max(-opening[code], 0) if position == 0 else 0
            load = Fraction(max(number[code] - ahead, 0) + persons, 1)
            assert not persons or load * 1_000 <= Fraction(6, 5) * people[code]


def asked_people(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """Inhabitants as the table has them; in 2021 no municipality of 2020 was cut but Haaren."""
    from allocator.reading.instances.read import load

    population = load(DUTCH).indicators["population"].values
    return [{"code": code, "corrected": str(int(n))} for code, n in population.items()]


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize(
    ("options", "first"),
    [
        ((), {"en": "1,500 permit holders to catch up", "nl": "1.500 vergunninghouders"}),
        (
            ("--agreed", 20_000, "--key", "population"),
            {"en": "20,000 permit holders in all: 16,764 by law", "nl": "20.000 vergunninghouders"},
        ),
        (("--over", 4, "--per-1000", 1.2), {"en": "A backlog of 5,910 over 4", "nl": "5.910"}),
    ],
)
def test_the_first_sentence(
    monkeypatch: pytest.MonkeyPatch, options: tuple[object, ...], first: dict[str, str], lang: str
) -> None:
    outcome = run(monkeypatch, "catchup", DUTCH, *options, "--lang", lang)
    assert outcome.status == 0
    assert first[lang] in outcome.out.split("\n\n")[1]


def test_dwellings_that_fall_vacant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    vacancies = """\
  vacancies:
    file: vacancies.csv
    year: 2022
    kind: count
    quality: invented
    title: {nl: woningen, en: dwellings}
    source: an example
"""
    folder = small(tmp_path / "small")
    (folder / "vacancies.csv").write_text("code,vacancies\nA,100\nB,100\nC,150\nD,300\n", "utf-8")
    shape = folder / "instance.yaml"
    shape.write_text(
        shape.read_text("utf-8").replace("  score:\n", f"{vacancies}  score:\n"), "utf-8"
    )
    options = ("--over", 2, "--per-dwelling", 2, "--stream", "places", "--format", "csv")
    found = {row["code"]: row for row in rows(run(monkeypatch, "catchup", folder, *options).out)}
    # Aalst houses 10% of 100 dwellings × 2 persons = 20 and must house 14: 6 a half-year
    assert [found["A"][column] for column in ("backlog", "2023-H1", "left")] == ["5", "5", "0"]
    tight = run(monkeypatch, "catchup", folder, *options, "--of-vacancies", 8).out
    found = {row["code"]: row for row in rows(tight)}
    # 8% of 200 persons is 16: 2 a half-year
    assert [found["A"][column] for column in ("2023-H1", "2023-H2", "left")] == ["2", "2", "1"]
    assert run(monkeypatch, "catchup", folder, *options[:-2], "--lang", "nl").status == 0


def test_what_is_left_is_carried_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    goal = {
        row["code"]: int(row["left"]) for row in asked(monkeypatch) if row["level"] == "province"
    }
    folder = tmp_path / "next"
    run(
        monkeypatch,
        *("roll", DUTCH, "--period", "2022-H1", "--total", 10_000, "--out", folder),
    )
    found = rows(run(monkeypatch, "catchup", folder, "--goal", 500, "--format", "csv").out)
    provinces = [row for row in found if row["level"] == "province"]
    assert {row["code"]: int(row["carried_on"]) for row in provinces} == goal
    backlog = sum(int(row["backlog"]) for row in provinces)
    for row in provinces:
        own = Fraction(500 * int(row["backlog"]), backlog) + goal[row["code"]]
        between = min(max(own, Fraction(0)), Fraction(row["backlog"]))
        assert abs(int(row["goal"]) - between) < 1


def test_out_writes_by_its_ending(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, form in (("x.csv", "csv"), ("x.txt", "table")):
        outcome = run(monkeypatch, "catchup", DUTCH, "--out", tmp_path / name)
        assert (outcome.status, outcome.out) == (0, "")
        shown = run(monkeypatch, "catchup", DUTCH, "--format", form).out
        assert (tmp_path / name).read_text("utf-8") == shown


NO = {
    "more than the backlogs": (
        ("--goal", 5_911),
        "5,911 are asked, and all backlogs add up to 5,910.",
        "Ask at most that",
    ),
    "below the law": (
        ("--agreed", 16_763),
        "16,763 are agreed in all, and the law asks 16,764.",
        "no number is lowered",
    ),
    "a key of nothing": (
        ("--agreed", 20_000, "--key", "0 * population"),
        "The key '0 * population' gives every area weight 0.",
        "Choose a key that is above 0 somewhere.",
    ),
}


@pytest.mark.parametrize("case", NO)
def test_the_answer_is_no(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str) -> None:
    options, found, mend = NO[case]
    said = refused(monkeypatch, "catchup", DUTCH, *options, status=1, out=tmp_path / "x.csv")
    assert found in said
    assert mend in said


@pytest.mark.parametrize("options", [("--goal", 5_910), ("--goal", 0), ("--agreed", 16_764)])
def test_the_border_of_yes(monkeypatch: pytest.MonkeyPatch, options: tuple[object, ...]) -> None:
    assert run(monkeypatch, "catchup", DUTCH, *options).status == 0


SAID_TWICE = "It is not said, or said twice, how much an area can take."
OVER = ("--over", "2")
BAD = {
    "an unknown name": (("--agreed", "20000", "--key", "populaton"), "Did you mean 'population'?"),
    "half a key": (("--agreed", "20000", "--key", "population +"), "--key: The key breaks off."),
    "a negative key": (("--agreed", "20000", "--key", "-population"), "gives a negative weight"),
    "by zero": (("--agreed", "20000", "--key", "1/backlog"), "The key divides by zero for"),
    "a key alone": (("--key", "population"), "--key belongs to --agreed."),
    "two questions": (("--goal", "1", "--agreed", "2"), "Several questions are put at once."),
    "two others": (("--goal", "1", *OVER), "Give one of --goal, --agreed and --over."),
    "no load": (OVER, SAID_TWICE),
    "two loads": ((*OVER, "--per-1000", "1", "--per-dwelling", "2"), SAID_TWICE),
    "a part of no dwelling": ((*OVER, "--of-vacancies", "5"), SAID_TWICE),
    "a part beside inhabitants": ((*OVER, "--of-vacancies", "5", "--per-1000", "1"), SAID_TWICE),
    "a load alone": (("--per-1000", "1"), "A load or pace belongs to --over."),
    "a pace alone": (("--pace", "5"), "Say over how many half-years: --over 4."),
    "a load of 0": ((*OVER, "--per-1000", "0"), "--per-1000: '0' is not above 0."),
    "a negative load": ((*OVER, "--per-1000", "-1"), "--per-1000: '-1' is not above 0."),
    "a load of text": ((*OVER, "--per-1000", "much"), "--per-1000: 'much' is not a number."),
    "an empty load": ((*OVER, "--per-1000", ""), "--per-1000: the figure is empty."),
    "a decimal comma": ((*OVER, "--per-1000", "1,2"), "--per-1000: '1,2' has a decimal comma."),
    "a pace of text": ((*OVER, "--per-1000", "1", "--pace", "fast"), "--pace: 'fast' is not"),
    "no dwellings known": (
        (*OVER, "--per-dwelling", "2"),
        "There is no count named 'vacancies'.\n    Add it under `indicators:`, per area.",
    ),
    "no half-years": (("--over", "0", "--per-1000", "1"), "0 is not in the range 1<=x<=10."),
    "eleven half-years": (("--over", "11", "--per-1000", "1"), "11 is not in the range 1<=x<=10."),
    "half-years of text": (("--over", "x", "--per-1000", "1"), "'x' is not a valid integer range."),
    "a negative goal": (("--goal", "-1"), "--goal: '-1' is negative."),
    "a decimal goal": (("--goal", "1.5"), "--goal: '1.5' is not a whole number."),
    "an empty goal": (("--goal", ""), "--goal: the figure is empty."),
    "another stream": (("--stream", "permits"), "--stream: There is no stream 'permits' here."),
    "an ending": (("--out", "x.pdf"), "Name it .txt or .csv, or add --format."),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_options_say_what_to_do(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    options, said = BAD[case]
    assert said in refused(monkeypatch, "catchup", DUTCH, *options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((*OVER, "--per-1000", "1", "--of-vacancies", ""), SAID_TWICE),
        ((*OVER, "--per-dwelling", "2", "--of-vacancies", ""), "--of-vacancies: the figure is"),
        (("--agreed", "20000", "--key", ""), "--key: "),
    ],
)
def test_an_empty_option_is_told(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str
) -> None:
    assert said in refused(monkeypatch, "catchup", DUTCH, *options)


def test_no_goal_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refused(monkeypatch, "catchup", "nl/housing-2021-h2")
    assert said == "No goal is asked.\n    Give --goal, --agreed or --over.\n"


def test_one_of_several_streams(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = small(tmp_path / "small")
    said = refused(monkeypatch, "catchup", folder, "--goal", 1)
    assert "--stream: There are several streams: places, minors." in said
    found = rows(
        run(
            monkeypatch,
            *("catchup", folder, "--goal", 3, "--stream", "places", "--format", "csv"),
        ).out
    )
    # backlogs of 5 and 2: 15/7 and 6/7
    assert [row["goal"] for row in found if row["level"] == "municipality"] == ["2", "0", "0", "1"]


def test_a_goal_of_an_unknown_stream(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = small(
        tmp_path / "small",
        instance_yaml=INSTANCE + "catch_up: {minros: {number: 3, source: an example}}\n",
    )
    said = refused(monkeypatch, "catchup", folder, "--stream", "minors")
    assert "There is no stream 'minros' here." in said


def test_nothing_is_known_of_dwellings_per_area(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opening = written(
        tmp_path / "opening.csv",
        [{"code": code, "computed": 0} for code in balances()],
    )
    outcome = run(monkeypatch, "catchup", DUTCH, "--opening", opening, "--goal", 0)
    assert outcome.status == 0
    assert "the backlogs add up to 0" in outcome.out
