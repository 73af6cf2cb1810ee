"""Figures from which a published table follows, or why there are none, as a paper."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.audit.reconcile import CannotBe, Reconciled
from allocator.model.indicator import Uncertain
from allocator.model.instance import Instance, PublishedRow
from allocator.report.audits.reconciled import WITHIN, fitted, held, refusal, rests_on, summary
from allocator.report.paper.paper import Column, Kind, Paper, Row, Section, Table, wider
from allocator.words.text import Text, text

#: The section with what is proven and what was chosen.
RESTS = text("What this rests on")


def reconciled_paper(found: Reconciled | CannotBe, instance: Instance, bounds: Uncertain) -> Paper:
    """What the screen says, with every figure that changes or every number in the way."""
    if isinstance(found, CannotBe):
        return Paper(
            title=_title(instance),
            summary=tuple(refusal(found, instance)),
            sections=tuple(_of_refusal(found, instance, bounds)),
        )
    return Paper(
        title=_title(instance),
        summary=tuple(summary(found, instance)),
        sections=tuple(_of_figures(found, instance, bounds)),
    )


def _title(instance: Instance) -> Text:
    return text("Reconciliation: {title}", title=instance.title)


def _of_figures(found: Reconciled, instance: Instance, bounds: Uncertain) -> Iterator[Section]:
    yield Section(RESTS, notes=tuple(rests_on(found, instance, bounds)))
    table = fitted(found, instance, bounds)
    if table.rows:
        yield Section(table.title, tables=(_with_ends(table, found),))


def _with_ends(table: Table, found: Reconciled) -> Table:
    """The ends of what a number of one's own allows, each in a column."""
    columns = tuple(
        Column(end, Kind.DECIMAL, 6, group=WITHIN) for end in (text("lowest"), text("highest"))
    )
    allowed = [found.intervals.get(row.code) for row in table.rows]
    return wider(table, columns, [(i.low, i.high) if i else (None, None) for i in allowed])


def _of_refusal(found: CannotBe, instance: Instance, bounds: Uncertain) -> Iterator[Section]:
    if found.rows:
        table = _in_the_way(found.rows, instance)
        yield Section(table.title, tables=(table,))
    yield Section(RESTS, notes=tuple(held(instance, bounds)))


def _in_the_way(rows: tuple[PublishedRow, ...], instance: Instance) -> Table:
    """The numbers that cannot come out together, all of them."""
    columns = (
        *(Column(text("area"), Kind.TEXT), Column(text("stream"), Kind.TEXT)),
        Column(text("published")),
    )
    lines = [
        Row(
            (
                instance.division.by_code[row.code].name,
                instance.streams.named(row.stream).title,
                row.number,
            ),
            code=row.code,
        )
        for row in rows
    ]
    return Table(text("Numbers in the way"), columns, tuple(lines))
