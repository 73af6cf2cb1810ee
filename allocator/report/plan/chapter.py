"""The plan as a chapter for the report of the King's Commissioner, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allocator.plan.planned import Planned
from allocator.report.distribution.screen import rule_line
from allocator.report.layout import capital
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
from allocator.report.plan.tables import Table, aims, locations, municipalities
from allocator.words.say import say
from allocator.words.text import Text, text


def as_chapter(planned: Planned, others: Others, lang: str) -> str:
    """The chapter, with every figure and what it rests on."""
    return "\n\n".join(part for part in _parts(planned, others, lang) if part) + "\n"


def _parts(planned: Planned, others: Others, lang: str) -> Iterator[str]:
    area = name_of(planned, planned.posed.area)
    yield f"# {say(text('Plan for {area}', area=area), lang)}"
    yield say(planned.distribution.instance.title, lang)
    yield _listed(beware(planned), lang)
    yield f"## {say(text('What is asked, and what the plan finds'), lang)}"
    yield _paragraph(summary(planned), lang)
    yield _paragraph(certainty(planned, lang), lang)
    yield _marked_down(aims(planned, lang))
    yield f"## {say(text('Per municipality'), lang)}"
    yield _marked_down(municipalities(planned, lang))
    yield _listed((*agreements(planned), *pledges(planned)), lang)
    yield f"## {say(text('Locations'), lang)}"
    yield _marked_down(locations(planned, lang))
    yield _listed((*there(planned), *not_counted(planned)), lang)
    for title, lines in (
        (text("Refused locations"), refusal(planned, others.refused)),
        (text("Other plans"), others.alternatives(planned)),
        (text("If one falls out"), falling_out(planned, others.falling_out)),
        (text("Swaps, from numbers to plan"), swaps(planned)),
        (text("The rest task"), rest(planned)),
        (text("The grant"), grants(planned, lang)),
    ):
        said = _listed(lines, lang)
        if said:
            yield f"## {say(title, lang)}"
            yield said
    yield f"## {say(text('What the numbers follow from'), lang)}"
    yield say(rule_line(planned.distribution.instance), lang)
    instance = planned.distribution.instance
    yield _listed(
        (text("{note}", note=note) for note in (*instance.notes, *instance.rule.gaps)), lang
    )


def _paragraph(lines: Iterable[Text], lang: str) -> str:
    return " ".join(say(line, lang) for line in lines)


def _listed(lines: Iterable[Text], lang: str) -> str:
    return "\n".join(f"- {_escaped(capital(say(line, lang)))}" for line in lines)


def _marked_down(table: Table) -> str:
    """A table of Markdown, numbers to the right."""
    if not table.lines:
        return ""
    sides = ["---" if place < table.texts else "---:" for place in range(len(table.heading))]
    rows = [table.heading, sides, *table.lines]
    return "\n".join(f"| {' | '.join(_escaped(cell.strip()) for cell in row)} |" for row in rows)


def _escaped(said: str) -> str:
    """Text that Markdown leaves as it is.

    >>> _escaped("a|b *c* <d>")
    'a\\\\|b \\\\*c\\\\* &lt;d>'
    """
    said = said.replace("\\", "\\\\").replace("<", "&lt;")
    for sign in "|*_`[]":
        said = said.replace(sign, f"\\{sign}")
    return said
