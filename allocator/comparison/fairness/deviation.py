"""How far the areas lie from their shares of the total by inhabitants, in places and as a ratio.

An area's share by inhabitants is `total × inhabitants / everyone`. Of areas that are equally far
the first by code is named, which is the first in the order of `Placed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.comparison.fairness.placed import Placed
from allocator.core.exact import added


@dataclass(frozen=True, slots=True)
class Extreme:
    """The outermost value that an area has, and which area."""

    code: str  # of the area
    value: Fraction  # exact


def ratios(areas: Placed) -> Mapping[str, Fraction]:
    """Each area's number divided by its share by inhabitants; none where the total is 0.

    `number / (total × inhabitants / everyone)`, in geography the location quotient. 100 over three
    areas (invented) with shares of 20, 30 and 50: 10/20, 30/30 and 60/50.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> ratios(placed({"a": 10, "b": 30, "c": 60}, lived))
    {'a': Fraction(1, 2), 'b': Fraction(1, 1), 'c': Fraction(6, 5)}
    """
    if not areas.total:
        return {}
    return {code: areas.numbers[code] / share for code, share in areas.by_inhabitants.items()}


def highest(areas: Placed) -> Extreme | None:
    """The largest ratio of an area's number to its share by inhabitants: `max n_i / s_i`.

    60 where the share is 50: 60/50 = 6/5.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> highest(placed({"a": 10, "b": 30, "c": 60}, lived))
    Extreme(code='c', value=Fraction(6, 5))
    """
    found = ratios(areas)
    if not found:
        return None
    code = max(found, key=lambda code: found[code])
    return Extreme(code, found[code])


def lowest(areas: Placed) -> Extreme | None:
    """The smallest ratio of an area's number to its share by inhabitants: `min n_i / s_i`.

    10 where the share is 20: 10/20 = 1/2.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> lowest(placed({"a": 10, "b": 30, "c": 60}, lived))
    Extreme(code='a', value=Fraction(1, 2))
    """
    found = ratios(areas)
    if not found:
        return None
    code = min(found, key=lambda code: found[code])
    return Extreme(code, found[code])


def within(areas: Placed, margin: Fraction) -> Fraction | None:
    """The part of the areas with `|n_i − s_i| ≤ margin × s_i`; None without areas.

    Of shares 20, 30 and 50 a tenth is 2, 3 and 5. The numbers 10, 30 and 60 are off by 10, 0 and
    10, so one of three lies within it.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> within(placed({"a": 10, "b": 30, "c": 60}, lived), Fraction(1, 10))
    Fraction(1, 3)
    """
    if not areas.numbers:
        return None
    shares = areas.by_inhabitants
    near = [code for code, off in deviations(areas).items() if abs(off) <= margin * shares[code]]
    return Fraction(len(near), len(areas.numbers))


def deviations(areas: Placed) -> Mapping[str, Fraction]:
    """What each area has more (above 0) or fewer (below 0) than its share by inhabitants.

    >>> from allocator.comparison.fairness.placed import placed
    >>> deviations(placed({"a": 10, "b": 30}, {"a": Fraction(20_000), "b": Fraction(30_000)}))
    {'a': Fraction(-6, 1), 'b': Fraction(6, 1)}
    """
    return {code: areas.numbers[code] - share for code, share in areas.by_inhabitants.items()}


def mean_deviation(areas: Placed) -> Fraction | None:
    """How far an area lies from its share by inhabitants, on average: `Σ |n_i − s_i| / areas`.

    10, 30 and 60 where the shares are 20, 30 and 50: (10 + 0 + 10) / 3.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> mean_deviation(placed({"a": 10, "b": 30, "c": 60}, lived))
    Fraction(20, 3)
    """
    if not areas.numbers:
        return None
    return added(abs(off) for off in deviations(areas).values()) / len(areas.numbers)


def largest_deviation(areas: Placed) -> Extreme | None:
    """What the area furthest from its share has more (above 0) or fewer: `max |n_i − s_i|`.

    Of −10, 0 and +10 two are as far, and a comes before c.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> largest_deviation(placed({"a": 10, "b": 30, "c": 60}, lived))
    Extreme(code='a', value=Fraction(-10, 1))
    """
    found = deviations(areas)
    if not found:
        return None
    code = max(found, key=lambda code: abs(found[code]))
    return Extreme(code, found[code])


def to_move(areas: Placed) -> Fraction | None:
    """The part of the total in other areas than by inhabitants: `½ Σ |n_i − s_i| / total`.

    Half of 10 + 0 + 10 is 10: so many of 100 would have to move. Known as Hoover's index.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> to_move(placed({"a": 10, "b": 30, "c": 60}, lived))
    Fraction(1, 10)
    """
    if not areas.total:
        return None
    return added(abs(off) for off in deviations(areas).values()) / (2 * areas.total)
