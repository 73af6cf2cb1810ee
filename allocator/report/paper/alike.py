"""Says once what explanations would say of every area alike: the law, the totals, the sources.

A line counts by its label and its words, so that what is left out under one area stands, under
the same label, in the part for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.report.paper.paper import Explained, Explanations, Line


def said_once(found: Explanations) -> Explanations:
    """The same, with the lines that all areas share in a part of their own."""
    first, *others = [subject.explained for subject in found.subjects] or [()]
    if not others or any(len(each) != len(first) for each in others):
        return found
    alike = []
    shared: list[set[Line]] = []
    for stream, explained in enumerate(first):
        common = set(_labelled(explained.lines))
        for each in others:
            common.intersection_update(_labelled(each[stream].lines))
        shared.append(common)
        heading = explained.heading.partition(":")[0]
        alike.append(
            Explained(heading, _shown(e for e in _labelled(explained.lines) if e in common))
        )
    subjects = tuple(
        replace(
            subject,
            explained=tuple(
                replace(each, lines=_shown(e for e in _labelled(each.lines) if e not in common))
                for each, common in zip(subject.explained, shared, strict=True)
            ),
        )
        for subject in found.subjects
    )
    return Explanations(tuple(each for each in alike if each.lines), subjects)


def _labelled(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Every line with the label that it goes on with."""
    label = ""
    for line in lines:
        label = line.label or label
        yield Line(label, line.said)


def _shown(lines: Iterator[Line]) -> tuple[Line, ...]:
    """The lines with a label only where it changes."""
    found: list[Line] = []
    label = ""
    for line in lines:
        found.append(Line("" if line.label == label else line.label, line.said))
        label = line.label
    return tuple(found)
