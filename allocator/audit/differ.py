"""What differs between two distributions, and which change of the question did what.

The changes are made one at a time; the effect of each is the difference of two distributions, so
the effects of all add up to the whole difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from allocator.audit.kin import Kin, Made, kin, made_of
from allocator.core.distribute import distribute
from allocator.core.exact import added
from allocator.core.quotas import used
from allocator.model.areas import Area, Division
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator, Kind
from allocator.model.instance import Instance
from allocator.model.mergers import Change
from allocator.model.problem import InputError, Place, Problem
from allocator.model.rule import Choice
from allocator.words.text import text

#: An area or group by its code, and a stream.
Cell = tuple[str, str]


class Part(StrEnum):
    """The parts of a question, in the order in which they are changed."""

    DIVISION = "division"
    INDICATOR = "indicator"
    RULE = "rule"
    ROUNDING = "rounding"
    LIMITS = "limits"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of the question that is another."""

    part: Part
    name: str = ""  # which indicator, or the total of which stream

    def __str__(self) -> str:
        return f"{self.part}:{self.name}" if self.name else self.part.value


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its exact quota, or what was added to them."""

    number: int
    quota: Fraction

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.number - other.number, self.quota - other.quota)


@dataclass(frozen=True)
class Step:
    """Changes that are made at once, since not all of them can be made alone, and their effect."""

    causes: tuple[Cause, ...]
    effects: Mapping[Cell, Amount]


@dataclass(frozen=True)
class Difference:
    """Two distributions beside each other."""

    before: Distribution
    after: Distribution
    kin: tuple[Kin, ...]  # the areas that are compared
    streams: tuple[str, ...]  # those that both have
    steps: tuple[Step, ...]  # in the order of time; their effects add up to the difference
    numbers: Mapping[Cell, tuple[Amount, Amount]]  # before and after

    @property
    def causes(self) -> tuple[Cause, ...]:
        return tuple(cause for step in self.steps for cause in step.causes)

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators that either depends on, by name."""
        here, there = self.before.instance, self.after.instance
        both = {**here.indicators, **there.indicators}
        return {name: both[name] for name in sorted({*_needed(here), *_needed(there)})}

    def areas_only_in(self, one: Distribution) -> tuple[Area, ...]:
        """The areas of one of the two that are compared with nothing."""
        codes = {area.code for each in self.kin for area in (*each.before, *each.after)}
        return tuple(area for area in one.instance.division.areas if area.code not in codes)

    def streams_only_in(self, one: Distribution) -> tuple[str, ...]:
        return tuple(name for name in one.instance.streams.names if name not in self.streams)


@dataclass(frozen=True)
class _Question:
    instance: Instance
    choice: Choice


def difference(
    before: Distribution, after: Distribution, changes: Iterable[Change] = ()
) -> Difference:
    """The difference of two distributions; the earlier one is where the changes begin.

    Told the other way round, every effect has the other sign.
    """
    if after.instance.day < before.instance.day:
        return _turned(difference(after, before, changes))
    here, there = before.instance, after.instance
    made = made_of(here.division, there.division, changes)
    areas = kin(here.division, there.division, made)
    if not any(each.before and each.after for each in areas):
        raise InputError(
            Problem(
                Place(there.file),
                text("{one} and {other} have no area in common.", one=here.name, other=there.name),
                text("Compare two that are of one country."),
            )
        )
    streams = tuple(name for name in there.streams.names if name in here.streams.names)
    start = _table(before, areas, streams, old=True)
    steps, now = [], start
    for causes, found in _steps(before, after, made):
        old = found.instance.division is here.division
        then = _table(found, areas, streams, old)
        steps.append(Step(causes, {cell: then[cell] - now[cell] for cell in then}))
        now = then
    return Difference(
        before=before,
        after=after,
        kin=areas,
        streams=streams,
        steps=tuple(steps),
        numbers={cell: (start[cell], now[cell]) for cell in start},
    )


def _turned(found: Difference) -> Difference:
    """The same difference, told from the later one to the earlier one."""
    nothing = Amount(0, Fraction(0))
    return Difference(
        before=found.after,
        after=found.before,
        kin=tuple(Kin(each.level, each.after, each.before) for each in found.kin),
        streams=found.streams,
        steps=tuple(
            Step(
                tuple(reversed(step.causes)),
                {cell: nothing - effect for cell, effect in step.effects.items()},
            )
            for step in reversed(found.steps)
        ),
        numbers={cell: (after, before) for cell, (before, after) in found.numbers.items()},
    )


def _table(
    distribution: Distribution, areas: Iterable[Kin], streams: tuple[str, ...], old: bool
) -> dict[Cell, Amount]:
    """The amounts of the areas and groups, by the codes of the old division or the new one."""
    numbers, quotas = distribution.numbers, distribution.quotas
    found = {}
    for each in areas:
        codes = [area.code for area in (each.before if old else each.after)]
        for stream in streams:
            found[each.code, stream] = Amount(
                sum(numbers[code, stream] for code in codes),
                added(quotas[code, stream] for code in codes),
            )
    return found


def _steps(
    before: Distribution, after: Distribution, made: Made
) -> Iterator[tuple[tuple[Cause, ...], Distribution]]:
    """The changes with what they lead to; one that leads to no answer goes with the next."""
    end = _Question(after.instance, after.choice)
    path = list(_path(_Question(before.instance, before.choice), end, made))
    waiting: list[Cause] = []
    for place, (cause, question) in enumerate(path, 1):
        waiting.append(cause)
        found = after if place == len(path) else _answer(question)
        if found:
            yield tuple(waiting), found
            waiting = []


def _path(now: _Question, end: _Question, made: Made) -> Iterator[tuple[Cause, _Question]]:
    """Question after question, each with one more part as it is at the end."""
    there = end.instance
    needed = sorted({*_needed(now.instance), *_needed(there)} & there.indicators.keys())
    moved = any(parts != {code: 1} for code, parts in made.items())
    if moved or _lie_of(now.instance.division) != _lie_of(there.division):
        now = replace(now, instance=_on_division(now.instance, there, made))
        yield Cause(Part.DIVISION), now
    for name in needed:
        given, wanted = now.instance.indicators, there.indicators[name]
        if name not in given or _figures(given[name]) != _figures(wanted):
            now = _with(now, indicators={**given, name: wanted})
            yield Cause(Part.INDICATOR, name), now
    if _way(now.instance) != _way(there):
        streams = there.streams
        totals = {**there.totals, **now.instance.totals}
        now = _with(
            now,
            rule=there.rule,
            streams=streams,
            totals={stream.name: totals[stream.name] for stream in streams.given},
        )
        yield Cause(Part.RULE), now
    if now.choice != end.choice:
        now = replace(now, choice=end.choice)
        yield Cause(Part.ROUNDING), now
    if set(now.instance.limits) != set(there.limits):
        now = _with(now, limits=there.limits)
        yield Cause(Part.LIMITS), now
    for stream in there.totals:
        totals = dict(now.instance.totals)
        if totals[stream].number != there.totals[stream].number:
            now = _with(now, totals={**totals, stream: there.totals[stream]})
            yield Cause(Part.TOTAL, stream), now


def _with(question: _Question, **changed: Any) -> _Question:
    return replace(question, instance=replace(question.instance, **changed))


def _needed(instance: Instance) -> tuple[str, ...]:
    """The indicators that numbers depend on: those of the keys, and those that order ties."""
    return (*used(instance), *(name for name in instance.rule.ties if name != "code"))


def _lie_of(division: Division) -> tuple[object, ...]:
    """All of a division but its day."""
    return division.tree, division.also, division.areas, division.members


def _figures(indicator: Indicator) -> tuple[object, ...]:
    """What an indicator says, however its figures came to the leaves."""
    said = indicator.kind, indicator.year, indicator.quality, indicator.source, indicator.reference
    return said, indicator.values


def _way(instance: Instance) -> tuple[object, ...]:
    """By which rule, keys and streams numbers are divided, without titles and sources."""
    rule = instance.rule
    return (
        rule.version,
        [(step.level, step.key.written) for step in rule.steps],
        rule.ties,
        [
            (stream.name, stream.part_of, stream.rest_of, stream.key.written if stream.key else "")
            for stream in instance.streams.all
        ],
    )


def _on_division(instance: Instance, there: Instance, made: Made) -> Instance:
    """The instance on the areas of a later one, to which its figures and limits are carried."""
    old, new = instance.division.by_code, there.division.by_code
    staying = [one for one in instance.limits if all(code in new for code in one.areas)]
    coming = [
        one
        for one in there.limits
        if one.stream in instance.streams.names and any(code not in old for code in one.areas)
    ]
    carried = {
        name: _carried(indicator, there.indicators.get(name, indicator), there.division, made)
        for name, indicator in instance.indicators.items()
    }
    return replace(
        instance,
        day=there.day,
        division=there.division,
        indicators={name: found for name, found in carried.items() if found},
        limits=tuple({one.name: one for one in (*staying, *coming)}.values()),
    )


def _carried(
    indicator: Indicator, other: Indicator, division: Division, made: Made
) -> Indicator | None:
    """The figures on later leaves, by persons; the later figure where there is none to carry.

    Counts are added up; a rate holds only where a leaf is one earlier leaf as a whole.
    """
    values: dict[str, Fraction] = {}
    for leaf in division.leaves:
        parts = made.get(leaf.code, {})
        known = bool(parts) and all(code in indicator.values for code in parts)
        if known and (indicator.kind is Kind.COUNT or list(parts.values()) == [1]):
            values[leaf.code] = added(
                indicator.values[code] * share for code, share in parts.items()
            )
        elif other.kind is indicator.kind and leaf.code in other.values:
            values[leaf.code] = other.values[leaf.code]
        else:
            return None
    return replace(indicator, values=values, portions={})


def _answer(question: _Question) -> Distribution | None:
    """The distribution, or None where the question has none halfway between two others."""
    instance = question.instance
    areas, streams = instance.division.by_code, instance.streams.names
    if not all(name == "code" or name in instance.indicators for name in instance.rule.ties):
        return None
    for limit in instance.limits:
        if limit.stream not in streams or not all(code in areas for code in limit.areas):
            return None
    try:
        return distribute(instance, question.choice)
    except InputError:
        return None
