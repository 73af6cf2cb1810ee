"""Distributions of the same numbers by several keys, each beside the first.

A comparison holds the tables themselves; what somebody gains or loses, in all and per 1,000
inhabitants, is computed from them when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.comparison.fairness import Fairness, measured
from allocator.model.areas import Area
from allocator.model.distribution import Cell, Distribution
from allocator.model.indicator import Indicator


@dataclass(frozen=True)
class Alternative:
    """A distribution under the name that readers know its key by."""

    name: str
    distribution: Distribution


@dataclass(frozen=True, slots=True)
class Change:
    """What one number is under another key."""

    before: int  # by the first key
    number: int  # by the other
    inhabitants: Fraction | None  # of the area, where they are known

    @property
    def difference(self) -> int:
        return self.number - self.before

    @property
    def part(self) -> Fraction | None:
        """The difference as a part of what it was; None of nothing.

        >>> Change(40, 50, None).part
        Fraction(1, 4)
        """
        return Fraction(self.difference, self.before) if self.before else None

    def per_1000(self, number: int) -> Fraction | None:
        """So many per 1,000 inhabitants; None where nobody lives.

        >>> Change(40, 50, Fraction(20000)).per_1000(50)
        Fraction(5, 2)
        """
        return number * 1000 / self.inhabitants if self.inhabitants else None


@dataclass(frozen=True, slots=True)
class Movement:
    """What another key moves over all leaves, in one stream."""

    gaining: tuple[str, ...]  # codes of those who get more, the most first
    losing: tuple[str, ...]  # of those who get fewer, the most first
    same: int  # how many get the same
    more: int  # what those who gain gain, added up
    fewer: int  # what those who lose lose, added up

    @property
    def moved(self) -> int:
        """How many go to one area instead of another; the rest is more or fewer in all.

        >>> Movement(("A",), ("B",), 0, 12, 10).moved
        10
        """
        return min(self.more, self.fewer)


@dataclass(frozen=True)
class Comparison:
    """Tables of the same streams over the same areas; the others are held to the first."""

    reference: Alternative
    others: tuple[Alternative, ...]
    within: str  # the code of the area that is looked at, perhaps the whole country
    per: Indicator | None  # the inhabitants, or what else numbers are so many per 1,000 of
    borders: tuple[tuple[str, str], ...] = ()  # the leaves that border on each other

    @property
    def all(self) -> tuple[Alternative, ...]:
        return (self.reference, *self.others)

    @property
    def leaves(self) -> tuple[Area, ...]:
        """The smallest areas that are looked at."""
        division = self.reference.distribution.instance.division
        return tuple(division.by_code[code] for code in division.members[self.within])

    @property
    def areas(self) -> tuple[Area, ...]:
        """Every area that lies wholly in the one that is looked at, that one included."""
        division = self.reference.distribution.instance.division
        inside = set(division.members[self.within])
        return tuple(a for a in division.areas if inside.issuperset(division.members[a.code]))

    def inhabitants(self, code: str) -> Fraction | None:
        """Of an area of any level."""
        if self.per is None:
            return None
        members = self.reference.distribution.instance.division.members[code]
        if not self.per.lacking.isdisjoint(members):
            return None
        return sum((self.per.values[leaf] for leaf in members), Fraction(0))

    def change(self, other: Alternative, cell: Cell) -> Change:
        """One number by the first key, and by another."""
        before = self.reference.distribution.numbers[cell]
        return Change(before, other.distribution.numbers[cell], self.inhabitants(cell[0]))

    def movement(self, other: Alternative, stream: str) -> Movement:
        """Who gains, who loses, and how much moves at all."""
        found: dict[str, int] = {}
        for leaf in self.leaves:
            cell = leaf.code, stream
            before = self.reference.distribution.numbers[cell]
            found[leaf.code] = other.distribution.numbers[cell] - before
        order = sorted(found, key=lambda code: (-abs(found[code]), code))
        return Movement(
            tuple(code for code in order if found[code] > 0),
            tuple(code for code in order if found[code] < 0),
            sum(1 for each in found.values() if not each),
            sum(each for each in found.values() if each > 0),
            -sum(each for each in found.values() if each < 0),
        )

    def numbers(self, alternative: Alternative, stream: str) -> dict[str, int]:
        """Per leaf that is looked at its number."""
        return {
            leaf.code: alternative.distribution.numbers[leaf.code, stream] for leaf in self.leaves
        }

    def populated(self, alternative: Alternative, stream: str) -> dict[str, int]:
        """The same of those whose inhabitants are known."""
        people, numbers = self.people(), self.numbers(alternative, stream)
        return {code: number for code, number in numbers.items() if code in people}

    def people(self) -> Mapping[str, Fraction]:
        """Per leaf that is looked at its inhabitants; nothing where they are not known."""
        if self.per is None:
            return {}
        known = [leaf.code for leaf in self.leaves if leaf.code not in self.per.lacking]
        return {code: self.per.values[code] for code in known}

    def fairness(self, alternative: Alternative, stream: str) -> Fairness | None:
        """How even the numbers are per inhabitant; None where inhabitants are not known."""
        if self.per is None:
            return None
        return measured(self.populated(alternative, stream), self.people())
