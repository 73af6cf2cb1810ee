"""Paragraphs and columns as wide as a screen, and areas in the order of a Dutch list.

On a screen that is narrower than a table, headings go on several lines, then long names are cut
short, then the columns come in parts under each other: no number is left out. A table that goes to
a file or another program has one line per row, however wide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import zip_longest
from textwrap import fill, wrap

from allocator.model.areas import Area, Division
from allocator.words.levels import level_name
from allocator.words.say import say
from allocator.words.text import Value, text

WIDTH = 100  # columns of a paragraph
GAP = 2  # columns between those of a table
LEAST = 14  # signs that are kept of a long name

#: The columns of the screen that is written on; none where it is a file or another program.
_SCREEN: ContextVar[int | None] = ContextVar("screen", default=None)


@contextmanager
def on_screen(columns: int | None) -> Iterator[None]:
    """While this lasts, paragraphs and tables fit so many columns."""
    before = _SCREEN.set(columns)
    try:
        yield
    finally:
        _SCREEN.reset(before)


def page_width() -> int:
    """Columns of a paragraph here."""
    return min(WIDTH, _SCREEN.get() or WIDTH)


def capital(said: str) -> str:
    """A sentence that begins with a capital, whatever its first word is."""
    return said[:1].upper() + said[1:]


def wrapped(said: str, sign: str = "") -> str:
    """A paragraph as wide as a screen, hanging under its sign."""
    return fill(said, page_width(), initial_indent=sign, subsequent_indent=" " * len(sign))


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
    widths = [max(map(len, column)) for column in zip(*full, strict=True)]
    screen = _SCREEN.get()
    if screen is None or _wide(widths) <= screen:
        yield from _set(lines, widths, texts)
    else:
        yield from _fitted(lines, texts, screen)


def _wide(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _set(lines: Sequence[Sequence[str]], widths: Sequence[int], texts: int) -> Iterator[str]:
    """Every line in columns of these widths."""
    for line in lines:
        if len(line) < 2:
            yield "".join(line)
            continue
        cells = [
            cell.ljust(width) if column < texts else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield (" " * GAP).join(cells).rstrip()


def _fitted(lines: Sequence[Sequence[str]], texts: int, screen: int) -> Iterator[str]:
    """The same on a narrow screen: first the headings, then the names, then the columns yield."""
    heading, *rest = lines if len(lines[0]) > 1 else ((), *lines)
    columns = list(zip(*(line for line in (heading, *rest) if len(line) > 1), strict=True))
    widths = [max(map(len, column)) for column in columns]
    if heading:
        for n in range(texts, len(columns)):
            words = max(map(len, heading[n].split()), default=0)
            widths[n] = max(words, *map(len, columns[n][1:]), 0)
    for n in sorted(range(texts), key=lambda n: -widths[n]):
        over = _wide(widths) - screen
        widths[n] = min(widths[n], max(LEAST, widths[n] - max(over, 0)))
    first = True
    for part in _parts(widths, texts, screen):
        if not first:
            yield ""
        first = False
        shown = [*_folded(heading, widths)] if heading else []
        for line in rest:
            if len(line) > 1 and texts == len(widths):  # a list of texts has room below
                shown += _folded(line, widths)
            else:
                shown.append([_cut(cell, width) for cell, width in _pairs(line, widths)])
        picked = [[line[n] for n in part] if len(line) > 1 else line for line in shown]
        yield from _set(picked, [widths[n] for n in part], texts)


def _pairs(line: Sequence[str], widths: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Each cell with its width; a line that is no row of the table is as wide as it is."""
    return zip(line, widths, strict=True) if len(line) > 1 else ((c, len(c)) for c in line)


def _parts(widths: Sequence[int], texts: int, screen: int) -> Iterator[list[int]]:
    """Which columns stand beside each other: the texts, and as many numbers as there is room for.

    >>> list(_parts([14, 8, 8, 8], 1, 40))
    [[0, 1, 2], [0, 3]]
    """
    part = list(range(texts))
    for n in range(texts, len(widths)):
        if len(part) > texts and _wide([widths[each] for each in (*part, n)]) > screen:
            yield part
            part = list(range(texts))
        part.append(n)
    yield part


def _folded(line: Sequence[str], widths: Sequence[int]) -> Iterator[list[str]]:
    """A line of cells on as many lines as its longest cell asks."""
    cells = [wrap(cell, max(width, 1)) for cell, width in zip(line, widths, strict=True)]
    for line in zip_longest(*cells, fillvalue=""):
        yield list(line)


def _cut(cell: str, width: int) -> str:
    """A text of at most so many signs.

    >>> _cut("Súdwest-Fryslân", 9)
    'Súdwest-…'
    """
    return cell if len(cell) <= width else cell[: width - 1] + "…"


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
