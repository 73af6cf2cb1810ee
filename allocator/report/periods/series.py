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

_HEADING = {
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
_LEGEND = {
    Basis.COMPUTED: text("computed, not published"),
    Basis.IMPLIED: text("not published, but implied by other published numbers"),
    Basis.RESTING: text("implied by a published number and a computed one"),
}


def as_screen(several: Sequence[Series], lang: str) -> str:
    """The report for a screen, one area after another."""
    return "\n".join(_report(each, lang) for each in several)


def _report(found: Series, lang: str) -> str:
    ends = [str(entry.period) for entry in (found.entries[0], found.entries[-1])]
    title = text(
        "{title}: {level} {area}, {first} to {last}",
        title=found.record.title,
        level=level_name(found.area.level),
        area=found.area.name,
        first=ends[0],
        last=ends[1],
    )
    parts = [
        say(title, lang),
        wrapped(say(_gaps(found), lang)) if found.gaps else "",
        "\n".join(_table(found, lang)),
        "\n".join(_legend(found, lang)),
        "\n".join(_remarks(found, lang)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _gaps(found: Series) -> Text:
    return counted(
        len(found.gaps),
        "Of {number} half-year no number is in the record: {periods}.",
        "Of {number} half-years no number is in the record: {periods}.",
        periods=listed([str(half) for half in found.gaps], 40),
    )


def _table(found: Series, lang: str) -> Iterator[str]:
    """A line per half-year; what is not known is a dash."""
    entries = found.entries
    columns = [
        column
        for column in COLUMNS
        if column != "adds_up_to" or any(entry.adds_up_to is not None for entry in entries)
    ]
    # a place for the sign, so that digits stay under digits
    lines = [[say(text("half-year"), lang), *(f"{say(_HEADING[c], lang)} " for c in columns)]]
    for entry in entries:
        lines.append([str(entry.period), *(_cell(entry, column, lang) for column in columns)])
    return aligned(lines)


def _cell(entry: Entry, column: str, lang: str) -> str:
    number = entry.number(column)
    if number is None:
        return "– "
    return whole(number, lang) + (_SIGNS[entry.basis[column]] if column in entry.basis else " ")


def _legend(found: Series, lang: str) -> Iterator[str]:
    used = {basis for entry in found.entries for basis in entry.basis.values()}
    for basis, meaning in _LEGEND.items():
        if basis in used:
            yield wrapped(say(meaning, lang), f"{_SIGNS[basis]} ")


def _remarks(found: Series, lang: str) -> Iterator[str]:
    """What the numbers are of, what came of every sum and date, and what is known besides."""
    of_note: dict[str, list[str]] = {}
    for entry in found.entries:
        if entry.note:
            of_note.setdefault(say(entry.note, lang), []).append(str(entry.period))
    for note, periods in of_note.items():
        told = text("{periods}: {note}", periods=listed(periods, 40), note=note)
        yield wrapped(say(told, lang), "- ")
    for finding in found.findings:
        sign = "- " if finding.holds or finding.statement.implies else "! "
        yield wrapped(finding_said(finding, found.record, lang), sign)
    for said in dates_said(found.announced, lang):
        yield wrapped(said, "- ")
    for remark in found.notes:
        yield wrapped(say(remark, lang), "- ")
