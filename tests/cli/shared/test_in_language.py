"""Helps and messages of the command line in the reader's language, and only where it is asked."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from allocator.cli.main import allocator as verbs
from allocator.cli.shared.in_language import CLICK, asked_language, in_language, words_of
from tests.cli.runner import run

#: What click says in English, wherever it comes from.
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Missing|Invalid|No such|Did you|Got|Try|Show|default|"
    r"required|is not|Stopped)\b|\[OPTIONS\]|INSTANCE|FILE|COMMAND"
)
WRONG = (
    ("rin",),
    ("run",),
    ("run", "x", "y"),
    ("run", "x", "--fromat"),
    ("run", "x", "--format", "pdf"),
    ("run", "x", "--out"),
    ("run", "x", "--quiet=3"),
    ("status", "x", "--month", "9"),
    ("status", "x", "--month", "a"),
    ("roll", "x"),
    ("completion", "csh"),
    ("completion",),
)


def test_what_click_is_said_to_say_it_says() -> None:
    """A newer click with other sentences would speak English amid the Dutch."""
    folder = Path(click.__file__).parent
    said = {
        node.value
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for sentence in CLICK:
        assert said.issuperset([sentence] if isinstance(sentence, str) else sentence)


@pytest.mark.parametrize("verb", [(), *((name,) for name in verbs.commands)], ids=" ".join)
def test_a_help_is_dutch_throughout(monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]) -> None:
    said = run(monkeypatch, "--lang", "nl", *verb, "--help").out
    assert said.startswith("Gebruik: allocator")
    told = " ".join(said.split())
    command = verbs.commands[verb[0]] if verb else verbs
    for sentence in words_of(command):
        if " " in sentence and not sentence.startswith("up, half-up"):
            assert sentence not in told
    assert not ENGLISH.search(re.sub(r"\[default\]", "", told))


@pytest.mark.parametrize("typed", WRONG, ids=" ".join)
def test_what_was_typed_wrong_is_told_in_dutch(
    monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    outcome = run(monkeypatch, "--lang", "nl", *typed)
    assert (outcome.status, outcome.out) == (2, "")
    assert not ENGLISH.search(outcome.err)
    english = run(monkeypatch, *typed)
    assert ENGLISH.search(english.err)
    assert len(english.err.splitlines()) == len(outcome.err.splitlines())


def test_an_english_help_stays_english_after_a_dutch_one(monkeypatch: pytest.MonkeyPatch) -> None:
    before = run(monkeypatch, "run", "--help").out
    run(monkeypatch, "run", "--help", "--lang", "nl")
    assert run(monkeypatch, "run", "--help").out == before


def test_the_verbs_are_not_changed_by_being_shown_in_dutch() -> None:
    before = verbs.commands["run"].params[0].make_metavar(click.Context(verbs))
    shown = in_language(verbs, "nl")
    assert shown is not verbs
    assert verbs.commands["run"].params[0].make_metavar(click.Context(verbs)) == before
    assert in_language(verbs, "en") is verbs


def test_the_language_may_be_said_in_four_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ("where", "Haaren")
    dutch = run(monkeypatch, *typed, "--lang", "nl").out
    english = run(monkeypatch, *typed).out
    assert dutch != english
    assert run(monkeypatch, "--lang", "nl", *typed).out == dutch
    assert run(monkeypatch, *typed, "--lang=nl").out == dutch
    monkeypatch.setenv("ALLOCATOR_LANG", "nl")
    assert run(monkeypatch, *typed).out == dutch
    assert run(monkeypatch, *typed, "--lang", "en").out == english
    assert run(monkeypatch, "--lang", "en", *typed).out == english


def test_the_language_of_the_machine_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a script reads does not depend on whose machine it runs on."""
    before = run(monkeypatch, "run", "--help").out
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, "nl_NL.UTF-8")
    assert run(monkeypatch, "run", "--help").out == before


def test_another_language_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "'fr'" in run(monkeypatch, "--lang", "fr", "list").err
    monkeypatch.setenv("ALLOCATOR_LANG", "de")
    outcome = run(monkeypatch, "list")
    assert outcome.status == 2
    assert "ALLOCATOR_LANG" in outcome.err


def test_what_follows_two_dashes_says_no_language() -> None:
    assert asked_language(["where", "--", "--lang", "nl"]) == "en"
    assert asked_language(["--lang", "nl", "list", "--lang", "en"]) == "en"
    assert asked_language(["list", "--lang"]) == "en"
