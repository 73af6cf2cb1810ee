"""What every reader of a distribution must be told: what in it is approximate or inferred."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.model.distribution import Distribution
from allocator.model.indicator import Quality
from allocator.words.text import Text, series, text

QUALITIES = {
    Quality.APPROXIMATE: text("approximate"),
    Quality.OWN: text("the user's own"),
    Quality.INVENTED: text("invented"),
}


def cautions(distribution: Distribution) -> Iterator[Text]:
    """The cautions that go with the numbers of a distribution."""
    instance = distribution.instance
    yield from instance.changed
    asked, own = distribution.choice, instance.rule.choice
    if (asked.rounding, asked.method) != (own.rounding, own.method):
        yield text(
            "Rounded otherwise than the rule says: {rounding} ({method}) instead of {own}.",
            rounding=asked.rounding.value,
            method=asked.method.value,
            own=own.rounding.value,
        )
    rule, day = instance.rule, instance.day
    if day < rule.valid_from or (rule.valid_until is not None and day > rule.valid_until):
        yield text("{rule} was not in force on {day}.", rule=rule.version, day=day)
    for indicator in distribution.indicators:
        if indicator.quality is not Quality.OFFICIAL:
            yield text(
                "{quality}: {name} ({source}). Every number here rests on it.",
                name=indicator.title,
                quality=QUALITIES[indicator.quality],
                source=indicator.source,
            )
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
