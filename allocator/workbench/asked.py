"""From a scenario to its distribution, remembered for a while.

Instances are read once; the distributions of the last few scenarios are kept, so that map, table
and explanation of one page are made from one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from allocator.asking.question import answered, choice_of
from allocator.asking.totals import read_totals
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key
from allocator.key.factors import with_factors
from allocator.key.formula import indicators
from allocator.key.reader import read_key
from allocator.model.distribution import Distribution
from allocator.model.indicator import Kind
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.receipt import Source
from allocator.model.streams import KeyText
from allocator.reading.country.shelf import on_the_shelf
from allocator.reading.formats.files import recording
from allocator.reading.formats.numerals import Numerals, Unreadable
from allocator.reading.instances.folders import folder_of, instance_names
from allocator.reading.instances.parts.indicators import Missing
from allocator.reading.instances.read import load
from allocator.reading.results.receipts import inputs
from allocator.reading.rules import rule_names
from allocator.words.text import series, text
from allocator.workbench.address import Scenario


@dataclass(frozen=True)
class Question:
    """What is asked of the engine; the words of a page do not matter to it."""

    instance: str
    rule: str | None
    totals: tuple[str, ...]
    rounding: str | None
    method: str | None
    key: str | None
    keep: str | None
    missing: str | None


def known(name: str) -> bool:
    """Whether it is an instance of the book: nothing else is ever opened."""
    return name in instance_names()


def tidied(scenario: Scenario) -> Scenario:
    """The same without what is asked as it is anyhow, so that a scenario has one address."""
    refuse_unknown(scenario)
    own = instance_of(scenario.instance).totals
    return scenario.with_(
        totals={
            stream: typed
            for stream, typed in scenario.totals.items()
            if stream not in own or typed != str(own[stream].number)
        },
        factors={name: typed for name, typed in scenario.factors.items() if typed != "100"},
    )


def distribution_of(scenario: Scenario) -> Distribution:
    """What the scenario gives."""
    return _distribution(question_of(scenario))


def by_the_rule(scenario: Scenario) -> Distribution:
    """What the instance gives as it is, with the national numbers that were asked."""
    return distribution_of(Scenario(scenario.instance, totals=scenario.totals))


def inputs_of(scenario: Scenario) -> Mapping[Source, str]:
    """The files that the scenario's numbers are made of, read once more for their SHA-256."""
    with recording() as read:
        _answered(question_of(scenario))
    return inputs(read, folder_of(scenario.instance))


@lru_cache(maxsize=64)
def instance_of(name: str) -> Instance:
    """The instance as it is."""
    return load(name)


@lru_cache(maxsize=48)
def _distribution(question: Question) -> Distribution:
    """By way of an instance that was read before, where only its key is another."""
    if question.key is None or question.keep is not None:
        return _answered(question)
    try:
        return _with_key(question, question.key)
    except InputError:
        return _answered(question)  # which says what is wrong, and where


def _answered(question: Question) -> Distribution:
    return answered(
        question.instance,
        rule=question.rule,
        totals=question.totals,
        rounding=question.rounding,
        method=question.method,
        ties=None,
        fixed=(),
        key=question.key,
        keep=question.keep,
        missing=question.missing,
    )


def _with_key(question: Question, written: str) -> Distribution:
    """Another key only changes what is done with the figures, which are read once."""
    named = tuple(sorted(set(indicators(read_key(written)))))
    read = _read(question.instance, question.rule, question.totals, named, question.missing)
    own = another_key(read, KeyText(written, Place("--key")))
    return distribute(own, choice_of(own.rule, question.rounding, question.method, None, ()))


@lru_cache(maxsize=24)
def _read(
    name: str,
    rule: str | None,
    totals: tuple[str, ...],
    named: tuple[str, ...],
    missing: str | None,
) -> Instance:
    """An instance with the figures of these names."""
    keys = tuple(KeyText(each, Place("--key")) for each in named)
    return load(name, rule, read_totals(totals), keys, Missing(missing or Missing.ERROR))


def question_of(scenario: Scenario) -> Question:
    """What is asked of the engine: figures that count more or less stand in the key."""
    return Question(
        instance=scenario.instance,
        rule=scenario.rule or None,
        totals=scenario.typed_totals,
        rounding=scenario.rounding or None,
        method=scenario.method or None,
        key=key_of(scenario) or None,
        keep=scenario.keep or None if key_of(scenario) else None,
        missing=scenario.missing or None,
    )


def refuse_unknown(scenario: Scenario) -> None:
    """A rule is one of the book by name: an address never has a file opened."""
    problems = Problems()
    if scenario.stray:
        problems.add(
            Place(""),
            text(
                "The address asks for {names}, which is known here on no page.",
                names=series(scenario.stray),
            ),
            text("Mend it, or begin from the page itself."),
        )
    if scenario.rule and scenario.rule.partition("@")[0] not in rule_names():
        problems.add(
            Place("rule"),
            text("There is no rule {name} in the book.", name=f"'{scenario.rule}'"),
            text("Choose one of those that `allocator list` names."),
        )
    if scenario.missing and scenario.missing not in list(Missing):
        problems.add(
            Place("missing"),
            text("{name} is no way to treat areas without a figure.", name=f"'{scenario.missing}'"),
            text("Choose one of: {names}.", names=", ".join(Missing)),
        )
    problems.raise_any()


def key_of(scenario: Scenario) -> str:
    """The key that is asked for, "" for that of the rule."""
    factors = {name: _factor(name, typed) for name, typed in scenario.factors.items()}
    if all(factor == 1 for factor in factors.values()):
        return scenario.key
    return with_factors(scenario.key or key_of_rule(instance_of(scenario.instance)), factors)


def key_of_rule(instance: Instance) -> str:
    """The key of an instance's rule, at the level where areas are smallest."""
    return instance.rule.steps[-1].key.written


def spelled_out(scenario: Scenario) -> Scenario:
    """The same scenario as the command line knows it."""
    key = key_of(scenario)
    return scenario.with_(key=key, keep=scenario.keep if key else "", factors={})


def may_count_less(scenario: Scenario) -> Iterator[str]:
    """The figures of the key that are no counts of persons or things, such as a score."""
    instance = instance_of(scenario.instance)
    written = scenario.key or key_of_rule(instance)
    for name in dict.fromkeys(indicators(read_key(written))):
        indicator = instance.indicators.get(name)
        if indicator is not None and indicator.kind is not Kind.COUNT:
            yield name


@lru_cache(maxsize=256)
def has_figures(name: str, key: str) -> bool:
    """Whether every figure that a key names is known, in the instance or on the shelf."""
    instance = instance_of(name)
    shelf = on_the_shelf(instance.country)
    return all(each in instance.indicators or each in shelf for each in indicators(read_key(key)))


def _factor(name: str, typed: str) -> Fraction:
    try:
        percent = Numerals().read(typed.replace(",", ".").removesuffix("%"))
    except Unreadable as error:
        raise InputError(Problem(Place(f"counts.{name}"), error.found, error.mend)) from error
    if not 0 <= percent <= 1000:
        raise InputError(
            Problem(
                Place(f"counts.{name}"),
                text("{number}% is out of range.", number=typed),
                text("Write a percentage from 0 to 1000."),
            )
        )
    return percent / 100
