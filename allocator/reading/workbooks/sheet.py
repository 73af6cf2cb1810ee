"""Finds the table in the sheets of a workbook: its heading, and what each column holds.

A table of our own columns has their names in one row. Where a reader knows the areas, the heading
may have several rows, merged cells and the words that people use, and other columns beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.downloaded.headings import is_kind
from allocator.reading.workbooks.as_made import AsMade
from allocator.reading.workbooks.heading import (
    HEADING_WITHIN,
    NO_AREAS,
    AreaColumns,
    area_columns,
    lines_of_heading,
)
from allocator.reading.workbooks.workbook import Sheet
from allocator.words.plain import plainly
from allocator.words.text import series, text


@dataclass(frozen=True)
class Wanted:
    """The columns that a table must and may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    made: AsMade | None  # None where the heading has our names and no others

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.required, *self.optional)


@dataclass(frozen=True)
class Heading:
    """The heading of a table, or the row that comes nearest to one."""

    sheet: Sheet
    row: int
    body: int  # the first row below it
    known: int  # how many of its names are those of the table
    whole: bool  # whether it has all that are required
    labels: dict[int, str]  # what stands over each column
    names: dict[int, str] = field(default_factory=dict)  # the columns that are read, as made
    counted: dict[int, Mapping[str, str]] = field(default_factory=dict)
    """Of columns of numbers side by side, what the heading says of each."""
    areas: AreaColumns = NO_AREAS


def find_heading(sheets: Iterable[Sheet], place: Place, wanted: Wanted) -> Heading:
    """The first row with all required names, or the one that comes nearest to it."""
    found = [best for sheet in sheets if (best := _heading_in(sheet, wanted)) is not None]
    whole = [heading for heading in found if heading.whole]
    if len(whole) > 1:
        raise InputError(
            Problem(
                place,
                text(
                    "The heading stands in several sheets: {names}.",
                    names=series([heading.sheet.name for heading in whole]),
                ),
                text("Keep the table in one of them; hidden sheets count too."),
            )
        )
    if not found:
        raise InputError(
            Problem(
                place,
                text(
                    "None of the first {most} rows of a sheet names the columns.",
                    most=HEADING_WITHIN,
                ),
                text(
                    "A row above the table names them: {names}.", names=", ".join(wanted.required)
                ),
            )
        )
    return whole[0] if whole else max(found, key=lambda heading: heading.known)


def _heading_in(sheet: Sheet, wanted: Wanted) -> Heading | None:
    best = None
    for row in sorted(row for row in sheet.rows if row <= HEADING_WITHIN):
        heading = (
            _as_made(sheet, row, wanted, wanted.made)
            if wanted.made
            else _by_our_names(sheet, row, wanted)
        )
        if heading and heading.whole:
            return heading
        if heading and heading.known > (best.known if best else 0):
            best = heading
    return best


def _by_our_names(sheet: Sheet, row: int, wanted: Wanted) -> Heading:
    needed = {name.casefold() for name in wanted.required}
    known = needed | {name.casefold() for name in wanted.optional}
    labels = {column: str(value) for column, value in sheet.rows[row].items()}
    names = {label.casefold() for label in labels.values()}
    return Heading(sheet, row, row + 1, len(names & known), names >= needed, labels)


def _as_made(sheet: Sheet, row: int, wanted: Wanted, made: AsMade) -> Heading | None:
    """The heading of which this row names the areas, with the rows above and below it."""
    areas, above, body = NO_AREAS, 0, row + 1
    if made.areas.areas:
        own = {column: str(value) for column, value in sheet.rows[row].items()}
        try:
            areas = area_columns(own, Place(sheet.name, row))
        except InputError:
            return None  # what is no heading may say anything
        if areas.code is None and areas.name is None:
            return None
        above, body = lines_of_heading(sheet.rows, row, areas)
    lines = range(row - above, body)
    columns = sorted({column for line in lines for column in sheet.rows.get(line, {})})
    parts = {column: _parts(sheet, lines, column) for column in columns}
    labels = {column: " ".join(of_column) for column, of_column in parts.items() if of_column}
    names = {} if areas.code is None else {areas.code: "code"}
    names |= {} if areas.name is None else {areas.name: "name"}
    others = {column: parts[column] for column in labels if column not in areas.any}
    whole_labels = {column: [labels[column]] for column in others}
    names |= _called(whole_labels, wanted.all, names, made)
    counted: dict[int, Mapping[str, str]] = {}
    if "number" in wanted.all and "number" not in names.values():
        counted = {at: told for at in others if (told := _told(labels[at], others[at], made))}
    known_by_now = {**names, **dict.fromkeys(counted, "number")}
    names |= _called(others, wanted.all, known_by_now, made)
    there = {*names.values(), *_needless(counted, made)}
    known = len({*names.values()}) + len(counted)
    whole = there >= set(wanted.required)
    return Heading(sheet, row, body, known, whole, labels, names, counted, areas)


def _parts(sheet: Sheet, lines: range, column: int) -> list[str]:
    """What stands over a column from top to bottom, a merged cell once."""
    seen = (sheet.seen(line, column) for line in lines)
    return list(dict.fromkeys(" ".join(str(one).split()) for one in seen if one is not None))


def _called(
    headings: Mapping[int, list[str]], wanted: Iterable[str], known: Mapping[int, str], made: AsMade
) -> dict[int, str]:
    """The columns with names that are not known yet, by anything that stands over them."""
    return {
        column: name
        for name in wanted
        for column, of_column in headings.items()
        if column not in known
        and name not in ("code", "name", *known.values())
        and any(made.is_called(one, name) for one in of_column)
    }


def _told(label: str, parts: list[str], made: AsMade) -> Mapping[str, str]:
    """What a heading says of its numbers, as a whole or in one line of it."""
    return next((told for one in (label, *parts) if (told := made.told(one))), {})


def _needless(counted: Mapping[int, Mapping[str, str]], made: AsMade) -> set[str]:
    """The columns that the table can do without: an area has a code or a name."""
    alone = made.streams is not None and len(made.streams.all) == 1
    told = {"number", *(one for of in counted.values() for one in of)} if counted else set()
    return {"code", "name", *told, *(("stream",) if alone else ())}


def check_heading(heading: Heading, place: Place, wanted: Wanted, made: AsMade) -> None:
    """No column is there twice, and none that was meant otherwise is passed over."""
    problems = Problems()
    for name in dict.fromkeys(heading.names.values()):
        same = [column for column, one in heading.names.items() if one == name]
        _refuse_several(heading, same, f"'{name}'", place, problems)
    for told in heading.counted.values():
        same = [column for column, other in heading.counted.items() if other == told]
        if heading.counted[same[0]] is told:
            _refuse_several(heading, same, f"'{' '.join(told.values())}'", place, problems)
    known = {*heading.names.values(), *_needless(heading.counted, made)}
    lacking = [name for name in wanted.all if name not in known]
    for column, label in heading.labels.items():
        if column in (*heading.names, *heading.counted, *heading.areas.any):
            continue
        near = get_close_matches(plainly(label), [plainly(name) for name in lacking], 1, 0.75)
        if near:
            problems.add(
                place,
                text("The column {name} is not known here.", name=f"'{label}'"),
                text("Did you mean {near}?", near=f"'{near[0]}'"),
            )
        elif is_kind(label):
            _refuse_kinds(heading, column, label, place, problems)
    for name in wanted.required:
        if name in lacking:
            problems.add(
                place,
                text("The column {name} is missing.", name=f"'{name}'"),
                text(
                    "Write {name} over the column that holds it; the columns here are: {names}.",
                    name=f"'{name}'",
                    names=series([f"'{label}'" for label in heading.labels.values()], 12),
                ),
            )
    problems.raise_any()


def _refuse_several(
    heading: Heading, same: list[int], name: str, place: Place, problems: Problems
) -> None:
    if len(same) > 1:
        problems.add(
            place,
            text(
                "Several columns may be {name}: {labels}.",
                name=name,
                labels=series([f"'{heading.labels[column]}'" for column in same]),
            ),
            text("Write {name} over the one that is meant, or take the others out.", name=name),
        )


def _refuse_kinds(
    heading: Heading, column: int, label: str, place: Place, problems: Problems
) -> None:
    """Rows of several years or kinds below each other cannot all be meant."""
    seen = (heading.sheet.seen(row, column) for row in heading.sheet.rows if row >= heading.body)
    several = sorted({str(value) for value in seen if value is not None})
    if len(several) > 1:
        problems.add(
            place,
            text(
                "The column {heading} tells rows of several kinds apart: {kinds}.",
                heading=f"'{label}'",
                kinds=series([f"'{kind}'" for kind in several], 4),
            ),
            text("Keep the rows of one kind, or give each kind a column of its own."),
        )
