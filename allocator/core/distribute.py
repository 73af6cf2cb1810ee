"""The one entry to the mathematics: an instance in, a distribution out.

Weights from the key, exact quotas from the weights, a whole number for every leaf by the rule's
rounding, and sums upward. What rounding adds or loses is in the result as drift.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from allocator.core.quotas import shared, weights
from allocator.core.rounding import ROUND
from allocator.model.areas import Division
from allocator.model.distribution import Cell, Distribution, Shares
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import Step
from allocator.model.streams import Stream, Streams
from allocator.words.text import series, text

Amount = TypeVar("Amount", int, Fraction)


def distribute(instance: Instance) -> Distribution:
    """Divide the totals of an instance by its rule."""
    rounding = instance.rule.rounding
    division, streams = instance.division, instance.streams
    problems = Problems()
    shares: dict[str, tuple[Shares, ...]] = {}
    leaf_quotas: dict[Cell, Fraction] = {}
    for stream in streams.given:
        with problems.collecting():
            shares[stream.name] = _shares(instance, stream)
            total = Fraction(instance.totals[stream.name].number)
            for code, quota in _leaf_quotas(total, division, shares[stream.name]).items():
                leaf_quotas[code, stream.name] = quota
    problems.raise_any()
    quotas = _with_sums(division, streams, leaf_quotas)
    rounded = {cell: ROUND[rounding](quota) for cell, quota in leaf_quotas.items()}
    numbers = _with_sums(division, streams, rounded)
    _refuse_parts_above_whole(instance, numbers)
    return Distribution(instance, rounding, shares, quotas, numbers)


def _shares(instance: Instance, stream: Stream) -> tuple[Shares, ...]:
    """The weights of each step, from the top level down to the leaves."""
    division = instance.division
    steps = instance.rule.steps
    if stream.key:
        steps = (*steps[:-1], Step("", stream.key))
    found = []
    for step in steps:
        level = step.level or division.leaf_level
        at_level = weights(step.key, division.at(level), division, instance.indicators)
        found.append(Shares(level, step.key, at_level))
    return tuple(found)


def _leaf_quotas(
    total: Fraction, division: Division, steps: tuple[Shares, ...]
) -> Mapping[str, Fraction]:
    """The exact share of every leaf: the total handed down step by step, unrounded."""
    quotas = {division.root.code: total}
    for step in steps:
        below: dict[str, Fraction] = {}
        for code, quota in quotas.items():
            inside = division.within(division.by_code[code], step.level)
            at_work = [step.weights[area.code] for area in inside]
            if not any(at_work):
                _refuse_weightless(step, division.by_code[code].name)
            parts = shared(quota, at_work)
            below.update(zip((area.code for area in inside), parts, strict=True))
        quotas = below
    return quotas


def _refuse_weightless(step: Shares, name: str) -> None:
    raise InputError(
        Problem(
            step.key.place,
            text(
                "The key gives every area in {name} weight 0, so nothing can be shared.", name=name
            ),
            text("Change the key, or the figures it uses."),
            step.key.written,
        )
    )


def _with_sums(
    division: Division, streams: Streams, leaves: Mapping[Cell, Amount]
) -> dict[Cell, Amount]:
    """Every cell of the table: the rest of a whole by subtraction, larger areas by addition."""
    table: dict[Cell, Amount] = dict(leaves)
    for stream in streams.given:
        for area in division.areas:
            at_leaves = [leaves[leaf, stream.name] for leaf in division.members[area.code]]
            table[area.code, stream.name] = sum(at_leaves[1:], at_leaves[0])
    for rest in streams.rests:
        for area in division.areas:
            left = table[area.code, rest.rest_of]
            for part in streams.parts(rest.rest_of):
                left = left - table[area.code, part.name]
            table[area.code, rest.name] = left
    return table


def _refuse_parts_above_whole(instance: Instance, numbers: Mapping[Cell, int]) -> None:
    """Minors above places is an error of the key or the totals; nothing is clipped."""
    problems = Problems()
    for rest in instance.streams.rests:
        short = [
            area.name for area in instance.division.leaves if numbers[area.code, rest.name] < 0
        ]
        if short:
            parts = instance.streams.parts(rest.rest_of)
            problems.add(
                Place(instance.file),
                text(
                    "{parts} come out above {whole} in {areas}.",
                    parts=series([part.title for part in parts]),
                    whole=instance.streams.named(rest.rest_of).title,
                    areas=series(short),
                ),
                text("Change the totals or the keys; a part is never cut to fit its whole."),
            )
    problems.raise_any()
