"""The smallest change of uncertain figures from which published numbers follow exactly.

Smallest is the largest change, in units of each area's tolerance, whatever becomes of the sum of
all weights; then, at the sum that this leads to, the total of all changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from allocator.audit.reconcile.allowed import Interval, intervals
from allocator.audit.reconcile.any_scale import at_any_scale, possible_by_solver
from allocator.audit.reconcile.asking import ONE, ZERO, Asked, Leaf, Question
from allocator.audit.reconcile.bound import Bound, in_the_way, least
from allocator.audit.reconcile.one_scale import DECIMALS, Nearest, nearest
from allocator.audit.reconcile.posing import question, with_values
from allocator.audit.reconcile.reaching import Reach, reach
from allocator.core.distribute import distribute
from allocator.core.exact import added
from allocator.core.refused import refused
from allocator.model.indicator import Indicator, Quality
from allocator.model.instance import Instance, PublishedRow
from allocator.model.problem import InputError
from allocator.words.text import LocalText, text

__all__ = ["CannotBe", "Interval", "Reach", "Reconciled", "reach", "reconcile"]

#: Beyond the tolerance values are looked for only while so few thresholds lie within the size.
MOST_THRESHOLDS = 20_000
#: How finely sizes are compared where the least one is not to be had.
HUNDREDTH = Fraction(1, 100)


@dataclass(frozen=True)
class Reconciled:
    """Values from which every published number follows: the rule was run on them, exactly."""

    indicator: Indicator  # with the values, six decimals where they changed
    changes: Mapping[str, Fraction]  # new less given, per leaf that changed
    at_least: Fraction  # no values with a smaller largest change can do: proven exactly
    largest: Fraction  # the largest change, in times the tolerance; free areas not counted
    total: Fraction  # all changes in times the tolerance; of free areas in the widest one
    least_largest: bool  # whether `largest` is `at_least`, but for a few millionths of value;
    # else a change between the two may do as well
    least_total: bool  # whether the solver says that no other values at this scale change less
    scale: Fraction  # the sum of all weights
    given_scale: Fraction  # the same with the given values
    rows: tuple[PublishedRow, ...]  # the numbers that come out
    as_totals: tuple[PublishedRow, ...]  # national rows that repeat the total and were left alone
    intervals: Mapping[str, Interval]  # per leaf with a number of its own, what that allows

    def put_on(self, instance: Instance) -> Instance:
        """The instance with these values."""
        named = {**instance.indicators, self.indicator.name: self.indicator}
        return replace(instance, indicators=named)


@dataclass(frozen=True)
class CannotBe:
    """No values within the tolerances were found."""

    rows: tuple[PublishedRow, ...]  # cannot come out together; without any of them the rest may;
    # empty where the solver cannot tell
    proven: bool  # exactly; else on the solver's word, and a margin off the thresholds
    at_least: Fraction | None  # times the tolerance, proven; None: more than can be looked at
    beyond: Reconciled | None  # values outside the tolerances, if looked for and found


def reconcile(
    instance: Instance,
    name: str,
    tolerances: Mapping[str, Fraction],
    free: Collection[str] = (),
) -> Reconciled | CannotBe:
    """Values of an indicator from which the published numbers of an instance follow.

    A leaf without a tolerance is certain, a free one is held to none, but weighs at most twice what
    it does as given: what is proven is proven under that. National rows that repeat
    the total that is divided are no outcome, and are left alone.
    """
    published = instance.published.rows if instance.published else ()
    asked = question(instance, name, tolerances, free, published)
    if not asked.rows:
        raise refused(
            instance,
            text("No number is published that should follow from the rule."),
            text("Add a published table with municipalities or provinces."),
        )
    distribute(instance)  # says what is wrong with the figures as given
    given = Nearest(tuple(leaf.value for leaf in asked.leaves), proven=True)
    unchanged = _Search(instance, name, asked, Bound(ZERO, ZERO, asked.scale))
    if unchanged.comes_out(given):
        return unchanged.result(given, least_largest=True)
    bound = least(asked, asked.rows)
    if bound is None:
        return CannotBe(_rows(in_the_way(asked)), True, None, None)
    search = _Search(instance, name, asked, bound)
    if bound.size > 1:
        near = search.thresholds() <= MOST_THRESHOLDS
        beyond = search.found() if near else None
        return CannotBe(_rows(in_the_way(asked)), True, bound.at_least, beyond)
    found = search.found()
    if found and found.largest <= 1:
        return found
    shown = not search.possible(asked, asked.rows)
    rows = in_the_way(asked, search.possible) if shown else ()
    return CannotBe(_rows(rows), False, bound.at_least, found)


def _rows(asked: Sequence[Asked]) -> tuple[PublishedRow, ...]:
    return tuple(each.row for each in asked)


@dataclass(frozen=True)
class _Search:
    """Looks for values at the scale of the bound, and at any scale where there are none."""

    instance: Instance
    name: str
    asked: Question
    bound: Bound

    def found(self) -> Reconciled | None:
        """The nearest values that come out, inside the tolerances or beyond."""
        at_bound = self._nearest(self.bound.scale, self.bound.size)
        if at_bound:
            return self.result(at_bound, least_largest=True)
        at = at_any_scale(self.asked, self.bound.at_least, self._margins(self.bound.scale, 2))
        other = (at and self._nearest(at.scale, at.size)) or self._wider()
        return self.result(other, least_largest=False) if other else None

    def _wider(self) -> Nearest | None:
        """At the scale of the bound, the least size that does, to a hundredth of a tolerance."""
        low, high = self.bound.size, max(ONE, 2 * self.bound.size)
        best = self._nearest(self.bound.scale, high)
        while best and high - low > HUNDREDTH:
            middle = (low + high) / 2
            closer = self._nearest(self.bound.scale, middle)
            low, high = (low, middle) if closer else (middle, high)
            best = closer or best
        return best

    def possible(self, asked: Question, rows: Sequence[Asked]) -> bool:
        """Whether the solver cannot show that numbers collide within the tolerances."""
        return possible_by_solver(asked, rows, self._margins(self.bound.scale, 1))

    def thresholds(self) -> int:
        """How many thresholds of rounding lie within the size of the bound."""
        widths = (high - low for low, high in map(self._weights, self.asked.leaves))
        return int(added(widths) * sum(self.asked.totals.values()) / self.bound.scale)

    def _weights(self, leaf: Leaf) -> tuple[Fraction, Fraction]:
        return leaf.weights(self.bound.size)

    def _nearest(self, scale: Fraction, size: Fraction) -> Nearest | None:
        """What the solver suggests, if it comes out; else once more, further off the thresholds."""
        for times in (1, 8):
            suggested = nearest(self.asked, scale, size, self._margins(scale, times))
            if suggested is None or self.comes_out(suggested):
                return suggested
        return None

    def _margins(self, scale: Fraction, times: int) -> list[Fraction]:
        """How far each weight keeps off a threshold, so that decimals cannot carry it over.

        Its own value may be off by half a decimal, and so may all others in the sum of weights;
        twice that leaves the solver its tolerance.
        """
        half = Fraction(1, 2 * 10**DECIMALS)
        drift = half * added(abs(leaf.slope) for leaf in self.asked.leaves) / scale
        return [
            2 * times * (half * abs(leaf.slope) + drift * leaf.weight(leaf.value))
            for leaf in self.asked.leaves
        ]

    def comes_out(self, suggested: Nearest) -> bool:
        """Whether the rule itself gives every published number for these values."""
        instance = with_values(self.instance, self.name, self._values(suggested))
        try:
            numbers = distribute(instance).numbers
        except InputError:
            return False  # a weight below 0, or parts above their whole
        return all(numbers[r.row.code, r.row.stream] == r.row.number for r in self.asked.rows)

    def _values(self, suggested: Nearest) -> dict[str, Fraction]:
        return {
            leaf.code: value
            for leaf, value in zip(self.asked.leaves, suggested.values, strict=True)
        }

    def result(self, suggested: Nearest, least_largest: bool) -> Reconciled:
        """What is told of values that come out."""
        asked, values = self.asked, self._values(suggested)
        moved = [(leaf, values[leaf.code] - leaf.value) for leaf in asked.leaves]
        moved = [(leaf, change) for leaf, change in moved if change]
        scale = added(leaf.weight(values[leaf.code]) for leaf in asked.leaves)
        held = [abs(change) / leaf.tolerance for leaf, change in moved if leaf.tolerance]
        return Reconciled(
            indicator=_fitted(self.instance.indicators[self.name], values),
            changes={leaf.code: change for leaf, change in moved},
            at_least=self.bound.at_least,
            largest=max(held, default=ZERO),
            total=added(abs(change) / asked.unit(leaf) for leaf, change in moved),
            least_largest=least_largest,
            least_total=suggested.proven,
            scale=scale,
            given_scale=asked.scale,
            rows=_rows(asked.rows),
            as_totals=asked.as_totals,
            intervals=intervals(asked, scale),
        )


def _fitted(given: Indicator, values: Mapping[str, Fraction]) -> Indicator:
    """The indicator with other values, said to be fitted."""
    if values == given.values:
        return given
    source = LocalText(
        nl=f"{given.source.nl}; bijgesteld naar gepubliceerde aantallen",
        en=f"{given.source.en}; fitted to published numbers",
    )
    return replace(given, values=values, source=source, quality=Quality.APPROXIMATE)
