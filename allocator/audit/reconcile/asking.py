"""What is asked: an uncertain figure per area, and the published numbers that must follow from it.

The figure must enter the weight of its own area linearly, and every stream must share one key, so
that areas are coupled by nothing but the sum of all weights: the scale.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from allocator.core.exact import added
from allocator.core.rounding import ROUND
from allocator.model.instance import PublishedRow
from allocator.model.rule import Rounding

HALF = Fraction(1, 2)
ZERO, ONE = Fraction(0), Fraction(1)
#: A free area may weigh anything between nothing and so many times what it weighs as given.
FREE = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """An area with its uncertain value; its weight is slope * value + base."""

    code: str
    slope: Fraction
    base: Fraction
    value: Fraction  # as given
    tolerance: Fraction | None  # how far it may be off; None: free

    def weight(self, value: Fraction) -> Fraction:
        return self.slope * value + self.base

    def valued(self, weight: Fraction) -> Fraction:
        """The value that gives a weight."""
        return (weight - self.base) / self.slope

    @property
    def fixed(self) -> bool:
        """Whether its weight cannot change."""
        return not self.slope or self.tolerance == 0

    def weights(self, size: Fraction) -> tuple[Fraction, Fraction]:
        """Its least and largest weight within so many times the tolerance."""
        given = self.weight(self.value)
        if self.fixed:
            return given, given
        if self.tolerance is None:
            return ZERO, FREE * given
        off = abs(self.slope) * self.tolerance * size
        return max(ZERO, given - off), given + off


@dataclass(frozen=True, slots=True)
class Asked:
    """A published number that must come out: a signed sum of streams over leaves."""

    row: PublishedRow
    leaves: tuple[int, ...]  # their places in the question
    signs: Mapping[str, int]  # per given stream; a rest is its whole less the parts

    @property
    def stream(self) -> str:
        """The given stream that it counts, or "" for a rest."""
        return next(iter(self.signs)) if len(self.signs) == 1 else ""

    def off(self, numbers: Mapping[str, int]) -> int:
        """How far the numbers of the given streams are above what was published."""
        return sum(sign * numbers[each] for each, sign in self.signs.items()) - self.row.number


@dataclass(frozen=True, slots=True)
class Step:
    """A range of shares in which every stream has one whole number."""

    low: Fraction
    high: Fraction
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Question:
    """The areas, the totals they share, and the numbers that must come out."""

    leaves: tuple[Leaf, ...]
    totals: Mapping[str, int]  # per given stream
    rounding: Rounding
    rows: tuple[Asked, ...]
    as_totals: tuple[PublishedRow, ...]  # rows that only repeat the total that is divided

    @property
    def round(self) -> Callable[[Fraction], int]:
        return ROUND[self.rounding]

    @property
    def around(self) -> tuple[Fraction, Fraction]:
        """From which to which quota a number is the rounding, less the number itself."""
        return _QUOTAS[self.rounding]

    @cached_property
    def scale(self) -> Fraction:
        """The sum of the weights as given."""
        return added(leaf.weight(leaf.value) for leaf in self.leaves)

    @cached_property
    def widest(self) -> Fraction:
        """The widest tolerance, or 1 where there is none."""
        return max((leaf.tolerance or ZERO for leaf in self.leaves), default=ZERO) or ONE

    def unit(self, leaf: Leaf) -> Fraction:
        """What a leaf's change is counted in: its tolerance, for a free area the widest one."""
        return leaf.tolerance or self.widest

    def of_leaf(self, place: int) -> Iterator[Asked]:
        """The numbers published for one leaf by itself."""
        return (row for row in self.rows if row.leaves == (place,))

    def streams_of(self, place: int) -> tuple[str, ...]:
        """The given streams that some published number asks of a leaf."""
        asked = {each for row in self.rows if place in row.leaves for each in row.signs}
        return tuple(stream for stream in self.totals if stream in asked)

    def shares(self, stream: str, number: int) -> tuple[Fraction, Fraction]:
        """The ends of the shares that give a number; the first above the second if none does."""
        low, high = self.around
        total = self.totals[stream]
        if not total:
            return (ONE, ZERO) if number else (ZERO, ONE)
        return max(ZERO, (number + low) / total), min(ONE, (number + high) / total)

    def steps(self, low: Fraction, high: Fraction, streams: Collection[str]) -> list[Step]:
        """What streams get at the shares between two ends, from low to high."""
        ends = {low, high}
        offset = self.around[0] % 1
        for total in {self.totals[stream] for stream in streams} - {0}:
            first, last = -((offset - total * low) // 1), (total * high - offset) // 1
            ends.update((number + offset) / total for number in range(int(first), int(last) + 1))
        inner = sorted(end for end in ends if low <= end <= high)
        found = []
        for lower, upper in [*pairwise(inner)] or [(low, high)]:
            middle = (lower + upper) / 2
            numbers = {name: self.round(self.totals[name] * middle) for name in streams}
            found.append(Step(lower, upper, numbers))
        return found


_QUOTAS: Mapping[Rounding, tuple[Fraction, Fraction]] = {
    Rounding.UP: (Fraction(-1), ZERO),
    Rounding.DOWN: (ZERO, Fraction(1)),
    Rounding.HALF_UP: (-HALF, HALF),
    Rounding.HALF_EVEN: (-HALF, HALF),
}
