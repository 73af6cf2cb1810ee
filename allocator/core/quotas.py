"""From a key to weights, and from weights to every area's exact share of the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from allocator.key.evaluate import Figures, evaluate
from allocator.key.reader import read_key
from allocator.model.areas import Area, Division
from allocator.model.indicator import Indicator, Kind
from allocator.model.problem import InputError, Problem
from allocator.model.streams import KeyText
from allocator.words.text import series, text


def weights(
    key: KeyText,
    areas: Sequence[Area],
    division: Division,
    indicators: Mapping[str, Indicator],
) -> dict[str, Fraction]:
    """The key's value for each of the areas, none of them negative."""
    formula = read_key(key.written, key.place)
    known = usable(areas, division, indicators)
    figures = Figures(
        tuple(area.name for area in areas),
        {name: figures_at(indicator, areas, division) for name, indicator in known.items()},
        {name: indicator.kind for name, indicator in known.items()},
    )
    values = evaluate(formula, figures, key.written, key.place)
    negative = [area.name for area, value in zip(areas, values, strict=True) if value < 0]
    if negative:
        raise InputError(
            Problem(
                key.place,
                text("The key gives a negative weight for {areas}.", areas=series(negative)),
                text(
                    "Change the key or the figures; capped(x, 0, ...) keeps it from going below 0."
                ),
                key.written,
            )
        )
    return {area.code: value for area, value in zip(areas, values, strict=True)}


def usable(
    areas: Sequence[Area], division: Division, indicators: Mapping[str, Indicator]
) -> dict[str, Indicator]:
    """The indicators that have a figure for these areas: rates only exist for the leaves."""
    leaves = all(area.level == division.leaf_level for area in areas)
    return {
        name: indicator
        for name, indicator in indicators.items()
        if leaves or indicator.kind is Kind.COUNT
    }


def figures_at(indicator: Indicator, areas: Sequence[Area], division: Division) -> list[Fraction]:
    """An indicator's figure for areas of any level: the sum over the leaves in each."""
    return [
        sum((indicator.values[leaf] for leaf in division.members[area.code]), Fraction(0))
        for area in areas
    ]


def shared(total: Fraction, weights: Sequence[Fraction]) -> list[Fraction]:
    """A total in exact proportion to weights, at least one of which is not zero.

    21,200 over two municipalities with 49,000 and 1,000 inhabitants:

    >>> shared(Fraction(21200), [Fraction(49000), Fraction(1000)])
    [Fraction(20776, 1), Fraction(424, 1)]
    """
    per_weight = total / sum(weights, Fraction(0))
    return [per_weight * weight for weight in weights]
