"""The divisor methods as textbooks have them: one level, one stream, a minimum and maximum each.

Everybody's number is weight * multiplier rounded at the method's signposts, with one multiplier for
all. They are monotone in house and population, and may leave floor and ceiling of the quota.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heapreplace

from allocator.core.whole.cost import Ratio, ratio, signpost
from allocator.core.whole.problem import Refused


@dataclass(frozen=True)
class Apportionment:
    """Numbers that add to the total, and the multipliers that give them."""

    numbers: Mapping[str, int]
    """A whole number for each."""
    multipliers: tuple[Fraction | None, Fraction | None]
    """Any multiplier between these proves the numbers (for Hill squared); None is no bound."""
    tied: tuple[str, ...]
    """Those with an equal claim to the last units; empty when the numbers are the only ones."""
    drawn: int
    """How many units were to be given among the tied; the first in order have them."""


def apportion(
    weights: Mapping[str, Fraction],
    total: int,
    method: str,
    minimum: Mapping[str, int] | None = None,
    maximum: Mapping[str, int] | None = None,
) -> Apportionment:
    """Divide a total by a divisor method.

    >>> votes = {"A": Fraction(53), "B": Fraction(24), "C": Fraction(23)}
    >>> dict(apportion(votes, 10, "webster").numbers)   # 53/5.5 = 9.64, 24/2.5 = 9.6
    {'A': 6, 'B': 2, 'C': 2}
    >>> dict(apportion(votes, 10, "adams").numbers)
    {'A': 5, 'B': 3, 'C': 2}
    """
    limits = _limits(weights, total, method, minimum or {}, maximum or {})
    numbers = _near(weights, total, method, limits)
    _adjust(weights, total, method, limits, numbers)
    claims = {
        n: ratio(method, w, numbers[n]) for n, w in weights.items() if numbers[n] < limits[n][1]
    }
    held = {
        n: ratio(method, w, numbers[n] - 1) for n, w in weights.items() if numbers[n] > limits[n][0]
    }
    first, last = min(claims.values(), default=None), max(held.values(), default=None)
    tied: tuple[str, ...] = ()
    drawn = 0
    if first is not None and first == last:
        holders = {name for name, claim in held.items() if claim == last}
        tied = tuple(n for n in weights if n in holders or claims.get(n) == first)
        drawn = len(holders)
        for place, name in enumerate(tied):
            numbers[name] += (place < drawn) - (name in holders)
    between = (last.fraction if last else None, first.fraction if first else None)
    return Apportionment(numbers, between, tied, drawn)


def _limits(
    weights: Mapping[str, Fraction],
    total: int,
    method: str,
    minimum: Mapping[str, int],
    maximum: Mapping[str, int],
) -> dict[str, tuple[int, int]]:
    """The least and most of each; a signpost of 0 gives everybody with weight a first unit."""
    first = 1 if signpost(method, 0)[0] == 0 else 0
    found, wrong = {}, [f"{n}: weight {w} below 0" for n, w in weights.items() if w < 0]
    for name, weight in weights.items():
        low, high = minimum.get(name, 0), maximum.get(name, max(total, minimum.get(name, 0)))
        if low > high or low < 0:
            wrong.append(f"{name}: no number from minimum {low} to maximum {high}")
        found[name] = (max(low, min(first, high)), high) if weight else (low, low)
    least, most = sum(low for low, _ in found.values()), sum(high for _, high in found.values())
    if least > total:
        wrong.append(
            f"{total} is too few: the minima add to {least}"
            + (f"; {method} gives everybody with weight at least 1" if first else "")
        )
    if most < total:
        wrong.append(f"{total} is too many: the maxima of those with weight add to {most}")
    if wrong:
        raise Refused("; ".join(wrong))
    return found


def _near(
    weights: Mapping[str, Fraction],
    total: int,
    method: str,
    limits: Mapping[str, tuple[int, int]],
) -> dict[str, int]:
    """Numbers of one multiplier whose sum is near the total, by halving; any would do to start."""

    def rounded(multiplier: Fraction) -> dict[str, int]:
        found = {}
        for name, weight in weights.items():
            quota, (low, high) = weight * multiplier, limits[name]
            floor = quota.numerator // quota.denominator
            up = not Ratio(1, 1) < ratio(method, quota, floor) if quota else False
            found[name] = min(max(floor + up, low), high)
        return found

    low, multiplier = Fraction(0), Fraction(total + 1) / (sum(weights.values()) or 1)
    high: Fraction | None = None
    while True:
        numbers = rounded(multiplier)
        over = sum(numbers.values()) - total
        if abs(over) <= len(weights):
            return numbers
        low, high = (low, multiplier) if over > 0 else (multiplier, high)
        multiplier = 2 * low if high is None else (low + high) / 2


def _adjust(
    weights: Mapping[str, Fraction],
    total: int,
    method: str,
    limits: Mapping[str, tuple[int, int]],
    numbers: dict[str, int],
) -> None:
    """Give the strongest claim, or take the weakest back, until the sum is the total."""
    missing = total - sum(numbers.values())
    order = list(weights)

    def claim(place: int) -> tuple[bool, Ratio, int]:
        name = order[place]
        number, (low, high) = numbers[name], limits[name]
        stop = number == high if missing > 0 else number == low
        cost = (
            ratio(method, weights[name], number)
            if missing > 0
            else -ratio(method, weights[name], max(number - 1, 0))
        )
        return stop, cost, place

    heap = [claim(place) for place in range(len(order))]
    heapify(heap)
    for _ in range(abs(missing)):
        place = heap[0][2]
        numbers[order[place]] += 1 if missing > 0 else -1
        heapreplace(heap, claim(place))
