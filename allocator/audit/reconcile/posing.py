"""Poses the question that a published table puts to an uncertain figure of an instance.

Only a key that is linear in the figure, area by area, can be asked; what cannot be is refused here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from allocator.audit.reconcile.asking import ZERO, Asked, Leaf, Question
from allocator.core.quotas import figures_of, steps_of
from allocator.core.refused import refused
from allocator.core.rounding import ROUND
from allocator.key.evaluate import evaluate
from allocator.key.formula import (
    Call,
    Formula,
    Name,
    Negative,
    Operation,
    indicators,
    names_total,
)
from allocator.key.reader import read_key
from allocator.model.instance import Instance, PublishedRow, Quantity
from allocator.model.problem import InputError, Problem
from allocator.model.streams import KeyText, Streams
from allocator.words.text import Text, series, text


def question(
    instance: Instance,
    name: str,
    tolerances: Mapping[str, Fraction],
    free: Collection[str],
    rows: Sequence[PublishedRow],
) -> Question:
    """The question that published rows put to an indicator of an instance."""
    _refuse_other_rules(instance)
    _refuse_strange(instance, name, tolerances, free)
    places = {area.code: place for place, area in enumerate(instance.division.leaves)}
    asked, as_totals = [], []
    for row in rows:
        if row.quantity is not Quantity.NUMBER:
            continue
        signs = signs_of(instance.streams, row.stream)
        held = instance.division.members[row.code]
        total = sum(sign * instance.totals[each].number for each, sign in signs.items())
        if row.code == instance.division.root.code and row.number == total:
            as_totals.append(row)
        else:
            asked.append(Asked(row, tuple(sorted(places[code] for code in held)), signs))
    return Question(
        leaves=_leaves(instance, name, tolerances, free),
        totals={
            stream.name: instance.totals[stream.name].number for stream in instance.streams.given
        },
        rounding=instance.rule.choice.rounding,
        rows=tuple(asked),
        as_totals=tuple(as_totals),
    )


def with_values(instance: Instance, name: str, values: Mapping[str, Fraction]) -> Instance:
    """The instance with other values of one indicator."""
    changed = replace(instance.indicators[name], values=values)
    return replace(instance, indicators={**instance.indicators, name: changed})


def signs_of(streams: Streams, name: str) -> dict[str, int]:
    """The given streams that add up to a stream: itself, or the whole less its parts."""
    stream = streams.named(name)
    if not stream.rest_of:
        return {name: 1}
    return {stream.rest_of: 1, **{part.name: -1 for part in streams.parts(stream.rest_of)}}


def _leaves(
    instance: Instance, name: str, tolerances: Mapping[str, Fraction], free: Collection[str]
) -> tuple[Leaf, ...]:
    key = _key(instance)
    _refuse_not_linear(key, name)
    areas = instance.division.leaves
    base, at_one = (_weights(instance, name, key, Fraction(value)) for value in (0, 1))
    given = instance.indicators[name].values
    return tuple(
        Leaf(
            area.code,
            at_one[place] - base[place],
            base[place],
            given[area.code],
            None if area.code in free else tolerances.get(area.code, ZERO),
        )
        for place, area in enumerate(areas)
    )


def _weights(instance: Instance, name: str, key: KeyText, value: Fraction) -> list[Fraction]:
    """The key for all leaves where the indicator has one and the same value everywhere."""
    areas = instance.division.leaves
    changed = with_values(instance, name, {area.code: value for area in areas})
    figures = figures_of(areas, instance.division, changed.indicators, at_leaves=True)
    return evaluate(read_key(key.written, key.place), figures, key.written, key.place)


def _key(instance: Instance) -> KeyText:
    """The one key from the total straight to the leaves."""
    keys = {}
    for stream in instance.streams.given:
        steps = steps_of(instance, stream)
        keys[steps[-1].key.written] = steps[-1].key
        if len(steps) > 1:
            raise refused(
                instance,
                text("The rule shares in {count} steps.", count=len(steps)),
                text("Only rules that go straight to the leaves can be reconciled."),
            )
    if instance.rule.after:
        raise refused(
            instance,
            text("The rule goes on after its key."),
            text("Only rules with nothing but a key can be reconciled."),
        )
    if any(names_total(read_key(key.written, key.place)) for key in keys.values()):
        raise refused(
            instance,
            text("The key depends on the total."),
            text("Only rules with nothing but a key can be reconciled."),
        )
    if len(keys) > 1:
        raise refused(
            instance,
            text("The streams have different keys: {keys}.", keys=series(sorted(keys))),
            text("Only streams that share one key can be reconciled."),
        )
    return next(iter(keys.values()))


def _refuse_other_rules(instance: Instance) -> None:
    rounding = instance.rule.choice.rounding
    if rounding not in ROUND:
        raise refused(
            instance,
            text("{rounding} rounds areas together.", rounding=f"'{rounding}'"),
            text("Only rules that round each area by itself can be reconciled."),
        )
    if instance.limits:
        raise refused(
            instance,
            text("There are limits on areas."),
            text("Take them out: under limits the numbers do not follow from the key alone."),
        )


def _refuse_strange(
    instance: Instance, name: str, tolerances: Mapping[str, Fraction], free: Collection[str]
) -> None:
    if name not in instance.indicators:
        raise refused(
            instance,
            text("There is no indicator {name}.", name=f"'{name}'"),
            text("The indicators here are: {names}.", names=", ".join(instance.indicators)),
        )
    leaves = {area.code for area in instance.division.leaves}
    strange = sorted({*tolerances, *free} - leaves)
    if strange:
        raise refused(
            instance,
            text("No leaf area has the code {codes}.", codes=series(strange)),
            text("Give tolerances for the areas that carry the figure."),
        )
    negative = sorted(code for code, tolerance in tolerances.items() if tolerance < 0)
    if negative:
        raise refused(
            instance,
            text("The tolerance is negative for {codes}.", codes=series(negative)),
            text("Write 0 for a figure that is certain."),
        )


def _refuse_not_linear(key: KeyText, name: str) -> None:
    formula = read_key(key.written, key.place)
    if name not in indicators(formula):
        raise _misfit(
            key,
            text("The key does not use {name}.", name=f"'{name}'"),
            text("Name one of: {names}.", names=", ".join(indicators(formula))),
        )
    if _degree(formula, name) is None:
        raise _misfit(
            key,
            text(
                "The key is not linear in {name}, area by area.",
                name=f"'{name}'",
            ),
            text(
                "It may be multiplied and added to, and not divided by, capped, added up over "
                "areas or multiplied by itself."
            ),
        )


def _misfit(key: KeyText, found: Text, mend: Text) -> InputError:
    return InputError(Problem(key.place, found, mend, key.written))


def _degree(formula: Formula, name: str) -> int | None:
    """0 where a formula is without an indicator, 1 where it is linear in it, else None."""
    if name not in indicators(formula):
        return 0
    match formula:
        case Name():
            return 1
        case Negative():
            return _degree(formula.of, name)
        case Operation():
            left, right = _degree(formula.left, name), _degree(formula.right, name)
            if left is None or right is None or (right and formula.sign == "/"):
                return None
            degree = left + right if formula.sign == "*" else max(left, right)
            return degree if degree == 1 else None
        case Call():
            return None
    return None
