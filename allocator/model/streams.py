"""Streams: the kinds of person or place that are distributed, and what is part of what.

Minors' places are part of the reception places; what is left of the whole, the regular places, is
a stream of its own that is never rounded by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from allocator.model.problem import Place
from allocator.words.text import LocalText


@dataclass(frozen=True, slots=True)
class KeyText:
    """A key's formula as it was written, and where."""

    written: str
    place: Place


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of person or place that is distributed."""

    name: str  # its name in files and tables
    title: LocalText  # its name for readers
    part_of: str = ""  # the whole it lies inside, or ""
    rest_of: str = ""  # the whole of which it is what the parts leave, or ""
    key: KeyText | None = None  # a key of its own, where it does not share the rule's

    @property
    def whole(self) -> str:
        """The whole it belongs to, as a part or as the rest; "" when it is one itself."""
        return self.part_of or self.rest_of


@dataclass(frozen=True)
class Streams:
    """The streams of a rule, in its order."""

    all: tuple[Stream, ...]

    @property
    def given(self) -> tuple[Stream, ...]:
        """The streams that have a total of their own: all but the rests."""
        return tuple(stream for stream in self.all if not stream.rest_of)

    @property
    def rests(self) -> tuple[Stream, ...]:
        return tuple(stream for stream in self.all if stream.rest_of)

    def parts(self, whole: str) -> tuple[Stream, ...]:
        """The streams that lie inside a whole and have a total of their own."""
        return tuple(stream for stream in self.all if stream.part_of == whole)

    def named(self, name: str) -> Stream:
        return next(stream for stream in self.all if stream.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(stream.name for stream in self.all)
