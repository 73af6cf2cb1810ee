"""Figures, map and key with which a table may have been made, and the exact shares they give.

Settings that give every leaf the same share, in the same order, are worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from allocator.core.quotas import shared_out, steps_of, used
from allocator.core.tie_order import tie_order
from allocator.model.distribution import Cell
from allocator.model.instance import Instance
from allocator.model.problem import InputError
from allocator.model.rule import Rule, Step
from allocator.model.streams import Streams
from allocator.words.text import Text, text

#: What was not tried, and why.
Refusal = tuple[Text, Text]


@dataclass(frozen=True)
class Setting:
    """Figures of certain years on the map of a day, shared out by a key."""

    instance: Instance  # the question with these figures, this map and this key
    rule: Rule  # the first in the rule book with this key
    years: Mapping[str, int]  # of the indicators that the key uses or ties are ordered by
    own_key: bool
    own_years: bool
    own_map: bool

    @property
    def day(self) -> date:
        """The day of the map."""
        return self.instance.division.day

    @property
    def strange(self) -> tuple[bool, bool, bool]:
        """In which of key, years and map it differs from the instance; its own sort first."""
        return not self.own_key, not self.own_years, not self.own_map


@dataclass(frozen=True)
class Sharing:
    """The shares that one or more settings give alike."""

    settings: tuple[Setting, ...]  # those most like the instance's own first
    shares: Mapping[Cell, Fraction]  # of a unit of each given stream's total, per leaf

    @property
    def instance(self) -> Instance:
        return self.settings[0].instance


def sharings(
    variants: Iterable[Instance], rules: Sequence[Rule]
) -> tuple[tuple[Sharing, ...], tuple[Refusal, ...]]:
    """The shares of all variants by all keys, and what gives none; the instance's own are first."""
    variants = tuple(variants)
    own = variants[0]
    alike: dict[object, tuple[list[Setting], dict[Cell, Fraction]]] = {}
    refused: list[Refusal] = []
    for rule in _different(own, rules):
        for variant in variants:
            setting = _setting(variant, rule, own)
            try:
                shares = _shares(setting.instance)
            except InputError as error:
                refused.append((said(setting), error.problems[0].found))
                continue
            key = tuple(shares.items()), tuple(variant.division.members.items())
            settings, _ = alike.setdefault(key, ([], shares))
            if all((setting.years, setting.day) != (each.years, each.day) for each in settings):
                settings.append(setting)
    return tuple(
        Sharing(tuple(sorted(settings, key=lambda each: each.strange)), shares)
        for settings, shares in alike.values()
    ), tuple(refused)


def said(setting: Setting) -> Text:
    """A setting in words, for what is not tried."""
    return text("the key of {rule} on the map of {day}", rule=setting.rule.version, day=setting.day)


def _different(own: Instance, rules: Sequence[Rule]) -> list[Rule]:
    """The rules, each with keys that no rule before it has."""
    found: dict[object, Rule] = {}
    for rule in rules:
        found.setdefault(_keys(by_rule(own, rule)), rule)
    return list(found.values())


def by_rule(instance: Instance, rule: Rule) -> Instance:
    """The instance with the keys of another rule and all else as it is."""
    if rule.version == instance.rule.version:
        return instance
    keys = {stream.name: stream.key for stream in rule.streams.all} if rule.streams else {}
    streams = [replace(stream, key=keys.get(stream.name)) for stream in instance.streams.all]
    return replace(
        instance,
        rule=replace(instance.rule, steps=rule.steps, after=rule.after),
        streams=Streams(tuple(streams)),
    )


def _keys(instance: Instance) -> object:
    """Level and formula of every step of every stream, and what is done after them."""
    return instance.rule.after, tuple(
        tuple((step.level, step.key.written) for step in steps_of(instance, stream))
        for stream in instance.streams.given
    )


def _setting(variant: Instance, rule: Rule, own: Instance) -> Setting:
    instance = by_rule(variant, rule)
    names = dict.fromkeys((*used(instance), *instance.rule.ties))
    years = {name: variant.indicators[name].year for name in names if name in variant.indicators}
    return Setting(
        instance,
        rule,
        years,
        own_key=rule.version == own.rule.version,
        own_years=all(own.indicators[name].year == year for name, year in years.items()),
        own_map=variant.division.day == own.division.day,
    )


def _shares(instance: Instance) -> dict[Cell, Fraction]:
    """Of every given stream the share of each leaf, in the order that decides ties."""
    ones = {name: replace(total, number=1) for name, total in instance.totals.items()}
    of_one = replace(instance, totals=ones)
    leaves = tie_order(instance)
    by_steps: dict[tuple[Step, ...], Mapping[str, Fraction]] = {}
    found = {}
    for stream in instance.streams.given:
        steps = steps_of(instance, stream)
        if steps not in by_steps:
            by_steps[steps] = shared_out(of_one, stream)[-1].quotas
        quotas = by_steps[steps]
        found.update({(leaf.code, stream.name): quotas[leaf.code] for leaf in leaves})
    return found
