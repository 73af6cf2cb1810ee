"""A half-year closed and rolled into the next, and anything carried through mergers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Move:
    """Persons who came under another municipality on a day."""

    day: int
    old: str
    new: str
    persons: int
    of: int  # how many the old municipality had


@dataclass(frozen=True)
class Opening:
    """What an area brings into a half-year."""

    computed: int | None
    published: int | None
    excusable: int
    reason: str
    missed: int
    excused: int


def whereabouts(code: str, moves: list[Move]) -> dict[str, Fraction]:
    """Where the people of a municipality live after the moves, and which part of them where."""
    at = {code: Fraction(1)}
    for day in sorted({move.day for move in moves}):
        after: dict[str, Fraction] = {}
        for place, people in at.items():
            going = [move for move in moves if move.day == day and move.old == place]
            gone = sum((Fraction(move.persons, move.of) for move in going), Fraction(0))
            stay = people * (1 - gone)
            after[place] = after.get(place, Fraction(0)) + stay
            for move in going:
                part = people * Fraction(move.persons, move.of)
                after[move.new] = after.get(move.new, Fraction(0)) + part
        at = {place: people for place, people in after.items() if people}
    return at


def carried(numbers: dict[str, int], moves: list[Move]) -> dict[str, int]:
    """Whole numbers through the moves: each is divided over its heirs by largest remainders.

    >>> carried({"A": -5, "B": 2}, [Move(1, "A", "B", 1, 2), Move(1, "A", "C", 1, 2)])
    {'B': -1, 'C': -2}
    """
    found: dict[str, int] = {}
    for code, number in numbers.items():
        heirs, size = whereabouts(code, moves), abs(number)
        portions = {heir: int(size * people) for heir, people in heirs.items()}
        for _ in range(size - sum(portions.values())):
            lacking = {heir: size * heirs[heir] - portions[heir] for heir in sorted(heirs)}
            portions[max(lacking, key=lambda heir: lacking[heir])] += 1
        for heir, portion in portions.items():
            found[heir] = found.get(heir, 0) + (portion if number > 0 else -portion)
    return dict(sorted(found.items()))


def rolled(
    numbers: dict[str, int],
    changed: list[tuple[str, int]],
    openings: dict[str, Opening],
    realised: list[tuple[str, int, bool]],
    moves: list[Move],
) -> dict[str, Opening]:
    """The next opening of every area, from what the rule gave it, in one stream.

    What is realised says whether it counts. Sixty asked, seven ahead, fifty housed leave three:

    >>> before = {"A": Opening(-7, None, 0, "", 2, 0)}
    >>> rolled({"A": 60}, [], before, [("A", 50, True), ("A", 9, False)], [])["A"]
    Opening(computed=3, published=None, excusable=0, reason='', missed=3, excused=0)
    """
    left, excused, rows = {}, {}, {}
    for code, number in numbers.items():
        was = openings[code]
        brought = was.published if was.published is not None else was.computed
        left[code] = number + (brought or 0)
        left[code] += sum(by for other, by in changed if other == code)
        left[code] -= sum(n for other, n, counts in realised if other == code and counts)
        excused[code] = max(0, min(was.excusable, left[code]))
        rows[code] = (0, 0)
        if left[code] > 0:
            wholly = was.excusable >= left[code]
            rows[code] = (was.missed + (not wholly), was.excused + wholly)
    balances, excuses = carried(left, moves), carried(excused, moves)
    found = {}
    for code, balance in balances.items():
        olds = [old for old in numbers if code in whereabouts(old, moves)]
        row = rows[code] if code in rows else max(rows[old] for old in olds)
        still = max(0, min(excuses[code], balance))
        reasons: list[str] = []
        for old in olds:
            if openings[old].reason and openings[old].reason not in reasons:
                reasons.append(openings[old].reason)
        found[code] = Opening(
            balance,
            None,
            still,
            "; ".join(reasons) if still else "",
            row[0] if balance > 0 else 0,
            row[1] if balance > 0 else 0,
        )
    return found
