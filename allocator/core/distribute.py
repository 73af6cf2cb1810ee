"""The one entry to the mathematics: an instance in, a distribution out.

Weights from the key, exact quotas from the weights, a whole number for every leaf by the rule's
rounding, and sums upward. What rounding adds or loses is in the result as drift.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from operator import add
from typing import TypeVar

from allocator.core.quotas import shared_out, used
from allocator.core.rounding import ROUND
from allocator.model.areas import Division
from allocator.model.distribution import Cell, Distribution, Shared
from allocator.model.instance import Instance
from allocator.model.problem import Place, Problems
from allocator.model.streams import Streams
from allocator.words.text import series, text

Amount = TypeVar("Amount", int, Fraction)


def distribute(instance: Instance) -> Distribution:
    """Divide the totals of an instance by its rule."""
    rounding = instance.rule.rounding
    division, streams = instance.division, instance.streams
    problems = Problems()
    steps: dict[str, tuple[Shared, ...]] = {}
    for stream in streams.given:
        with problems.collecting():
            steps[stream.name] = shared_out(instance, stream)
    problems.raise_any()
    leaf_quotas = {
        (code, name): quota
        for name, each in steps.items()
        for code, quota in each[-1].quotas.items()
    }
    rounded = {cell: ROUND[rounding](quota) for cell, quota in leaf_quotas.items()}
    quotas = with_sums(division, streams, leaf_quotas)
    numbers = with_sums(division, streams, rounded)
    _refuse_parts_above_whole(instance, numbers)
    return Distribution(instance, rounding, steps, used(instance), quotas, numbers)


def with_sums(
    division: Division, streams: Streams, leaves: Mapping[Cell, Amount]
) -> dict[Cell, Amount]:
    """Every cell of the table: the rest of a whole by subtraction, larger areas by addition."""
    table: dict[Cell, Amount] = dict(leaves)
    for stream in streams.given:
        for area in division.areas:
            codes = division.members[area.code]
            table[area.code, stream.name] = reduce(add, (leaves[c, stream.name] for c in codes))
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
    for whole in instance.streams.given:
        parts = instance.streams.parts(whole.name)
        above = [
            area.name
            for area in instance.division.leaves
            if sum(numbers[area.code, part.name] for part in parts) > numbers[area.code, whole.name]
        ]
        if above:
            problems.add(
                Place(instance.file),
                text(
                    "{parts} come out above {whole} in {areas}.",
                    parts=series([part.title for part in parts]),
                    whole=whole.title,
                    areas=series(above),
                ),
                text("Change the totals or the keys; a part is never cut to fit its whole."),
            )
    problems.raise_any()
