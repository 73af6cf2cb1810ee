"""What goes from one half-year, or one revision, to the next: nothing twice, nothing forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.cli.periods.goals import _targets
from allocator.periods.account import Line
from allocator.reading.instances.read import load
from tests.cli.runner import run

DUTCH = "nl/balances-2021-h2-example"

RULE = """\
rule: nl/together
valid_from: 2020-01-01
checked_on: 2026-11-20
title: {nl: samen, en: together}
legal_basis:
  - {title: {nl: geen, en: none}, says: {nl: een voorbeeld, en: an example}}
streams:
  places: {title: {nl: plaatsen, en: places}}
key: people
direction: bottom-up
rounding: consistent
"""

INSTANCE = """\
instance: nl/NAME
title: {nl: voorbeeld, en: example}
rule: rule.yaml
period: 2023-H1
totals:
  places: {number: TOTAL, source: an example}
areas: {file: areas.csv, tree: [country, municipality]}
indicators:
  people:
    file: people.csv
    year: 2022
    kind: count
    quality: invented
    title: {nl: mensen, en: people}
    source: an example
"""

AREAS = "code,name,level,parent\nNL,Nederland,country,\n" + "".join(
    f"{code},{code},municipality,NL\n" for code in ("MA", "MB", "MC")
)
PEOPLE = "code,people\nMA,4\nMB,36\nMC,14\n"


def step(folder: Path, name: str, total: int, replaces: str = "") -> Path:
    """An instance of three municipalities, rounded together."""
    home = folder / name
    home.mkdir(parents=True)
    written = INSTANCE.replace("NAME", name).replace("TOTAL", str(total))
    if replaces:
        written += f"revision_of: nl/{replaces}\n"
    (home / "instance.yaml").write_text(written)
    (home / "rule.yaml").write_text(RULE)
    (home / "areas.csv").write_text(AREAS)
    (home / "people.csv").write_text(PEOPLE)
    return home


def csv_of(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> str:
    outcome = run(monkeypatch, *arguments, "--format", "csv")
    assert outcome.status == 0, outcome.err
    return outcome.out


def test_a_revision_of_a_revision_is_held_by_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for first, second, third in [
        (a, a + b, a + b + c) for a in (12, 13, 20) for b in (1, 2, 3) for c in (1, 2)
    ]:
        home = tmp_path / f"{first}-{second}-{third}"
        step(home, "a", first)
        b = step(home, "b", second, "a")
        c = step(home, "c", third, "b")
        walked = csv_of(monkeypatch, "revise", c)
        typed = csv_of(monkeypatch, "revise", b, "--total", third)
        assert walked == typed


def test_the_account_of_a_revision_is_the_revised_table(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    step(tmp_path, "a", 20)
    b = step(tmp_path, "b", 22, "a")
    done = tmp_path / "done.csv"
    done.write_text("code,number\nMA,0\nMB,0\nMC,0\n")
    revised = [line.split(",") for line in csv_of(monkeypatch, "revise", b).splitlines()]
    status = [
        line.split(",")
        for line in csv_of(monkeypatch, "status", b, "--realised", done).splitlines()
    ]
    new, number = revised[0].index("number"), status[0].index("number")
    assert {row[1]: row[new] for row in revised[1:]} == {r[1]: r[number] for r in status[1:]}


def test_what_does_not_fit_is_no_revision(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    step(tmp_path, "a", 20)
    b = step(tmp_path, "b", 22, "a")
    file = b / "instance.yaml"
    file.write_text(file.read_text().replace("2023-H1", "2023-H2"))
    outcome = run(monkeypatch, "revise", b)
    assert outcome.status == 2
    assert "nl/b does not replace nl/a" in outcome.err


def test_a_ledger_that_is_typed_stands_for_the_instances_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = step(tmp_path, "a", 20)
    (home / "ledger.csv").write_text("entry,code,change\ne,MA,5\ne,MB,-5\n")
    own = "ledger: {file: ledger.csv, quality: invented, source: an example}\n"
    (home / "instance.yaml").write_text((home / "instance.yaml").read_text() + own)
    alone = csv_of(monkeypatch, "swap", home)
    assert csv_of(monkeypatch, "swap", home, "--ledger", home / "ledger.csv") == alone
    assert "Invented: joint changes" in run(monkeypatch, "explain", home, "MA").out


def test_a_folder_is_read_again_though_the_shelf_has_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nl").mkdir()
    outcome = run(
        monkeypatch,
        *("roll", DUTCH, "--period", "2022-H1", "--total", 10000, "--out", "nl/housing-2022-h1"),
    )
    assert outcome.status == 0, outcome.err
    assert "2022-H1, permit holders: 10,167 for the period + opening balance 3,906" in outcome.out


def test_official_numbers_do_not_make_invented_balances_official(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "next"
    run(monkeypatch, "roll", DUTCH, "--period", "2022-H1", "--total", 10000, "--out", target)
    done = tmp_path / "done.csv"
    leaves = load(target).division.leaves
    done.write_text("code,number\n" + "".join(f"{leaf.code},30\n" for leaf in leaves))
    further = tmp_path / "further"
    run(
        monkeypatch,
        *("roll", target, "--period", "2022-H2", "--total", 13500, "--realised", done),
        *("--out", further),
    )
    origin = load(further).balances.opening
    assert origin is not None
    assert origin.quality == "invented"


def test_an_agreed_table_of_an_unknown_level_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = step(tmp_path, "a", 20)
    agreed = tmp_path / "agreed.csv"
    agreed.write_text("level,code,number\ngemeente,MA,1\ngemeente,MB,14\ngemeente,MC,5\n")
    outcome = run(monkeypatch, "swap", home, "--agreed", agreed)
    assert outcome.status == 2
    assert "There is no level 'gemeente' here." in outcome.err


def test_a_head_start_is_used_up_half_year_by_half_year() -> None:
    line = Line(16, 0, -40, -40, None, 0, 40, 0, None)
    assert _targets(line, 4) == (0, 0, 8, 16)


def test_a_table_of_run_is_an_agreed_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    run(monkeypatch, "run", "nl/housing-2023-h1", "--out", table)
    outcome = run(monkeypatch, "swap", "nl/housing-2023-h1", "--agreed", table)
    assert outcome.status == 0, outcome.err
    assert "The two tables are the same." in outcome.out


def test_provinces_by_themselves_are_rolled_past_mergers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "provinces"
    home.mkdir()
    (home / "instance.yaml").write_text(
        "instance: nl/provinces\ntitle: {nl: x, en: x}\nrule: nl/housing-target\n"
        "period: 2022-H2\ntotals:\n  permit_holders: {number: 13500, source: x}\n"
        "areas: {table: areas, tree: [country, province]}\n"
        "indicators:\n  population: {table: population, year: 2021}\n"
    )
    done = tmp_path / "done.csv"
    leaves = load(home).division.leaves
    done.write_text("code,number\n" + "".join(f"{leaf.code},900\n" for leaf in leaves))
    outcome = run(
        monkeypatch,
        *("roll", home, "--period", "2023-H1", "--total", 21200, "--realised", done),
        *("--out", tmp_path / "next"),
    )
    assert outcome.status == 0, outcome.err


def test_a_half_year_without_a_goal_carries_on_what_was_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    run(monkeypatch, "roll", DUTCH, "--period", "2022-H1", "--total", 10000, "--out", one)
    left = load(one).balances.carried_on
    assert left
    done = tmp_path / "done.csv"
    rows = "".join(f"{leaf.code},45\n" for leaf in load(one).division.leaves)
    done.write_text("code,number\n" + rows)
    run(
        monkeypatch,
        *("roll", one, "--period", "2022-H2", "--total", 13500, "--realised", done, "--out", two),
    )
    assert load(two).balances.carried_on == left


def test_provinces_share_a_goal_by_largest_remainders(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [line.split(",") for line in csv_of(monkeypatch, "catchup", DUTCH).splitlines()]
    at = {name: place for place, name in enumerate(rows[0])}
    provinces = [row for row in rows[1:] if row[at["level"]] == "province"]
    backlog = {row[at["code"]]: int(row[at["backlog"]]) for row in provinces}
    goals = {row[at["code"]]: int(row[at["goal"]]) for row in provinces}
    in_all = sum(backlog.values())
    quotas = {code: 1500 * number / in_all for code, number in backlog.items()}
    up = {code for code, goal in goals.items() if goal > quotas[code]}
    remainders = sorted((q % 1 for q in quotas.values()), reverse=True)
    assert sum(goals.values()) == 1500
    assert {quotas[code] % 1 for code in up} == set(remainders[: len(up)])


def test_a_revision_is_written_to_go_on_with(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "revised"
    outcome = run(monkeypatch, "revise", DUTCH, "--total", 9000, "--folder", folder)
    assert outcome.status == 0, outcome.err
    revised = load(folder)
    assert (revised.totals["permit_holders"].number, revised.revision_of) == (9000, DUTCH)
    assert revised.balances.openings == load(DUTCH).balances.openings
    again = run(monkeypatch, "revise", folder)
    assert "11,000 (adds up to 11,178) → 9,000" in again.out
