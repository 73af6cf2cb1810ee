"""From a key to weights, and from weights to every area's exact share of the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from allocator.core.after import Values, Weighed, after_the_key
from allocator.core.exact import added
from allocator.key.evaluate import Figures, evaluate
from allocator.key.formula import indicators as named_in
from allocator.key.reader import read_key
from allocator.model.areas import Area, Division
from allocator.model.distribution import Shared
from allocator.model.indicator import Indicator, Kind
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Problem
from allocator.model.rule import After, Step
from allocator.model.streams import KeyText, Stream
from allocator.words.levels import level_name
from allocator.words.text import Text, series, text


def steps_of(instance: Instance, stream: Stream) -> tuple[Step, ...]:
    """The steps downward for a stream: those of the rule, with its own keys where it has them."""
    *upper, last = (
        Step(step.level, dict(step.own).get(stream.name, step.key), by=step.by)
        for step in instance.rule.steps
    )
    return (*upper, Step(last.level, stream.key)) if stream.key else (*upper, last)


def used(instance: Instance) -> tuple[str, ...]:
    """The indicators that the keys of an instance name, and what is done after them."""
    keys = [step.key for stream in instance.streams.given for step in steps_of(instance, stream)]
    keys += [key for after in instance.rule.after for key in after.keys]
    return tuple(dict.fromkeys(name for key in keys for name in named_in(read_key(key.written))))


def shared_out(instance: Instance, stream: Stream) -> tuple[Shared, ...]:
    """The total of a stream handed down step by step, unrounded, to the leaves."""
    division = instance.division
    total = Fraction(instance.totals[stream.name].number)
    quotas = {division.root.code: total}
    upper = division.root.level
    steps = _fitting(steps_of(instance, stream), division)
    found = []
    for step in steps:
        level = step.level or division.leaf_level
        after = instance.rule.after if step is steps[-1] else ()
        weighed = weighed_by(
            step.key, division.at(level), division, instance.indicators, after, total, upper
        )
        shared = _shared(step, level, upper, quotas, weighed, division)
        found.append(shared)
        quotas, upper = dict(shared.quotas), level
    return tuple(found)


def _fitting(steps: tuple[Step, ...], division: Division) -> tuple[Step, ...]:
    """The steps, if each level lies inside the one before and the last one is the leaves'."""
    upper = division.root.level
    for step in steps:
        level = step.level or division.leaf_level
        known = (*division.tree, *division.also)
        if level not in known:
            raise _misfit(
                step,
                text("No area has the level {levels}.", levels=level),
                text("The levels are: {names}.", names=", ".join(known)),
            )
        crossing = division.crossing(upper, level)
        if crossing:
            raise _misfit(
                step,
                text(
                    "{area} does not lie inside one {upper}.",
                    area=division.by_code[crossing[0]].name,
                    upper=level_name(upper),
                ),
                text("Name the levels from the top down, each inside the one before."),
            )
        upper = level
    if upper != division.leaf_level:
        raise _misfit(
            steps[-1],
            text("The keys end at {level}.", level=level_name(upper)),
            text("The last level must be that of the leaves: {level}.", level=division.leaf_level),
        )
    return steps


def _misfit(step: Step, found: Text, mend: Text) -> InputError:
    return InputError(Problem(step.key.place, found, mend))


def _shared(
    step: Step,
    level: str,
    upper: str,
    bases: Mapping[str, Fraction],
    weighed: Weighed,
    division: Division,
) -> Shared:
    """One step: what every area of the upper level has, in proportion to weights."""
    at_level = weighed.weights
    sums: dict[str, Fraction] = {}
    quotas: dict[str, Fraction] = {}
    for code, areas in division.inside(upper, level).items():
        at_work = [at_level[area.code] for area in areas]
        sums[code] = added(at_work)
        if not sums[code] and bases[code]:
            name = division.by_code[code].name
            raise InputError(
                Problem(
                    step.key.place,
                    text(
                        "The key gives every area in {name} weight 0, so nothing can be shared.",
                        name=name,
                    ),
                    text("Change the key, or the figures it uses."),
                    step.key.written,
                )
            )
        parts = shares(bases[code], at_work)
        quotas.update(zip((area.code for area in areas), parts, strict=True))
    return Shared(
        level,
        upper,
        step.key,
        at_level,
        dict(bases),
        sums,
        quotas,
        weighed.values,
        weighed.stages,
        weighed.exempt,
        weighed.lacking,
    )


def shares(total: Fraction, weights: Sequence[Fraction]) -> list[Fraction]:
    """A total in exact proportion to weights; nothing of nothing where all of them are zero.

    21,200 over two municipalities with 49,000 and 1,000 inhabitants:

    >>> shares(Fraction(21200), [Fraction(49000), Fraction(1000)])
    [Fraction(20776, 1), Fraction(424, 1)]
    """
    per_weight = total / (added(weights) or 1)
    return [per_weight * weight for weight in weights]


def weights(
    key: KeyText,
    areas: Sequence[Area],
    division: Division,
    indicators: Mapping[str, Indicator],
) -> Mapping[str, Fraction]:
    """The key's value for each of the areas, none of them negative."""
    return weighed_by(key, areas, division, indicators).weights


def weighed_by(
    key: KeyText,
    areas: Sequence[Area],
    division: Division,
    indicators: Mapping[str, Indicator],
    after: Sequence[After] = (),
    total: Fraction | None = None,
    upper: str = "",
) -> Weighed:
    """The weights of areas: the key's values, and what is done with them after the key.

    Areas without a figure that is needed have weight 0. With an `upper` level, shares are those of
    the areas inside the same area of it.
    """
    formulas = [
        read_key(each.written, each.place) for each in (key, *(k for a in after for k in a.keys))
    ]
    names = tuple(dict.fromkeys(name for formula in formulas for name in named_in(formula)))
    at_leaves = all(area.level == division.leaf_level for area in areas)
    _refuse_rates(key, names, indicators, at_leaves)
    lacking = frozenset(
        code for name in names if name in indicators for code in indicators[name].lacking
    )
    counted = [area for area in areas if not lacking.issuperset(division.members[area.code])]
    figures = figures_of(counted, division, indicators, at_leaves, total, upper, lacking)

    def values(asked: KeyText) -> dict[str, Fraction]:
        formula = read_key(asked.written, asked.place)
        found = evaluate(formula, figures, asked.written, asked.place)
        return {area.code: value for area, value in zip(counted, found, strict=True)}

    within = dict(zip((area.code for area in counted), figures.within, strict=False))
    _refuse_crossed(after, values, division)
    weighed = after_the_key(values(key), after, values, within)
    _refuse_negative(key, weighed.weights, division)
    return weighed.without(lacking, (area.code for area in areas))


def _refuse_crossed(after: Sequence[After], values: Values, division: Division) -> None:
    """Bounds between which no weight can be are refused, as those of `capped` in a key are."""
    for step in after:
        if step.least is None or step.most is None:
            continue
        low, high = values(step.least), values(step.most)
        crossed = [division.by_code[code].name for code in low if low[code] > high[code]]
        if crossed:
            raise InputError(
                Problem(
                    step.most.place,
                    text("The lowest is above the highest for {areas}.", areas=series(crossed)),
                    text("Mend `at_least:` or `at_most:`."),
                    step.most.written,
                )
            )


def _refuse_rates(
    key: KeyText, names: Sequence[str], indicators: Mapping[str, Indicator], at_leaves: bool
) -> None:
    rates = [
        name
        for name in names
        if not at_leaves and name in indicators and indicators[name].kind is Kind.RATE
    ]
    if rates:
        raise InputError(
            Problem(
                key.place,
                text("{names} is a rate, and larger areas have none.", names=series(rates)),
                text("Use it at the level of the leaves."),
                key.written,
            )
        )


def _refuse_negative(key: KeyText, found: Mapping[str, Fraction], division: Division) -> None:
    negative = [division.by_code[code].name for code, value in found.items() if value < 0]
    if negative:
        raise InputError(
            Problem(
                key.place,
                text("The key gives a negative weight for {areas}.", areas=series(negative)),
                text("Change the key or the figures; capped(x, 0, ...) keeps it from below 0."),
                key.written,
            )
        )


def figures_of(
    areas: Sequence[Area],
    division: Division,
    indicators: Mapping[str, Indicator],
    at_leaves: bool,
    total: Fraction | None = None,
    upper: str = "",
    lacking: frozenset[str] = frozenset(),
) -> Figures:
    """The indicators as a key computes with them: counts added up, rates for leaves only.

    With an `upper` level, what an area shares in is the area of that level around it. Leaves that
    lack a figure are left out of every sum.
    """
    known = {
        name: indicator
        for name, indicator in indicators.items()
        if at_leaves or indicator.kind is Kind.COUNT
    }
    return Figures(
        tuple(area.name for area in areas),
        {name: figures_at(each, areas, division, lacking) for name, each in known.items()},
        {name: indicator.kind for name, indicator in known.items()},
        tuple(division.holder_of(area, upper) for area in areas) if upper else (),
        total,
    )


def figures_at(
    indicator: Indicator,
    areas: Sequence[Area],
    division: Division,
    lacking: frozenset[str] = frozenset(),
) -> list[Fraction]:
    """An indicator's figure for areas of any level: the sum over the leaves in each."""
    return [
        added(indicator.values[leaf] for leaf in division.members[area.code] if leaf not in lacking)
        for area in areas
    ]
