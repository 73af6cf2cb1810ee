"""Where areas lie, for drawing: a place for each, or their borders.

Nothing is decided by these: they are floats, and only pictures use them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.words.text import LocalText, Text

#: A point: so far to the east and so far to the north.
Point = tuple[float, float]
#: A closed line; the first point does not stand at its end again.
Ring = tuple[Point, ...]


@dataclass(frozen=True)
class Layout:
    """A place for every area, where its circle starts from."""

    points: Mapping[str, Point]  # per code, in kilometres
    source: LocalText | Text  # who measured them


@dataclass(frozen=True)
class Borders:
    """The borders of every area, in a unit that is as long to the east as to the north."""

    rings: Mapping[str, tuple[Ring, ...]]  # per code its outlines and holes
    source: LocalText | Text  # the file they come from
