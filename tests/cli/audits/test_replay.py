"""`allocator run --out` with its receipt, and `allocator replay`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import allocator
from allocator.reading.library import instances_folder, rules_folder
from tests.cli.distribution.test_together import equal_areas
from tests.cli.runner import Outcome, run
from tests.example import bent, write_example

PACKAGE = Path(allocator.__file__).parent
ENDINGS = (".csv", ".txt", ".json")


def receipt_of(out: Path) -> Path:
    return out.with_name(f"{out.name}.receipt.json")


def changed(out: Path, **parts: Any) -> Path:
    """The receipt of a result with some of its entries replaced."""
    path = receipt_of(out)
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **parts}), "utf-8")
    return path


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "asked",
    [
        ("nl/housing-2023-h1",),
        ("nl/housing-2023-h1", "--total", "20000", "--rounding", "consistent", "--lang", "nl"),
        ("nl/housing-2023-h1", "--rule", "nl/proportional-to-inhabitants@2022-01-01"),
        ("nl/reception-2024", "--rounding", "consistent", "--fix", "province"),
        ("nl/reception-2024-capped-example", "--total", "minors=8000"),
        ("nl/minors-2024-3660", "--rounding", "textbook", "--method", "webster"),
        ("nl/balances-2021-h2-example",),
    ],
)
def test_every_form_of_shipped_instances_is_made_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: tuple[str, ...], ending: str
) -> None:
    out = tmp_path / f"x{ending}"
    assert run(monkeypatch, "run", *asked, "--out", out).status == 0
    again = tmp_path / "again" / out.name
    again.parent.mkdir()
    outcome = run(monkeypatch, "replay", receipt_of(out), "--out", again)
    assert outcome.status == 0, outcome.out + outcome.err
    assert outcome.out.startswith("The same: ")
    if "--lang" not in asked:
        for path in (out, receipt_of(out)):
            assert (again.parent / path.name).read_bytes() == path.read_bytes()


def test_the_hash_is_that_of_the_result(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hashes = set()
    for ending in ENDINGS:
        out = tmp_path / f"x{ending}"
        run(monkeypatch, "run", "nl/housing-2023-h1", "--out", out)
        hashes.add(json.loads(receipt_of(out).read_text("utf-8"))["result"]["hash"])
    assert hashes == {json.loads((tmp_path / "x.json").read_text("utf-8"))["hash"]}


def own_run(monkeypatch: pytest.MonkeyPatch, folder: Path, out: Path) -> Outcome:
    """An instance of one's own with a rule and a lot from elsewhere."""
    equal = equal_areas(folder)
    loose = out.parent / "loose"
    loose.mkdir()
    (loose / "rule.yaml").write_text(
        (equal / "rule.yaml").read_text("utf-8").replace("half-up", "consistent"), "utf-8"
    )
    together = ("run", equal, "--rule", loose / "rule.yaml")
    refused = run(monkeypatch, *together, "--ties", "refuse")
    digest = next(word for word in refused.err.split() if len(word) == 64)
    order = "".join(f"  - {{area: {area}, part: regular}}\n" for area in "DCBA")
    (loose / "lot.yaml").write_text(f"drawn_for: {digest}\norder:\n{order}", "utf-8")
    return run(monkeypatch, *together, "--ties", loose / "lot.yaml", "--out", out)


def test_files_of_ones_own_are_named_without_their_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "x.csv"
    outcome = own_run(monkeypatch, tmp_path / "equal", out)
    assert outcome.status == 0, outcome.err
    written = receipt_of(out).read_text("utf-8")
    assert str(tmp_path) not in written
    assert "equal" not in written
    assert "loose" not in written
    inputs = {(one["of"], one["file"]) for one in json.loads(written)["inputs"]}
    names = ("areas.csv", "instance.yaml", "people.csv", "rule.yaml", "scores.csv")
    own = {("instance", name) for name in names}
    assert own | {("option", "rule.yaml"), ("option", "lot.yaml")} == {
        each for each in inputs if each[0] != "shelf"
    }


def test_own_files_are_found_in_the_folder_and_beside_the_receipt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "x.json"
    own_run(monkeypatch, tmp_path / "equal", out)
    there = tmp_path / "there"
    there.mkdir()
    for path in (out, receipt_of(out)):
        shutil.copy(path, there)
    receipt = there / receipt_of(out).name
    missing = run(monkeypatch, "replay", receipt)
    assert missing.status == 2
    for name in ("instance.yaml", "people.csv", "lot.yaml"):
        assert f"{name}: This input is missing." in missing.err
    assert "--instance" in missing.err
    for name in ("rule.yaml", "lot.yaml"):
        shutil.copy(tmp_path / "loose" / name, there)
    outcome = run(monkeypatch, "replay", receipt, "--instance", tmp_path / "equal")
    assert outcome.status == 0, outcome.out + outcome.err


def test_a_folder_beside_its_receipt_needs_no_option(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = write_example(tmp_path / "example")
    run(monkeypatch, "run", folder, "--out", folder / "x.csv")
    moved = shutil.move(folder, tmp_path / "elsewhere")
    outcome = run(monkeypatch, "replay", Path(moved) / "x.csv.receipt.json")
    assert outcome.status == 0, outcome.out + outcome.err


def test_a_changed_input_is_named_and_a_missing_one_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = write_example(tmp_path / "example")
    out = folder / "x.csv"
    run(monkeypatch, "run", folder, "--out", out)
    write_example(folder, **bent("people.csv", "1000", "1001"))
    (folder / "scores.csv").unlink()
    outcome = run(monkeypatch, "replay", receipt_of(out))
    assert outcome.status == 2
    assert "people.csv: This input is another file" in outcome.err
    assert "scores.csv: This input is missing." in outcome.err
    assert outcome.err.count("This input") == 2


def test_a_shelf_that_changed_names_the_version_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "x.csv"
    run(monkeypatch, "run", "nl/housing-2023-h1", "--out", out)
    inputs = json.loads(receipt_of(out).read_text("utf-8"))["inputs"]
    inputs[0]["sha256"] = "0" * 64
    inputs[1]["file"] = "instances/nl/housing-2023-h1/gone.csv"
    outcome = run(monkeypatch, "replay", changed(out, inputs=inputs))
    assert outcome.status == 2
    assert "instances/nl/housing-2023-h1/instance.yaml: This input is another" in outcome.err
    assert "instances/nl/housing-2023-h1/gone.csv: This input is missing." in outcome.err
    assert f"Install allocator {allocator.__version__}" in outcome.err


def test_inputs_that_the_receipt_keeps_silent_about_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "x.csv"
    run(monkeypatch, "run", "nl/housing-2023-h1", "--out", out)
    inputs = json.loads(receipt_of(out).read_text("utf-8"))["inputs"]
    named = [one for one in inputs if "population/2022" not in one["file"]]
    outcome = run(monkeypatch, "replay", changed(out, inputs=named))
    assert outcome.status == 2
    assert "tables/population/2022.csv: The receipt does not name this input" in outcome.err


def test_another_version_is_only_noted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "x.txt"
    run(monkeypatch, "run", "nl/housing-2023-h1", "--out", out)
    versions = {"allocator": "0.0.9", "python": "3.11.0"}
    out.write_text("in other words", "utf-8")
    written = json.loads(receipt_of(out).read_text("utf-8"))["written"]
    written["files"][0]["sha256"] = sha256(b"in other words").hexdigest()
    outcome = run(monkeypatch, "replay", changed(out, versions=versions, written=written))
    assert outcome.status == 0, outcome.out
    assert "Another version of allocator: 0.1.0 here, 0.0.9 then." in outcome.out
    assert "says x.txt in other words" in outcome.out
    forged = run(monkeypatch, "replay", changed(out, versions={"allocator": "0.1.0"}))
    assert forged.status == 1
    assert "x.txt does not hold what the run gives." in forged.out


def test_another_result_says_what_differs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for ending in (".csv", ".json"):
        out = tmp_path / f"x{ending}"
        run(monkeypatch, "run", "nl/housing-2023-h1", "--out", out)
        question = json.loads(receipt_of(out).read_text("utf-8"))["question"]
        question["rounding"] = "half-up"
        outcome = run(monkeypatch, "replay", changed(out, question=question))
        assert outcome.status == 1
        assert outcome.out.startswith("Another result: ")
        assert "cells" in outcome.out
        assert "Nederland, permit holders: 21,362 then, 21,207 now." in outcome.out


def test_a_file_that_was_changed_since_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "x.csv"
    run(monkeypatch, "run", "nl/housing-2023-h1", "--out", out)
    content = out.read_text("utf-8")
    out.write_text(content.replace(",60\n", ",61\n"), "utf-8")
    outcome = run(monkeypatch, "replay", receipt_of(out))
    assert outcome.status == 1
    assert "x.csv is not the file that the receipt is of" in outcome.out
    out.unlink()
    absent = run(monkeypatch, "replay", receipt_of(out))
    assert absent.status == 0
    assert "x.csv is not beside the receipt." in absent.out


def test_a_receipt_cannot_call_the_result_by_another_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "x.csv"
    run(monkeypatch, "run", "nl/housing-2023-h1", "--out", out)
    outcome = run(monkeypatch, "replay", changed(out, instance="nl/housing-2099-h1"))
    assert outcome.status == 1
    assert "The receipt calls it nl/housing-2099-h1" in outcome.out


def elsewhere(package: Path, arguments: list[str], cwd: Path, **env: str) -> str:
    """The program in a process of its own, from a copy of it, somewhere else."""
    command = [sys.executable, "-c", "from allocator.cli.main import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(package), **env}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_receipt_holds_on_another_machine_and_in_another_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As from a wheel: the rules and figures lie inside the package, and nothing else is there."""
    site = tmp_path / "site"
    shutil.copytree(PACKAGE, site / "allocator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(rules_folder(), site / "allocator" / "rules")
    shutil.copytree(instances_folder(), site / "allocator" / "instances")
    run(monkeypatch, "run", "nl/reception-2024", "--out", tmp_path / "x.json")
    receipt = receipt_of(tmp_path / "x.json")
    there = tmp_path / "there"
    there.mkdir()
    assert elsewhere(site, ["replay", str(receipt)], there).startswith("The same: ")
    for seed, locale in (("1", "C"), ("2", "tr_TR.UTF-8")):
        arguments = ["run", "nl/reception-2024", "--out", "x.json"]
        elsewhere(site, arguments, there, PYTHONHASHSEED=seed, LC_ALL=locale, LANG=locale)
        assert (there / receipt.name).read_bytes() == receipt.read_bytes()
