"""What became of a municipality, and what it was made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from allocator.model.mergers import Change, between, portions


@dataclass(frozen=True, slots=True)
class Span:
    """A municipality under one name, from a day until another."""

    code: str
    name: str
    start: date | None  # its first day; None where the record begins later
    end: date | None  # the first day on which it was gone; None while it is there


@dataclass(frozen=True)
class Register:
    """Every municipality that was ever there, and the changes between them."""

    spans: tuple[Span, ...]  # by code, then by day
    changes: tuple[Change, ...]
    first: date  # the day from which it is known
    last: date  # the last day of which the division is known


def ending(code: str, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes by which a municipality ceased to be; none while it is there."""
    return tuple(c for c in changes if c.old_code == code and c.kind != "boundary")


def founding(code: str, day: date, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes after a day by which persons came to a municipality, on the first such day."""
    coming = [c for c in changes if c.new_code == code and c.day > day]
    first = min((change.day for change in coming), default=None)
    return tuple(change for change in coming if change.day == first)


def heirs(
    code: str, codes: Iterable[str], changes: Iterable[Change], start: date, end: date
) -> dict[str, Fraction]:
    """For the areas of a later day, which part of an earlier municipality lies in them."""
    after = portions(codes, between(changes, start, end))
    return {new: parts[code] for new, parts in after.items() if code in parts}


def made_of(
    code: str, codes: Iterable[str], changes: Iterable[Change], start: date, end: date
) -> dict[str, Fraction]:
    """For an area of a later day, which part of which earlier municipalities lies in it."""
    return portions(codes, between(changes, start, end)).get(code, {})
