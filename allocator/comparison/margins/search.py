"""The least change that makes a difference: where to look first, and how to find it for certain."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction


def least(differs: Callable[[int], bool], limit: int, start: int, width: int = 1) -> int | None:
    """The least number of steps from 1 to `limit` that makes a difference; None where none does.

    What differs at some step is taken to differ at every later one. The search begins at `start`
    and goes on from there by `width`, then twice that, and so on; whatever is found was tried, and
    so was one step less. A good start takes two tries:

    >>> tried = []
    >>> least(lambda steps: tried.append(steps) or steps >= 98, limit=5_000, start=98)
    98
    >>> tried
    [98, 97]
    """
    low, high = _around(differs, limit, start, width)
    while high - low > 1:
        middle = (low + high) // 2
        if differs(middle):
            high = middle
        else:
            low = middle
    return high if high <= limit else None


def _around(differs: Callable[[int], bool], limit: int, start: int, width: int) -> tuple[int, int]:
    """A step that makes no difference, and a later one that does or lies past the limit."""
    if limit < 1:
        return limit, limit + 1
    at = min(max(start, 1), limit)
    if differs(at):
        high = at
        while (at := at - width) > 0:
            if not differs(at):
                return at, high
            high, width = at, width * 2
        return 0, high  # no step at all makes none
    low = at
    while low < limit:
        at = min(low + width, limit)
        if differs(at):
            return low, at
        low, width = at, width * 2
    return limit, limit + 1


Point = tuple[int, Fraction]


def where(now: Fraction, one: Point, other: Point, goal: Fraction) -> Fraction | None:
    """Where a quotient of two linear functions reaches a goal, from its values at 0 and two points.

    That is what a quota is in one area's figure, for nearly every key. Of 100 places an area with
    300 of 1,000 inhabitants gets 100 × (300 + d) / (1,000 + d) with d more of them; it reaches 31
    where 69 × d = 1,000:

    >>> at = lambda d: (d, Fraction(100 * (300 + d), 1000 + d))
    >>> where(Fraction(30), at(1), at(-1), Fraction(31))
    Fraction(1000, 69)
    """
    # (now + b·d) / (1 + c·d) = value at both points gives b − c·value = (value − now) / d
    (d1, value1), (d2, value2) = one, other
    slope1, slope2 = (value1 - now) / d1, (value2 - now) / d2
    if value1 == value2:
        return None
    c = (slope1 - slope2) / (value2 - value1)
    b = slope1 + c * value1
    steepness = b - goal * c
    return (goal - now) / steepness if steepness else None
