"""The plan as a chapter for the report of the King's Commissioner, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from allocator.plan.after.planned import Planned
from allocator.report.layout import capital
from allocator.report.paper.paper import Section, Table
from allocator.report.paper.said import said_rows, texts_of
from allocator.report.plan.others import Others
from allocator.report.plan.paper import chapter_of
from allocator.words.say import say
from allocator.words.text import Value


def as_chapter(planned: Planned, others: Others, lang: str) -> str:
    """The chapter, with every figure and what it rests on."""
    return "\n\n".join(part for part in _parts(planned, others, lang) if part) + "\n"


def _parts(planned: Planned, others: Others, lang: str) -> Iterator[str]:
    paper = chapter_of(planned, others, lang)
    instance, *found = paper.summary
    first, *sections = paper.sections
    yield f"# {say(paper.title, lang)}"
    yield say(instance, lang)
    yield _listed(paper.cautions, lang)
    for section in (replace(first, said=tuple(found)), *sections):
        yield from _section(section, lang)


def _section(section: Section, lang: str) -> Iterator[str]:
    yield f"## {say(section.title, lang)}"
    yield from (say(paragraph, lang) for paragraph in section.said)
    yield from (_marked_down(table, lang) for table in section.tables)
    yield _listed(section.notes, lang)


def _listed(lines: Iterable[Value], lang: str) -> str:
    return "\n".join(f"- {_escaped(capital(say(line, lang)))}" for line in lines)


def _marked_down(table: Table, lang: str) -> str:
    """A table of Markdown, numbers to the right."""
    if not table.rows:
        return ""
    heading, *lines = said_rows(table, lang)
    sides = ["---" if place < texts_of(table) else "---:" for place in range(len(heading))]
    rows = [heading, sides, *lines]
    return "\n".join(f"| {' | '.join(map(_escaped, row))} |" for row in rows)


def _escaped(said: str) -> str:
    """Text that Markdown leaves as it is.

    >>> _escaped("a|b *c* <d>")
    'a\\\\|b \\\\*c\\\\* &lt;d>'
    """
    said = said.replace("\\", "\\\\").replace("<", "&lt;")
    for sign in "|*_`[]":
        said = said.replace(sign, f"\\{sign}")
    return said
