"""Whole numbers through mergers: each old number goes to its heirs, and no sum changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from allocator.model.mergers import Change, portions


def carried(numbers: Mapping[str, int], changes: Iterable[Change]) -> dict[str, int]:
    """The numbers in the division after the changes.

    A number that is divided over several heirs goes in proportion to persons, whole; what is left
    goes to the largest remainders, and of equal ones to the first code. A head start is divided as
    a backlog of that size would be.

    >>> from datetime import date
    >>> day = date(2021, 1, 1)
    >>> split = [Change(day, "H", "Haaren", new, new, "split", persons, 4)
    ...          for new, persons in (("B", 1), ("O", 3))]
    >>> carried({"H": 10, "B": 5, "O": -2}, split)
    {'B': 8, 'O': 5}
    >>> carried({"H": -10, "B": 0, "O": 0}, split)
    {'B': -3, 'O': -7}
    """
    found: dict[str, int] = {}
    for old, heirs in inherited(numbers, changes).items():
        for new, part in divided(numbers[old], heirs).items():
            found[new] = found.get(new, 0) + part
    return dict(sorted(found.items()))


def inherited(codes: Iterable[str], changes: Iterable[Change]) -> dict[str, dict[str, Fraction]]:
    """For every old area its heirs, and the part of it that each has."""
    found: dict[str, dict[str, Fraction]] = {}
    for new, parts in portions(codes, changes).items():
        for old, share in parts.items():
            found.setdefault(old, {})[new] = share
    return found


def divided(number: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """A whole number in proportion to shares that add up to 1, with the sum unchanged."""
    sign, size = (-1 if number < 0 else 1), abs(number)
    parts = {code: int(size * share) for code, share in shares.items()}
    left = size - sum(parts.values())
    by_remainder = sorted(shares, key=lambda code: (parts[code] - size * shares[code], code))
    for code in by_remainder[:left]:
        parts[code] += 1
    return {code: sign * part for code, part in parts.items()}
