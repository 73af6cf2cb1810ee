"""Half-years that were rolled one from the other, as a series: each with its account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allocator.core.distribute import distribute
from allocator.model.balances import Cell, Closed
from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance
from allocator.periods.account import Line, account


def accounts(instances: Sequence[Instance]) -> dict[HalfYear, Mapping[Cell, Line]]:
    """Per half-year the lines of its leaves: as it was closed where the next one tells that."""
    found: dict[HalfYear, Mapping[Cell, Line]] = {}
    for instance in instances:
        half = instance.half_year
        if half:
            found[half] = account(distribute(instance)).leaves
    for instance in instances:
        half, before = instance.half_year, instance.balances.before
        if half and before and half.previous in found:
            found[half.previous] = {cell: _line(closed) for cell, closed in before.lines.items()}
    return found


def _line(closed: Closed) -> Line:
    backlog, ahead = max(closed.opening, 0), max(-closed.opening, 0)
    return Line(
        number=closed.number,
        changed=closed.changed,
        opening=closed.opening,
        computed=None,
        published=None,
        backlog=backlog,
        ahead=ahead,
        excusable=0,
        realised=closed.realised,
    )
