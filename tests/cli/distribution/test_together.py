"""`allocator run` with areas rounded together, under limits, with ties drawn."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.example import AREAS, bent, write_example

TREE_ALONE = "\n".join(
    line.rpartition(",")[0] for line in AREAS.splitlines() if ",region," not in line
)


def equal_areas(folder: Path) -> Path:
    """Four areas of equal weight, 6 places, no minors: two areas must get 2."""
    instance = bent("instance.yaml", "number: 100", "number: 6")["instance_yaml"]
    instance = instance.replace("number: 10,", "number: 0,").replace("\n  also: [region]", "")
    people = "code,name,people\n" + "".join(f"{code},,5\n" for code in "ABCD")
    flat = bent("rule.yaml", "key: (score + 1) * people", "key: people")
    return write_example(
        folder, instance_yaml=instance, areas_csv=TREE_ALONE, people_csv=people, **flat
    )


def with_limits(folder: Path, limits: str) -> Path:
    """The example rounded together, under these limits."""
    instance = bent("instance.yaml", "\n  also: [region]", "")["instance_yaml"]
    consistent = bent("rule.yaml", "rounding: half-up", "rounding: consistent")
    return write_example(
        folder, instance_yaml=f"{instance}limits:\n{limits}", areas_csv=TREE_ALONE, **consistent
    )


def test_the_table_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "run", "nl/minors-2024-3660", "--rounding", "consistent")
    assert outcome.status == 0
    assert "the numbers add up to 3,660." in outcome.out
    assert re.search(r"Noord-Brabant +540 +539\.486", outcome.out)
    assert "Rounded otherwise than the rule says" in outcome.out


def test_explain_says_which_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("explain", "nl/minors-2024-3660", "Noord-Brabant", "--rounding", "consistent")
    said = " ".join(run(monkeypatch, *arguments).out.split())
    assert "floor 539, remainder 0.485862, goes up to 540" in said
    assert "the last to go up is Noord-Brabant (0.485862)" in said
    assert "the first to stay down Zeeland (0.472606)" in said


def test_ties_are_refused_drawn_and_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = equal_areas(tmp_path / "equal")
    together = ("run", folder, "--rounding", "consistent")
    told = run(monkeypatch, *together)
    assert "Equal claims, decided by the rule's order" in told.out
    refused = run(monkeypatch, *together, "--ties", "refuse")
    assert refused.status == 1
    assert "These cells tie: " in refused.err
    digest = re.search(r"drawn_for: ([0-9a-f]{64})", refused.err)
    assert digest
    lot = tmp_path / "lot.yaml"
    order = "".join(f"  - {{area: {area}, part: regular}}\n" for area in "DCBA")
    lot.write_text(f"drawn_for: {digest[1]}\norder:\n{order}")
    drawn = run(monkeypatch, *together, "--ties", lot, "--format", "csv")
    assert drawn.status == 0, drawn.err
    numbers = re.findall(r"municipality,(\w),.*,places,.*,(\d+)$", drawn.out, re.MULTILINE)
    assert numbers == [("A", "1"), ("B", "2"), ("C", "1"), ("D", "2")]
    other = run(monkeypatch, *together, "--ties", lot, "--total", "places=7", "--total", "minors=0")
    assert other.status == 2
    assert "drawn for other figures" in other.err


def test_limits_that_collide_are_named_and_exit_with_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    limits = (
        "  - {name: pledge of West, source: letter, stream: places, areas: [P1], at_least: 60}\n"
        "  - {name: cap of Aalst, source: council, stream: places, areas: [A], at_most: 20}\n"
        "  - {name: cap of Boom, source: council, stream: places, areas: [B], at_most: 30}\n"
        "  - {name: cap of Cuijk, source: council, stream: places, areas: [C], at_most: 90}\n"
    )
    outcome = run(
        monkeypatch, "run", with_limits(tmp_path / "x", limits), "--out", tmp_path / "o.csv"
    )
    assert outcome.status == 1
    assert "60 − 20 − 30 = 10 too many" in outcome.err
    for name in ("pledge of West", "cap of Aalst", "cap of Boom"):
        assert name in outcome.err
    assert "Cuijk" not in outcome.err
    assert not (tmp_path / "o.csv").exists()


def test_what_cannot_be_placed_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    limits = "  - {name: room, source: board, stream: places, each: municipality, at_most: 20}\n"
    outcome = run(monkeypatch, "run", with_limits(tmp_path / "x", limits))
    assert outcome.status == 0
    assert "cannot be placed within the limits" in outcome.out
    assert "(drift −20)" in outcome.out


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("{name: x, source: s, stream: places, areas: [A]}", "does not say one thing"),
        ("{name: x, source: s, stream: places, at_most: 3}", "does not say on which areas"),
        ("{name: x, source: s, stream: plces, areas: [A], at_most: 3}", "no stream 'plces'"),
        ("{name: x, source: s, stream: places, areas: [Z], at_most: 3}", "There is no area Z"),
        ("{name: x, source: s, stream: places, each: street, at_most: 3}", "has the level street"),
        ("{name: x, source: s, stream: places, areas: [A], at_most: -3}", "'-3' is negative"),
        (
            "{name: x, source: s, stream: places, areas: [A], at_most: 3, per_1000: score}",
            "no count that numbers can be per 1,000 of",
        ),
        (
            "{name: x, source: s, stream: places, areas: [A], at_most: 3}\n"
            "  - {name: x, source: s, stream: places, areas: [B], at_most: 3}",
            "Two limits are named 'x'",
        ),
        (
            "{name: x, source: s, stream: places, areas: [A, C], at_most: 3}",
            "The pool of 'x' crosses West and Oost",
        ),
    ],
)
def test_limits_that_say_nothing_sound_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limit: str, said: str
) -> None:
    outcome = run(monkeypatch, "run", with_limits(tmp_path / "x", f"  - {limit}\n"))
    assert outcome.status == 2
    assert said in outcome.err


def test_the_json_carries_its_proof_and_its_checker(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "x.json"
    run(monkeypatch, "run", "nl/reception-2024", "--rounding", "consistent", "--out", out)
    data = json.loads(out.read_text("utf-8"))
    assert data["choice"]["rounding"] == "consistent"
    assert data["proofs"][0]["cut_offs"]
    assert data["hash"].startswith("sha256:")
    assert (tmp_path / "verify.py").is_file()
    assert run(monkeypatch, "verify", out).status == 0
    data["cells"][0]["number"] += 1
    out.write_text(json.dumps(data), "utf-8")
    assert run(monkeypatch, "verify", out).status == 1


def test_by_the_textbook(monkeypatch: pytest.MonkeyPatch) -> None:
    adams = ("run", "nl/minors-2024-3660", "--rounding", "textbook", "--method", "adams")
    assert "add up to 3,660." in run(monkeypatch, *adams).out
    refused = run(monkeypatch, *adams, "--total", "5")
    assert refused.status == 2
    assert "adams gives everybody with weight at least 1" in refused.err
    two = run(monkeypatch, "run", "nl/reception-2024", "--rounding", "textbook")
    assert two.status == 2
    assert "divide one stream" in two.err
