"""Bends tables: their cells, rows, columns and heading, and how they are written as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz.draw.signs import encoded, in_words, noise, odd_number, odd_text, odd_value

Rows = list[list[str]]


def rows_of(written: str, separator: str = ",") -> Rows:
    """The rows of a good CSV file, the heading first."""
    return list(csv.reader(io.StringIO(written, newline=""), delimiter=separator))


def bent_rows(source: Random, rows: Sequence[Sequence[str]], most: int = 4) -> Rows:
    """A copy of a table with a few things bent."""
    changed = [list(row) for row in rows]
    for _ in range(source.randrange(1, most + 1)):
        if not changed:
            return changed
        source.choice(_WAYS)(source, changed)
    return changed


def _at(source: Random, rows: Rows) -> int:
    """A row, the heading now and then."""
    return 0 if source.randrange(24) == 0 else source.randrange(len(rows))


def _cell(source: Random, rows: Rows) -> None:
    row = rows[_at(source, rows)]
    if row:
        draw = source.choice((odd_number, odd_number, odd_text, odd_value))
        row[source.randrange(len(row))] = draw(source)


def _reworded(source: Random, rows: Rows) -> None:
    row = rows[_at(source, rows)]
    if row:
        at = source.randrange(len(row))
        row[at] = in_words(source, row[at])


def _other_cell(source: Random, rows: Rows) -> None:
    row, other = rows[_at(source, rows)], rows[_at(source, rows)]
    if row and other:
        row[source.randrange(len(row))] = other[source.randrange(len(other))]


def _emptied(source: Random, rows: Rows) -> None:
    row = rows[_at(source, rows)]
    if row:
        row[source.randrange(len(row))] = ""


def _shorter(source: Random, rows: Rows) -> None:
    row = rows[_at(source, rows)]
    if row:
        del row[source.randrange(len(row))]


def _longer(source: Random, rows: Rows) -> None:
    row = rows[_at(source, rows)]
    row.insert(source.randrange(len(row) + 1), odd_value(source))


def _row_gone(source: Random, rows: Rows) -> None:
    at = _at(source, rows)
    del rows[at : at + source.choice((1, 1, 1, 2, 400))]


def _row_again(source: Random, rows: Rows) -> None:
    row = list(rows[_at(source, rows)])
    rows.insert(source.randrange(len(rows) + 1), row)


def _rows_many(source: Random, rows: Rows) -> None:
    row = rows[_at(source, rows)]
    rows.extend(list(row) for _ in range(source.choice((2, 15, 60))))


def _row_odd(source: Random, rows: Rows) -> None:
    row = [odd_value(source) for _ in range(source.randrange(5))]
    rows.insert(source.randrange(len(rows) + 1), row)


def _rows_swapped(source: Random, rows: Rows) -> None:
    one, other = source.randrange(len(rows)), source.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]


def _column_gone(source: Random, rows: Rows) -> None:
    at = source.randrange(max(map(len, rows), default=0) or 1)
    for row in rows:
        del row[at : at + 1]


def _column_again(source: Random, rows: Rows) -> None:
    at = source.randrange(max(map(len, rows), default=0) or 1)
    for row in rows:
        row.extend(row[at : at + 1])
    if source.randrange(2) and rows[0]:
        rows[0][-1] = odd_text(source)


def _columns_swapped(source: Random, rows: Rows) -> None:
    wide = max(map(len, rows), default=0) or 1
    one, other = source.randrange(wide), source.randrange(wide)
    for row in rows:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _column_of_one(source: Random, rows: Rows) -> None:
    at = source.randrange(max(map(len, rows), default=0) or 1)
    value = odd_value(source)
    for row in rows[1:]:
        if at < len(row):
            row[at] = value


_WAYS: tuple[Callable[[Random, Rows], None], ...] = (
    *(_cell, _cell, _cell, _cell, _cell, _cell, _reworded, _reworded, _reworded, _emptied),
    *(_other_cell, _other_cell, _other_cell, _emptied),
    *(_shorter, _longer, _row_gone, _row_again, _rows_many, _row_odd, _rows_swapped),
    *(_column_gone, _column_again, _columns_swapped, _column_of_one),
)


def as_csv(source: Random, rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    """A table as CSV, mostly as it should be written."""
    out = io.StringIO(newline="")
    ends = source.choice(("\n", "\n", "\n", "\n", "\n", "\r\n", "\r\n", "\r"))
    sign = source.choice((separator,) * 17 + (",", ";", "\t"))
    every = source.randrange(6) == 0
    plainly = source.randrange(8) == 0
    if plainly:  # as somebody writes it who knows nothing of quotes
        out.write("".join(sign.join(row) + ends for row in rows))
    else:
        writer = csv.writer(
            out,
            delimiter=sign,
            lineterminator=ends,
            quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL,
        )
        writer.writerows(rows)
    content = encoded(out.getvalue())
    return b"\xef\xbb\xbf" + content if source.randrange(30) == 0 else content


def bent_table(source: Random, rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    """A CSV file that holds something else than a good one, or is written in an odd way."""
    content = as_csv(source, bent_rows(source, rows, source.choice((1, 1, 2, 5))), separator)
    return noise(source, content) if source.randrange(8) == 0 else content
