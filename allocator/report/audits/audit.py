"""An audit for a reader: first whether the rule gives the published numbers and the sums hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from allocator.audit.published import Audit, Compared, SumCheck
from allocator.model.areas import Division
from allocator.model.downloaded import Downloaded
from allocator.model.instance import PublishedRow, Quantity
from allocator.report.cautions import cautions
from allocator.report.distribution.screen import notes, rule_line
from allocator.report.layout import aligned, capital, wrapped
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table
from allocator.report.paper.said import said_rows
from allocator.report.tables import as_csv_table
from allocator.words.levels import level_name
from allocator.words.numbers import plain_decimals
from allocator.words.say import say
from allocator.words.text import Text, counted, series, text


def as_screen(audit: Audit, read: Downloaded | None, lang: str) -> str:
    """The report for a screen; of a file also how it was read."""
    instance = audit.distribution.instance
    parts = [
        say(instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in summary(audit)),
        "\n".join(wrapped(capital(say(line, lang)), "- ") for line in of_sums(audit)),
        "\n".join(wrapped(capital(say(each, lang)), "! ") for each in cautions(audit.distribution)),
        "\n".join(_by_levels(compared(audit, audit.different), instance.division, lang)),
        "\n".join(_by_levels(balanced(audit), instance.division, lang)),
        "\n".join(wrapped(say(line, lang), "- ") for line in unpublished(audit)),
        "\n".join(wrapped(say(line, lang), "- ") for line in reading(read)) if read else "",
        notes(audit.distribution, lang),
        wrapped(say(rule_line(instance), lang)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def summary(audit: Audit) -> Iterator[Text]:
    """How many numbers the rule gives, and of the others how many uncertain inputs explain."""
    rows = len(audit.compared)
    if rows:
        yield counted(
            rows,
            "{equal} of {number} published number is what the rule gives ({source}).",
            "{equal} of {number} published numbers are what the rule gives ({source}).",
            equal=rows - len(audit.different),
            source=audit.published.source,
        )
    else:
        yield text("No published number can be compared ({source}).", source=audit.published.source)
    levels = dict.fromkeys(_level(audit, each) for each in audit.compared)
    if len(levels) > 1 and audit.different:
        yield text("By level: {levels}.", levels=series([_by_level(audit, one) for one in levels]))
    if audit.different and any(each.reach for each in audit.different):
        explained = [each for each in audit.different if each.explained]
        instance = audit.distribution.instance
        names = instance.division.by_code
        others = [names[e.row.code].name for e in audit.different if e.ruled_out]
        yield counted(
            len(audit.different),
            "{explained} of {number} other can come of figures within their tolerances ({source}).",
            "{explained} of {number} others can come of figures within their tolerances, each "
            "number taken by itself ({source}).",
            explained=len(explained),
            source=series([bounds.source for bounds in instance.uncertain.values()]),
        )
        if others:
            yield text("No figures within their tolerances give: {areas}.", areas=series(others))


def _level(audit: Audit, each: Compared) -> str:
    return audit.distribution.instance.division.by_code[each.row.code].level


def _by_level(audit: Audit, level: str) -> Text:
    rows = [each for each in audit.compared if _level(audit, each) == level]
    return text(
        "{equal} of {number} for {level}",
        equal=sum(not each.difference for each in rows),
        number=len(rows),
        level=level_name(level, len(audit.distribution.instance.division.at(level))),
    )


def of_sums(audit: Audit) -> Iterator[Text]:
    """The sums that do not hold, one by one; how many hold; how many cannot be told."""
    for check in audit.broken_sums:
        for number, said in _beside(check):
            if number != check.sum:
                yield text(
                    "{rows} add up to {sum}, where {beside}: {off}.",
                    rows=rows_of(audit, check),
                    sum=check.sum,
                    beside=said,
                    off=text("{number} too many", number=check.sum - number)
                    if check.sum > number
                    else text("{number} too few", number=number - check.sum),
                )
    as_rounded = [check for check in audit.broken_sums if check.by_rule == check.sum]
    if as_rounded:
        yield text(
            "By the rule, which rounds row by row, the numbers add up likewise: {sums}.",
            sums=series([text("{number}", number=check.sum) for check in as_rounded]),
        )
    held = [check for check in audit.sums if check.holds]
    if held:
        yield text(
            "These add up as they should: {sums}.",
            sums=series([rows_of(audit, check) for check in held]),
        )
    partial = [check for check in audit.sums if not check.complete and check.beside]
    if partial:
        yield counted(
            len(partial),
            "{number} sum cannot be checked, since rows in it were not published.",
            "{number} sums cannot be checked, since rows in them were not published.",
        )


def rows_of(audit: Audit, check: SumCheck) -> Text:
    """ "the 13 municipalities in Zeeland (permit holders, with a balance in it)"."""
    stream = audit.distribution.instance.streams.named(check.stream).title
    return text(
        "the {number} {level} in {area} ({stream}{balance})",
        number=check.rows,
        level=level_name(check.level, check.rows),
        area=check.area.name,
        stream=stream,
        balance=text(", with a balance in it") if check.quantity is Quantity.CORRECTED else "",
    )


def _beside(check: SumCheck) -> Iterator[tuple[int, Text]]:
    """The numbers that the rows should add up to, and where each stands."""
    if check.published is not None:
        yield check.published, text("{number} was published for it", number=check.published)
    if check.named is not None and check.named != check.published:
        yield check.named, text("{number} is named in all", number=check.named)


def compared(audit: Audit, rows: Sequence[Compared]) -> Table:
    """Published rows beside what the rule gives, with the exact share."""
    instance = audit.distribution.instance
    reach = any(each.reach for each in rows)
    columns = (
        *(Column(text("area"), Kind.TEXT), Column(text("stream"), Kind.TEXT)),
        *(Column(text("published")), Column(text("computed"))),
        *(Column(text("difference"), Kind.CHANGE), Column(text("quota"), Kind.DECIMAL, 3)),
        *((Column(text("within reach"), Kind.TEXT),) if reach else ()),
    )
    lines = []
    for each in rows:
        cells = (
            instance.streams.named(each.row.stream).title,
            *(each.row.number, each.computed, each.difference, each.quota),
            *((_within(each),) if reach else ()),
        )
        lines.append(_line(audit, each.row, cells))
    return Table(text("Every published number"), columns, tuple(lines), sorts=True)


def _line(audit: Audit, row: PublishedRow, cells: Sequence[Cell]) -> Row:
    """The cells of one area, under the name of its level."""
    area = audit.distribution.instance.division.by_code[row.code]
    return Row((area.name, *cells), level=level_name(area.level, 2), code=area.code)


def _within(each: Compared) -> Cell:
    if each.reach is None:
        return ""
    low, high = each.reach
    unknown = text("no") if each.ruled_out else "–"
    inside = text("yes") if each.explained else unknown
    return text("{low} to {high}: {inside}", low=low, high=high, inside=inside)


def balanced(audit: Audit) -> Table:
    """Numbers with a balance in them, and which balance they imply."""
    columns = (
        *(Column(text("area"), Kind.TEXT), Column(text("stream"), Kind.TEXT)),
        *(Column(text("published with balance")), Column(text("number"))),
        *(Column(text("number by"), Kind.TEXT), Column(text("implied balance"), Kind.CHANGE)),
    )
    lines = []
    for each in audit.balanced:
        by_rule = each.number is None
        cells = (
            audit.distribution.instance.streams.named(each.row.stream).title,
            *(each.row.number, each.computed if by_rule else each.number),
            *(text("the rule") if by_rule else text("publication"), each.implied),
        )
        lines.append(_line(audit, each.row, cells))
    return Table(text("Numbers with a balance in them"), columns, tuple(lines), sorts=True)


def _by_levels(table: Table, division: Division, lang: str) -> Iterator[str]:
    """A table of areas, under the name of each level where there are several."""
    heading, *lines = said_rows(table, lang)
    levels = [division.by_code[row.code].level for row in table.rows]
    if len(set(levels)) < 2:
        return aligned([heading, *lines] if lines else [], texts=2)
    found = [heading]
    for level in dict.fromkeys(levels):
        inside = [place for place, each in enumerate(levels) if each == level]
        areas = {table.rows[place].code for place in inside}
        found.append([say(level_name(level, len(areas)), lang)])
        found += [[f"  {lines[place][0]}", *lines[place][1:]] for place in inside]
    return aligned(found, texts=2)


def unpublished(audit: Audit) -> Iterator[Text]:
    instance = audit.distribution.instance
    for (level, stream), areas in audit.unpublished.items():
        if areas:
            yield text(
                "Not published: {number} of {of} {level} ({stream}): {areas}.",
                number=len(areas),
                of=len(instance.division.at(level)),
                level=level_name(level, 2),
                stream=instance.streams.named(stream).title,
                areas=series([area.name for area in areas]),
            )


def reading_on_screen(read: Downloaded, lang: str) -> str:
    """How a file was read, as lines for a screen."""
    return "\n".join(wrapped(say(line, lang), "- ") for line in reading(read))


def reading(read: Downloaded) -> Iterator[Text]:
    """How a file was read: columns, names that were not literal, and what was left aside."""
    yield from read.recognised
    for match in sorted(read.matches, key=lambda match: not match.doubtful):
        yield text(
            "Line {line}: '{written}' is taken for {name} ({code}); {why}{doubt}.",
            line=str(match.place.line),
            written=match.written,
            name=match.name,
            code=match.code,
            why=match.why,
            doubt=text(" – look whether that is right") if match.doubtful else "",
        )
    for aside in read.aside:
        yield text(
            "Line {line}, left aside: '{written}'; {why}.",
            line=str(aside.place.line),
            written=aside.written,
            why=aside.why,
        )


COLUMNS = (
    *("level", "code", "name", "stream", "quantity", "published", "computed", "difference"),
    *("quota", "lowest", "highest", "implied"),
)


def as_csv(audit: Audit) -> str:
    """A line per published row; one with a balance in it has no difference but that balance."""
    areas = audit.distribution.instance.division.by_code
    lines: list[tuple[object, ...]] = []
    for each in audit.compared:
        area = areas[each.row.code]
        lines.append(
            (
                *(area.level, area.code, area.name, each.row.stream, each.row.quantity.value),
                *(each.row.number, each.computed, each.difference),
                plain_decimals(each.quota, 12),
                *(each.reach or ("", "")),
                "",
            )
        )
    for one in audit.balanced:
        area = areas[one.row.code]
        lines.append(
            (
                *(area.level, area.code, area.name, one.row.stream, one.row.quantity.value),
                *(one.row.number, one.computed, "", "", "", "", one.implied),
            )
        )
    return as_csv_table(COLUMNS, lines)


def as_json(audit: Audit, read: Downloaded | None = None) -> str:
    """The same with the sums, what was not published, and how a file was read."""
    instance = audit.distribution.instance
    document = {
        "format": "allocator-audit/1",
        "instance": instance.name,
        "rule": instance.rule.version,
        "rows": [
            {
                "code": each.row.code,
                "stream": each.row.stream,
                "published": each.row.number,
                "computed": each.computed,
                "quota": str(each.quota),
                "reach": list(each.reach) if each.reach else None,
            }
            for each in audit.compared
        ],
        "with_balance": [
            {
                "code": one.row.code,
                "stream": one.row.stream,
                "published": one.row.number,
                "computed": one.computed,
                "implied": one.implied,
            }
            for one in audit.balanced
        ],
        "sums": [
            {
                "code": check.area.code,
                "level": check.level,
                "stream": check.stream,
                "quantity": check.quantity.value,
                "rows": check.rows,
                "of": check.of,
                "sum": check.sum,
                "published": check.published,
                "named": check.named,
                "holds": check.holds,
            }
            for check in audit.sums
        ],
        "reading": [str(line) for line in reading(read)] if read else None,
        "unpublished": [
            {"level": level, "stream": stream, "codes": [area.code for area in areas]}
            for (level, stream), areas in audit.unpublished.items()
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
