"""How far a table is from its targets, exactly, and the straight line that touches it there.

Weights add up to 1, so whatever changes in a straight line with them is known by what it is where
one component has all the weight. Every measure here is the highest of such lines: the line that is
highest at some weights lies below the measure everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from allocator.comparison.find.question import Measure, Question, refuse_other_sums
from allocator.core.exact import added

#: A straight line in the weights: what it is where one component has all the weight.
Line = tuple[Fraction, ...]


def at(line: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """A line's height at some weights.

    >>> at((Fraction(75), Fraction(50)), (Fraction("0.4"), Fraction("0.6")))
    Fraction(60, 1)
    """
    return added(end * weight for end, weight in zip(line, weights, strict=True) if weight)


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers and targets of all rows, in whole numbers of one small part, which add fast."""

    numbers: tuple[tuple[int, ...], ...]  # per row what it is with each component alone
    targets: tuple[int, ...]  # per row
    parts: int  # so many parts are 1

    def weighed(self, weights: Sequence[Fraction]) -> tuple[list[int], int]:
        """The numbers at some weights, in still smaller parts, and how many of them a part is."""
        finer = lcm(*(weight.denominator for weight in weights))
        whole = [int(weight * finer) for weight in weights]
        numbers = [sum(n * w for n, w in zip(row, whole, strict=True)) for row in self.numbers]
        return numbers, finer

    def off(self, weights: Sequence[Fraction]) -> list[int]:
        """How far each number is above its target, in parts of some size."""
        numbers, finer = self.weighed(weights)
        return [n - target * finer for n, target in zip(numbers, self.targets, strict=True)]


def table(question: Question) -> Table:
    """The rows in order of area and stream, each with every component alone.

    Two keys give A 3/4 and 1/2 of 100, where 60 is published:

    >>> from allocator.comparison.find.question import Row
    >>> keys = {"inhabitants": {"A": Fraction(3, 4)}, "equal": {"A": Fraction(1, 2)}}
    >>> row = Row("A", "places", Fraction(60), Fraction(100), ("A",))
    >>> table(Question(keys, (row,), Measure.LARGEST))
    Table(numbers=((50, 75),), targets=(60,), parts=1)
    """
    rows = sorted(question.rows, key=lambda row: (row.code, row.stream, row.target))
    shares = [question.components[name] for name in question.names]
    numbers = [
        tuple(row.total * added(share[leaf] for leaf in row.leaves) for share in shares)
        for row in rows
    ]
    if question.measure is Measure.GINI:
        refuse_other_sums({added(column) for column in zip(*numbers, strict=True)})
    targets = [Fraction(row.target) for row in rows]
    parts = lcm(*(number.denominator for row in (*numbers, targets) for number in row))
    return Table(
        tuple(tuple(int(number * parts) for number in row) for row in numbers),
        tuple(int(target * parts) for target in targets),
        parts,
    )


def _largest(table: Table, weights: Sequence[Fraction]) -> Line:
    """The row that is furthest from its target.

    75 with one key and 50 with the other, where 60 is published: with the other it is 10 too low,
    and the line that counts how much too low it is goes to -15 with the one.

    >>> _largest(Table(((75, 50),), (60,), 1), (Fraction(0), Fraction(1)))
    (Fraction(-15, 1), Fraction(10, 1))
    """
    off = table.off(weights)
    row = max(range(len(off)), key=lambda row: abs(off[row]))
    return _distance(table, row, off[row], table.parts)


def _ratio(table: Table, weights: Sequence[Fraction]) -> Line:
    """The row that is furthest from its target in proportion to it.

    >>> _ratio(Table(((75, 50),), (60,), 1), (Fraction(1), Fraction(0)))
    (Fraction(1, 4), Fraction(-1, 6))
    """
    off, targets = table.off(weights), table.targets
    row = max(range(len(off)), key=lambda row: Fraction(abs(off[row]), targets[row]))
    return _distance(table, row, off[row], targets[row])


def _distance(table: Table, row: int, off: int, size: int) -> Line:
    sign = 1 if off > 0 else -1
    target = table.targets[row]
    return tuple(Fraction(sign * (number - target), size) for number in table.numbers[row])


def _mean(table: Table, weights: Sequence[Fraction]) -> Line:
    """All rows, each on the side of its target where it is.

    75 and 25 where 60 and 40 are published: 15 and 15 off; with the other key 10 and 10 off, which
    is on the other side.

    >>> _mean(Table(((75, 50), (25, 50)), (60, 40), 1), (Fraction(1), Fraction(0)))
    (Fraction(15, 1), Fraction(-10, 1))
    """
    signs = [(off > 0) - (off < 0) for off in table.off(weights)]
    targets = _times(signs, table.targets)
    size = table.parts * len(signs)
    return tuple(
        Fraction(_times(signs, column) - targets, size)
        for column in zip(*table.numbers, strict=True)
    )


def _gini(table: Table, weights: Sequence[Fraction]) -> Line:
    """The rows in order of number per target, as the Lorenz curve has them.

    75 and 25 places for 1,000 inhabitants each: 75 less 25, over 2 times 100.

    >>> _gini(Table(((75, 50), (25, 50)), (1000, 1000), 1), (Fraction(1), Fraction(0)))
    (Fraction(1, 4), Fraction(0, 1))
    """
    numbers, _ = table.weighed(weights)
    every = sum(table.targets)
    order = sorted(range(len(numbers)), key=lambda row: Fraction(numbers[row], table.targets[row]))
    below, ranks = 0, [0] * len(order)
    for row in order:  # with each pair, the one that has more per target counts up by the other's
        above = every - below - table.targets[row]
        ranks[row] = below - above
        below += table.targets[row]
    size = every * sum(row[0] for row in table.numbers)
    return tuple(
        Fraction(_times(ranks, column), size) for column in zip(*table.numbers, strict=True)
    )


def _times(factors: Sequence[int], numbers: Sequence[int]) -> int:
    return sum(factor * number for factor, number in zip(factors, numbers, strict=True))


#: The line that touches each measure at some weights.
TOUCHING: Mapping[Measure, Callable[[Table, Sequence[Fraction]], Line]] = {
    Measure.LARGEST: _largest,
    Measure.MEAN: _mean,
    Measure.RATIO: _ratio,
    Measure.GINI: _gini,
}


def worst_rows(question: Question, weights: Sequence[Fraction]) -> tuple[tuple[str, str], ...]:
    """The area and stream of the rows furthest from their targets, several where they are equal.

    With the measures that compare in proportion to the target, so is this.
    """
    rows = sorted(question.rows, key=lambda row: (row.code, row.stream, row.target))
    found = table(question)
    in_proportion = question.measure in (Measure.RATIO, Measure.GINI)
    sizes = found.targets if in_proportion else (1,) * len(rows)
    distances = [
        Fraction(abs(off), size) for off, size in zip(found.off(weights), sizes, strict=True)
    ]
    most = max(distances)
    return tuple(
        (row.code, row.stream)
        for row, distance in zip(rows, distances, strict=True)
        if distance == most
    )
