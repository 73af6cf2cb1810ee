"""From totals and keys to quotas, down to the leaves, and to numbers rounded one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

from tests.second.plain import key
from tests.second.plain.question import Answer, Cell, Question, Refused

ZERO = Fraction(0)
Amount = TypeVar("Amount", int, Fraction)


def answer(question: Question) -> Answer:
    """Every leaf gets its quota, rounded by itself."""
    quotas = leaf_quotas(question)
    numbers = {cell: rounded(quota, question.rounding) for cell, quota in quotas.items()}
    for whole in question.wholes:
        for leaf in question.leaves:
            inside = [s.name for s in question.streams if s.part_of == whole]
            if sum(numbers[leaf, part] for part in inside) > numbers[leaf, whole]:
                raise Refused
    return Answer(summed(question, quotas), summed(question, numbers))


def leaf_quotas(question: Question) -> dict[Cell, Fraction]:
    """Of every stream with a total, straight to the leaves or through the provinces."""
    found: dict[Cell, Fraction] = {}
    for stream, total in question.totals.items():
        bases, around = {"NL": Fraction(total)}, dict.fromkeys(question.leaves, "NL")
        if question.province_key:
            provinces = dict.fromkeys(sorted(set(question.province_of.values())), "NL")
            counted = {
                name: {p: sum((of[leaf] for leaf in question.tree[p]), ZERO) for p in provinces}
                for name, of in question.figures.items()
                if name != "score"  # a rate has no sum
            }
            bases = divided(question.province_key, counted, provinces, bases, Fraction(total))
            around = question.province_of
        key_of = question.keys[stream]
        quotas = divided(key_of, question.figures, around, bases, Fraction(total))
        found |= {(leaf, stream): quotas[leaf] for leaf in question.leaves}
    return found


def divided(
    formula: str,
    figures: dict[str, dict[str, Fraction]],
    around: dict[str, str],
    bases: dict[str, Fraction],
    total: Fraction,
) -> dict[str, Fraction]:
    """What each area gets of what the area around it has: base * weight / sum of weights.

    >>> people = {"A": Fraction(1), "B": Fraction(3), "C": Fraction(9)}
    >>> around, bases = {"A": "P", "B": "P", "C": "Q"}, {"P": Fraction(10), "Q": Fraction(7)}
    >>> [str(x) for x in divided("people", {"people": people}, around, bases, ZERO).values()]
    ['5/2', '15/2', '7']
    """
    weights = key.values(formula, figures, total, around)
    if any(weight < 0 for weight in weights.values()):
        raise Refused
    found = {}
    for area, upper in around.items():
        everything = sum(weights[other] for other in around if around[other] == upper)
        if everything == 0 and bases[upper]:
            raise Refused
        found[area] = bases[upper] * weights[area] / (everything or 1)
    return found


def rounded(quota: Fraction, rounding: str) -> int:
    """One quota as a whole number.

    >>> [rounded(Fraction(5, 2), way) for way in ("up", "half-up", "half-even", "down")]
    [3, 3, 2, 2]
    """
    below = quota.numerator // quota.denominator
    left = quota - below
    if rounding == "down" or left == 0:
        return below
    if rounding == "up":
        return below + 1
    if left == Fraction(1, 2):
        return below + 1 if rounding == "half-up" or below % 2 == 1 else below
    return below + 1 if left > Fraction(1, 2) else below


def summed(question: Question, leaves: dict[Cell, Amount]) -> dict[Cell, Amount]:
    """Every area as the sum of its leaves, and every rest as what the parts leave."""
    found: dict[Cell, Amount] = {}
    for area, inside in {**question.tree, **question.rings}.items():
        for stream in question.totals:
            amounts = [leaves[leaf, stream] for leaf in inside]
            found[area, stream] = sum(amounts[1:], amounts[0])
        for rest in question.streams:
            if rest.rest_of:
                left = found[area, rest.rest_of]
                for part in question.streams:
                    if part.part_of == rest.rest_of:
                        left = left - found[area, part.name]
                found[area, rest.name] = left
    return found
