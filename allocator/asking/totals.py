"""Reads `--total [STREAM=]N`."""

from __future__ import annotations

from allocator.model.problem import Place, Problems
from allocator.reading.formats.numerals import Unreadable, whole
from allocator.words.text import text

PLACE = Place("--total")


def read_totals(written: tuple[str, ...]) -> dict[str, int]:
    """The numbers by stream; a number without a stream, under "", is for the only one."""
    problems = Problems()
    found: dict[str, int] = {}
    for one in written:
        stream, sign, number = one.rpartition("=")
        stream = stream.strip()
        if stream in found or (sign and not stream):
            problems.add(
                PLACE,
                text("{written} does not name a stream of its own.", written=f"'{one}'"),
                text("Write STREAM=N, once for each stream."),
            )
            continue
        try:
            found[stream] = whole(number)
        except Unreadable as error:
            problems.add(PLACE, error.found, error.mend)
    problems.raise_any()
    return found
