"""What a published table may have been made from, as a paper."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.audit.infer import Inferred
from allocator.report.audits import infer as inferring
from allocator.report.audits.infer import EQUALLY, EQUALS, RANKED, more_than
from allocator.report.paper.paper import Paper, Section
from allocator.words.text import text


def infer_paper(inferred: Inferred) -> Paper:
    """The best explanation, its equals, those that come after it, and what was tried."""
    return Paper(
        title=text("Where a table comes from: {title}", title=inferred.instance.title),
        summary=tuple(inferring.summary(inferred)),
        sections=tuple(_sections(inferred)),
    )


def _sections(inferred: Inferred) -> Iterator[Section]:
    equals = inferring.equals(inferred.explanations[0])
    if equals:
        more = (more_than(EQUALS, equals),) if len(equals) > EQUALS else ()
        notes = (*equals[:EQUALS], *more)
        yield Section(text("What does equally well"), said=(EQUALLY,), notes=notes)
    ranking = inferring.ranking(inferred)
    yield Section(ranking.title, said=(RANKED,), tables=(ranking,))
    if len(inferred.explanations) > 1:
        apart = inferring.told_apart(inferred)
        yield Section(apart.title, said=(inferring.next_best(inferred),), tables=(apart,))
    yield Section(
        text("What was tried"),
        said=tuple(inferring.tried(inferred)),
        notes=tuple(inferring.not_tried(inferred)),
    )
