"""A published table beside what the rule gives: row by row, and every sum against its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from allocator.audit.reconcile import reach
from allocator.model.areas import Area, Division
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance, Published, PublishedRow, Quantity
from allocator.model.problem import InputError

Reach = Mapping[tuple[str, str], tuple[int, int]]
"""Per cell, the lowest and highest number that inputs within their tolerance can give."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A published number with what the rule gives for it."""

    row: PublishedRow
    computed: int
    quota: Fraction
    reach: tuple[int, int] | None  # None where the inputs are not uncertain
    ruled_out: bool  # whether no inputs within their tolerance give the published number

    @property
    def difference(self) -> int:
        """Computed minus published."""
        return self.computed - self.row.number

    @property
    def explained(self) -> bool:
        """Whether uncertain inputs can give the published number, taken by itself."""
        return self.reach is not None and self.reach[0] <= self.row.number <= self.reach[1]


@dataclass(frozen=True, slots=True)
class Balanced:
    """A published number with a balance in it, and the balance that it implies."""

    row: PublishedRow
    computed: int
    number: int | None  # published beside it, where it was

    @property
    def implied(self) -> int:
        """The balance: what was published less the number without it."""
        return self.row.number - (self.computed if self.number is None else self.number)


@dataclass(frozen=True, slots=True)
class SumCheck:
    """The published rows of a level in an area, added up, beside what was named for it."""

    area: Area
    level: str  # of the rows
    stream: str
    quantity: Quantity
    rows: int  # how many are published
    of: int  # how many areas of the level lie in it
    sum: int
    published: int | None  # the number published for the area itself
    named: int | None  # of the whole country: the total that was announced
    by_rule: int | None  # what the rule gives the area, where no balance is in the numbers

    @property
    def complete(self) -> bool:
        return self.rows == self.of

    @property
    def beside(self) -> tuple[int, ...]:
        """The numbers that the rows should add up to."""
        return tuple(n for n in (self.published, self.named) if n is not None)

    @property
    def holds(self) -> bool | None:
        """Whether they do; None where rows are missing or nothing is named."""
        if not self.complete or not self.beside:
            return None
        return all(number == self.sum for number in self.beside)


@dataclass(frozen=True)
class Audit:
    """All that can be said of a published table."""

    distribution: Distribution
    published: Published
    compared: tuple[Compared, ...]
    balanced: tuple[Balanced, ...]
    unpublished: Mapping[tuple[str, str], tuple[Area, ...]]  # per level and stream begun
    sums: tuple[SumCheck, ...]

    @cached_property
    def different(self) -> tuple[Compared, ...]:
        return tuple(each for each in self.compared if each.difference)

    @cached_property
    def broken_sums(self) -> tuple[SumCheck, ...]:
        return tuple(each for each in self.sums if each.holds is False)


def audited(distribution: Distribution, published: Published, reach: Reach | None = None) -> Audit:
    """The published table laid beside the distribution."""
    rows = published.rows
    return Audit(
        distribution,
        published,
        tuple(_compared(distribution, rows, reach)),
        tuple(_balanced(distribution, rows)),
        _unpublished(distribution.instance.division, rows),
        tuple(_sums(distribution, rows)),
    )


def reach_of(instance: Instance) -> Reach | None:
    """How far numbers can move with the figures that are known only roughly; None without any."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for name, bounds in instance.uncertain.items():
        try:
            reached = list(reach(instance, name, bounds.tolerances))
        except InputError:  # by this rule it cannot be told
            return None
        for each in reached:
            cell = each.area.code, each.stream
            if each.area.code not in bounds.free:
                low, high = found.get(cell, (each.lowest, each.highest))
                found[cell] = min(low, each.lowest), max(high, each.highest)
    return found or None


def _is_ruled_out(distribution: Distribution, row: PublishedRow, reach: Reach | None) -> bool:
    """Only of a leaf, and with one uncertain indicator, is the reach an exact bound."""
    instance = distribution.instance
    cell = row.code, row.stream
    level = instance.division.by_code[row.code].level
    if reach is None or cell not in reach or len(instance.uncertain) > 1:
        return False
    low, high = reach[cell]
    return level == instance.division.leaf_level and not low <= row.number <= high


def _compared(
    distribution: Distribution, rows: tuple[PublishedRow, ...], reach: Reach | None
) -> Iterator[Compared]:
    for row in rows:
        if row.quantity is Quantity.NUMBER and _is_outcome(distribution, row):
            cell = row.code, row.stream
            yield Compared(
                row,
                distribution.numbers[cell],
                distribution.quotas[cell],
                reach.get(cell) if reach else None,
                _is_ruled_out(distribution, row, reach),
            )


def _is_outcome(distribution: Distribution, row: PublishedRow) -> bool:
    """Whether a row is to be held against what the rule gives: not where it only says what was
    divided.
    """
    computed = distribution.numbers[row.code, row.stream]
    return row.number == computed or not distribution.instance.repeats_total(row)


def _balanced(distribution: Distribution, rows: tuple[PublishedRow, ...]) -> Iterator[Balanced]:
    numbers = {(r.code, r.stream): r.number for r in rows if r.quantity is Quantity.NUMBER}
    for row in rows:
        if row.quantity is Quantity.CORRECTED:
            cell = row.code, row.stream
            yield Balanced(row, distribution.numbers[cell], numbers.get(cell))


def _unpublished(
    division: Division, rows: tuple[PublishedRow, ...]
) -> dict[tuple[str, str], tuple[Area, ...]]:
    """Of each level and stream of which something was published, the areas left out."""
    have: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        level = division.by_code[row.code].level
        have.setdefault((level, row.stream), set()).add(row.code)
    return {
        (level, stream): tuple(area for area in division.at(level) if area.code not in codes)
        for (level, stream), codes in have.items()
    }


def _sums(distribution: Distribution, rows: tuple[PublishedRow, ...]) -> Iterator[SumCheck]:
    """For every level with rows, what they add up to in each area of every level around it."""
    instance = distribution.instance
    division = instance.division
    numbers = {(r.code, r.stream, r.quantity): r.number for r in rows}
    kinds = dict.fromkeys((division.by_code[r.code].level, r.stream, r.quantity) for r in rows)
    for level, stream, quantity in kinds:
        for upper in _around(division, level):
            for code, inside in division.inside(upper, level).items():
                found = [
                    numbers[area.code, stream, quantity]
                    for area in inside
                    if (area.code, stream, quantity) in numbers
                ]
                total = instance.totals.get(stream)
                national = code == division.root.code and quantity is Quantity.NUMBER and total
                if found:
                    yield SumCheck(
                        division.by_code[code],
                        level,
                        stream,
                        quantity,
                        len(found),
                        len(inside),
                        sum(found),
                        numbers.get((code, stream, quantity)),
                        total.number if national and total else None,
                        distribution.numbers[code, stream] if quantity is Quantity.NUMBER else None,
                    )


def _around(division: Division, level: str) -> list[str]:
    """The levels whose areas consist of whole areas of this one."""
    sizes = {name: len(division.at(name)) for name in (*division.tree, *division.also)}
    return [
        name
        for name in (*division.tree, *division.also)
        if name != level and sizes[name] <= sizes[level] and not division.crossing(name, level)
    ]
