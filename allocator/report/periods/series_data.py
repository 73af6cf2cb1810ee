"""A series of half-years as csv and as json, with plain numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from allocator.periods.notice import Announced
from allocator.periods.record import Beside, Finding, Sum
from allocator.periods.series import COLUMNS, Basis, Entry, Series
from allocator.report.tables import as_csv_table
from allocator.words.say import LANGUAGES, say
from allocator.words.text import Value

FORMAT = "allocator-series/1"
_AREA = ("level", "code", "name")


def as_csv(several: Sequence[Series]) -> str:
    """One line per area and half-year; what is not known is empty, and the bases name columns."""
    lines = []
    for found in several:
        area = (found.area.level, found.area.code, found.area.name)
        for entry in found.entries:
            numbers = [entry.number(column) for column in COLUMNS]
            bases = [
                " ".join(column for column in COLUMNS if entry.basis.get(column) is basis)
                for basis in Basis
            ]
            known = ["" if number is None else number for number in numbers]
            lines.append((*area, entry.period, *known, *bases))
    heading = (*_AREA, "period", *COLUMNS, *(basis.replace("-", "_") for basis in Basis))
    return as_csv_table(heading, lines)


def as_json(several: Sequence[Series]) -> str:
    """Everything, exactly: fractions and ranges as text."""
    data = {
        "format": FORMAT,
        "record": several[0].record.name,
        "title": _both(several[0].record.title),
        "series": [_series(found) for found in several],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _series(found: Series) -> dict[str, Any]:
    area = found.area
    return {
        "area": {"level": area.level, "code": area.code, "name": area.name},
        "entries": [_entry(entry) for entry in found.entries],
        "gaps": [str(half) for half in found.gaps],
        "findings": [_finding(finding) for finding in found.findings],
        "announced": [_announced(date) for date in found.announced],
        "notes": [_both(note) for note in found.notes],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "period": str(entry.period),
        **{column: entry.number(column) for column in COLUMNS},
        "basis": {column: basis.value for column, basis in entry.basis.items()},
        "note": _both(entry.note) if entry.note else None,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    statement = finding.statement
    return {
        "period": str(finding.period),
        "says": _both(statement.says),
        "sum": _sum(finding.sum, statement.sum.written),
        "beside": _sum(finding.other, statement.beside.written)
        if finding.other and statement.beside
        else None,
        "implies": statement.implies or None,
        "missing": list(finding.missing),
        "resting_on": list(finding.resting),
        "compared": [_beside(beside) for beside in finding.besides],
        "holds": finding.holds if finding.besides else None,
    }


def _sum(sum_: Sum, written: str) -> dict[str, Any]:
    result = sum_.result
    return {
        "formula": written,
        "figures": {
            name: {"low": _plain(figures[0].range.low), "high": _plain(figures[0].range.high)}
            for name, figures in sum_.inputs.items()
        },
        "low": _plain(result.low) if result else None,
        "high": _plain(result.high) if result else None,
    }


def _beside(beside: Beside) -> dict[str, Any]:
    figure = beside.figure
    return {
        "low": _plain(beside.range.low),
        "high": _plain(beside.range.high),
        "source": _both(figure.source) if figure else None,
        "quality": figure.quality.value if figure and figure.quality else None,
        "implied": figure.implied if figure else None,
        "more_at_the_low_end": _plain(beside.low),
        "more_at_the_high_end": _plain(beside.high),
        "outcome": beside.outcome.value,
    }


def _announced(announced: Announced) -> dict[str, Any]:
    return {
        "period": str(announced.period),
        "day": announced.day.isoformat(),
        "latest": announced.latest.isoformat(),
        "article": announced.article,
        "timing": announced.timing.value,
        "source": _both(announced.source),
    }


def _plain(number: Fraction) -> str:
    return str(number)


def _both(value: Value) -> dict[str, str]:
    return {lang: say(value, lang) for lang in LANGUAGES}
