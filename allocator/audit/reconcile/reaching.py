"""How far a single number can move while uncertain figures move within their tolerances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.audit.reconcile.asking import ONE, Question
from allocator.audit.reconcile.posing import question, signs_of
from allocator.core.exact import added
from allocator.model.areas import Area
from allocator.model.instance import Instance


@dataclass(frozen=True, slots=True)
class Reach:
    """The lowest and the highest that an area's number of a stream can be.

    For a leaf both are exact. For a larger area the shares are, and the numbers are those that come
    with them: among its leaves, rounding may still win or lose a little.
    """

    area: Area
    stream: str
    lowest: int
    highest: int
    least: Fraction  # the exact share of the total, before rounding
    most: Fraction


def reach(instance: Instance, name: str, tolerances: Mapping[str, Fraction]) -> Iterator[Reach]:
    """The reach of every number but the national ones; what has no tolerance stays as it is.

    An area's share is lowest where its own figures are at the end of the tolerance that weighs
    least and all others at the end that weighs most.
    """
    asked = question(instance, name, tolerances, (), ())
    ends = [leaf.weights(ONE) for leaf in asked.leaves]
    places = {leaf.code: place for place, leaf in enumerate(asked.leaves)}
    every = tuple(added(pair[side] for pair in ends) for side in (0, 1))
    for area in instance.division.areas[:-1]:
        inside = [ends[places[code]] for code in instance.division.members[area.code]]
        low, high = (
            _shares([pair[side] for pair in inside], every[1 - side], [p[1 - side] for p in inside])
            for side in (0, 1)
        )
        outcomes = _between(asked, low[0], high[0]) if len(inside) == 1 else [low, high]
        for stream in instance.streams.all:
            signs = signs_of(instance.streams, stream.name)
            numbers = [_number(asked, signs, shares) for shares in outcomes]
            yield Reach(area, stream.name, min(numbers), max(numbers), added(low), added(high))


def _shares(
    own: Sequence[Fraction], every: Fraction, replaced: Sequence[Fraction]
) -> list[Fraction]:
    """The shares of some leaves by their own weights, where all others keep those of the sum."""
    scale = every - added(replaced) + added(own)
    return [weight / (scale or 1) for weight in own]


def _between(asked: Question, low: Fraction, high: Fraction) -> list[list[Fraction]]:
    """Shares of one leaf, one for each set of numbers that it can have between two ends."""
    steps = asked.steps(low, high, asked.totals)
    return [[at] for step in steps for at in (step.low, (step.low + step.high) / 2, step.high)]


def _number(asked: Question, signs: Mapping[str, int], shares: Sequence[Fraction]) -> int:
    return sum(
        sign * asked.round(asked.totals[stream] * share)
        for share in shares
        for stream, sign in signs.items()
    )
