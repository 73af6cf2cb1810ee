"""The account of a half-year: what each area has to do in it, what it did, and what is left.

effective = number + joint changes; corrected = effective + opening; closing = corrected − realised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

from allocator.model.balances import Cell, Opening
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance


@dataclass(frozen=True, slots=True)
class Line:
    """The account of an area in a stream; a larger area has the sums of its leaves.

    Sixty to house, seven ahead, fifty housed: three are left.

    >>> line = Line(60, 0, -7, None, None, 0, 7, 0, 50)
    >>> line.corrected, line.closing
    (53, 3)
    """

    number: int  # what the rule gives
    changed: int  # by joint changes and swaps
    opening: int  # the balance that counts; 0 where none is known
    computed: int | None  # the opening balance as the half-year before left it
    published: int | None  # the opening balance as it was published
    backlog: int  # the opening backlogs in it
    ahead: int  # the opening head starts in it, as a number above 0
    excusable: int  # what of the backlogs is excusable
    realised: int | None  # what counts toward it; None where nothing is known

    @property
    def effective(self) -> int:
        """The number after joint changes; never cut off at 0."""
        return self.number + self.changed

    @property
    def corrected(self) -> int:
        return self.effective + self.opening

    @property
    def closing(self) -> int | None:
        return None if self.realised is None else self.corrected - self.realised

    def __add__(self, other: Line) -> Line:
        return Line(
            self.number + other.number,
            self.changed + other.changed,
            self.opening + other.opening,
            _sum(self.computed, other.computed),
            _sum(self.published, other.published),
            self.backlog + other.backlog,
            self.ahead + other.ahead,
            self.excusable + other.excusable,
            _sum(self.realised, other.realised),
        )


@dataclass(frozen=True)
class Account:
    """The lines of every area of every level, for the streams that have a total of their own."""

    instance: Instance
    lines: Mapping[Cell, Line]

    def line(self, code: str, stream: str) -> Line:
        return self.lines[code, stream]

    @cached_property
    def leaves(self) -> Mapping[Cell, Line]:
        """The lines of the leaves alone."""
        codes = {area.code for area in self.instance.division.leaves}
        return {cell: line for cell, line in self.lines.items() if cell[0] in codes}


def account(distribution: Distribution) -> Account:
    """The account of a half-year, at every level."""
    instance = distribution.instance
    realised = counted_by(instance)
    lines: dict[Cell, Line] = {}
    for stream in instance.streams.given:
        changed = joint_changes(instance, stream.name)
        for leaf in instance.division.leaves:
            cell = leaf.code, stream.name
            opening = instance.balances.openings.get(cell)
            number = distribution.numbers[cell]
            lines[cell] = _line(number, changed.get(leaf.code, 0), opening, realised.get(cell))
        for area in instance.division.areas:
            inside = [lines[leaf, stream.name] for leaf in instance.division.members[area.code]]
            lines[area.code, stream.name] = added(inside)
    return Account(instance, lines)


def added(lines: Iterable[Line]) -> Line:
    """The account of several areas together."""
    return reduce(Line.__add__, lines)


def joint_changes(instance: Instance, stream: str) -> dict[str, int]:
    """What the ledger adds to or takes from each area's number in a stream."""
    found: dict[str, int] = {}
    for entry in instance.balances.ledger:
        for code, change in entry.changes.items() if entry.stream == stream else ():
            found[code] = found.get(code, 0) + change
    return found


def counted_by(instance: Instance, month: int | None = None) -> dict[Cell, int]:
    """What was realised by the end of a month, or of the period, of the kinds that count."""
    counts = {kind.name for kind in instance.rule.realised if kind.counts} or {""}
    found: dict[Cell, int] = {}
    for row in instance.balances.realised:
        cell = row.code, row.stream
        found.setdefault(cell, 0)
        if row.kind in counts and (month is None or row.by <= month):
            found[cell] += row.number
    return found


def _line(number: int, changed: int, opening: Opening | None, realised: int | None) -> Line:
    known = opening or Opening()
    return Line(
        number,
        changed,
        known.balance,
        known.computed,
        known.published,
        max(known.balance, 0),
        max(-known.balance, 0),
        known.excusable,
        realised,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
