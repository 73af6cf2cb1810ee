"""`allocator list` and `allocator check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.reading.library import instances_folder, rules_folder
from tests.cli.runner import run
from tests.example import bent, write_example


def test_list_names_rules_and_instances(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "list", "--lang", "nl")
    assert outcome.status == 0
    assert "nl/housing-target" in outcome.out
    assert "Huisvestingstaakstelling, eerste helft van 2023" in outcome.out
    assert "21.200" in outcome.out


def test_everything_shipped_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = sorted(rules_folder().glob("*/*/*.yaml"))
    folders = sorted(instances_folder().glob("*/*/"))
    outcome = run(monkeypatch, "check", *rules, *folders)
    assert outcome.status == 0, outcome.err
    assert "nl/reception-2024: good, 342 areas on 1 February 2024" in outcome.out
    assert "population: good, 11 files." in outcome.out


def test_every_path_is_checked_although_one_is_bad(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = write_example(tmp_path / "bad", **bent("people.csv", "1000", "1,000"))
    good = write_example(tmp_path / "good")
    outcome = run(monkeypatch, "check", bad, good, tmp_path / "absent.yaml")
    assert outcome.status == 2
    assert "nl/example: good, 4 areas" in outcome.out
    assert "people.csv:2" in outcome.err
    assert "absent.yaml: There is no such file." in outcome.err
