"""The computed numbers beside those that were published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allocator.model.distribution import Distribution
from allocator.model.instance import PublishedRow, Quantity


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
