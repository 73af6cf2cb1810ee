"""A series of half-years on a screen: the table, what is missing, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.periods.series import COLUMNS, Basis, Entry, Series
from allocator.report.layout import aligned, wrapped
from allocator.report.periods.findings import dates_said, finding_said
from allocator.words.levels import level_name
from allocator.words.numbers import whole
from allocator.words.say import say
from allocator.words.text import Text, counted, text
from allocator.words.text import series as listed

HEADING = {
    "announced": text("announced"),
    "in_force": text("in force"),
    "adds_up_to": text("adds up to"),
    "published": text("published"),
    "opening": text("opening"),
    "corrected": text("corrected"),
    "realised": text("realised"),
    "closing": text("closing"),
}
_SIGNS = {Basis.COMPUTED: "*", Basis.IMPLIED: "°", Basis.RESTING: "†"}
LEGEND = {
    Basis.COMPUTED: text("computed, not published"),
    Basis.IMPLIED: text("not published, but implied by other published numbers"),
    Basis.RESTING: text("implied by a published number and a computed one"),
}


def as_screen(several: Sequence[Series], lang: str) -> str:
    """The report for a screen, one area after another."""
    return "\n".join(_report(each, lang) for each in several)


def _report(found: Series, lang: str) -> str:
    parts = [
        say(title_of(found), lang),
        wrapped(say(gaps(found), lang)) if found.gaps else "",
        "\n".join(_table(found, lang)),
        "\n".join(_legend(found, lang)),
        "\n".join(wrapped(said, sign) for sign, said in remarks(found, lang)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def title_of(found: Series) -> Text:
    """Which record, which area, and from when to when."""
    ends = [str(entry.period) for entry in (found.entries[0], found.entries[-1])]
    return text(
        "{title}: {level} {area}, {first} to {last}",
        title=found.record.title,
        level=level_name(found.area.level),
        area=found.area.name,
        first=ends[0],
        last=ends[1],
    )


def gaps(found: Series) -> Text:
    return counted(
        len(found.gaps),
        "Of {number} half-year no number is in the record: {periods}.",
        "Of {number} half-years no number is in the record: {periods}.",
        periods=listed([str(half) for half in found.gaps], 40),
    )


def shown(found: Series) -> list[str]:
    """The columns; sums by the rule only where there are any."""
    sums = any(entry.adds_up_to is not None for entry in found.entries)
    return [column for column in COLUMNS if column != "adds_up_to" or sums]


def _table(found: Series, lang: str) -> Iterator[str]:
    """A line per half-year; what is not known is a dash."""
    columns = shown(found)
    # a place for the sign, so that digits stay under digits
    lines = [[say(text("half-year"), lang), *(f"{say(HEADING[c], lang)} " for c in columns)]]
    for entry in found.entries:
        lines.append([str(entry.period), *(_cell(entry, column, lang) for column in columns)])
    return aligned(lines)


def _cell(entry: Entry, column: str, lang: str) -> str:
    number = entry.number(column)
    if number is None:
        return "– "
    return whole(number, lang) + (_SIGNS[entry.basis[column]] if column in entry.basis else " ")


def bases(found: Series) -> list[Basis]:
    """What numbers rest on that were not published themselves."""
    used = {basis for entry in found.entries for basis in entry.basis.values()}
    return [basis for basis in LEGEND if basis in used]


def _legend(found: Series, lang: str) -> Iterator[str]:
    for basis in bases(found):
        yield wrapped(say(LEGEND[basis], lang), f"{_SIGNS[basis]} ")


def remarks(found: Series, lang: str) -> Iterator[tuple[str, str]]:
    """What the numbers are of, what came of every sum and date, and what is known besides.

    Each under a sign: "! " where something does not fit.
    """
    of_note: dict[str, list[str]] = {}
    for entry in found.entries:
        if entry.note:
            of_note.setdefault(say(entry.note, lang), []).append(str(entry.period))
    for note, periods in of_note.items():
        told = text("{periods}: {note}", periods=listed(periods, 40), note=note)
        yield "- ", say(told, lang)
    for finding in found.findings:
        sign = "- " if finding.holds or finding.statement.implies else "! "
        yield sign, finding_said(finding, found.record, lang)
    for said in dates_said(found.announced, lang):
        yield "- ", said
    for remark in found.notes:
        yield "- ", say(remark, lang)
