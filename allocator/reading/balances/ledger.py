"""Reads a ledger of joint changes: signed lines that sum to zero within an entry.

A swap between two streams is two entries with one name for the swap, and a rate at which each area
gives in the second what it took in the first; the rate must give whole numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from allocator.model.balances import Entry
from allocator.model.problem import Problems
from allocator.reading.balances.rows import Frame
from allocator.reading.formats.csv_table import Dialect, Record
from allocator.reading.formats.numerals import Numerals, Unreadable, balance
from allocator.reading.workbooks.table_file import read_table
from allocator.words.text import Text, change, series, text

REQUIRED = ("entry", "code", "change")
OPTIONAL = ("name", "stream", "swap", "rate", "source")


def read_ledger(
    path: Path, dialect: Dialect, frame: Frame, other_streams: Sequence[str]
) -> tuple[Entry, ...]:
    """The entries of a ledger, each balanced; a swap may name streams of other instances too."""
    table = read_table(path, dialect, frame.problems, REQUIRED, OPTIONAL, frame.made(("change",)))
    entries: dict[str, Entry] = {}
    for record in table.once("entry", "stream", "code", meant=frame.meant):
        area, change = frame.area(record), record.read("change", balance)
        stream = frame.stream(record, other_streams)
        rate = record.read("rate", _rate)
        if not record["entry"]:
            frame.problems.add(
                record.place,
                text("The entry has no name."),
                text("Give the lines of one agreement the same name."),
            )
        elif area and stream and change is not None and rate is not None:
            name = record["entry"]
            entry = entries.setdefault(
                name,
                Entry(name, stream, {}, record["swap"], rate, record["source"], record.place),
            )
            _check_same(record, entry, stream, rate, frame.problems)
            entries[name] = _with(entry, area.code, change)
    if not frame.problems.found:
        for entry in entries.values():
            _check_sum(entry, frame)
        _check_swaps(list(entries.values()), frame)
    return tuple(entries.values())


def _with(entry: Entry, code: str, change: int) -> Entry:
    return replace(entry, changes={**entry.changes, code: change})


def _rate(written: str, _: Numerals) -> Fraction:
    """How many of the second stream stand for one of the first; 0 where none is written."""
    if not written:
        return Fraction(0)
    if re.fullmatch(r"[1-9]\d{0,5}(/[1-9]\d{0,5})?|\d{1,6}\.\d{1,6}", written, re.ASCII):
        rate = Fraction(written)
        if rate:
            return rate
    raise Unreadable(
        text("{written} is no rate.", written=f"'{written}'"),
        text("Write how many stand for one, such as 2, 0.5 or 3/2."),
    )


def _check_same(
    record: Record, entry: Entry, stream: str, rate: Fraction, problems: Problems
) -> None:
    """The lines of an entry agree on what it is."""
    if (stream, record["swap"], rate) != (entry.stream, entry.swap, entry.rate):
        problems.add(
            record.place,
            text(
                "The lines of {entry} differ in stream, swap or rate; compare line {line}.",
                entry=f"'{entry.name}'",
                line=str(entry.place.line),
            ),
            text("Write the same in each, or give the other stream an entry of its own."),
        )


def _sides(entry: Entry, frame: Frame) -> tuple[Text, Text]:
    """Who takes and who gives, in words."""
    names = frame.division.by_code

    def side(sign: int) -> Text:
        changes = {code: n * sign for code, n in entry.changes.items() if n * sign > 0}
        told = [text("{area} {number}", area=names[c].name, number=n) for c, n in changes.items()]
        return text("{number} ({areas})", number=sum(changes.values()), areas=series(told or ["-"]))

    return side(1), side(-1)


def _check_sum(entry: Entry, frame: Frame) -> None:
    sum_ = sum(entry.changes.values())
    if sum_ == 0:
        return
    taken, given = _sides(entry, frame)
    frame.problems.add(
        entry.place,
        text(
            "{entry} does not sum to zero but to {sum}: taken over {taken}, given {given}.",
            entry=f"'{entry.name}'",
            sum=sum_,
            taken=taken,
            given=given,
        ),
        text("Mend the numbers: what some take over, others give."),
    )


def _check_swaps(entries: Sequence[Entry], frame: Frame) -> None:
    swaps: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.swap:
            swaps.setdefault(entry.swap, []).append(entry)
        elif entry.rate:
            frame.problems.add(
                entry.place,
                text("{entry} has a rate and belongs to no swap.", entry=f"'{entry.name}'"),
                text("Fill in `swap` in both of its entries, or leave the rate out."),
            )
    for name, halves in swaps.items():
        rated = [entry for entry in halves if entry.rate]
        if len(halves) != 2 or len(rated) != 1 or halves[0].stream == halves[1].stream:
            frame.problems.add(
                halves[0].place,
                text(
                    "The swap {name} has the entries {entries}.",
                    name=f"'{name}'",
                    entries=series([f"'{entry.name}' ({entry.stream})" for entry in halves]),
                ),
                text("A swap is two entries in two streams, one of them with a rate."),
            )
            continue
        second = rated[0]
        first = next(entry for entry in halves if entry is not second)
        _check_rate(name, first, second, frame)


def _check_rate(name: str, first: Entry, second: Entry, frame: Frame) -> None:
    """What an area takes over in the one stream it gives in the other, at the rate."""
    for code in dict.fromkeys((*first.changes, *second.changes)):
        taken, given = first.changes.get(code, 0), -second.changes.get(code, 0)
        wanted = second.rate * taken
        if wanted == given:
            continue
        frame.problems.add(
            second.place,
            text(
                "In the swap {name} {area} has {taken} ({one}) and {given} ({other}); at the rate "
                "{rate} the second would be {wanted}.",
                name=f"'{name}'",
                area=frame.division.by_code[code].name,
                taken=change(taken),
                one=first.stream,
                given=change(-given),
                other=second.stream,
                rate=second.rate,
                wanted=-wanted,
            ),
            text("Mend the numbers or the rate.")
            if wanted.denominator == 1
            else text("Choose numbers for which the rate gives whole ones."),
        )
