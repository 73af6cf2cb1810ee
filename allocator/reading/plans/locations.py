"""Reads the locations of a plan: those that are there and those that could be, in one table.

A location that is there has a size; a candidate has a smallest and a largest size and the day from
which it can be used. Several municipalities that share the places of one are a pool.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TypeVar

from allocator.model.plan import Location, PlaceKind
from allocator.model.problem import Place
from allocator.reading.formats.csv_table import Dialect, Record
from allocator.reading.formats.numerals import Unreadable
from allocator.reading.plans.rows import PlanRows, perhaps_day, perhaps_places, perhaps_whole
from allocator.reading.workbooks.table_file import read_table
from allocator.words.nearest import nearest
from allocator.words.text import Text, text

REQUIRED = ("name", "code", "kind", "status", "durable")
SIZES = ("size", "smallest", "largest")
OPTIONAL = ("title", *SIZES, "opens", "ends", "cost", "source")

T = TypeVar("T")

#: What may stand in a column, in English or Dutch.
KINDS = {
    "regular": PlaceKind.REGULAR,
    "regulier": PlaceKind.REGULAR,
    "minors": PlaceKind.MINORS,
    "amv": PlaceKind.MINORS,
    "special": PlaceKind.SPECIAL,
    "bijzonder": PlaceKind.SPECIAL,
}
STATUSES = {"existing": True, "bestaand": True, "candidate": False, "kandidaat": False}
YES_OR_NO = {"yes": True, "ja": True, "no": False, "nee": False}


def read_locations(path: Path, dialect: Dialect, rows: PlanRows) -> tuple[Location, ...]:
    """The locations of a file, by their line."""
    before = len(rows.problems.found)
    table = read_table(path, dialect, rows.problems, REQUIRED, OPTIONAL)
    if not table.records and len(rows.problems.found) == before:
        rows.problems.add(
            Place(table.file),
            text("The table has a heading and no rows."),
            text("Add a line for each location."),
        )
    found = [_location(record, rows) for record in table.once("name", meant=_without_capitals)]
    return tuple(location for location in found if location)


def _without_capitals(_: str, written: str) -> str:
    return written.casefold()


def _location(record: Record, rows: PlanRows) -> Location | None:
    """The location of a row, or None with every problem of it noted."""
    before = len(rows.problems.found)
    rows.named(record)
    areas = _areas(record, rows)
    kind = record.read("kind", lambda written, _: _word(written, KINDS))
    existing = record.read("status", lambda written, _: _word(written, STATUSES))
    sizes = _sizes(record, rows, existing)
    opens, ends = _days(record, rows, existing)
    durable = record.read("durable", lambda written, _: _durable(written, existing))
    cost = record.read("cost", perhaps_whole)
    if len(rows.problems.found) > before or sizes is None:
        return None
    assert kind is not None
    assert existing is not None
    assert durable is not None
    location = Location(
        name=record["name"],
        title=record["title"] or record["name"],
        areas=areas,
        kind=kind,
        smallest=sizes[0],
        largest=sizes[1],
        opens=opens,
        ends=ends,
        durable=durable,
        cost=cost,
        existing=existing,
        source=record["source"],
        place=record.place,
    )
    _check_pool(location, rows)
    return location


def _word(written: str, words: dict[str, T]) -> T:
    """What a word of a column stands for."""
    if written.casefold() in words:
        return words[written.casefold()]
    raise Unreadable(
        text("{written} is not known here.", written=f"'{written}'"),
        nearest(written.casefold(), words, text("Write one of: {names}.", names=", ".join(words))),
    )


def _durable(written: str, existing: bool | None) -> bool:
    """Whether it was agreed for as long as the law asks; a candidate still will be."""
    if not written and existing is False:
        return True
    if written.casefold() in YES_OR_NO:
        return YES_OR_NO[written.casefold()]
    raise Unreadable(
        text("{written} is neither yes nor no.", written=f"'{written}'"),
        text("Write yes where it was agreed for as long as the law asks, else no."),
    )


def _areas(record: Record, rows: PlanRows) -> tuple[str, ...]:
    """The codes of its municipality or, with + or ; between them, of a pool."""
    written = [name.strip() for name in re.split(r"[+;]", record["code"])]
    found = [rows.area_named(record, "code", name) for name in written]
    codes = [area.code for area in found if area]
    if len(set(codes)) < len(codes):
        rows.problems.add(
            record.place,
            text("A municipality stands twice in {written}.", written=f"'{record['code']}'"),
            text("Name each municipality of a pool once."),
        )
    return tuple(codes)


def _sizes(record: Record, rows: PlanRows, existing: bool | None) -> tuple[int, int] | None:
    """Its smallest and largest size; of a location that is there both are its size."""
    before = len(rows.problems.found)
    size, smallest, largest = (record.read(column, perhaps_places) for column in SIZES)
    if len(rows.problems.found) > before or existing is None:
        return None
    between = smallest is not None or largest is not None
    if size is not None and not between:
        return size, size
    if not existing and size is None and smallest is not None and largest is not None:
        if smallest <= largest:
            return smallest, largest
        found: Text = text(
            "Its smallest size, {smallest}, is above its largest, {largest}.",
            smallest=smallest,
            largest=largest,
        )
        mend = text("Mend one of the two.")
    elif existing:
        found = text("A location that is there has one size.")
        mend = text("Write it under `size` only; room to grow is a candidate with its own line.")
    elif size is not None:
        found = text("There is a size beside a smallest or largest one.")
        mend = text("Write `size` alone, or `smallest` and `largest`.")
    else:
        found = text("The size of a candidate is missing.")
        mend = text("Fill in `smallest` and `largest`, or `size` where it is fixed.")
    rows.problems.add(record.place, found, mend)
    return None


def _days(record: Record, rows: PlanRows, existing: bool | None) -> tuple[date | None, date | None]:
    """Its first and last day; of a candidate the first must be known."""
    before = len(rows.problems.found)
    opens, ends = record.read("opens", perhaps_day), record.read("ends", perhaps_day)
    if len(rows.problems.found) > before:
        return None, None
    if opens and ends and ends < opens:
        rows.problems.add(
            record.place,
            text("It ends on {ends}, before it opens on {opens}.", ends=ends, opens=opens),
            text("Mend one of the two days."),
        )
    if opens is None and existing is False:
        rows.problems.add(
            record.place,
            text("It is not said from which day the candidate can be used."),
            text("Fill in `opens`; whether it counts depends on it."),
        )
    return opens, ends


def _check_pool(location: Location, rows: PlanRows) -> None:
    """A pool is one location in one of its municipalities: it must be large enough by itself."""
    if len(location.areas) == 1:
        return
    counting = rows.rule.counting
    least = counting.least[location.kind]
    if location.existing:
        rows.problems.add(
            location.place,
            text("A location that is there lies in one municipality."),
            text("Name that one; who carries out whose task is an agreement."),
        )
    elif location.smallest < least:
        rows.problems.add(
            location.place,
            text(
                "The smallest size of a pool is {smallest}; fewer than {least} places of this kind "
                "in one municipality do not count ({article}).",
                smallest=location.smallest,
                least=least,
                article=counting.least_article,
            ),
            text("Write a smallest size of {least} or more.", least=least),
        )
