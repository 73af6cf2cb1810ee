"""Finds the weights at which a measure is least, whether others do as well, and the proof.

The proof is a weighted mean of lines that lie below the measure: over all weights within their
bounds that mean is nowhere below the value that was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Literal

from allocator.comparison.find.measures import TOUCHING, Line, at, table, worst_rows
from allocator.comparison.find.program import (
    Corner,
    Cut,
    Point,
    Wall,
    first_of_all,
    in_order,
    lowest,
)
from allocator.comparison.find.question import ZERO, Bounds, Question, refuse_unusable
from allocator.core.exact import added


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line below the measure that takes part in the proof."""

    at: Mapping[str, Fraction]  # the weights at which it touches the measure
    line: Mapping[str, Fraction]  # its height where one component has all the weight
    multiplier: Fraction  # its part in the mean; all parts add up to 1


@dataclass(frozen=True, slots=True)
class Held:
    """A bound that takes part in the proof."""

    component: str
    side: Literal["low", "high"]
    multiplier: Fraction  # how much the value would gain for each 1 that the bound gave way


@dataclass(frozen=True, slots=True)
class Proof:
    """Why no weights do better.

    The mean of the lines has one height for every component, the level, once the multiplier of each
    lowest bound is taken off it and that of each highest is added.
    """

    lines: tuple[Drawn, ...]
    bounds: tuple[Held, ...]
    level: Fraction


@dataclass(frozen=True)
class Found:
    """The best weights of a question."""

    question: Question
    weights: Mapping[str, Fraction]  # of the best ones those with the least weight for the
    # component whose name comes first, then for the next
    value: Fraction  # the measure at these weights
    at_least: Fraction  # what the proof says it is at least anywhere; the same number
    unique: bool  # whether no other weights do as well
    ranges: Mapping[str, tuple[Fraction, Fraction]]  # per component, over all best weights
    worst: tuple[tuple[str, str], ...]  # area and stream of the rows furthest from their targets
    rounds: int  # how many lines were drawn to find the weights
    proof: Proof


def find(question: Question) -> Found:
    """The weights within their bounds at which the measure is least.

    By inhabitants A and B get 75 and 25 of 100 places, by equal parts 50 each; published are 60
    and 40, which two fifths of the one and three fifths of the other give:

    >>> from allocator.comparison.find import Measure, Row
    >>> keys = {"inhabitants": {"A": Fraction(3, 4), "B": Fraction(1, 4)},
    ...         "equal": {"A": Fraction(1, 2), "B": Fraction(1, 2)}}
    >>> rows = (Row("A", "places", Fraction(60), Fraction(100), ("A",)),
    ...         Row("B", "places", Fraction(40), Fraction(100), ("B",)))
    >>> found = find(Question(keys, rows, Measure.LARGEST))
    >>> found.weights, found.value, found.unique
    ({'inhabitants': Fraction(2, 5), 'equal': Fraction(3, 5)}, Fraction(0, 1), True)
    """
    refuse_unusable(question)
    names = question.names
    touching = partial(TOUCHING[question.measure], table(question))
    rooms = [question.room(name) for name in names]
    best = lowest(touching, rooms, in_order(len(names)))
    proof = _proof(best, names)
    weights = dict(zip(names, best.weights, strict=True))
    ranges = dict(zip(names, _ranges(best, touching, rooms), strict=True))
    return Found(
        question=question,
        weights={name: weights[name] for name in question.components},
        value=at(touching(best.weights), best.weights),
        at_least=proven_least(question, proof),
        unique=all(low == high for low, high in ranges.values()),
        ranges={name: ranges[name] for name in question.components},
        worst=worst_rows(question, best.weights),
        rounds=best.cuts,
        proof=proof,
    )


def _ranges(
    best: Corner, touching: Callable[[Point], Line], rooms: Sequence[Bounds]
) -> Iterator[tuple[Fraction, Fraction]]:
    """The least and the highest weight of each component among all that do as well."""
    for place, weight in enumerate(best.weights):
        low, high = (
            lowest(touching, rooms, first_of_all(place, sign, len(rooms))).weights[place]
            if _may_move(best, place, sign)
            else weight
            for sign in (1, -1)
        )
        yield low, high


def _may_move(best: Corner, place: int, sign: int) -> bool:
    """Whether some edge that costs nothing leads to a lower (or, at -1, a higher) weight."""
    return any(not edge.way[0] and sign * edge.way[1 + place] < 0 for edge in best.edges)


def measured(question: Question, weights: Mapping[str, Fraction]) -> Fraction:
    """The measure at any weights that add up to 1, within the bounds or not."""
    refuse_unusable(question)
    point = tuple(weights[name] for name in question.names)
    return at(TOUCHING[question.measure](table(question), point), point)


def _proof(best: Corner, names: tuple[str, ...]) -> Proof:
    """What each side of the last corner costs the value is its multiplier."""
    lines, bounds = [], []
    heights = [ZERO] * len(names)
    for edge in best.edges:
        multiplier = edge.way[0]
        if not multiplier:
            continue
        match edge.side:
            case Cut(line, drawn_at):
                lines.append(Drawn(_named(names, drawn_at), _named(names, line), multiplier))
                heights = [h + multiplier * end for h, end in zip(heights, line, strict=True)]
            case Wall(place, sign):
                bounds.append(Held(names[place], "low" if sign > 0 else "high", multiplier))
    first = [held for held in bounds if held.component == names[0]]
    level = heights[0] - added(_signed(held) for held in first)
    return Proof(tuple(lines), tuple(bounds), level)


def _named(names: tuple[str, ...], numbers: Line | Point) -> dict[str, Fraction]:
    return dict(zip(names, numbers, strict=True))


def _signed(held: Held) -> Fraction:
    return held.multiplier if held.side == "low" else -held.multiplier


def proven_least(question: Question, proof: Proof) -> Fraction:
    """What the measure is at least, at any weights within the bounds; nothing is searched.

    Every line is drawn anew where it touches the measure. A proof that does not hold is an
    ArithmeticError, as it could only come from a mistake in this program.
    """
    names = question.names
    draw = partial(TOUCHING[question.measure], table(question))
    for drawn in proof.lines:
        if draw(tuple(drawn.at[name] for name in names)) != tuple(drawn.line[n] for n in names):
            raise ArithmeticError("a line does not touch the measure")
    parts = [drawn.multiplier for drawn in proof.lines]
    if min(parts) < 0 or added(parts) != 1 or any(held.multiplier < 0 for held in proof.bounds):
        raise ArithmeticError("the multipliers make no mean")
    for name in names:
        mean = added(drawn.multiplier * drawn.line[name] for drawn in proof.lines)
        off = added(_signed(held) for held in proof.bounds if held.component == name)
        if mean - off != proof.level:
            raise ArithmeticError(f"the lines do not level out at {name}")
    return proof.level + added(
        held.multiplier * question.room(held.component).low
        if held.side == "low"
        else -held.multiplier * question.room(held.component).high
        for held in proof.bounds
    )
