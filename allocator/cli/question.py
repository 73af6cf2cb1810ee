"""From what was typed to a distribution: instance, rule, totals and rounding."""

from __future__ import annotations

from allocator.cli.totals import read_totals
from allocator.core.choice import chosen
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.reading.instances import load
from allocator.reading.lots import read_lots


def answered(
    instance: str,
    rule: str | None,
    totals: tuple[str, ...],
    rounding: str | None,
    method: str | None,
    ties: str | None,
    fixed: tuple[str, ...],
) -> Distribution:
    """The distribution that the options of the command line ask for."""
    loaded = load(instance, rule, read_totals(totals))
    decided = ties if ties in (None, "order", "refuse") else read_lots(ties)
    choice = chosen(loaded.rule, rounding, method, decided, fixed or None)
    return distribute(loaded, choice)
