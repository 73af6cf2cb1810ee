"""Weights with few decimals near those that were found: people say 0.35 and 0.65.

They still add up to 1 and keep the bounds, and the measure is computed at them exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from allocator.comparison.find.search import Found, measured


@dataclass(frozen=True, slots=True)
class Rounded:
    """Weights that can be said, and what they do."""

    weights: Mapping[str, Fraction]
    value: Fraction  # the measure at these weights


def rounded(found: Found, decimals: int) -> Rounded | None:
    """The nearest weights with so many decimals; None where the bounds allow none.

    Nearest in the sum of squares: the largest remainders go up, and where these are equal the name
    that comes first. They need not be the best of all weights with so many decimals.
    """
    question = found.question
    unit = 10**decimals
    lows = {name: ceil(question.room(name).low * unit) for name in question.names}
    highs = {name: floor(question.room(name).high * unit) for name in question.names}
    crossed = any(lows[name] > highs[name] for name in question.names)
    if crossed or not sum(lows.values()) <= unit <= sum(highs.values()):
        return None
    exact = {name: found.weights[name] * unit for name in question.names}
    whole = _nearest(exact, lows, highs, unit)
    weights = {name: Fraction(whole[name], unit) for name in found.weights}
    return Rounded(weights, measured(question, weights))


def _nearest(
    exact: Mapping[str, Fraction], lows: Mapping[str, int], highs: Mapping[str, int], total: int
) -> dict[str, int]:
    """Whole numbers within their bounds that add up to a total, as near as can be.

    33.3, 33.3 and 33.4 of 100, where none of the three may be above 33 but the last:

    >>> thirds = {"a": Fraction("33.3"), "b": Fraction("33.3"), "c": Fraction("33.4")}
    >>> _nearest(thirds, dict.fromkeys("abc", 0), {"a": 33, "b": 33, "c": 100}, 100)
    {'a': 33, 'b': 33, 'c': 34}

    1.1, 1.1, 3.2 and 4.6 of 10, where the first two are at least 2: the third gives way.

    >>> exact = dict(zip("abcd", map(Fraction, ("1.1", "1.1", "3.2", "4.6")), strict=True))
    >>> _nearest(exact, {"a": 2, "b": 2, "c": 0, "d": 0}, dict.fromkeys("abcd", 10), 10)
    {'a': 2, 'b': 2, 'c': 2, 'd': 4}
    """
    whole = {name: min(max(floor(exact[name]), lows[name]), highs[name]) for name in exact}
    while sum(whole.values()) < total:
        free = [name for name in whole if whole[name] < highs[name]]
        whole[max(free, key=lambda name: exact[name] - whole[name])] += 1
    while sum(whole.values()) > total:
        free = [name for name in whole if whole[name] > lows[name]]
        whole[min(free, key=lambda name: exact[name] - whole[name])] -= 1
    return whole
