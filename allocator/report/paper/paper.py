"""A paper: what a report tells, before it is set.

Sections with sentences, tables, pictures and explanations, in words that are said later and in
exact numbers. A workbook and a page are two ways of setting the same paper, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from allocator.report.pictures.svg import Picture
from allocator.words.text import Value

#: What stands in a table; None is shown as a dash.
Cell = Value | None


class Kind(StrEnum):
    """What a column holds, which says how it is set."""

    TEXT = "text"
    WHOLE = "whole"  # a whole number
    DECIMAL = "decimal"  # a fraction, shown with some decimals
    PERCENT = "percent"  # a part of one, shown in percent
    CHANGE = "change"  # a whole number that always has its sign
    DAY = "day"  # a date


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: Value
    kind: Kind = Kind.WHOLE
    places: int = 0  # decimals of a fraction or a percentage
    group: Value = ""  # what stands above the titles of several columns
    signed: bool = False  # whether a fraction or a percentage always has its sign


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    cells: tuple[Cell, ...]
    depth: int = 0  # how far it lies inside the lines above it
    level: Value = ""  # the kind of area; a workbook has a sheet for each
    code: str = ""  # the area, at which pictures and explanations point


@dataclass(frozen=True)
class Table:
    """Lines under one heading; the first column is what a line is about."""

    title: Value
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sheet: Value = ""  # its name in a workbook, where the title is too long for that
    sorts: bool = False  # whether a reader may want it in another order


def wider(table: Table, columns: Sequence[Column], cells: Sequence[Sequence[Cell]]) -> Table:
    """The table with more columns to the right, and what stands in them line by line."""
    pairs = zip(table.rows, cells, strict=True)
    rows = tuple(replace(row, cells=(*row.cells, *more)) for row, more in pairs)
    return replace(table, columns=(*table.columns, *columns), rows=rows)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation, in the reader's language."""

    label: str  # what it is about; "" goes on with the line above
    said: str


@dataclass(frozen=True)
class Explained:
    """Why one number is what it is."""

    heading: str  # the stream and the number
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Subject:
    """An area with the explanation of each of its numbers."""

    code: str
    name: str
    within: str  # the area above it
    explained: tuple[Explained, ...]


@dataclass(frozen=True)
class Explanations:
    """Many areas explained; what would be said of each of them alike is said once."""

    alike: tuple[Explained, ...]  # per stream
    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class Section:
    """A part of a paper under its own heading."""

    title: Value
    said: tuple[Value, ...] = ()  # paragraphs
    cautions: tuple[Value, ...] = ()  # what to beware of
    notes: tuple[Value, ...] = ()  # remarks, one by one
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    explanations: Explanations | None = None
    name: str = ""  # a short name of its own, for links


@dataclass(frozen=True)
class Paper:
    """A whole report."""

    title: Value
    summary: tuple[Value, ...]  # what the reader came for, first
    sections: tuple[Section, ...]
    cautions: tuple[Value, ...] = ()  # what to beware of in all of it
    footer: tuple[Value, ...] = ()  # rule, program, receipt
