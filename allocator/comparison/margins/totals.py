"""The numbers of leaves after a change of a national total.

A quota is a fixed part of its total, unless the key speaks of the total itself. Where areas are
rounded one by one the number follows from that; elsewhere the whole is divided again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from allocator.comparison.margins.outcomes import names_total, parts_always_fit
from allocator.core.distribute import distribute
from allocator.core.quotas import shared_out
from allocator.core.rounding import ROUND
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.problem import InputError

#: Where the whole is divided again, a total is raised to at most so many times what it is.
TIMES = 10


class TotalOutcomes:
    """What leaves get after a change of the total of one stream."""

    def __init__(self, distribution: Distribution, stream: str) -> None:
        self.distribution, self.stream = distribution, stream
        self.total = distribution.instance.totals[stream].number
        self.parts = _parts(distribution, stream)
        self.in_proportion = _in_proportion(distribution, stream)
        self._made: dict[int, Mapping[str, int] | None] = {}

    @property
    def lowest(self) -> int:
        """The lowest total that is looked at: that of the parts together."""
        instance = self.distribution.instance
        return sum(instance.totals[p.name].number for p in instance.streams.parts(self.stream))

    @property
    def highest(self) -> int | None:
        """The highest: what the other parts leave of the whole. None where there is no end."""
        instance = self.distribution.instance
        whole = instance.streams.named(self.stream).part_of
        if whole:
            others = [p.name for p in instance.streams.parts(whole) if p.name != self.stream]
            left = instance.totals[whole].number
            return left - sum(instance.totals[name].number for name in others)
        return None if self.in_proportion else TIMES * max(self.total, 1)

    def number(self, code: str, total: int) -> int | None:
        """The number of a leaf at another total; None where the rule refuses it."""
        if self.in_proportion and code in self.parts:
            return ROUND[self.distribution.rounding](total * self.parts[code])
        numbers = self.numbers(total)
        return None if numbers is None else numbers[code]

    def numbers(self, total: int) -> Mapping[str, int] | None:
        """The whole divided again, for all leaves at once."""
        if total not in self._made:
            self._made[total] = self._divided_again(total)
        return self._made[total]

    def _divided_again(self, total: int) -> Mapping[str, int] | None:
        instance = with_total(self.distribution.instance, self.stream, total)
        try:
            found = distribute(instance, self.distribution.choice)
        except InputError:
            return None
        return {
            leaf.code: found.numbers[leaf.code, self.stream] for leaf in instance.division.leaves
        }


def with_total(instance: Instance, stream: str, number: int) -> Instance:
    """The instance with another national number for a stream."""
    other = replace(instance.totals[stream], number=number)
    return replace(instance, totals={**instance.totals, stream: other})


def _parts(distribution: Distribution, stream: str) -> Mapping[str, Fraction]:
    """Per leaf its part of the total; nothing where no total can be divided."""
    instance = distribution.instance
    total = instance.totals[stream].number
    leaves = instance.division.leaves
    if total:
        return {leaf.code: distribution.quotas[leaf.code, stream] / total for leaf in leaves}
    try:
        shared = shared_out(with_total(instance, stream, 1), instance.streams.named(stream))
    except InputError:
        return {}
    return shared[-1].quotas


def _in_proportion(distribution: Distribution, stream: str) -> bool:
    """Whether a number is its part of the total, rounded, at every total that is looked at."""
    keys = [step.key.written for step in distribution.steps[stream]]
    keys += [key.written for after in distribution.instance.rule.after for key in after.keys]
    speaks_of_it = any(names_total(key) for key in keys)
    return distribution.rounding in ROUND and not speaks_of_it and parts_always_fit(distribution)
