"""What the published rows would be under one sharing, by every rounding and at telling totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from allocator.audit.infer.settings import Sharing
from allocator.audit.infer.totals import ROUNDED, Claim, most_matching, nearest
from allocator.core.alone import by_the_textbook
from allocator.core.distribute import distribute
from allocator.model.distribution import Cell
from allocator.model.instance import Instance, PublishedRow
from allocator.model.rule import Choice, Method, Rounding
from allocator.words.text import Text, text

#: Every leaf rounded by itself.
ALONE = tuple(Choice(rounding) for rounding in ROUNDED)
#: All leaves rounded with an eye on the others.
TOGETHER = tuple(
    Choice(rounding, method)
    for rounding in (Rounding.TEXTBOOK, Rounding.CONSISTENT)
    for method in Method
)

#: A total of each given stream.
Totals = Mapping[str, int]


@dataclass(frozen=True)
class Way:
    """One rounding of a sharing at certain totals, and the numbers of the rows that it gives."""

    sharing: Sharing
    choice: Choice
    totals: Totals
    as_well: Mapping[str, tuple[range, ...]]  # per stream, all totals at which most rows match
    numbers: tuple[int, ...]


def said(choice: Choice) -> Text:
    """A rounding in words, by the names with which it is typed."""
    if choice in ALONE:
        return text("{rounding}, row by row", rounding=choice.rounding.value)
    if choice.rounding is Rounding.TEXTBOOK:
        return text("{method} over the leaves", method=choice.method.value)
    return text("consistent, {method}", method=choice.method.value)


def matched(rows: Sequence[PublishedRow], numbers: Sequence[int]) -> int:
    """How many rows have these numbers."""
    return sum(row.number == number for row, number in zip(rows, numbers, strict=True))


@dataclass(frozen=True)
class Table:
    """The published rows under one sharing."""

    sharing: Sharing
    rows: tuple[PublishedRow, ...]

    @cached_property
    def announced(self) -> dict[str, int]:
        """The total of every given stream as the instance has it."""
        instance = self.sharing.instance
        return {one.name: instance.totals[one.name].number for one in instance.streams.given}

    @cached_property
    def plausible(self) -> tuple[dict[str, int], ...]:
        """The announced totals, and those that the numbers of all smallest areas add up to."""
        division = self.sharing.instance.division
        numbers = {(row.code, row.stream): row.number for row in self.rows}
        added = dict(self.announced)
        for stream in added:
            for level in division.tree[1:]:  # the smallest areas come last
                cells = [(area.code, stream) for area in division.at(level)]
                if all(cell in numbers for cell in cells):
                    added[stream] = sum(numbers[cell] for cell in cells)
        return (self.announced,) if added == self.announced else (self.announced, added)

    @cached_property
    def _terms(self) -> list[dict[Cell, int]]:
        """The cells of given streams that make each row: of a rest its whole, less the parts."""
        streams = self.sharing.instance.streams
        found = []
        for row in self.rows:
            whole = streams.named(row.stream).rest_of
            parts = {(row.code, part.name): -1 for part in streams.parts(whole)} if whole else {}
            found.append({(row.code, whole or row.stream): 1, **parts})
        return found

    @cached_property
    def _claims(self) -> dict[Cell, Claim]:
        members, shares = self.sharing.instance.division.members, self.sharing.shares
        return {
            (code, stream): Claim.of([shares[leaf, stream] for leaf in members[code]])
            for code, stream in dict.fromkeys(cell for each in self._terms for cell in each)
        }

    def alone(self, choice: Choice) -> Iterator[Way]:
        """Every leaf rounded by itself, at the announced totals and where more rows match.

        Of those others it is the nearest. A row of a rest hangs on several totals and seeks none.
        """
        runs = {stream: self._runs(stream, choice.rounding) for stream in self.announced}
        best = {
            stream: nearest(total, runs[stream]) if runs[stream] else total
            for stream, total in self.announced.items()
        }
        for totals in [self.announced] if best == self.announced else [self.announced, best]:
            numbers = tuple(
                sum(
                    sign * self._claims[cell].number(totals[cell[1]], choice.rounding)
                    for cell, sign in each.items()
                )
                for each in self._terms
            )
            as_well = {
                name: runs[name] for name in totals if runs[name] and totals[name] == best[name]
            }
            yield Way(self.sharing, choice, totals, as_well, numbers)

    def _runs(self, stream: str, rounding: Rounding) -> tuple[range, ...]:
        """The totals of a stream at which most of its rows match, where they hang on it at all."""
        claims = [(self._claims[r.code, stream], r.number) for r in self.rows if r.stream == stream]
        return most_matching(
            claim.totals(number, rounding) for claim, number in claims if any(claim.leaves)
        )

    def possible(self, choice: Choice, totals: Totals) -> int:
        """How many rows leaves rounded together can match at most, before that is worked out.

        The country has its total. Consistent rounding keeps every area of the tree between floor
        and ceiling of its quota, and largest remainder every leaf.
        """
        division = self.sharing.instance.division
        kept = {division.tree[0]}
        if choice.rounding is Rounding.CONSISTENT:
            kept.update(division.tree)
        elif choice.method is Method.LARGEST_REMAINDER:
            kept.add(division.leaf_level)
        return sum(
            division.by_code[row.code].level not in kept
            or abs(self._quota(each, totals) - row.number) < 1
            for row, each in zip(self.rows, self._terms, strict=True)
        )

    def _quota(self, terms: Mapping[Cell, int], totals: Totals) -> Fraction:
        return sum(
            (sign * totals[cell[1]] * self._claims[cell].whole for cell, sign in terms.items()),
            Fraction(0),
        )

    def together(self, choice: Choice, totals: Totals) -> Way:
        """All leaves rounded with an eye on the others."""
        instance = self.sharing.instance
        named = {
            name: replace(instance.totals[name], number=total) for name, total in totals.items()
        }
        asked = replace(instance, totals=named)
        numbers: Mapping[Cell, int]
        if choice.rounding is Rounding.TEXTBOOK:
            numbers = self._by_the_textbook(asked, choice)
        else:
            numbers = distribute(asked, choice).numbers
        found = tuple(numbers[row.code, row.stream] for row in self.rows)
        return Way(self.sharing, choice, totals, {}, found)

    def _by_the_textbook(self, asked: Instance, choice: Choice) -> dict[Cell, int]:
        """The numbers of the rows, without the quotas of all other areas."""
        quotas = {
            (leaf, stream): share * asked.totals[stream].number
            for (leaf, stream), share in self.sharing.shares.items()
        }
        numbers, _ = by_the_textbook(asked, quotas, choice)
        members = asked.division.members
        return {
            (row.code, row.stream): sum(numbers[leaf, row.stream] for leaf in members[row.code])
            for row in self.rows
        }
