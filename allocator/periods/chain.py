"""Half-years that were rolled one from the other, as a series: each with its account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from allocator.model.balances import Before, Cell, Closed
from allocator.model.half_year import HalfYear
from allocator.model.problem import Place, Problems
from allocator.periods.account import Line, account
from allocator.periods.series import Numbers
from allocator.words.text import Series, Text, series, text


def accounts(numbers: Mapping[HalfYear, Numbers]) -> dict[HalfYear, Mapping[Cell, Line]]:
    """Per half-year the lines of its leaves: as it was closed where the next one tells that."""
    problems = Problems()
    own = {half: account(kept.holding).leaves for half, kept in numbers.items()}
    found = dict(own)
    for half, kept in numbers.items():
        before, earlier = kept.in_force.balances.before, half.previous
        if before and earlier in numbers:
            name = numbers[earlier].in_force.name
            for wrong in _unlike(before, own[earlier], str(earlier), name):
                problems.add(
                    Place(kept.in_force.file),
                    wrong,
                    text("Mend the table under `follows:`, or roll {name} once more.", name=name),
                )
            found[earlier] = {cell: _line(closed) for cell, closed in before.lines.items()}
    problems.raise_any()
    return found


def _unlike(before: Before, own: Mapping[Cell, Line], period: str, name: str) -> Iterator[Text]:
    """In what an account differs from the half-year that it should be of."""
    lines = before.lines
    if lines.keys() - own.keys():
        yield text(
            "The account of {period} has lines that {name} does not have: {cells}.",
            period=period,
            name=name,
            cells=_said(lines.keys() - own.keys()),
        )
    if own.keys() - lines.keys():
        yield text(
            "The account of {period} lacks lines of {name}: {cells}.",
            period=period,
            name=name,
            cells=_said(own.keys() - lines.keys()),
        )
    others = [c for c in lines.keys() & own.keys() if lines[c].number != own[c].number]
    if others:
        yield text(
            "The account of {period} has not the numbers of {name} for: {cells}.",
            period=period,
            name=name,
            cells=_said(others),
        )


def _said(cells: Iterable[Cell]) -> Series:
    return series([f"{code} ({stream})" for code, stream in sorted(cells)])


def _line(closed: Closed) -> Line:
    backlog, ahead = max(closed.opening, 0), max(-closed.opening, 0)
    return Line(
        number=closed.number,
        changed=closed.changed,
        opening=closed.opening,
        computed=None,
        published=None,
        backlog=backlog,
        ahead=ahead,
        excusable=0,
        realised=closed.realised,
    )
