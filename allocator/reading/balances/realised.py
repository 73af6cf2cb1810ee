"""Reads what was realised, by month or over the whole half-year."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

from allocator.model.balances import Realised
from allocator.model.half_year import MONTHS, HalfYear
from allocator.model.problem import Place
from allocator.model.rule import RealisedKind
from allocator.reading.balances.rows import Frame
from allocator.reading.formats.csv_table import Dialect, Table
from allocator.reading.formats.numerals import Unreadable, whole
from allocator.words.numbers import month_name
from allocator.words.plain import plainly
from allocator.words.text import series, text

#: What people call the column of numbers besides.
CALLED = {"number": ("gerealiseerd", "realisatie", "gehuisvest", "realised", "housed")}


def read_realised(
    path: Path, dialect: Dialect, frame: Frame, half: HalfYear, kinds: tuple[RealisedKind, ...]
) -> tuple[Realised, ...]:
    """The rows of a file; each area must be there, with every month that others have."""
    table = frame.table(
        path, dialect, ("number",), ("month", "kind"), ("number",), CALLED, _months(half)
    )
    names = [kind.name for kind in kinds]
    found = []

    def meant(column: str, written: str) -> str:
        with suppress(Unreadable):
            if column == "month":
                return str(_month(written, half))
            if column == "kind":
                return _kind(written, names)
        return frame.meant(column, written)

    for record in table.once("code", "stream", "month", "kind", meant=meant):
        cell = frame.cell(record)
        month = record.read("month", lambda written, _: _month(written, half))
        kind = record.read("kind", lambda written, _: _kind(written, names))
        number = record.read("number", whole)
        if cell and month is not None and kind is not None and number is not None:
            found.append(Realised(*cell, month or None, kind, number))
    frame.refuse_missing(table, ((row.code, row.stream) for row in found))
    if not frame.problems.found:
        _refuse_holes(table, frame, found)
    return tuple(found)


def _months(half: HalfYear) -> dict[str, dict[str, str]]:
    """The months of a half-year as they stand over columns, in words, digits or as a day."""
    found: dict[str, dict[str, str]] = {}
    for number in range(MONTHS):
        first = half.day.replace(month=half.day.month + number)
        forms = [f"{first:%Y-%m}", f"{first:%Y-%m-%d %H:%M:%S}", f"{first:%Y-%m-%d}"]
        for lang in ("nl", "en"):
            name = month_name(first.month, lang)
            forms += [name, name[:3], f"{name} {first.year}", f"{name[:3]} {first.year}"]
        forms += ["mrt", f"mrt {first.year}"] if first.month == 3 else []
        found |= {plainly(form): {"month": f"{first:%Y-%m}"} for form in forms}
    return found


def _month(written: str, half: HalfYear) -> int:
    """Its number from 1 to 6, also from "2023-09"; 0 where the row is of the whole half-year."""
    if not written:
        return 0
    dated = re.fullmatch(r"([12]\d{3})-(0[1-9]|1[0-2])(?:-01)?", written, re.ASCII)
    if dated:  # with a day it is what a workbook makes of a month
        year, month = dated.groups()
        place = half.month(date(int(year), int(month), 1))
    else:
        place = int(written) if re.fullmatch(r"[1-6]", written, re.ASCII) else None
    if place is None:
        raise Unreadable(
            text("{written} is no month of {period}.", written=f"'{written}'", period=str(half)),
            text(
                "Write 1 to {months}, counted from the period's first month, or {first} to {last}.",
                months=MONTHS,
                first=f"{half.day:%Y-%m}",
                last=f"{half.last:%Y-%m}",
            ),
        )
    return place


def _kind(written: str, names: list[str]) -> str:
    """The kind of a row; where none is written, the first that the rule names."""
    if written in names or not written:
        return written or next(iter(names), "")
    if not names:
        raise Unreadable(
            text("The rule names no kinds of realised numbers."), text("Leave the column empty.")
        )
    raise Unreadable(
        text("{written} is no kind.", written=f"'{written}'"),
        text("Write one of: {names}.", names=", ".join(names)),
    )


def _refuse_holes(table: Table, frame: Frame, rows: list[Realised]) -> None:
    """Months and the whole half-year cannot both be given, and no area may lack a month."""
    of: dict[tuple[str, str], set[int | None]] = {}
    for row in rows:
        of.setdefault((row.code, row.stream), set()).add(row.month)
    months = {month for given in of.values() for month in given}
    names = frame.division.by_code
    place = Place(table.file)
    if None in months and len(months) > 1:
        mixed = [names[code].name for (code, _), given in of.items() if None in given]
        frame.problems.add(
            place,
            text("There are rows with a month and rows without: {areas}.", areas=series(mixed)),
            text("Give months everywhere, or the whole half-year everywhere."),
        )
        return
    last = max((month for month in months if month), default=0)
    for month in range(1, last + 1):
        lacking = [names[code].name for (code, _), given in of.items() if month not in given]
        if lacking:
            frame.problems.add(
                place,
                text("Month {month} is missing for {areas}.", month=month, areas=series(lacking)),
                text("Add a line for each, with 0 where nothing was realised."),
            )
