"""`allocator sweep`."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from allocator.cli.shared import progress
from allocator.comparison.sweep import Point
from allocator.comparison.sweep.alone import Alone
from allocator.comparison.sweep.exactly import Numbers
from tests.cli.runner import Outcome, run
from tests.example import write_example

RECEPTION = "nl/reception-2024"
SES = "(ses_woa + 1) * population"
WEIGHTS = ("--weights", "population=20%..80%", "--weights", f"{SES}=0.2..0.8")
BY_HAND = ("--weights", "people=0..1", "--weights", "(score + 1) * people=0..1", "--grid", "0.5")


def sweep(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Outcome:
    return run(monkeypatch, "sweep", *arguments)


def lines(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


def test_the_screen_says_first_who_moves_most(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = sweep(monkeypatch, RECEPTION, *WEIGHTS, "--sample", 100)
    assert outcome.status == 0, outcome.err
    assert outcome.err == ""  # no bar where nobody looks
    said = " ".join(outcome.out.split())
    assert "Under 100 keys Rotterdam gets between " in said
    assert "reception places, the widest span of all; " in said
    assert " of 342 municipalities never move. " in said
    assert (
        "Tried: a Latin hypercube with seed 1; share(population) from 0.2 to 0.8 and "
        f"share({SES}) from 0.2 to 0.8. Rounding: half-up. "
    ) in said
    assert "! Approximate: SES-WOA score" in said
    assert "Zeeland keeps" not in said
    assert "- The SES-WOA scores are an approximation" in said


def test_the_table_by_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As in tests/comparison/test_sweep.py: Aalst has 14, 12 and 10 under the three keys."""
    outcome = sweep(monkeypatch, write_example(tmp_path), *BY_HAND)
    said = " ".join(outcome.out.split())
    assert "Under 3 keys Boom gets between 14 and 20 places, the widest span of all; 0 of 4" in said
    assert "Under 3 keys Boom gets between 1 and 2 minors, the widest span of all; 3 of 4" in said
    assert "Tried: every key on a grid with steps of 0.5;" in said
    assert "lowest quartile 1 median quartile 3 highest by key by the rule numbers" in said
    assert "Nederland 1 99 99 99 100 100 3 99 2 Oost 2 70 70 70 71 71 1 71 2" in said
    assert "Aalst 3 10 10 12 14 14 1 14 3" in said
    assert "regions Rand 3 40 40 41 43 43 1 43 3" in said
    assert "1 * share(people) + 0 * share((score + 1) * people)" in said


def test_dutch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outcome = sweep(monkeypatch, write_example(tmp_path), *BY_HAND, "--lang", "nl")
    assert outcome.status == 0, outcome.err
    assert outcome.out.startswith("Voorbeeld\n")


def test_a_key_of_the_csv_gives_its_number_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    swept = sweep(monkeypatch, RECEPTION, *WEIGHTS, "--grid", "0.1", "--format", "csv")
    assert "! Approximate: SES-WOA score" in swept.err
    rows = {(row["code"], row["stream"]): row for row in lines(swept.out)}
    middelburg = rows["GM0687", "places"]
    for side in ("lowest", "highest"):
        asked = run(
            monkeypatch, "run", RECEPTION, "--key", middelburg[f"{side}_key"], "--format", "csv"
        )
        table = {(row["code"], row["stream"]): row["number"] for row in lines(asked.out)}
        assert table["GM0687", "places"] == middelburg[side]
    own = run(monkeypatch, "run", RECEPTION, "--format", "csv")
    table = {(row["code"], row["stream"]): row["number"] for row in lines(own.out)}
    assert {cell: row["reference"] for cell, row in rows.items()} == table


def test_json_has_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "swept.json"
    folder = write_example(tmp_path / "example")
    asked = (*BY_HAND, "--total", "places=100..120/10", "--out", out)
    assert sweep(monkeypatch, folder, *asked).status == 0
    document = json.loads(out.read_text("utf-8"))
    assert document["format"] == "allocator-sweep/1"
    assert document["design"] == {
        "grid": "1/2",
        "keys": 9,
        "weights": [
            {"formula": "people", "low": "0", "high": "1"},
            {"formula": "(score + 1) * people", "low": "0", "high": "1"},
        ],
        "totals": [{"stream": "places", "low": 100, "high": 120, "step": 10}],
    }
    cells = {(cell["code"], cell["stream"]): cell for cell in document["cells"]}
    delden = cells["D", "places"]
    assert (delden["lowest"], delden["highest"]) == (40, 51)  # 2/5 of 100, 44/104 of 120
    keys = {key["number"]: key for key in document["keys"]}
    assert keys[delden["highest_by"]] == {
        "number": 3,
        "key": "0 * share(people) + 1 * share((score + 1) * people)",
        "totals": {"places": 120},
    }
    assert document["never_move"]["minors"] == ["A", "C", "D"]
    assert document["totals"] == {"places": 100, "minors": 10}


def test_inside_a_province_it_keeps_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = sweep(monkeypatch, RECEPTION, *WEIGHTS, "--grid", "0.1", "--inside", "zeeland")
    said = " ".join(outcome.out.split())
    assert "of 13 municipalities never move" in said
    assert "! Zeeland keeps the number that nl/reception-places@2024-02-01 gives it." in said
    assert "! Rounded otherwise than the rule says: consistent (largest-remainder)" in said
    assert "Zeeland 1 2,104 2,104 2,104 2,104 2,104 1 2,104 1" in said
    assert "Utrecht" not in said


def test_every_province_keeps_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (*WEIGHTS, "--sample", 3, "--keep", "province", "--format", "csv")
    outcome = sweep(monkeypatch, RECEPTION, *asked)
    provinces = [row for row in lines(outcome.out) if row["level"] == "province"]
    assert len(provinces) == 36
    for row in provinces:
        assert row["lowest"] == row["highest"] == row["reference"]
    assert "! Each province keeps the number that nl/reception-places@2024-02-01" in outcome.err


def test_another_number_is_the_rules_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("--weights", "population=1", "--grid", "1", "--total", "places=90000")
    outcome = sweep(monkeypatch, RECEPTION, *asked, "--format", "csv", "--rounding", "down")
    root = next(row for row in lines(outcome.out) if row["code"] == "NL")
    assert int(root["reference"]) == pytest.approx(90_000, abs=171)
    assert 90_000 - 342 < int(root["lowest"]) <= 90_000
    assert "another total of 'places': 90,000 instead of 96,000" in " ".join(outcome.err.split())
    assert "Rounded otherwise than the rule says: down instead of half-up" in outcome.err


@pytest.mark.parametrize(
    ("asked", "place", "said"),
    [
        ((*WEIGHTS,), "--grid", "Either a grid or a sample says which keys are tried."),
        ((*WEIGHTS, "--grid", "0.1", "--sample", 5), "--grid", "Either a grid or a sample"),
        ((*WEIGHTS, "--grid", "0.1", "--seed", 5), "--seed", "A seed is for a sample."),
        ((*WEIGHTS, "--grid", "0.00001"), "--grid", "0.00001 has more than four decimals."),
        (("--grid", "0.1"), "--weights", "There are no weights."),
        (
            ("--weights", "=0.1", "--grid", "0.1"),
            "--weights",
            "'=0.1' is no formula with bounds of its weight.",
        ),
        (
            ("--weights", "population=0,2..1", "--grid", "0.1"),
            "--weights",
            "'0,2' has a decimal comma.",
        ),
        (
            ("--weights", "popluation=0..1", "--sample", 5),
            "--weights",
            "There is no indicator 'popluation'.",
        ),
        ((*WEIGHTS, "--sample", 5, "--total", "9..8"), "--total", "There are several streams"),
        (
            (*WEIGHTS, "--sample", 5, "--total", "places=9..x"),
            "--total",
            "'x' is no figure.",
        ),
        (
            (*WEIGHTS, "--sample", 5, "--total", "places=1..2", "--total", "places=5"),
            "--total",
            "'places=5' does not name a stream of its own.",
        ),
        (
            (*WEIGHTS, "--sample", 5, "--inside", "Zeeland", "--keep", "province"),
            "--inside",
            "--keep is said beside --inside",
        ),
        (
            (*WEIGHTS, "--sample", 5, "--inside", "Middelburg"),
            "--inside",
            "'Middelburg' is not an area that keeps its number.",
        ),
        (
            (*WEIGHTS, "--sample", 5, "--keep", "provinc"),
            "--keep",
            "'provinc' is no level between all and the smallest",
        ),
        (
            (*WEIGHTS, "--sample", 5, "--jobs", 2, "--scheduler", "tcp://127.0.0.1:9"),
            "--jobs",
            "--scheduler says already who does the work.",
        ),
        (
            (*WEIGHTS, "--sample", 5, "--rounding", "upp"),
            "--rounding",
            "rounding cannot be 'upp'.",
        ),
    ],
)
def test_what_cannot_be_asked_is_told(
    monkeypatch: pytest.MonkeyPatch, asked: tuple[object, ...], place: str, said: str
) -> None:
    outcome = sweep(monkeypatch, RECEPTION, *asked)
    assert outcome.status == 2
    assert outcome.out == ""
    assert f"{place}: {said}" in outcome.err


def test_an_area_that_is_nearly_named(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = sweep(monkeypatch, RECEPTION, *WEIGHTS, "--sample", 5, "--inside", "Zeelant")
    assert outcome.status == 2
    assert "Did you mean Zeeland" in outcome.err


def test_a_cluster_without_its_package_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = (*WEIGHTS, "--sample", 5, "--scheduler", "tcp://127.0.0.1:9")
    outcome = sweep(monkeypatch, RECEPTION, *asked)
    assert outcome.status == 2
    assert "pip install 'allocator[cluster]'" in outcome.err


def test_a_cluster_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    asked = (RECEPTION, *WEIGHTS, "--sample", 300, "--inside", "Zeeland", "--format", "csv")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        there = sweep(monkeypatch, *asked, "--scheduler", cluster.scheduler_address)
    assert there.status == 0, there.err
    assert there.out == sweep(monkeypatch, *asked).out


def test_an_address_without_a_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    asked = (RECEPTION, *WEIGHTS, "--sample", 5, "--scheduler", "nowhere")
    outcome = sweep(monkeypatch, *asked)
    assert outcome.status == 2
    assert "--scheduler: No cluster answers at nowhere" in outcome.err


def test_two_processes_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (RECEPTION, *WEIGHTS, "--sample", 300, "--inside", "Zeeland", "--format", "json")
    here = sweep(monkeypatch, *asked)
    assert sweep(monkeypatch, *asked, "--jobs", 2).out == here.out


def test_a_stop_keeps_what_is_finished_and_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = (RECEPTION, *WEIGHTS, "--sample", 500, "--inside", "Zeeland", "--format", "csv")
    parts = tmp_path / "parts"
    exact = Alone.numbers
    stopped: list[int] = []

    def until_it_is_stopped(self: Alone, points: Sequence[Point]) -> Numbers:
        if len(stopped) == 1:
            raise KeyboardInterrupt
        stopped.append(len(points))
        return exact(self, points)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Alone, "numbers", until_it_is_stopped)
        outcome = sweep(meanwhile, *asked, "--resume", parts)
    assert outcome.status == 3
    assert outcome.err.split("\n") == [
        f"1 finished part is in {parts}; the same command goes on from there.",
        "",
        "Stopped before the end.",
        "",
    ]
    again = sweep(monkeypatch, *asked, "--resume", parts)
    assert again.status == 0, again.err
    assert again.out == sweep(monkeypatch, *asked).out
    other = sweep(monkeypatch, *asked, "--seed", 2, "--resume", parts)
    assert other.status == 2
    assert "what differs: the weights and totals that are tried." in other.err


def test_a_stop_without_a_folder_says_that_nothing_was_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(self: Alone, points: Sequence[Point]) -> Numbers:
        raise KeyboardInterrupt

    monkeypatch.setattr(Alone, "numbers", stopped)
    outcome = sweep(monkeypatch, RECEPTION, *WEIGHTS, "--sample", 5, "--inside", "Zeeland")
    assert outcome.status == 3
    assert "Nothing was kept. With --resume FOLDER a sweep goes on where it stopped." in outcome.err


def test_a_bar_tells_on_a_terminal_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    outcome = run(monkeypatch, "sweep", RECEPTION, *WEIGHTS, "--sample", 100, columns=400)
    assert outcome.err.startswith("\r[###")
    assert "100 of 100 keys" in outcome.err
    assert outcome.err.endswith(" \r")
