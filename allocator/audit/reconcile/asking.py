"""What is asked: an uncertain figure per area, and the published numbers that must follow from it.

The figure must enter the weight of its own area linearly, and every stream must share one key, so
that areas are coupled by nothing but the sum of all weights: the scale.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from allocator.core.exact import added
from allocator.core.quotas import figures_of, steps_of
from allocator.core.refused import refused
from allocator.core.rounding import ROUND
from allocator.key.evaluate import evaluate
from allocator.key.formula import Call, Formula, Name, Negative, Operation, indicators
from allocator.key.reader import read_key
from allocator.model.indicator import Indicator
from allocator.model.instance import Instance, PublishedRow, Quantity
from allocator.model.problem import InputError, Problem
from allocator.model.rule import Rounding
from allocator.model.streams import KeyText, Stream, Streams
from allocator.words.text import Text, series, text

HALF = Fraction(1, 2)
ZERO, ONE = Fraction(0), Fraction(1)
#: A free area may weigh anything between nothing and so many times what it weighs as given.
FREE = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """An area with its uncertain value; its weight is slope * value + base."""

    code: str
    slope: Fraction
    base: Fraction
    value: Fraction  # as given
    tolerance: Fraction | None  # how far it may be off; None: free

    def weight(self, value: Fraction) -> Fraction:
        return self.slope * value + self.base

    def valued(self, weight: Fraction) -> Fraction:
        """The value that gives a weight."""
        return (weight - self.base) / self.slope

    @property
    def fixed(self) -> bool:
        """Whether its weight cannot change."""
        return not self.slope or self.tolerance == 0

    def weights(self, size: Fraction) -> tuple[Fraction, Fraction]:
        """Its least and largest weight within so many times the tolerance."""
        given = self.weight(self.value)
        if self.fixed:
            return given, given
        if self.tolerance is None:
            return ZERO, FREE * given
        off = abs(self.slope) * self.tolerance * size
        return max(ZERO, given - off), given + off


@dataclass(frozen=True, slots=True)
class Asked:
    """A published number that must come out: a signed sum of streams over leaves."""

    row: PublishedRow
    leaves: tuple[int, ...]  # their places in the question
    signs: Mapping[str, int]  # per given stream; a rest is its whole less the parts

    @property
    def stream(self) -> str:
        """The given stream that it counts, or "" for a rest."""
        return next(iter(self.signs)) if len(self.signs) == 1 else ""

    def off(self, numbers: Mapping[str, int]) -> int:
        """How far the numbers of the given streams are above what was published."""
        return sum(sign * numbers[each] for each, sign in self.signs.items()) - self.row.number


@dataclass(frozen=True, slots=True)
class Step:
    """A range of shares in which every stream has one whole number."""

    low: Fraction
    high: Fraction
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Question:
    """The areas, the totals they share, and the numbers that must come out."""

    leaves: tuple[Leaf, ...]
    totals: Mapping[str, int]  # per given stream
    rounding: Rounding
    rows: tuple[Asked, ...]
    as_totals: tuple[PublishedRow, ...]  # rows that only repeat the total that is divided

    @property
    def round(self) -> Callable[[Fraction], int]:
        return ROUND[self.rounding]

    @property
    def around(self) -> tuple[Fraction, Fraction]:
        """From which to which quota a number is the rounding, less the number itself."""
        return _QUOTAS[self.rounding]

    @cached_property
    def scale(self) -> Fraction:
        """The sum of the weights as given."""
        return added(leaf.weight(leaf.value) for leaf in self.leaves)

    @cached_property
    def widest(self) -> Fraction:
        """The widest tolerance, or 1 where there is none."""
        return max((leaf.tolerance or ZERO for leaf in self.leaves), default=ZERO) or ONE

    def unit(self, leaf: Leaf) -> Fraction:
        """What a leaf's change is counted in: its tolerance, for a free area the widest one."""
        return leaf.tolerance or self.widest

    def of_leaf(self, place: int) -> Iterator[Asked]:
        """The numbers published for one leaf by itself."""
        return (row for row in self.rows if row.leaves == (place,))

    def streams_of(self, place: int) -> tuple[str, ...]:
        """The given streams that some published number asks of a leaf."""
        asked = {each for row in self.rows if place in row.leaves for each in row.signs}
        return tuple(stream for stream in self.totals if stream in asked)

    def shares(self, stream: str, number: int) -> tuple[Fraction, Fraction]:
        """The ends of the shares that give a number; the first above the second if none does."""
        low, high = self.around
        total = self.totals[stream]
        if not total:
            return (ONE, ZERO) if number else (ZERO, ONE)
        return max(ZERO, (number + low) / total), min(ONE, (number + high) / total)

    def steps(self, low: Fraction, high: Fraction, streams: Collection[str]) -> list[Step]:
        """What streams get at the shares between two ends, from low to high."""
        ends = {low, high}
        offset = self.around[0] % 1
        for total in {self.totals[stream] for stream in streams} - {0}:
            first, last = -((offset - total * low) // 1), (total * high - offset) // 1
            ends.update((number + offset) / total for number in range(int(first), int(last) + 1))
        inner = sorted(end for end in ends if low <= end <= high)
        found = []
        for lower, upper in [*pairwise(inner)] or [(low, high)]:
            middle = (lower + upper) / 2
            numbers = {name: self.round(self.totals[name] * middle) for name in streams}
            found.append(Step(lower, upper, numbers))
        return found


_QUOTAS: Mapping[Rounding, tuple[Fraction, Fraction]] = {
    Rounding.UP: (Fraction(-1), ZERO),
    Rounding.DOWN: (ZERO, Fraction(1)),
    Rounding.HALF_UP: (-HALF, HALF),
    Rounding.HALF_EVEN: (-HALF, HALF),
}


def question(
    instance: Instance,
    name: str,
    tolerances: Mapping[str, Fraction],
    free: Collection[str],
    rows: Sequence[PublishedRow],
) -> Question:
    """The question that published rows put to an indicator of an instance."""
    _refuse_other_rules(instance)
    _refuse_strange(instance, name, tolerances, free)
    places = {area.code: place for place, area in enumerate(instance.division.leaves)}
    asked, as_totals = [], []
    for row in rows:
        if row.quantity is not Quantity.NUMBER:
            continue
        signs = signs_of(instance.streams, row.stream)
        held = instance.division.members[row.code]
        total = sum(sign * instance.totals[each].number for each, sign in signs.items())
        if row.code == instance.division.root.code and row.number == total:
            as_totals.append(row)
        else:
            asked.append(Asked(row, tuple(sorted(places[code] for code in held)), signs))
    return Question(
        leaves=_leaves(instance, name, tolerances, free),
        totals={stream.name: instance.totals[stream.name].number for stream in _given(instance)},
        rounding=instance.rule.choice.rounding,
        rows=tuple(asked),
        as_totals=tuple(as_totals),
    )


def by_size(
    instance: Instance,
    sizes: str = "population",
    usual: Fraction = Fraction("0.02"),
    small: Fraction = Fraction("0.05"),
    below: int = 20_000,
) -> dict[str, Fraction]:
    """A tolerance per leaf, wider for the small ones; these numbers are this program's own."""
    found = instance.indicators[sizes].values
    return {
        leaf.code: small if found[leaf.code] < below else usual for leaf in instance.division.leaves
    }


def with_values(
    instance: Instance, name: str, values: Mapping[str, Fraction]
) -> tuple[Instance, Indicator]:
    """The instance with other values of one indicator."""
    changed = replace(instance.indicators[name], values=values)
    return replace(instance, indicators={**instance.indicators, name: changed}), changed


def _given(instance: Instance) -> tuple[Stream, ...]:
    return instance.streams.given


def signs_of(streams: Streams, name: str) -> dict[str, int]:
    """The given streams that add up to a stream: itself, or the whole less its parts."""
    stream = streams.named(name)
    if not stream.rest_of:
        return {name: 1}
    return {stream.rest_of: 1, **{part.name: -1 for part in streams.parts(stream.rest_of)}}


def _leaves(
    instance: Instance, name: str, tolerances: Mapping[str, Fraction], free: Collection[str]
) -> tuple[Leaf, ...]:
    key = _key(instance)
    _refuse_not_linear(key, name)
    areas = instance.division.leaves
    base, at_one = (_weights(instance, name, key, Fraction(value)) for value in (0, 1))
    given = instance.indicators[name].values
    return tuple(
        Leaf(
            area.code,
            at_one[place] - base[place],
            base[place],
            given[area.code],
            None if area.code in free else tolerances.get(area.code, ZERO),
        )
        for place, area in enumerate(areas)
    )


def _weights(instance: Instance, name: str, key: KeyText, value: Fraction) -> list[Fraction]:
    """The key for all leaves where the indicator has one and the same value everywhere."""
    areas = instance.division.leaves
    changed, _ = with_values(instance, name, {area.code: value for area in areas})
    figures = figures_of(areas, instance.division, changed.indicators, at_leaves=True)
    return evaluate(read_key(key.written, key.place), figures, key.written, key.place)


def _key(instance: Instance) -> KeyText:
    """The one key from the total straight to the leaves."""
    keys = {}
    for stream in _given(instance):
        steps = steps_of(instance, stream)
        keys[steps[-1].key.written] = steps[-1].key
        if len(steps) > 1:
            raise refused(
                instance,
                text("The rule shares in {count} steps.", count=len(steps)),
                text("Only rules that go straight to the leaves can be reconciled."),
            )
    if len(keys) > 1:
        raise refused(
            instance,
            text("The streams have different keys: {keys}.", keys=series(sorted(keys))),
            text("Only streams that share one key can be reconciled."),
        )
    return next(iter(keys.values()))


def _refuse_other_rules(instance: Instance) -> None:
    rounding = instance.rule.choice.rounding
    if rounding not in ROUND:
        raise refused(
            instance,
            text("{rounding} rounds areas together.", rounding=f"'{rounding}'"),
            text("Only rules that round each area by itself can be reconciled."),
        )
    if instance.limits:
        raise refused(
            instance,
            text("There are limits on areas."),
            text("Take them out: under limits the numbers do not follow from the key alone."),
        )


def _refuse_strange(
    instance: Instance, name: str, tolerances: Mapping[str, Fraction], free: Collection[str]
) -> None:
    if name not in instance.indicators:
        raise refused(
            instance,
            text("There is no indicator {name}.", name=f"'{name}'"),
            text("The indicators here are: {names}.", names=", ".join(instance.indicators)),
        )
    leaves = {area.code for area in instance.division.leaves}
    strange = sorted({*tolerances, *free} - leaves)
    if strange:
        raise refused(
            instance,
            text("No leaf area has the code {codes}.", codes=series(strange)),
            text("Give tolerances for the areas that carry the figure."),
        )
    negative = sorted(code for code, tolerance in tolerances.items() if tolerance < 0)
    if negative:
        raise refused(
            instance,
            text("The tolerance is negative for {codes}.", codes=series(negative)),
            text("Write 0 for a figure that is certain."),
        )


def _refuse_not_linear(key: KeyText, name: str) -> None:
    formula = read_key(key.written, key.place)
    if name not in indicators(formula):
        raise _misfit(
            key,
            text("The key does not use {name}.", name=f"'{name}'"),
            text("Name one of: {names}.", names=", ".join(indicators(formula))),
        )
    if _degree(formula, name) is None:
        raise _misfit(
            key,
            text(
                "The key is not linear in {name}, area by area.",
                name=f"'{name}'",
            ),
            text(
                "It may be multiplied and added to, and not divided by, capped, added up over "
                "areas or multiplied by itself."
            ),
        )


def _misfit(key: KeyText, found: Text, mend: Text) -> InputError:
    return InputError(Problem(key.place, found, mend, key.written))


def _degree(formula: Formula, name: str) -> int | None:
    """0 where a formula is without an indicator, 1 where it is linear in it, else None."""
    if name not in indicators(formula):
        return 0
    match formula:
        case Name():
            return 1
        case Negative():
            return _degree(formula.of, name)
        case Operation():
            left, right = _degree(formula.left, name), _degree(formula.right, name)
            if left is None or right is None or (right and formula.sign == "/"):
                return None
            degree = left + right if formula.sign == "*" else max(left, right)
            return degree if degree == 1 else None
        case Call():
            return None
    return None
