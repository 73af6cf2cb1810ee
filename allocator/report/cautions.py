"""What every reader of a distribution must be told: what in it is approximate or inferred."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.core.cells import title_of
from allocator.core.exact import to_a_thousandth
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator, Quality
from allocator.model.instance import Instance
from allocator.model.rule import Choice, Rounding, Ties
from allocator.words.text import Text, Value, series, text

QUALITIES = {
    Quality.INFERRED: text("inferred"),
    Quality.APPROXIMATE: text("approximate"),
    Quality.OWN: text("the user's own"),
    Quality.INVENTED: text("invented"),
}


def cautions(distribution: Distribution) -> Iterator[Text]:
    """The cautions that go with the numbers of a distribution."""
    instance = distribution.instance
    yield from instance.changed
    asked, own = distribution.choice, instance.rule.choice
    if asked != own:
        yield text(
            "Rounded otherwise than the rule says: {asked} instead of {own}.",
            asked=choice_in_words(asked),
            own=choice_in_words(own),
        )
    if instance.revision_of and distribution.proofs:
        yield text(
            "Rounded together afresh, so that somebody may rise though the total fell since "
            "{original}, or fall though it rose; `allocator revise` keeps that from happening.",
            original=instance.revision_of,
        )
    yield from _unplaced(distribution)
    rule, day = instance.rule, instance.day
    if day < rule.valid_from or (rule.valid_until is not None and day > rule.valid_until):
        yield text("{rule} was not in force on {day}.", rule=rule.version, day=day)
    for name in dict.fromkeys((*distribution.used, *_in_limits(instance))):
        indicator = instance.indicators[name]
        if indicator.quality is not Quality.OFFICIAL:
            yield text(
                "{quality}: {name} ({source}). Every number here rests on it.",
                name=indicator.title,
                quality=QUALITIES[indicator.quality],
                source=indicator.source,
            )
        yield from _without_figure(indicator, instance)
        inferred = [
            instance.division.by_code[code].name
            for code in indicator.values
            if indicator.inferred(code)
        ]
        if inferred:
            yield text(
                "Inferred: {name} of {areas}. Part of a municipality came or went, and is taken in "
                "proportion to the persons who moved.",
                name=indicator.title,
                areas=series(inferred),
            )


def choice_in_words(choice: Choice) -> Value:
    """A choice of rounding in a few words."""
    if choice.rounding not in (Rounding.CONSISTENT, Rounding.TEXTBOOK):
        return choice.rounding.value
    if choice.ties is Ties.ORDER and not choice.fixed:
        return f"{choice.rounding.value} ({choice.method.value})"
    ties = choice.ties.value if isinstance(choice.ties, Ties) else text("a drawn lot")
    return text(
        "{rounding} ({method}; ties: {ties}; fixed: {fixed})",
        rounding=choice.rounding.value,
        method=choice.method.value,
        ties=ties,
        fixed=", ".join(choice.fixed) or "-",
    )


def _in_limits(instance: Instance) -> Iterator[str]:
    """The figures by which limits are so many per 1,000."""
    yield from (limit.per_1000 for limit in instance.limits if limit.per_1000)


def _without_figure(indicator: Indicator, instance: Instance) -> Iterator[Text]:
    """What was done about areas of which there is no figure."""
    names = instance.division.by_code
    if indicator.lacking:
        yield text(
            "Left out, for want of {name}: {areas}.",
            name=indicator.title,
            areas=series([names[code].name for code in sorted(indicator.lacking)]),
        )
    if indicator.assumed:
        yield text(
            "Assumed: {name} of {areas} is the mean of the others.",
            name=indicator.title,
            areas=series([names[code].name for code in sorted(indicator.assumed)]),
        )


def _unplaced(distribution: Distribution) -> Iterator[Text]:
    """What the limits leave no room for, and sums of crossing levels that could not be kept."""
    instance = distribution.instance
    names = instance.division.by_code
    for short in distribution.shares.shortfalls if distribution.shares else ():
        code, _, part = short.totals[-1].partition(" ")
        yield text(
            "{number} {part} in {area} (before rounding) cannot be placed within the limits.",
            number=to_a_thousandth(short.number),
            part=title_of(instance.streams, part),
            area=names[code].name,
        )
    outside = [
        text("{part} in {area}", part=title_of(instance.streams, part), area=names[code].name)
        for proof in distribution.proofs
        for code, part in proof.outside
    ]
    if outside:
        yield text("Not between floor and ceiling: {cells}.", cells=series(outside))
