"""An audit, and what changed between two results, as papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.audit.differ import Difference
from allocator.audit.published import Audit
from allocator.model.downloaded import Downloaded
from allocator.report.audits import audit as audited
from allocator.report.audits import diff as differed
from allocator.report.cautions import cautions
from allocator.report.distribution.screen import rule_line
from allocator.report.layout import capital
from allocator.report.paper.paper import Cell, Column, Kind, Paper, Row, Section, Table, wider
from allocator.report.paper.tree import Tree
from allocator.words.levels import level_name
from allocator.words.say import say
from allocator.words.text import text


def audit_paper(audit: Audit, read: Downloaded | None) -> Paper:
    """Whether the rule gives the published numbers, row by row and sum by sum."""
    instance = audit.distribution.instance
    return Paper(
        title=text("Audit: {title}", title=instance.title),
        summary=tuple(audited.summary(audit)),
        sections=tuple(_sections(audit, read)),
        cautions=tuple(cautions(audit.distribution)),
    )


def _sections(audit: Audit, read: Downloaded | None) -> Iterator[Section]:
    instance = audit.distribution.instance
    different = _in_one(audited.compared(audit, audit.different))
    if different.rows:
        yield Section(text("What differs"), tables=(different,))
    every = _compared(audit)
    if every.rows:
        yield Section(every.title, tables=(every,))
    balanced = _balanced(audit)
    if balanced.rows:
        yield Section(balanced.title, tables=(balanced,))
    if audit.sums:
        notes = tuple(audited.of_sums(audit))
        yield Section(text("Sums"), notes=notes, tables=(_sums(audit),))
    missing = tuple(audited.unpublished(audit))
    if missing:
        yield Section(text("Not published"), notes=missing, tables=(_unpublished(audit),))
    if read:
        yield Section(text("How the file was read"), notes=tuple(audited.reading(read)))
    yield Section(
        text("What the numbers follow from"),
        said=(rule_line(instance),),
        notes=(*instance.notes, *instance.rule.gaps),
    )


def _in_one(table: Table) -> Table:
    """The rows that differ, of all levels on one sheet."""
    rows = tuple(replace(row, level="") for row in table.rows)
    return replace(table, title=text("What differs"), rows=rows)


def _compared(audit: Audit) -> Table:
    """Every row, with the ends of what its figures within their tolerances can give."""
    table = audited.compared(audit, audit.compared)
    if not any(each.reach for each in audit.compared):
        return table
    columns = (Column(text("lowest")), Column(text("highest")))
    return wider(table, columns, [each.reach or (None, None) for each in audit.compared])


def _balanced(audit: Audit) -> Table:
    """Every row with a balance in it, with what the rule gives."""
    computed = [(each.computed,) for each in audit.balanced]
    return wider(audited.balanced(audit), (Column(text("computed")),), computed)


_HOLDS: dict[bool | None, Cell] = {True: text("yes"), False: text("no"), None: None}


def _sums(audit: Audit) -> Table:
    """Every sum of published rows, and what they should add up to."""
    columns = (
        Column(text("rows"), Kind.TEXT),
        *(Column(text("rows published")), Column(text("rows in all")), Column(text("sum"))),
        *(Column(text("published for it")), Column(text("named in all"))),
        Column(text("adds up"), Kind.TEXT),
    )
    rows = [
        Row(
            (
                audited.rows_of(audit, check),
                *(check.rows, check.of, check.sum, check.published, check.named),
                _HOLDS[check.holds],
            )
        )
        for check in audit.sums
    ]
    return Table(text("Sums"), columns, tuple(rows))


def _unpublished(audit: Audit) -> Table:
    """Every area whose number was not published."""
    instance = audit.distribution.instance
    columns = tuple(
        Column(title, Kind.TEXT) for title in (text("area"), text("level"), text("stream"))
    )
    rows = [
        Row(
            (area.name, level_name(level), instance.streams.named(stream).title),
            code=area.code,
        )
        for (level, stream), areas in audit.unpublished.items()
        for area in areas
    ]
    return Table(text("Not published"), columns, tuple(rows))


def diff_paper(found: Difference, lang: str) -> Paper:
    """What changed from one to the other, and what each change did to every number."""
    before, after = (each.instance.name for each in (found.before, found.after))
    return Paper(
        title=text("From {before} to {after}", before=before, after=after),
        summary=(*differed.titles(found), *differed.introduction(found)),
        sections=(
            Section(
                text("What changed"),
                said=(*differed.changes(found), *differed.same(found)),
                notes=tuple(differed.not_compared(found)),
            ),
            *(_stream(found, stream, lang) for stream in found.streams),
        ),
        cautions=tuple(
            text("{letters}: {caution}", letters=sign, caution=capital(say(caution, lang)))
            for sign, caution in differed.beware(found)
        ),
    )


def _stream(found: Difference, stream: str, lang: str) -> Section:
    title = capital(say(differed.stream_title(found, stream), lang))
    every = differed.numbers(found, stream).beside(_quotas(found, stream)).table(title)
    several = [each for each in found.kin if not each.one]
    quotas = [_quota(found, each.code, stream) for each in several]
    groups = wider(differed.groups(found, stream), _QUOTAS, quotas)
    return Section(title, tables=(differed.effects(found, stream, lang), every, groups))


_QUOTAS = tuple(Column(sign, Kind.DECIMAL, 3, group=text("quota")) for sign in ("A", "B"))


def _quotas(found: Difference, stream: str) -> Tree:
    single = {each.code for each in found.kin if each.one}
    return Tree(
        found.after.instance.division,
        _QUOTAS,
        lambda area: _quota(found, area.code, stream) if area.code in single else (None, None),
    )


def _quota(found: Difference, code: str, stream: str) -> tuple[Cell, Cell]:
    before, after = found.numbers[code, stream]
    return before.quota, after.quota
