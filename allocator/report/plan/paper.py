"""A plan as a paper: what a board decides on, with every table, and what the numbers rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.plan.after.planned import Planned
from allocator.report.distribution.screen import rule_line
from allocator.report.paper.paper import Paper, Section
from allocator.report.plan.annex import annex
from allocator.report.plan.others import Others, falling_out, refusal
from allocator.report.plan.said import (
    agreements,
    certainty,
    grants,
    name_of,
    not_counted,
    pledges,
    rest,
    summary,
    swaps,
    there,
)
from allocator.report.plan.screen import beware
from allocator.report.plan.tables import aims, locations, municipalities
from allocator.words.text import signed, text


def paper_of(planned: Planned, others: Others, lang: str) -> Paper:
    """The chapter, with every number behind it."""
    chapter = chapter_of(planned, others, lang)
    behind = Section(text("Behind the plan"), tables=annex(planned, others))
    return replace(chapter, sections=(*chapter.sections, behind))


def chapter_of(planned: Planned, others: Others, lang: str) -> Paper:
    """What a board reads, in its order."""
    return Paper(
        title=text("Plan for {area}", area=name_of(planned, planned.posed.area)),
        summary=(
            planned.distribution.instance.title,
            signed(list(summary(planned)), " "),
            signed(list(certainty(planned, lang)), " "),
        ),
        sections=tuple(_sections(planned, others, lang)),
        cautions=tuple(beware(planned)),
    )


def _sections(planned: Planned, others: Others, lang: str) -> Iterator[Section]:
    yield Section(text("What is asked, and what the plan finds"), tables=(aims(planned),))
    yield Section(
        text("Per municipality"),
        tables=(municipalities(planned),),
        notes=(*agreements(planned), *pledges(planned)),
    )
    yield Section(
        text("Locations"),
        tables=(locations(planned),),
        notes=(*there(planned), *not_counted(planned)),
    )
    for title, lines in (
        (text("Refused locations"), refusal(planned, others.refused)),
        (text("Other plans"), others.alternatives(planned)),
        (text("If one falls out"), falling_out(planned, others.falling_out)),
        (text("Swaps, from numbers to plan"), swaps(planned)),
        (text("The rest task"), rest(planned)),
        (text("The grant"), grants(planned, lang)),
    ):
        notes = tuple(lines)
        if notes:
            yield Section(title, notes=notes)
    instance = planned.distribution.instance
    yield Section(
        text("What the numbers follow from"),
        said=(rule_line(instance),),
        notes=(*instance.notes, *instance.rule.gaps),
    )
