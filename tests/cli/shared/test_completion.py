"""What a shell is offered to complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.reading.instances.folders import instance_names
from allocator.reading.instances.records import record_names
from allocator.reading.rules import rule_names
from tests.cli.runner import run


def offered(monkeypatch: pytest.MonkeyPatch, *typed: str) -> list[str]:
    """What bash is offered for the last word."""
    monkeypatch.setenv("_ALLOCATOR_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(("allocator", *typed)))
    monkeypatch.setenv("COMP_CWORD", str(len(typed)))
    outcome = run(monkeypatch)
    assert outcome.err == ""
    return [line.partition(",")[2] for line in outcome.out.splitlines() if line]


def test_names_are_those_that_the_verbs_take(monkeypatch: pytest.MonkeyPatch) -> None:
    instances = [name for name in instance_names() if name.startswith("nl/")]
    records = [name for name in record_names() if name.startswith("nl")]
    rules = [name for name in rule_names() if name.startswith("de/")]
    assert offered(monkeypatch, "run", "nl/") == instances
    assert offered(monkeypatch, "series", "nl") == records
    assert offered(monkeypatch, "run", "x", "--rule", "de/") == rules


def test_areas_are_those_of_the_country_that_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Middelburg" in offered(monkeypatch, "explain", "nl/housing-2023-h1", "middel")
    germans = offered(monkeypatch, "explain", "de/koenigstein-2019", "")
    assert "Middelburg" not in germans
    assert "Middelburg" in offered(monkeypatch, "where", "Mid")


def test_bash_gets_names_as_it_has_to_type_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its script takes one backslash of two away; the other keeps a name in one word."""
    assert offered(monkeypatch, "explain", "nl/housing-2023-h1", "bergen\\ op") == [
        "Bergen\\\\ op\\\\ Zoom"
    ]


def test_verbs_and_options(monkeypatch: pytest.MonkeyPatch) -> None:
    assert offered(monkeypatch, "re") == ["reconcile", "replay", "revise"]
    assert "--dialect" in offered(monkeypatch, "diff", "a", "b", "--di")


def test_what_cannot_be_read_is_not_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(
        "allocator.cli.shared.completing.instances_folder", lambda: tmp_path / "none"
    )
    assert offered(monkeypatch, "run", "nl/") == []
    assert offered(monkeypatch, "where", "Mid") == []


@pytest.mark.parametrize(
    ("shell", "sign"),
    [("bash", "complete -o nosort"), ("zsh", "#compdef allocator"), ("fish", "complete ")],
)
def test_the_script_of_each_shell(monkeypatch: pytest.MonkeyPatch, shell: str, sign: str) -> None:
    outcome = run(monkeypatch, "completion", shell)
    assert outcome.status == 0
    assert sign in outcome.out
    assert "_ALLOCATOR_COMPLETE" in outcome.out
