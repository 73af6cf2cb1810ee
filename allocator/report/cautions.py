"""What every reader of a distribution must be told: what in it is approximate or inferred."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.model.distribution import Distribution
from allocator.model.indicator import Quality
from allocator.words.text import Text, counted, text

QUALITIES = {
    Quality.APPROXIMATE: text("approximate"),
    Quality.OWN: text("the user's own"),
    Quality.INVENTED: text("invented"),
}


def cautions(distribution: Distribution) -> Iterator[Text]:
    """The cautions that go with the numbers of a distribution."""
    for indicator in distribution.indicators:
        if indicator.quality is not Quality.OFFICIAL:
            yield text(
                "The figures of {name} are {quality}, and so is every number that rests on them "
                "({source}).",
                name=indicator.title,
                quality=QUALITIES[indicator.quality],
                source=indicator.source,
            )
        parts = sum(map(indicator.inferred, indicator.values))
        if parts:
            yield counted(
                parts,
                "The {name} of {number} area is inferred: a split or border change moved part of "
                "a municipality, and its inhabitants are taken in proportion to the persons moved.",
                "The {name} of {number} areas is inferred: a split or border change moved parts of "
                "municipalities, and their inhabitants are taken in proportion to the persons "
                "moved.",
                name=indicator.title,
            )
