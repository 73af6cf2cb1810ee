"""From one half-year to the next: closing balances become opening balances, through mergers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.model.balances import Cell, Opening
from allocator.model.mergers import Change
from allocator.periods.account import Account, Line
from allocator.periods.carrying import carried, inherited


def rolled(account: Account, changes: Iterable[Change]) -> dict[Cell, Opening]:
    """The opening balances of the next half-year, in the division after the changes.

    What was realised must be known for every area. What was excused stays excused as far as there
    is still a backlog; an area that lives on keeps its row of half-years not met, and a new one
    takes over the longest of those it was made of.
    """
    changes = tuple(changes)
    found: dict[Cell, Opening] = {}
    for stream in account.instance.streams.given:
        leaves = [leaf.code for leaf in account.instance.division.leaves]
        lines = {leaf: account.lines[leaf, stream.name] for leaf in leaves}
        before = {leaf: _opening(account, leaf, stream.name) for leaf in leaves}
        closing = {leaf: _closing(line) for leaf, line in lines.items()}
        balances = carried(closing, changes)
        excusable = carried(
            {leaf: min(lines[leaf].excusable, max(closing[leaf], 0)) for leaf in leaves}, changes
        )
        rows = {leaf: row_of_missed(before[leaf], closing[leaf]) for leaf in leaves}
        parts = _parts(leaves, changes)
        for code, balance in balances.items():
            missed, excused = rows.get(code) or max(rows[old] for old in parts[code])
            excused_now = min(excusable[code], max(balance, 0))
            reasons = dict.fromkeys(before[old].reason for old in parts[code] if before[old].reason)
            found[code, stream.name] = Opening(
                computed=balance,
                excusable=excused_now,
                reason="; ".join(reasons) if excused_now else "",
                missed=missed if balance > 0 else 0,
                excused=excused if balance > 0 else 0,
            )
    return found


def row_of_missed(opening: Opening, closing: int) -> tuple[int, int]:
    """How many half-years in a row ended in a backlog, and how many more that were excused.

    >>> row_of_missed(Opening(computed=5, missed=2), 3)
    (3, 0)
    >>> row_of_missed(Opening(computed=5, excusable=5, reason="x", missed=2), 3)
    (2, 1)
    >>> row_of_missed(Opening(computed=5, missed=2), 0)
    (0, 0)
    """
    if closing <= 0:
        return 0, 0
    if opening.excusable >= closing:
        return opening.missed, opening.excused + 1
    return opening.missed + 1, opening.excused


def _opening(account: Account, code: str, stream: str) -> Opening:
    return account.instance.balances.openings.get((code, stream), Opening())


def _closing(line: Line) -> int:
    assert line.closing is not None, "rolled needs what was realised"
    return line.closing


def _parts(codes: Iterable[str], changes: Iterable[Change]) -> Mapping[str, list[str]]:
    """For every new area the old ones that lie in it, wholly or in part, by code."""
    found: dict[str, list[str]] = {}
    for old, heirs in sorted(inherited(codes, changes).items()):
        for new in heirs:
            found.setdefault(new, []).append(old)
    return found
