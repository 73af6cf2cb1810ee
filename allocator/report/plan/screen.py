"""A plan on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allocator.plan.after.planned import Planned
from allocator.report.cautions import QUALITIES, cautions
from allocator.report.layout import capital, wrapped
from allocator.report.paper.paper import Table
from allocator.report.paper.said import as_lines
from allocator.report.plan.others import Others, falling_out, refusal
from allocator.report.plan.said import (
    agreements,
    certainty,
    grants,
    not_counted,
    pledges,
    rest,
    summary,
    swaps,
    there,
)
from allocator.report.plan.tables import aims, locations, municipalities
from allocator.words.say import say
from allocator.words.text import Text, text


def as_screen(planned: Planned, others: Others, lang: str) -> str:
    """The report for a screen."""
    parts = [
        say(planned.distribution.instance.title, lang),
        _paragraph(summary(planned), lang),
        _paragraph(certainty(planned, lang), lang),
        _marked(beware(planned), "! ", lang),
        _set(aims(planned), lang),
        _marked(refusal(planned, others.refused), "- ", lang),
        _set(municipalities(planned), lang),
        _set(locations(planned), lang),
        _marked((*agreements(planned), *pledges(planned)), "- ", lang),
        _marked((*there(planned), *not_counted(planned)), "- ", lang),
        _under(text("Other plans"), others.alternatives(planned), lang),
        _under(text("If one falls out"), falling_out(planned, others.falling_out), lang),
        _under(text("Swaps, from numbers to plan"), swaps(planned), lang),
        _under(text("The rest task"), rest(planned), lang),
        _under(text("The grant"), grants(planned, lang), lang),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def beware(planned: Planned) -> Iterator[Text]:
    """What the numbers and the locations rest on."""
    yield text(
        "{quality}: the locations, pledges and agreements ({source}).",
        quality=QUALITIES.get(planned.asked.quality, text("official")),
        source=planned.asked.source,
    )
    yield from cautions(planned.distribution)


def _paragraph(lines: Iterable[Text], lang: str) -> str:
    return wrapped(" ".join(say(line, lang) for line in lines))


def _marked(lines: Iterable[Text], sign: str, lang: str) -> str:
    return "\n".join(wrapped(capital(say(line, lang)), sign) for line in lines)


def _under(title: Text, lines: Iterable[Text], lang: str) -> str:
    said = _marked(lines, "- ", lang)
    return f"{say(title, lang)}\n{said}" if said else ""


def _set(table: Table, lang: str) -> str:
    return "\n".join(as_lines(table, lang))
