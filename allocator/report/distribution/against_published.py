"""The computed numbers beside those that were published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allocator.model.distribution import Distribution
from allocator.model.instance import PublishedRow, Quantity
from allocator.words.text import Text, counted, series, text


@dataclass(frozen=True, slots=True)
class Beside:
    """A published row with the number that the rule gives for it."""

    row: PublishedRow
    computed: int

    @property
    def difference(self) -> int:
        """Computed minus published."""
        return self.computed - self.row.number


def beside_published(distribution: Distribution) -> Iterator[Beside]:
    """The published rows that count what the rule gives; others wait for balances."""
    published = distribution.instance.published
    for row in published.rows if published else ():
        if row.quantity is Quantity.NUMBER:
            yield Beside(row, distribution.number(row.code, row.stream))


#: The columns of the rows that differ.
BESIDE = (
    text("area"),
    text("stream"),
    text("published"),
    text("computed"),
    text("difference"),
)


def published(distribution: Distribution) -> tuple[tuple[Text, ...], tuple[Beside, ...]]:
    """How the numbers compare with the published ones in a sentence, and every row that differs."""
    instance = distribution.instance
    if instance.published is None:
        return (), ()
    rows = list(beside_published(distribution))
    said = []
    others = len(instance.published.rows) - len(rows)
    if others:
        said.append(
            counted(
                others,
                "{number} published number has a backlog in it and is not compared here.",
                "{number} published numbers have a backlog in them and are not compared here.",
            )
        )
    different = tuple(row for row in rows if row.difference)
    if rows:
        counts = counted(
            len(rows),
            "Beside the published table ({source}): {equal} of {number} number equal.",
            "Beside the published table ({source}): {equal} of {number} numbers equal.",
            source=instance.published.source,
            equal=len(rows) - len(different),
        )
        said.append(counts)
    if different and distribution.doubtful:
        said.append(
            text(
                "The input is not official ({names}), so differences are to be expected; they say "
                "nothing about the publication.",
                names=series([indicator.title for indicator in distribution.doubtful]),
            )
        )
    return tuple(said), different
