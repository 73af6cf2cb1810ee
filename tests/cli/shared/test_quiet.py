"""Under --quiet the error stream holds what is wrong, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.cli.main import allocator as verbs
from tests.cli.runner import run

#: Verbs that say something beside their result.
TALKATIVE = (
    ("run", "nl/reception-2024", "--format", "csv"),
    ("run", "nl/minors-2024-3660", "--out", "numbers.csv"),
    ("diff", "nl/housing-2022-h2", "nl/housing-2023-h1", "--out", "changes.csv"),
    ("margins", "nl/reception-2024", "Middelburg", "--format", "csv"),
    ("series", "nl/housing", "--format", "csv"),
)


@pytest.mark.parametrize("typed", TALKATIVE, ids=" ".join)
def test_nothing_is_said_beside_the_result(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    aloud = run(monkeypatch, *typed)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    quiet = run(monkeypatch, *typed, "--quiet")
    assert aloud.err
    assert (quiet.status, quiet.out, quiet.err) == (aloud.status, aloud.out, "")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_what_is_wrong_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ("run", "nl/housing-2023-h1", "--total", "many")
    assert run(monkeypatch, *typed, "-q") == run(monkeypatch, *typed)


def test_every_verb_can_be_quiet() -> None:
    for name, verb in verbs.commands.items():
        assert "--quiet" in {option for each in verb.params for option in each.opts}, name
