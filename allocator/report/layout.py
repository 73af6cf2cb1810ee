"""Paragraphs and columns as wide as a screen, and areas in the order of a Dutch list."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from textwrap import fill

from allocator.model.areas import Area, Division
from allocator.words.levels import level_name
from allocator.words.say import say
from allocator.words.text import Value, text

WIDTH = 100  # columns of a paragraph


def capital(said: str) -> str:
    """A sentence that begins with a capital, whatever its first word is."""
    return said[:1].upper() + said[1:]


def wrapped(said: str, sign: str = "") -> str:
    """A paragraph as wide as a screen, hanging under its sign."""
    return fill(said, WIDTH, initial_indent=sign, subsequent_indent=" " * len(sign))


def in_tree(division: Division) -> Iterator[tuple[int, Area]]:
    """Every area of the main tree after the one it lies in, with its depth."""
    below: dict[str, list[Area]] = {}
    for area in division.areas:
        if area.level in division.tree:
            below.setdefault(area.parent, []).append(area)
    waiting = [(0, division.root)]
    while waiting:
        depth, area = waiting.pop()
        yield depth, area
        inside = sorted(below.get(area.code, ()), key=by_name, reverse=True)
        waiting.extend((depth + 1, part) for part in inside)


def by_name(area: Area) -> tuple[str, str]:
    """Names in the order of a Dutch list: accents and a leading 's- do not count."""
    plain = unicodedata.normalize("NFKD", area.name.removeprefix("'s-"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).lower(), area.code


def aligned(lines: Sequence[Sequence[str]], texts: int = 1) -> Iterator[str]:
    """Lines of cells as columns: the first ones are texts, set left, the others numbers."""
    full = [line for line in lines if len(line) > 1]
    if not full:
        return
    widths = [max(len(line[column]) for line in full) for column in range(len(full[0]))]
    for line in lines:
        if len(line) < 2:
            yield "".join(line)
            continue
        cells = [
            cell.ljust(width) if column < texts else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def tree_table(
    division: Division,
    heading: Sequence[Value],
    cells: Callable[[Area], Sequence[str]],
    lang: str,
    within: str = "",
) -> Iterator[str]:
    """A line per area, each after the one it lies in, then the levels beside the tree.

    With an area's code only that area and what lies in it.
    """
    lines: list[Sequence[str]] = [[say(each, lang) for each in (text("area"), *heading)]]
    wanted = set(division.members[within or division.root.code])
    for depth, area in in_tree(division):
        if wanted.issuperset(division.members[area.code]):
            lines.append(["  " * depth + area.name, *cells(area)])
    for level in division.also if not within else ():
        lines.append([])
        lines.append([say(level_name(level, 2), lang)])
        lines.extend(["  " + area.name, *cells(area)] for area in division.at(level))
    return aligned(lines)
