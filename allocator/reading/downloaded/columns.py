"""Says what each column of a table holds, by its heading or as it was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from allocator.model.downloaded import Asked
from allocator.model.instance import Quantity
from allocator.model.problem import Place, Problems
from allocator.reading.downloaded.figures import readings, without_marks
from allocator.reading.downloaded.headings import Counted, counted_by, is_kind, is_other_figure
from allocator.reading.downloaded.layout import Layout, shown_cell
from allocator.reading.workbooks.heading import letter
from allocator.words.plain import plainly
from allocator.words.text import Text, series, text


@dataclass(frozen=True)
class Columns:
    """What the columns of numbers count, and what is said of the others."""

    counted: Mapping[int, Counted]
    said: tuple[Text, ...]


def columns(table: Layout, asked: Asked, day: date, problems: Problems) -> Columns:
    """The columns that are to be read; what is not clear among them is a problem."""
    place = Place(table.grid.file, table.heading)
    typed = _typed(table, asked, place, problems)
    figures = [column for column in table.others if _has_figures(table, column)]
    kinds = [
        column
        for column in table.others
        if column not in typed and is_kind(table.heading_of(column))
    ]
    counted = dict(typed)
    unclear = _several_kinds(table, kinds, problems)
    if not unclear and table.in_one_line and not kinds:
        counted |= _by_heading(table, figures, typed, asked, day)
    twice = {one for one in counted.values() if _alike(counted, one) > 1}
    if not unclear and (twice or not counted):
        problems.add(
            place, _unclear(table, figures, bool(twice)), _say_which(table, figures, asked)
        )
    said = [_read_as(table, column, one) for column, one in sorted(counted.items())]
    said += [_not_read(table, column, figures) for column in table.others if column not in counted]
    return Columns(counted, tuple(said))


def _alike(counted: Mapping[int, Counted], one: Counted) -> int:
    return sum((c.stream, c.quantity) == (one.stream, one.quantity) for c in counted.values())


def _typed(table: Layout, asked: Asked, place: Place, problems: Problems) -> dict[int, Counted]:
    """The columns that were said to hold a stream."""
    found: dict[int, Counted] = {}
    for what, heading in asked.columns.items():
        stream, _, quantity = what.partition(":")
        if stream not in asked.streams.names or quantity not in ("", *Quantity):
            problems.add(
                Place("--column"),
                text("There is no stream {name} here.", name=f"'{what}'"),
                text(
                    "The streams are: {names}; with the backlog in it, STREAM:corrected.",
                    names=", ".join(asked.streams.names),
                ),
            )
            continue
        wanted = plainly(heading)
        columns = [c for c in table.others if plainly(table.heading_of(c)) == wanted]
        columns = columns or [c for c in table.others if letter(c) == heading.strip().upper()]
        if len(columns) == 1 and columns[0] not in found:
            found[columns[0]] = Counted(stream, Quantity(quantity or "number"))
            continue
        problems.add(
            Place("--column"),
            text("No column here has the heading {heading}.", heading=f"'{heading}'")
            if not columns
            else text("{heading} does not name one column alone.", heading=f"'{heading}'"),
            _choices(table, table.others),
        )
    return found


def _has_figures(table: Layout, column: int) -> bool:
    cells = [table.cell(line, column) for line in table.lines() if table.is_area(line)]
    return any(isinstance(cell, Fraction) or readings(cell) for cell in cells)


def _several_kinds(table: Layout, kinds: list[int], problems: Problems) -> bool:
    """Whether rows of several kinds stand below each other, as a problem."""
    unclear = False
    for column in kinds:
        cells = {plainly(shown_cell(table.cell(line, column))) for line in table.lines()}
        several = sorted(cells - {""})
        if len(several) > 1:
            unclear = True
            problems.add(
                Place(table.grid.file, table.heading),
                text(
                    "The column {heading} tells rows of several kinds apart: {kinds}.",
                    heading=f"'{table.heading_of(column)}'",
                    kinds=series([f"'{kind}'" for kind in several], 4),
                ),
                text("Keep the rows of one kind, or give each kind a column of its own."),
            )
    return unclear


def _by_heading(
    table: Layout, figures: list[int], typed: Mapping[int, Counted], asked: Asked, day: date
) -> dict[int, Counted]:
    """The columns whose headings say what they count."""
    found, unknown = {}, 0
    taken = {(one.stream, one.quantity) for one in typed.values()}
    for column in figures:
        heading = without_marks(table.heading_of(column))
        one = counted_by(heading, asked.streams, day) if column not in typed else None
        if one and (one.stream, one.quantity) not in taken:
            found[column] = one
        elif column not in typed and not is_other_figure(heading):
            unknown += 1
    # that a column holds numbers says what it holds only when no other may be meant
    return {column: one for column, one in found.items() if one.named or not unknown}


def _unclear(table: Layout, figures: list[int], twice: bool) -> Text:
    if not figures:
        return text("No column of this table holds numbers.")
    if twice:
        return text("Several columns seem to hold the same number.")
    if not table.in_one_line:
        return text("The heading has several lines, so it is not clear what a column counts.")
    return text("It is not clear from the heading which column is to be read.")


def _say_which(table: Layout, figures: list[int], asked: Asked) -> Text:
    if not figures:
        return text("Check whether the right file or sheet is read.")
    return text(
        "Say which: --column {stream}=HEADING. {choices}",
        stream=asked.streams.names[0],
        choices=_choices(table, tuple(figures)),
    )


def _choices(table: Layout, columns: tuple[int, ...]) -> Text:
    named = [f"{letter(column)} '{_short(table.heading_of(column))}'" for column in columns]
    return text("The columns are: {names}.", names=series(named))


def _short(heading: str) -> str:
    return re.sub(r"^(.{50}).+$", r"\1...", heading)


def _read_as(table: Layout, column: int, one: Counted) -> Text:
    heading, name = f"'{_short(table.heading_of(column))}'", f"'{one.stream}'"
    where = letter(column)
    if one.quantity is Quantity.CORRECTED:
        return text(
            "Column {where} ({heading}) is read as {name} with the backlog in it.",
            where=where,
            heading=heading,
            name=name,
        )
    return text(
        "Column {where} ({heading}) is read as {name}.", where=where, heading=heading, name=name
    )


def _not_read(table: Layout, column: int, figures: list[int]) -> Text:
    heading = f"'{_short(table.heading_of(column))}'"
    if column not in figures:
        return text(
            "Column {where} ({heading}) is left aside: it holds no numbers.",
            where=letter(column),
            heading=heading,
        )
    return text(
        "Column {where} ({heading}) is left aside: nothing says that it is to be read.",
        where=letter(column),
        heading=heading,
    )
