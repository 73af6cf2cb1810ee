"""Limits that are so many per 1,000 of a figure, after that figure has changed.

Those of a rule are made again from what the rule asks. Of an instance's own only the whole number
is known that they came to, so that a change of their figure cannot be followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from allocator.core.exact import added
from allocator.model.indicator import Indicator
from allocator.model.instance import Instance
from allocator.model.limits import Limit, LimitAsked


def limits_with(instance: Instance, indicators: Mapping[str, Indicator]) -> tuple[Limit, ...]:
    """The limits of an instance, those of its rule by other figures."""
    own = (limit for limit in instance.limits if not limit.of_rule)
    return (*_of_the_rule(instance, indicators), *own)


def _of_the_rule(instance: Instance, indicators: Mapping[str, Indicator]) -> Iterator[Limit]:
    members = instance.division.members
    for asked, name, codes in _placed(instance):
        leaves = {leaf for code in codes for leaf in members[code]}
        per = indicators[asked.per_1000].values if asked.per_1000 else {}
        count = added(per[leaf] for leaf in leaves) if per else None
        yield Limit(
            name,
            asked.source,
            asked.stream,
            codes,
            _at_least(asked.at_least, count),
            _at_most(asked.at_most, count),
            _at_least(asked.nothing_or, count),
            asked.per_1000,
            of_rule=True,
        )


def _placed(instance: Instance) -> Iterator[tuple[LimitAsked, str, tuple[str, ...]]]:
    """The limits that the rule asks, each with the name and the areas that it has here."""
    for asked in instance.rule.limits:
        if not asked.each:
            yield asked, asked.name, asked.areas
            continue
        for area in instance.division.at(asked.each):
            yield asked, f"{asked.name} ({area.name}, {area.code})", (area.code,)


def _at_least(number: int | None, per: Fraction | None) -> int | None:
    """A floor as a whole number.

    4 per 1,000 of 31,461 inhabitants are 125.844:

    >>> _at_least(4, Fraction(31461)), _at_most(4, Fraction(31461))
    (126, 125)
    """
    return number if number is None or per is None else ceil(number * per / 1000)


def _at_most(number: int | None, per: Fraction | None) -> int | None:
    return number if number is None or per is None else floor(number * per / 1000)


def measured_by(instance: Instance) -> tuple[str, ...]:
    """The indicators that limits are so many per 1,000 of."""
    return tuple(dict.fromkeys(each.per_1000 for each in instance.limits if each.per_1000))


def not_followed(instance: Instance) -> Mapping[str, frozenset[str]]:
    """Per indicator the leaves whose figure moves a limit of the instance's own."""
    found: dict[str, set[str]] = {}
    for limit in instance.limits:
        if limit.per_1000 and not limit.of_rule:
            leaves = found.setdefault(limit.per_1000, set())
            leaves.update(leaf for code in limit.areas for leaf in instance.division.members[code])
    return {name: frozenset(leaves) for name, leaves in found.items()}
