"""The numbers of one area after a change of one figure, exactly.

Where areas are rounded one by one, and one key divides a whole and its part, only the area itself
has to be computed again. Everywhere else the whole table is divided again for every change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from allocator.comparison.margins.changed_key import ChangedKey, NotFollowed, Refuses
from allocator.comparison.margins.limits import limits_with
from allocator.core.cells import wholes
from allocator.core.distribute import distribute
from allocator.core.quotas import figures_of
from allocator.core.rounding import ROUND
from allocator.key.formula import TOTAL, Name, parts
from allocator.key.formula import indicators as named_in
from allocator.key.reader import read_key
from allocator.model.distribution import Distribution, Shared
from allocator.model.instance import Instance
from allocator.model.problem import InputError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an area gets, per given stream."""

    quotas: Mapping[str, Fraction]
    numbers: Mapping[str, int]


class Outcomes:
    """What leaves get after changes; None where the rule or its key refuses the change."""

    def __init__(self, distribution: Distribution) -> None:
        self.distribution = distribution
        self.one_by_one = one_by_one(distribution)
        self._ways: dict[tuple[str, str], _Way] = {}

    def after(self, code: str, name: str, figure: Fraction) -> Outcome | None:
        """What a leaf gets with another figure of its own."""
        if self.one_by_one:
            try:
                return self.followed(code, name, figure)
            except NotFollowed:
                pass
        return self.divided_again(code, name, figure)

    def follows(self, name: str) -> bool:
        """Whether changes of an indicator can be followed without dividing the whole again."""
        indicator = self.distribution.instance.indicators[name]
        code = next(code for code in indicator.values if code not in indicator.lacking)
        if not self.one_by_one:
            return False
        try:
            self.followed(code, name, indicator.values[code])
        except NotFollowed:
            return False
        return True

    def divided_again(self, code: str, name: str, figure: Fraction) -> Outcome | None:
        instance = with_figure(self.distribution.instance, code, name, figure)
        try:
            found = distribute(instance, self.distribution.choice)
        except InputError:
            return None
        given = [stream.name for stream in instance.streams.given]
        return Outcome(
            {stream: found.quotas[code, stream] for stream in given},
            {stream: found.numbers[code, stream] for stream in given},
        )

    def followed(self, code: str, name: str, figure: Fraction) -> Outcome | None:
        instance, round_ = self.distribution.instance, ROUND[self.distribution.rounding]
        change = figure - instance.indicators[name].values[code]
        shares: dict[_Way, Fraction] = {}
        quotas = {}
        for stream in instance.streams.given:
            way = self._way(stream.name, name)
            if way not in shares:
                try:
                    shares[way] = way.share(code, change)
                except Refuses:
                    return None
            quotas[stream.name] = instance.totals[stream.name].number * shares[way]
        return Outcome(quotas, {stream: round_(quota) for stream, quota in quotas.items()})

    def _way(self, stream: str, name: str) -> _Way:
        """The way down for a stream; streams that go the same way share it."""
        steps = self.distribution.steps[stream]
        keys = "\n".join(f"{step.level} {step.key.written}" for step in steps)
        if any(names_total(step.key.written) for step in steps):
            keys = f"{stream}\n{keys}"
        if (keys, name) not in self._ways:
            self._ways[keys, name] = _Way.of(self.distribution.instance, stream, steps, name)
        return self._ways[keys, name]


def with_figure(instance: Instance, code: str, name: str, figure: Fraction) -> Instance:
    """The instance with another figure of one leaf, and the limits that follow from it."""
    indicator = instance.indicators[name]
    other = replace(indicator, values={**indicator.values, code: figure})
    indicators = {**instance.indicators, name: other}
    limits = limits_with(instance, indicators) if instance.limits else ()
    return replace(instance, indicators=indicators, limits=limits)


def one_by_one(distribution: Distribution) -> bool:
    """Whether a number follows from its own quota alone, and that from weights straight by the key.

    Steps after a key look at all areas again.
    """
    return (
        distribution.rounding in ROUND
        and not distribution.instance.rule.after
        and parts_always_fit(distribution)
    )


def parts_always_fit(distribution: Distribution) -> bool:
    """Whether no part can come out above its whole, which would be refused.

    By one key a part that is not above its whole in the country has no larger quota anywhere, and
    rounding by itself makes no smaller number of a larger quota. Several parts, or a key of its
    own, can come out above.
    """
    streams, totals = distribution.instance.streams, distribution.instance.totals
    for whole in wholes(streams):
        inside = streams.parts(whole.name)
        if not inside:
            continue
        keys = [_keys(distribution, stream.name) for stream in (whole, *inside)]
        alike = keys[0] == keys[-1] and not any(names_total(key) for _, key in keys[0])
        fits = totals[inside[0].name].number <= totals[whole.name].number
        if len(inside) > 1 or not (alike and fits):
            return False
    return True


def _keys(distribution: Distribution, stream: str) -> list[tuple[str, str]]:
    return [(step.level, step.key.written) for step in distribution.steps[stream]]


def names_total(written: str) -> bool:
    """Whether a key speaks of the number that is divided."""
    every = parts(read_key(written))
    return any(isinstance(part, Name) and part.name == TOTAL for part in every)


@dataclass(frozen=True, eq=False)
class _Level:
    """One step downward: its key with the changing indicator, and where each area stands in it."""

    level: str
    key: ChangedKey
    place: Mapping[str, int]
    lacking: frozenset[str]  # leaves that are left out for want of a figure
    figures: tuple[Fraction, ...]  # of the changing indicator; nothing where the key has none


@dataclass(frozen=True, eq=False)
class _Way:
    """From the total down to a leaf."""

    instance: Instance
    levels: tuple[_Level, ...]

    @classmethod
    def of(cls, instance: Instance, stream: str, steps: tuple[Shared, ...], name: str) -> _Way:
        total = Fraction(instance.totals[stream].number)
        return cls(instance, tuple(_level(instance, step, name, total) for step in steps))

    def share(self, code: str, change: Fraction) -> Fraction:
        """The part of the total that a leaf gets after a change of its figure."""
        division, found = self.instance.division, Fraction(1)
        for level in self.levels:
            holder = division.holder_of(division.by_code[code], level.level)
            if code in level.lacking or holder not in level.place:
                raise NotFollowed  # what is left out of a sum does not change it
            at = level.place[holder]
            figure = level.figures[at] + change if level.figures else change
            weighed = level.key.after(at, figure).weighed()
            # with several levels, areas elsewhere must keep what they have among themselves
            if not weighed.together or (len(self.levels) > 1 and not weighed.even):
                raise NotFollowed
            found *= weighed.own / weighed.together
        return found


def _level(instance: Instance, step: Shared, name: str, total: Fraction) -> _Level:
    """What the key of a step is computed from, as when the whole is divided."""
    division, indicators = instance.division, instance.indicators
    names = named_in(read_key(step.key.written, step.key.place))
    lacking = frozenset(code for each in names for code in indicators[each].lacking)
    areas = [a for a in division.at(step.level) if not lacking.issuperset(division.members[a.code])]
    at_leaves = step.level == division.leaf_level
    figures = figures_of(areas, division, indicators, at_leaves, total, step.upper, lacking)
    return _Level(
        step.level,
        ChangedKey(step.key, figures, name),
        {area.code: place for place, area in enumerate(areas)},
        lacking,
        tuple(figures.values.get(name, ())),
    )
