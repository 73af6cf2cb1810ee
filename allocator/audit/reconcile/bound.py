"""The least size of change that the published numbers leave room for, whatever the scale.

At any scale (the sum of the weights) the numbers may want a larger one, because something comes out
too high even at its lowest, or a smaller one; a size of change at which both are wanted cannot do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm

from allocator.audit.reconcile.asking import ONE, ZERO, Asked, Question

#: Sizes are compared in these parts of a tolerance.
PARTS = 2**16
#: They are looked at up to so many times the tolerance.
MOST = 2**10
#: The scale is looked for from the given one up and down by this factor, so finely.
FACTOR = 2**12
FINE = 2**48


@dataclass(frozen=True, slots=True)
class Bound:
    """A size below which no change can do."""

    at_least: Fraction  # times the tolerance: no smaller size can do
    size: Fraction  # at most one part of a tolerance further: here nothing seen forbids it
    scale: Fraction  # in the middle of the scales at which nothing forbids it


def least(question: Question, rows: Sequence[Asked]) -> Bound | None:
    """The bound that these numbers give; None where no size within reach can do.

    A and B have 1 each, give or take 1, and share 10. Published are 6 and 4, so A has 0.55 of the
    sum or more: 1.1 of 2, a tenth of the tolerance up while B goes down as far.

    >>> from allocator.audit.reconcile.asking import Leaf
    >>> from allocator.model.instance import PublishedRow, Quantity
    >>> from allocator.model.rule import Rounding
    >>> one = Fraction(1)
    >>> leaves = tuple(Leaf(code, one, 0 * one, one, one) for code in "AB")
    >>> rows = [PublishedRow("A", "x", 6, Quantity.NUMBER, ""),
    ...         PublishedRow("B", "x", 4, Quantity.NUMBER, "")]
    >>> asked = tuple(Asked(row, (place,), {"x": 1}) for place, row in enumerate(rows))
    >>> found = least(Question(leaves, {"x": 10}, Rounding.HALF_UP, asked, ()), asked)
    >>> found.at_least <= Fraction(1, 10) <= found.size
    True
    """
    room = _Room(question, rows)
    low, high = -1, 0
    while not room.leaves(high):
        low, high = high, max(2 * high, PARTS)
        if high > MOST * PARTS:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if room.leaves(middle) else (middle, high)
    return Bound(Fraction(max(low, 0), PARTS), Fraction(high, PARTS), room.middle(high))


def possible(question: Question, rows: Sequence[Asked]) -> bool:
    """Whether nothing forbids that these numbers come out within the tolerances."""
    return _Room(question, rows).leaves(PARTS)


def in_the_way(
    question: Question, possible: Callable[[Question, Sequence[Asked]], bool] = possible
) -> tuple[Asked, ...]:
    """Numbers that cannot come out together within the tolerances, though without any one may.

    They are left out one at a time in the order of the table, for good where the others still
    collide.
    """
    kept = list(question.rows)
    for row in question.rows:
        fewer = [other for other in kept if other is not row]
        if not possible(question, fewer):
            kept = fewer
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class _Place:
    """One leaf, in whole numbers of a small unit of weight."""

    given: int
    per_part: int  # how far it may move for each part of the size
    free: tuple[int, int] | None  # its ends where the size does not matter
    low: Fraction  # the least share that its own numbers allow
    high: Fraction

    def ends(self, size: int) -> tuple[int, int]:
        if self.free:
            return self.free
        off = size * self.per_part
        return max(0, self.given - off), self.given + off


@dataclass(frozen=True, slots=True)
class _Sum:
    """A published number: what other numbers fix of it, and the leaves that make up the rest."""

    stream: str
    number: int
    places: tuple[int, ...]


class _Room:
    """Which scales the numbers leave at a size of change."""

    def __init__(self, question: Question, rows: Sequence[Asked]) -> None:
        self.question = question
        self.sums = _sums(rows)
        self.unit = PARTS * lcm(
            *(
                part.denominator
                for leaf in question.leaves
                for part in (leaf.weight(leaf.value), leaf.slope * (leaf.tolerance or 0))
            )
        )
        self.places = [self._place(place, rows) for place in range(len(question.leaves))]
        self.start = max(1, sum(place.given for place in self.places))

    def _place(self, place: int, rows: Sequence[Asked]) -> _Place:
        leaf, unit = self.question.leaves[place], self.unit
        ends = [
            self.question.shares(row.stream, row.row.number)
            for row in rows
            if row.leaves == (place,) and row.stream
        ]
        given, off = leaf.weight(leaf.value), abs(leaf.slope) * (leaf.tolerance or 0)
        free = leaf.weights(Fraction(0)) if leaf.tolerance is None else None
        return _Place(
            given=int(given * unit),
            per_part=int(off * unit) // PARTS,
            free=(int(free[0] * unit), int(free[1] * unit)) if free else None,
            low=max((low for low, _ in ends), default=ZERO),
            high=min((high for _, high in ends), default=ONE),
        )

    def leaves(self, size: int) -> bool:
        """Whether some scale is left; the one found becomes the start of the next search."""
        low, high = self.start // FACTOR, self.start * FACTOR
        scale = self.start
        while True:
            larger, smaller = self.wanted(size, scale)
            if not larger and not smaller:
                self.start = scale
                return True
            if larger and smaller:
                return False
            low, high = (scale, high) if larger else (low, scale)
            if high - low <= 1 + high // FINE:
                return False
            scale = (low + high) // 2

    def middle(self, size: int) -> Fraction:
        """The middle of the scales that are left at a size at which some are."""
        ends = []
        for side in (0, 1):
            inside, outside = self.start, self.start // FACTOR if not side else self.start * FACTOR
            while abs(outside - inside) > 1 + self.start // FINE:
                scale = (inside + outside) // 2
                wanted = self.wanted(size, scale)[side]
                inside, outside = (inside, scale) if wanted else (scale, outside)
            ends.append(inside)
        return Fraction(sum(ends), 2 * self.unit)

    def wanted(self, size: int, scale: int) -> tuple[bool, bool]:
        """Whether a larger scale is wanted, and whether a smaller one."""
        larger = smaller = False
        lows, highs = [], []
        for place in self.places:
            low, high = place.ends(size)
            larger = larger or low > place.high * scale or place.low > place.high
            smaller = smaller or high < place.low * scale or place.low > place.high
            lows.append(max(low, floor(place.low * scale)))
            highs.append(min(high, ceil(place.high * scale)))
        larger = larger or sum(lows) > scale
        smaller = smaller or sum(highs) < scale
        for each in self.sums:
            larger = larger or self._number(each, lows, scale) > each.number
            smaller = smaller or self._number(each, highs, scale) < each.number
        return larger, smaller

    def _number(self, each: _Sum, weights: Sequence[int], scale: int) -> int:
        total, round_ = self.question.totals[each.stream], self.question.round
        return sum(round_(Fraction(total * weights[place], scale)) for place in each.places)


def _sums(rows: Sequence[Asked]) -> list[_Sum]:
    """The numbers of larger areas, less those that are published for parts of them."""
    found = []
    for row in rows:
        if not row.stream or len(row.leaves) == 1:
            continue
        left, number = set(row.leaves), row.row.number
        inside = [other for other in rows if other.stream == row.stream and _within(other, row)]
        for part in sorted(inside, key=lambda other: -len(other.leaves)):
            if left.issuperset(part.leaves):
                left.difference_update(part.leaves)
                number -= part.row.number
        found.append(_Sum(row.stream, number, tuple(sorted(left))))
    return found


def _within(part: Asked, whole: Asked) -> bool:
    return set(part.leaves) < set(whole.leaves)
