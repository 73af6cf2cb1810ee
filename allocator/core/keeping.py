"""Areas that keep the numbers another rule gives them, with a key of their own inside each.

The numbers that are kept become figures of the instance, so that the table is made, explained and
checked like any other: a province's quota is then exactly its number.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator, Kind, Quality
from allocator.model.instance import Instance, Total
from allocator.model.problem import InputError, Place, Problem
from allocator.model.rule import NO_KEY, AfterKind, Choice, Direction, Rounding, Step
from allocator.model.streams import KeyText, Streams
from allocator.words.levels import level_name
from allocator.words.nearest import nearest
from allocator.words.text import LocalText, text

#: The name of a rule that is a key of one's own, which is in force nowhere.
OWN_KEY = "own-key"

#: How the figures are named that hold what areas keep.
_KEPT = "kept_"

#: The qualities from the best to the worst: a number is as good as the worst figure in it.
_WORSE = tuple(Quality)


def another_key(instance: Instance, key: KeyText) -> Instance:
    """The instance by another key from the total straight to the leaves, otherwise by its rule.

    What the rule exempts stays exempt, and numbers of another rule that it keeps stay kept.
    """
    rule = instance.rule
    kept = tuple(step for step in rule.steps[:1] if step.by is not None)
    # what is asked of figures and of ties stays; the law's own formula and articles do not hold
    other = replace(
        rule,
        name=f"{instance.country}/{OWN_KEY}",
        title=LocalText(
            f"Eigen sleutel ({key.written}), verder als {rule.version}",
            f"Own key ({key.written}), otherwise as {rule.version}",
        ),
        legal_basis=(),
        steps=(*kept, Step("", key)),
        after=tuple(step for step in rule.after if step.kind is AfterKind.EXEMPT),
        direction=Direction.TOP_DOWN if kept else Direction.BOTTOM_UP,
        formula=None,
        notice=None,
        gaps=(),
    )
    streams = Streams(tuple(replace(stream, key=None) for stream in instance.streams.all))
    told = text("By another key than the rule's: {key}.", key=key.written)
    return replace(
        instance, rule=other, streams=streams, published=None, changed=(*instance.changed, told)
    )


def inside_each(instance: Instance, level: str, outcome: Distribution) -> Instance:
    """The instance whose key is used inside the areas of a level, each with its outcome's number.

    Both levels add up: the areas are rounded together.
    """
    division, rule, choice = instance.division, instance.rule, instance.rule.choice
    known = (*division.tree[1:-1], *division.also)
    if level not in known:
        raise InputError(
            Problem(
                Place("--keep"),
                text("{level} is no level between all and the smallest areas.", level=f"'{level}'"),
                nearest(level, known, text("The levels are: {names}.", names=", ".join(known))),
            )
        )
    fixed = (level,) if instance.limits else ()
    together = Choice(Rounding.CONSISTENT, choice.method, choice.ties, fixed)
    steps = (Step(level, NO_KEY), rule.steps[-1])
    two = replace(rule, steps=steps, direction=Direction.TOP_DOWN, choice=together, formula=None)
    return keeping(replace(instance, rule=two), outcome)


def keeping(instance: Instance, outcome: Distribution) -> Instance:
    """The instance in which the areas of its rule's first step keep the numbers of an outcome.

    The totals become what these numbers add up to.
    """
    division, given = instance.division, instance.streams.given
    first, *lower = instance.rule.steps
    kept = {stream.name: _kept(outcome, stream.name) for stream in given}
    keys = {name: KeyText(each.name, first.key.place) for name, each in kept.items()}
    step = Step(first.level, keys[given[0].name], own=tuple(keys.items()))
    sums = {name: outcome.number(division.root.code, name) for name in keys}
    drifted = [
        text(
            "{title}: the numbers that areas keep add up to {sum}, where {number} is divided.",
            title=stream.title,
            sum=sums[stream.name],
            number=instance.totals[stream.name].number,
        )
        for stream in given
        if sums[stream.name] != instance.totals[stream.name].number
    ]
    return replace(
        instance,
        rule=replace(instance.rule, steps=(step, *lower)),
        indicators={**instance.indicators, **{each.name: each for each in kept.values()}},
        totals={
            name: total
            if total.number == sums[name]
            else Total(name, sums[name], _source(outcome), None)
            for name, total in instance.totals.items()
        },
        published=None,
        changed=(
            *instance.changed,
            text(
                "Each {level} keeps the number that {rule} gives it.",
                level=level_name(first.level),
                rule=outcome.instance.rule.version,
            ),
            *drifted,
        ),
    )


def _source(outcome: Distribution) -> LocalText:
    """Where a total comes from that is the sum of what areas keep."""
    version = outcome.instance.rule.version
    return LocalText(
        f"de som van wat gebieden volgens {version} houden",
        f"the sum of what areas keep by {version}",
    )


def kept_figures(instance: Instance) -> tuple[Indicator, ...]:
    """The figures that hold what areas keep, where any do."""
    first = instance.rule.steps[0].own
    named = [key.written for _, key in first if key.written.startswith(_KEPT)]
    return tuple(instance.indicators[name] for name in named)


def _kept(outcome: Distribution, stream: str) -> Indicator:
    """The numbers of a stream as figures, which larger areas have the sum of."""
    instance = outcome.instance
    rule, division = instance.rule, instance.division
    qualities = [indicator.quality for indicator in outcome.indicators]
    title = instance.streams.named(stream).title
    return Indicator(
        name=f"{_KEPT}{stream}",
        title=LocalText(f"{title.nl} volgens {rule.version}", f"{title.en} by {rule.version}"),
        kind=Kind.COUNT,
        year=division.day.year,
        reference=LocalText(instance.period, instance.period),
        source=rule.title,
        licence="",
        quality=max(qualities, key=_WORSE.index, default=Quality.OFFICIAL),
        values={leaf.code: Fraction(outcome.number(leaf.code, stream)) for leaf in division.leaves},
        portions={},
    )
