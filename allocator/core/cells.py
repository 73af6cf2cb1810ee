"""The cells of a whole: at every leaf its parts, which do not overlap and add up to it.

Where the rule names no rest, what its parts leave of a whole is a part without a stream.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from allocator.model.proof import Cell
from allocator.model.streams import Stream, Streams
from allocator.words.text import Value, text


def wholes(streams: Streams) -> tuple[Stream, ...]:
    """The streams that are no part of another."""
    return tuple(stream for stream in streams.all if not stream.whole)


def parts_of(streams: Streams, whole: Stream) -> tuple[str, ...]:
    """The parts of a whole in the rule's order; a whole without parts is its own only one."""
    inside = [stream.name for stream in streams.all if stream.whole == whole.name]
    if not inside:
        return (whole.name,)
    rests = any(stream.rest_of == whole.name for stream in streams.all)
    return tuple(inside) if rests else (*inside, f"rest of {whole.name}")


def parts_in(streams: Streams, name: str) -> tuple[str, ...]:
    """The parts that a stream stands for: all of them for a whole, itself for a part."""
    stream = streams.named(name)
    return (name,) if stream.whole else parts_of(streams, stream)


def split(
    streams: Streams, whole: Stream, amounts: Mapping[Cell, Fraction], leaves: tuple[str, ...]
) -> dict[Cell, Fraction]:
    """The amounts of the parts at every leaf, from those of the given streams.

    Places 10 of which 3 for minors leave 7 regular ones:

    >>> from allocator.words.text import LocalText
    >>> title = LocalText("", "")
    >>> places, minors = Stream("places", title), Stream("minors", title, part_of="places")
    >>> regular = Stream("regular", title, rest_of="places")
    >>> amounts = {("A", "places"): Fraction(10), ("A", "minors"): Fraction(3)}
    >>> split(Streams((places, minors, regular)), places, amounts, ("A",))
    {('A', 'minors'): Fraction(3, 1), ('A', 'regular'): Fraction(7, 1)}
    """
    parts = parts_of(streams, whole)
    given = [part for part in parts if part in {stream.name for stream in streams.given}]
    found = {}
    for leaf in leaves:
        left = amounts[leaf, whole.name]
        for part in parts:
            if part in given:
                found[leaf, part] = amounts[leaf, part]
                left -= amounts[leaf, part]
        found.update({(leaf, part): left for part in parts if part not in given})
    return found


def title_of(streams: Streams, part: str) -> Value:
    """What readers call a part; the one without a stream is named after its whole."""
    if part in streams.names:
        return streams.named(part).title
    return text("other {whole}", whole=streams.named(part.removeprefix("rest of ")).title)
