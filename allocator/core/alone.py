"""One stream over the leaves by a method alone, as textbooks and other programs do it.

A minimum and maximum per area are kept; what lies above the leaves is their sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from allocator.core.refused import refused
from allocator.core.textbook.divisor import apportion
from allocator.core.textbook.largest_remainder import largest_remainder
from allocator.core.tie_order import tie_order
from allocator.core.whole.problem import Refused
from allocator.model.instance import Instance
from allocator.model.problem import NoAnswer, Place, Problem
from allocator.model.proof import Cell, Tie
from allocator.model.rule import Choice, Method, Ties
from allocator.words.text import series, text


def by_the_textbook(
    instance: Instance, quotas: Mapping[Cell, Fraction], choice: Choice
) -> tuple[dict[Cell, int], tuple[Tie, ...]]:
    """The numbers, and the tie for the last units where there is one."""
    streams = instance.streams.all
    if len(streams) > 1:
        raise refused(
            instance,
            text(
                "The textbook's methods divide one stream, and here are {count}.",
                count=len(streams),
            ),
            text("Use `--rounding consistent`."),
        )
    stream = streams[0].name
    weights = {area.code: quotas[area.code, stream] for area in tie_order(instance)}
    minimum, maximum = _bounds(instance)
    total = instance.totals[stream].number
    try:
        if choice.method is Method.LARGEST_REMAINDER:
            found = largest_remainder(weights, total, minimum, maximum)
            numbers, tied = found.numbers, found.tied
        else:
            divided = apportion(weights, total, choice.method.value, minimum, maximum)
            numbers, tied = divided.numbers, divided.tied
    except Refused as reason:
        raise refused(
            instance,
            text(
                "{method} cannot divide this: {reason}.",
                method=choice.method.value,
                reason=str(reason),
            ),
            text("Change the total or the limits, or use another method."),
        ) from reason
    if tied:
        _decide(instance, choice, tied)
    ties = (Tie({(code, stream): numbers[code] for code in tied}, "order"),) if tied else ()
    return {(code, stream): number for code, number in numbers.items()}, ties


def _bounds(instance: Instance) -> tuple[dict[str, int], dict[str, int]]:
    """The minimum and maximum of each leaf; other limits are not for a method alone."""
    leaves = {leaf.code for leaf in instance.division.leaves}
    minimum: dict[str, int] = {}
    maximum: dict[str, int] = {}
    for limit in instance.limits:
        if limit.node not in leaves or limit.nothing_or is not None:
            raise refused(
                instance,
                text("The limit {name} is not one of a single leaf.", name=f"'{limit.name}'"),
                text("Use `--rounding consistent`, which keeps every limit."),
            )
        if limit.at_least is not None:
            minimum[limit.node] = max(limit.at_least, minimum.get(limit.node, 0))
        if limit.at_most is not None:
            maximum[limit.node] = min(limit.at_most, maximum.get(limit.node, limit.at_most))
    return minimum, maximum


def _decide(instance: Instance, choice: Choice, tied: tuple[str, ...]) -> None:
    """Ties by order stand; the other ways are not for a method alone, or stop here."""
    if choice.ties is Ties.ORDER:
        return
    names = [instance.division.by_code[code].name for code in tied]
    if isinstance(choice.ties, tuple):
        raise refused(
            instance,
            text("A lot is read where areas are rounded together."),
            text("Use `--rounding consistent`."),
        )
    raise NoAnswer(
        Problem(
            Place(instance.file),
            text("These cells tie: {cells}.", cells=series(names, at_most=1_000)),
            text("Let the order decide: `--ties order`."),
        )
    )
