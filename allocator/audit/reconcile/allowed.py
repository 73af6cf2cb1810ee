"""Which values of an uncertain figure a published number of its own area allows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from allocator.audit.reconcile.asking import Question


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of values, exact, with or without its ends."""

    low: Fraction
    high: Fraction
    low_in: bool
    high_in: bool

    def __contains__(self, value: Fraction) -> bool:
        return (
            self.low < value < self.high
            or (value == self.low and self.low_in)
            or (value == self.high and self.high_in)
        )


def intervals(question: Question, scale: Fraction) -> dict[str, Interval]:
    """For every leaf with numbers of its own, the values that give them where weights add to scale.

    A number that only a rest is published for says nothing here.
    """
    found = {}
    for place, leaf in enumerate(question.leaves):
        rows = [row for row in question.of_leaf(place) if row.stream]
        if not rows or not leaf.slope:
            continue
        ends = [question.shares(row.stream, row.row.number) for row in rows]
        low, high = max(low for low, _ in ends), min(high for _, high in ends)
        sides = [
            (
                leaf.valued(share * scale),
                all(
                    question.round(question.totals[r.stream] * share) == r.row.number for r in rows
                ),
            )
            for share in (low, high)
        ]
        least, most = sides if leaf.slope > 0 else reversed(sides)
        found[leaf.code] = Interval(least[0], most[0], least[1], most[1])
    return found
