"""Largest remainder as textbooks have it: one level, one stream, a minimum and maximum each.

Limits are kept by the fair share first, clamp(multiplier * weight, minimum, maximum) with one
multiplier for all, and then rounded: floors, and the largest remainders go up. It keeps floor and
ceiling of that share; it is not monotone in house or population.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from allocator.core.exact import added
from allocator.core.whole.problem import Refused


@dataclass(frozen=True)
class Remainders:
    """Numbers that add to the total, with the shares that were rounded."""

    numbers: Mapping[str, int]
    """A whole number for each."""
    shares: Mapping[str, Fraction]
    """The exact fair share of each; without limits its quota."""
    cutoff: Fraction | None
    """The largest remainder that stayed down; None if none did."""
    tied: tuple[str, ...]
    """Those with an equal remainder of whom not all could go up."""
    drawn: int
    """How many of the tied went up; the first in order."""


def fair_shares(
    weights: Mapping[str, Fraction],
    total: int,
    minimum: Mapping[str, int],
    maximum: Mapping[str, int],
) -> dict[str, Fraction]:
    """clamp(multiplier * weight, minimum, maximum), adding to the total.

    >>> fair_shares({"A": Fraction(3), "B": Fraction(1)}, 8, {}, {"A": 5})
    {'A': Fraction(5, 1), 'B': Fraction(3, 1)}
    """
    low = {name: minimum.get(name, 0) for name in weights}
    wrong = [f"{name}: weight {w} below 0" for name, w in weights.items() if w < 0]
    wrong += [
        f"{name}: minimum {low[name]}, maximum {maximum[name]}"
        for name in weights
        if name in maximum and low[name] > maximum[name]
    ]
    if sum(low.values()) > total:
        wrong.append(f"{total} is too few: the minima add to {sum(low.values())}")
    if wrong:
        raise Refused("; ".join(wrong))
    at_once = [weight for name, weight in weights.items() if not low[name]]
    turns = [
        (low[name] / weight, weight, Fraction(low[name]))
        for name, weight in weights.items()
        if weight and low[name]
    ]
    turns += [
        (maximum[name] / w, -w, Fraction(-maximum[name]))
        for name, w in weights.items()
        if w and name in maximum
    ]
    slope, fixed, multiplier = added(at_once), Fraction(sum(low.values())), Fraction(0)
    for at, change, share in [*sorted(turns), (None, Fraction(0), Fraction(0))]:
        if at is None or slope * at + fixed >= total:
            if slope == 0 and fixed < total:
                raise Refused(
                    f"{total} is too many: the maxima of those with weight add to {fixed}"
                )
            multiplier = (total - fixed) / slope if slope else Fraction(at or 0)
            break
        slope, fixed = slope + change, fixed - share
    found = {}
    for name, weight in weights.items():
        share = multiplier * weight
        if low[name]:
            share = max(share, Fraction(low[name]))
        found[name] = min(share, Fraction(maximum[name])) if name in maximum else share
    return found


def largest_remainder(
    weights: Mapping[str, Fraction],
    total: int,
    minimum: Mapping[str, int] | None = None,
    maximum: Mapping[str, int] | None = None,
) -> Remainders:
    """Divide a total by largest remainder.

    >>> votes = {"A": Fraction(53), "B": Fraction(24), "C": Fraction(23)}
    >>> dict(largest_remainder(votes, 10).numbers)       # 5.3, 2.4, 2.3
    {'A': 5, 'B': 3, 'C': 2}
    """
    shares = fair_shares(weights, total, minimum or {}, maximum or {})
    unit = lcm(*{share.denominator for share in shares.values()})
    numbers, remainders = {}, {}
    for name, share in shares.items():
        numbers[name], rest = divmod(share.numerator, share.denominator)
        remainders[name] = rest * (unit // share.denominator)
    ups = total - sum(numbers.values())
    ranked = sorted(shares, key=remainders.__getitem__, reverse=True)  # stable: order decides
    for name in ranked[:ups]:
        numbers[name] += 1
    if ups == len(ranked):
        return Remainders(numbers, shares, None, (), 0)
    cutoff = remainders[ranked[ups]]
    equal = tuple(name for name in weights if remainders[name] == cutoff)
    drawn = sum(remainders[name] == cutoff for name in ranked[:ups])
    return Remainders(numbers, shares, Fraction(cutoff, unit), equal if drawn else (), drawn)
