"""From what was typed to a distribution: instance, rule, totals and rounding."""

from __future__ import annotations

from allocator.asking.totals import read_totals
from allocator.core.choice import chosen
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each
from allocator.model.distribution import Distribution
from allocator.model.problem import InputError, Place, Problem
from allocator.model.rule import Choice, Rule
from allocator.model.streams import KeyText
from allocator.reading.instances.lots import read_lots
from allocator.reading.instances.parts.indicators import Missing
from allocator.reading.instances.read import load
from allocator.words.text import text


def answered(
    instance: str,
    rule: str | None,
    totals: tuple[str, ...],
    rounding: str | None,
    method: str | None,
    ties: str | None,
    fixed: tuple[str, ...],
    key: str | None = None,
    keep: str | None = None,
    missing: str | None = None,
) -> Distribution:
    """The distribution that the options of the command line ask for."""
    own = KeyText(key, Place("--key")) if key is not None else None
    _refuse_keeping_without(own, keep)
    keys = (own,) if own else ()
    loaded = load(instance, rule, read_totals(totals), keys, Missing(missing or Missing.ERROR))
    if own:
        by_the_rule, loaded = loaded, another_key(loaded, own)
        if keep is not None:
            loaded = inside_each(loaded, keep, distribute(by_the_rule))
    return distribute(loaded, choice_of(loaded.rule, rounding, method, ties, fixed))


def choice_of(
    rule: Rule,
    rounding: str | None,
    method: str | None,
    ties: str | None,
    fixed: tuple[str, ...],
) -> Choice:
    """The rule's choice of rounding, with what was typed otherwise."""
    decided = ties if ties in (None, "order", "refuse") else read_lots(ties)
    return chosen(rule, rounding, method, decided, fixed or None)


def _refuse_keeping_without(key: KeyText | None, keep: str | None) -> None:
    if keep is not None and key is None:
        raise InputError(
            Problem(
                Place("--keep"),
                text("It is not said by which key the numbers that areas keep are divided."),
                text("Add --key with a formula, such as --key population."),
            )
        )
