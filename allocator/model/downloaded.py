"""A table that somebody else published, as it was read, and what was asked to read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from allocator.model.instance import Quantity
from allocator.model.problem import Place
from allocator.model.streams import Streams
from allocator.words.text import Text


@dataclass(frozen=True)
class Asked:
    """What whoever brings a table says of it."""

    streams: Streams  # what its numbers may count
    levels: tuple[str, ...]  # the levels of which its areas may be
    columns: Mapping[str, str] = field(default_factory=dict)
    """Per STREAM or STREAM:corrected, the heading or the letter of its column."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Per name in the table the code of its area, or "" for a line to be left aside."""
    level: str = ""  # the level that is meant where a name is one of several levels
    notation: str = ""  # nl or en, where the figures may be both
    sheet: str = ""  # the sheet of a workbook that holds the table


@dataclass(frozen=True, slots=True)
class DownloadedRow:
    """One number of the table."""

    code: str  # its area; "" for a total of which the table does not say what it adds up
    stream: str
    quantity: Quantity
    number: int
    name: str  # the area as the table writes it
    place: Place


@dataclass(frozen=True, slots=True)
class Match:
    """A name that is not written as in the register, and the area it is taken for."""

    written: str
    code: str
    name: str  # as in the register
    why: Text
    doubtful: bool  # whether a reader should look at it
    place: Place


@dataclass(frozen=True, slots=True)
class LeftAside:
    """A line of which nothing was read, or not all."""

    written: str
    why: Text
    place: Place


@dataclass(frozen=True)
class Downloaded:
    """The table as read: each number is in `rows` or `totals`, whatever else is told."""

    file: str
    rows: tuple[DownloadedRow, ...]  # of areas below the country
    totals: tuple[DownloadedRow, ...]  # of the country, and sums that stand in the table
    recognised: tuple[Text, ...]  # how the file was read, and which column as what
    matches: tuple[Match, ...]
    aside: tuple[LeftAside, ...]
