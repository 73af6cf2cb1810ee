"""How the parts of a paper are ordered on a page: groups of columns, areas by province."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from allocator.report.paper.paper import Column, Paper, Section, Subject
from allocator.words.text import Value


def name_of_section(section: Section, index: int) -> str:
    """What links point at."""
    return section.name or f"part-{index}"


@dataclass(frozen=True, slots=True)
class Group:
    """Columns beside each other under one title."""

    title: Value
    span: int


def groups(columns: Sequence[Column]) -> Iterator[Group]:
    """The titles above the titles.

    >>> [(g.title, g.span) for g in groups([Column("a"), Column("b", group="x")])]
    [('', 1), ('x', 1)]
    """
    for title, several in groupby(columns, key=lambda column: column.group):
        yield Group(title, len(list(several)))


def explained_codes(paper: Paper) -> frozenset[str]:
    """The areas of which the paper explains the numbers."""
    explanations = [section.explanations for section in paper.sections]
    return frozenset(s.code for each in explanations if each for s in each.subjects)


def by_within(subjects: Sequence[Subject]) -> Iterator[tuple[str, list[Subject]]]:
    """The areas after the name of the one that they lie in."""
    for within, several in groupby(subjects, key=lambda subject: subject.within):
        yield within, list(several)
