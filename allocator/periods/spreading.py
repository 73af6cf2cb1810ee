"""Catching up backlogs in whole persons over the half-years to come, within what areas can house.

As many persons as possible as early as possible, then loads as equal as possible from the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heapreplace
from itertools import pairwise
from math import floor

LONGEST = 10
"""As many half-years as can be looked ahead: every set of them is a limit."""
Price = tuple[Fraction, Fraction, int]
"""What one person more does to an area, to compare: see `_price`."""


@dataclass(frozen=True, slots=True)
class Behind:
    """An area with a backlog, and what it can house."""

    code: str
    backlog: int
    targets: tuple[int, ...]  # what each half-year asks of it besides the backlog
    base: Fraction  # what its load is counted on, such as thousands of inhabitants


@dataclass(frozen=True)
class CatchingUp:
    """The question: backlogs, and what limits catching up in each half-year."""

    areas: tuple[Behind, ...]
    """Their order decides ties."""
    highest_load: Fraction
    """So many persons for each unit of base in a half-year, targets included."""
    pace: tuple[int | None, ...]
    """At most so many caught up over all areas in each half-year, None for no limit."""

    def __post_init__(self) -> None:
        wrong = []
        if not 1 <= len(self.pace) <= LONGEST:
            wrong.append(f"from 1 to {LONGEST} half-years, found {len(self.pace)}")
        if len({area.code for area in self.areas}) != len(self.areas):
            wrong.append("an area is there twice")
        wrong += [
            f"{area.code}: {len(area.targets)} targets for {len(self.pace)} half-years"
            for area in self.areas
            if len(area.targets) != len(self.pace)
        ]
        wrong += [
            f"{area.code}: an amount is below 0"
            for area in self.areas
            if min((area.backlog, *area.targets)) < 0 or area.base < 0
        ]
        if self.highest_load < 0 or any(number is not None and number < 0 for number in self.pace):
            wrong.append("the highest load or the pace is below 0")
        if wrong:
            raise ValueError("; ".join(wrong))

    @cached_property
    def rooms(self) -> dict[str, tuple[int, ...]]:
        """What each area can catch up in each half-year: what it can house less its target."""
        return {
            area.code: tuple(
                max(0, floor(self.highest_load * area.base) - target) for target in area.targets
            )
            for area in self.areas
        }

    @cached_property
    def most(self) -> tuple[int, ...]:
        """The pace, and where it has no limit all backlogs together."""
        everything = sum(area.backlog for area in self.areas)
        return tuple(everything if number is None else number for number in self.pace)


@dataclass(frozen=True)
class Spread:
    """The answer: how many persons each area catches up in each half-year."""

    problem: CatchingUp
    numbers: Mapping[str, tuple[int, ...]]

    @cached_property
    def remaining(self) -> tuple[int, ...]:
        """What is left of all backlogs together after each half-year."""
        left, found = sum(area.backlog for area in self.problem.areas), []
        for number in _columns(self.numbers.values(), len(self.problem.pace)):
            left -= number
            found.append(left)
        return tuple(found)

    @cached_property
    def loads(self) -> dict[str, tuple[Fraction | None, ...]]:
        """Persons for each unit of base, target included; None where there is no base."""
        return {
            area.code: tuple(
                Fraction(target + number) / area.base if area.base else None
                for target, number in zip(area.targets, self.numbers[area.code], strict=True)
            )
            for area in self.problem.areas
        }

    @cached_property
    def shortfall(self) -> dict[str, int]:
        """What each area has not caught up in the end."""
        return {
            area.code: area.backlog - sum(self.numbers[area.code]) for area in self.problem.areas
        }

    @cached_property
    def lacking_room(self) -> dict[str, int]:
        """The part of the shortfall that has no room at any pace; the rest is due to the pace."""
        return {
            area.code: max(0, area.backlog - sum(self.problem.rooms[area.code]))
            for area in self.problem.areas
        }


def spread(problem: CatchingUp) -> Spread:
    """The least backlog after the first half-year, then after the second, and so on.

    Among such tables: the lowest highest load in the first half-year, then the lowest second
    highest one, and so on; where that is all the same, an earlier area catches up more. Then the
    same for the second half-year, given the first, and so on.

    B is twice as large as A and has no target, so it takes 6 of the first 7: 6/10 is as high as
    (2 + 1)/5. Then A must take 2 at least, as 3 is all it has room for in the third:

    >>> areas = (Behind("A", 6, (2, 2, 2), Fraction(5)), Behind("B", 15, (0, 0, 0), Fraction(10)))
    >>> found = spread(CatchingUp(areas, Fraction(1), (7, 7, 7)))
    >>> found.numbers, found.remaining
    ({'A': (1, 2, 3), 'B': (6, 5, 4)}, (14, 7, 0))
    """
    areas = problem.areas
    rooms = [_over_sets(problem.rooms[area.code]) for area in areas]
    amounts = _amounts(problem, rooms)
    needed = _over_sets(amounts)
    left = [area.backlog for area in areas]
    table = []
    for t, amount in enumerate(amounts):
        later = slice(None, None, 2 << t)
        given = _hand_out(
            amount,
            [min(number, room[1 << t]) for number, room in zip(left, rooms, strict=True)],
            left,
            [room[later] for room in rooms],
            needed[later],
            [(area.targets[t], area.base) for area in areas],
        )
        left = [number - gone for number, gone in zip(left, given, strict=True)]
        table.append(given)
    rows = zip(*table, strict=True)
    return Spread(problem, {area.code: row for area, row in zip(areas, rows, strict=True)})


def _over_sets(numbers: Iterable[int]) -> list[int]:
    """The sum over every set of half-years; a set is a number whose bit t says that t is in it.

    >>> _over_sets([1, 20])
    [0, 1, 20, 21]
    """
    sums = [0]
    for number in numbers:
        sums += [each + number for each in sums]
    return sums


def _amounts(problem: CatchingUp, rooms: Sequence[Sequence[int]]) -> list[int]:
    """How many are caught up in each half-year, over all areas.

    Up to a half-year no more can be than any set of half-years has place for, with what the pace
    allows in the other ones; some set is met, as least cut and largest flow are equal. A largest
    flow grows into that of one half-year more without taking from an earlier half-year, so
    these maxima hold together.
    """
    backlogs = [area.backlog for area in problem.areas]
    places = [
        sum(min(backlog, room[chosen]) for backlog, room in zip(backlogs, rooms, strict=True))
        for chosen in range(1 << len(problem.pace))
    ]
    paces = _over_sets(problem.most)
    most = [
        min(places[chosen] + paces[whole - 1 - chosen] for chosen in range(whole))
        for whole in (1 << t for t in range(len(problem.pace) + 1))
    ]
    return [now - before for before, now in pairwise(most)]


def _hand_out(
    amount: int,
    tops: Sequence[int],
    left: Sequence[int],
    later: Sequence[Sequence[int]],
    needed: Sequence[int],
    sizes: Sequence[tuple[int, Fraction]],
) -> list[int]:
    """One half-year: each person to the area with the lowest price that may still take one.

    What areas keep must fill every set of later half-years: with `left` less what is given, cut
    off at the room in the set, they must reach what is `needed` there. That is also enough, by
    least cut and largest flow. The tables that keep to it and to `tops` form a polymatroid, and
    the sum of prices is separable and convex, so the lowest price first is best; and an area that
    may not take one now never may again. Sets that are just filled stay so when joined, so the
    widest of them stops everyone whom any of them stops.
    """
    spare = [
        sum(min(number, room[chosen]) for number, room in zip(left, later, strict=True)) - need
        for chosen, need in enumerate(needed)
    ]
    widest = 0
    for chosen, number in enumerate(spare):
        widest |= 0 if number else chosen
    given = [0] * len(left)
    queue = [(_price(*sizes[i], 1, i), i) for i, top in enumerate(tops) if top]
    heapify(queue)
    while amount:
        i = queue[0][1]
        kept = left[i] - given[i]
        if given[i] == tops[i] or later[i][widest] >= kept:
            heappop(queue)
            continue
        given[i] += 1
        amount -= 1
        heapreplace(queue, (_price(*sizes[i], given[i] + 1, i), i))
        if later[i][-1] >= kept:
            for chosen, room in enumerate(later[i]):
                if room >= kept:
                    spare[chosen] -= 1
                    widest |= 0 if spare[chosen] else chosen
    return given


def _price(target: int, base: Fraction, number: int, order: int) -> Price:
    """What the last of so many persons does to the loads, seen from the highest one.

    The load that it makes counts most. Of two persons that make the same load the one in the
    larger area counts less, as it raises that area least: the other is left at a lower load.
    """
    return ((target + number) / base, -base, order)


def check(found: Spread) -> list[str]:
    """Everything that is wrong with an answer; an empty list is the proof that it is right.

    It follows persons from area to area and half-year to half-year in the table itself, instead
    of looking at all sets of half-years.
    """
    if list(found.numbers) != [area.code for area in found.problem.areas]:
        return ["the areas of the table are not those of the problem"]
    return _not_allowed(found) or [
        *_not_most(found),
        *(fault for t in range(len(found.problem.pace)) for fault in _not_lowest(found, t)),
    ]


def _not_allowed(found: Spread) -> list[str]:
    """Numbers that no table may hold."""
    faults, most = [], found.problem.most
    for code, row in found.numbers.items():
        rooms = found.problem.rooms[code]
        if len(row) != len(rooms) or not all(0 <= x <= r for x, r in zip(row, rooms, strict=True)):
            faults.append(f"{code}: {row} is not from 0 to {rooms}")
        elif found.shortfall[code] < 0:
            faults.append(f"{code}: {row} is more than its backlog")
    return faults or [
        f"half-year {t + 1}: {number} is more than the pace {most[t]}"
        for t, number in enumerate(_columns(found.numbers.values(), len(most)))
        if number > most[t]
    ]


def _not_most(found: Spread) -> list[str]:
    """Half-years after which the backlog could be less.

    From the half-years in which the pace allows more, others follow: an area with room in one of
    them could move there from another. If what these have place for and the pace of the rest is
    all used, nobody does better; that sum is a limit for every table.
    """
    problem, faults = found.problem, []
    columns = _columns(found.numbers.values(), len(problem.pace))
    for end in range(1, len(problem.pace) + 1):
        years = range(end)
        chosen = _reachable(found, {t for t in years if columns[t] < problem.most[t]}, years)
        limit = sum(
            min(area.backlog, sum(problem.rooms[area.code][t] for t in chosen))
            for area in problem.areas
        ) + sum(problem.most[t] for t in years if t not in chosen)
        if sum(columns[:end]) != limit:
            faults.append(f"after half-year {end} the backlog could be less")
    return faults


def _not_lowest(found: Spread, t: int) -> list[str]:
    """Areas that could take a person from one with a higher price in a half-year.

    Who takes one gives up one later, unless it has a shortfall; so does who takes over that one,
    until somebody with a shortfall or the area that gave the first takes it. A separable convex
    sum over such tables is least if no such exchange makes it less.
    """
    years = range(t + 1, len(found.problem.pace))
    takers: dict[frozenset[int] | None, tuple[Price, str]] = {}
    givers: list[tuple[Price, str]] = []
    for order, area in enumerate(found.problem.areas):
        row, rooms = found.numbers[area.code], found.problem.rooms[area.code]
        if row[t]:
            givers.append((_price(area.targets[t], area.base, row[t], order), area.code))
        if row[t] < rooms[t]:
            taker = (_price(area.targets[t], area.base, row[t] + 1, order), area.code)
            freed = _freed(found, area.code, years)
            takers[freed] = min(taker, takers.get(freed, taker))
    return [
        f"half-year {t + 1}: {to} should have one more and {code} one less"
        for price, code in givers
        for freed, (lower, to) in takers.items()
        if lower < price and (freed is None or freed & _with_room(found, code))
    ]


def _freed(found: Spread, code: str, years: range) -> frozenset[int] | None:
    """Half-years with a place to fill if an area gives up a later one; None if it need not be."""
    if found.shortfall[code]:
        return None
    row = found.numbers[code]
    freed = _reachable(found, {t for t in years if row[t]}, years)
    short = (other for other, number in found.shortfall.items() if number)
    return None if any(freed & _with_room(found, other) for other in short) else freed


def _reachable(found: Spread, start: Iterable[int], years: range) -> frozenset[int]:
    """The half-years that persons can leave to fill a place in one of the first, one by one."""
    reached = list(start)
    seen = set(reached)
    for t in reached:  # grows while it is walked
        movable = [
            row for code, row in found.numbers.items() if row[t] < found.problem.rooms[code][t]
        ]
        fresh = [
            other for other in years if other not in seen and any(row[other] for row in movable)
        ]
        seen.update(fresh)
        reached.extend(fresh)
    return frozenset(seen)


def _with_room(found: Spread, code: str) -> frozenset[int]:
    """The half-years in which an area could catch up more."""
    rooms, row = found.problem.rooms[code], found.numbers[code]
    return frozenset(t for t, room in enumerate(rooms) if row[t] < room)


def _columns(rows: Iterable[Sequence[int]], width: int) -> list[int]:
    """The sum of each half-year over all areas."""
    sums = [0] * width
    for row in rows:
        sums = [total + number for total, number in zip(sums, row, strict=True)]
    return sums
