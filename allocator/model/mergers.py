"""Mergers, splits and border changes of municipalities, and figures that follow them.

Each change says how many persons went from one municipality to another on a day. A figure of one
division is carried into a later one in exact proportion to those persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Change:
    """Persons who moved to another municipality without leaving home."""

    day: date  # the first day of the new division
    old_code: str  # where they were counted until then
    old_name: str
    new_code: str  # where they are counted from then on
    new_name: str
    kind: str  # merge, split, rename or boundary; after a boundary change the old one lives on
    persons: int  # how many they were on the day before
    old_population: int  # how many the old municipality had on the day before

    @property
    def share(self) -> Fraction:
        """The part of the old municipality that went over."""
        return Fraction(self.persons, self.old_population)


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of an old municipality that lies in a new one."""

    code: str  # the old municipality
    name: str
    share: Fraction  # how much of it
    amount: Fraction = Fraction(0)  # the figure that this part brings


def between(changes: Iterable[Change], start: date, end: date) -> tuple[Change, ...]:
    """The changes that lead from the division of one day to that of a later one.

    >>> weesp = Change(date(2022, 3, 24), "GM0457", "Weesp", "GM0363", "Amsterdam", "merge", 1, 1)
    >>> len(between([weesp], date(2021, 1, 1), date(2022, 1, 1)))
    0
    >>> len(between([weesp], date(2022, 1, 1), date(2022, 7, 1)))
    1
    """
    return tuple(change for change in changes if start < change.day <= end)


def concerning(codes: Iterable[str], changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that touch any of these municipalities, or what became of them.

    >>> one = Change(date(2016, 1, 1), "A", "A", "B", "B", "merge", 1, 1)
    >>> two = Change(date(2018, 1, 1), "B", "B", "C", "C", "merge", 1, 1)
    >>> len(concerning(["A"], [one, two])), len(concerning(["Z"], [one, two]))
    (2, 0)
    """
    known = set(codes)
    found = []
    for change in sorted(changes, key=lambda change: change.day):
        if known & {change.old_code, change.new_code}:
            known.add(change.new_code)
            found.append(change)
    return tuple(found)


def unaccounted(codes: Iterable[str], changes: Iterable[Change]) -> tuple[str, ...]:
    """The municipalities that changes move persons out of, and of which nothing is known."""
    known = set(codes)
    found = []
    for change in sorted(changes, key=lambda change: change.day):
        if change.old_code not in known:
            found.append(f"{change.old_name} ({change.old_code})")
        known.add(change.new_code)
    return tuple(dict.fromkeys(found))


def portions(codes: Iterable[str], changes: Iterable[Change]) -> dict[str, dict[str, Fraction]]:
    """For every municipality after the changes, how much of which earlier one lies in it.

    The codes must hold everybody whom a change moves, and everybody who was there already.

    Slochteren (15,770) lost 1,033 persons to Groningen on 1 January 2017 and went into
    Midden-Groningen a year later, so 14,737/15,770 of it lies there:

    >>> first = Change(date(2017, 1, 1), "GM0040", "Slochteren", "GM0014", "Groningen",
    ...                "boundary", 1033, 15770)
    >>> second = Change(date(2018, 1, 1), "GM0040", "Slochteren", "GM1952", "Midden-Groningen",
    ...                 "merge", 14782, 14782)
    >>> after = portions(["GM0014", "GM0040"], [first, second])
    >>> after["GM1952"]
    {'GM0040': Fraction(14737, 15770)}
    >>> after["GM0014"]
    {'GM0014': Fraction(1, 1), 'GM0040': Fraction(1033, 15770)}
    """
    held = {code: {code: Fraction(1)} for code in codes}
    for _, same_day in groupby(sorted(changes, key=lambda change: change.day), lambda c: c.day):
        moves = list(same_day)
        before = {code: dict(parts) for code, parts in held.items()}
        for move in moves:
            parts = before[move.old_code]
            staying, going = held[move.old_code], held.setdefault(move.new_code, {})
            for code, share in parts.items():
                staying[code] -= share * move.share
                going[code] = going.get(code, Fraction(0)) + share * move.share
        held = {code: _positive(parts) for code, parts in held.items()}
        held = {code: parts for code, parts in held.items() if parts}
    return held


def _positive(parts: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {code: share for code, share in parts.items() if share}
