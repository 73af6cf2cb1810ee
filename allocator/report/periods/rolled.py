"""What a reader must know when a half-year has been closed and the next one begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from allocator.model.mergers import Change
from allocator.periods.account import Account
from allocator.report.layout import wrapped
from allocator.report.periods.balances import remarks_on_balances
from allocator.words.say import say
from allocator.words.text import Text, series, text


@dataclass(frozen=True)
class Rolled:
    """The half-year that was closed, the one that follows, and where that stands."""

    before: Account
    after: Account
    changes: tuple[Change, ...]  # mergers and splits between them
    folder: Path


def as_screen(rolled: Rolled, lang: str) -> str:
    """The national account of both, and which municipalities came and went."""
    lines = [wrapped(say(line, lang)) for line in _said(rolled)]
    return "\n".join([*lines, *remarks_on_balances(rolled.after, lang)]) + "\n"


def _said(rolled: Rolled) -> Iterator[Text]:
    before, after = rolled.before.instance, rolled.after.instance
    for stream in before.streams.given:
        line = rolled.before.lines[before.division.root.code, stream.name]
        coming = rolled.after.lines[after.division.root.code, stream.name]
        yield text(
            "{period}, {stream}: {number} + opening balance {opening} − realised {realised} = "
            "{closing}.",
            period=before.period,
            stream=stream.title,
            number=line.effective,
            opening=line.opening,
            realised=line.realised or 0,
            closing=line.closing or 0,
        )
        yield text(
            "{period}, {stream}: {number} for the period + opening balance {opening} = {corrected} "
            "to do.",
            period=after.period,
            stream=stream.title,
            number=coming.number,
            opening=coming.opening,
            corrected=coming.corrected,
        )
    if rolled.before.instance.balances.opening is None:
        yield text(
            "No opening balances of {period} are known; they were reckoned as 0.",
            period=before.period,
        )
    if rolled.changes:
        yield text(
            "Balances were carried through {changes}.", changes=series(_moves(rolled.changes), 12)
        )
    if after.balances.carried_on:
        yield text("What the extra goal left is carried on, area by area.")
    if len(before.limits) > len(after.limits):
        yield text("Limits of the instance's own were not taken along.")
    yield text("Written: {path}", path=str(rolled.folder))


def _moves(changes: Iterable[Change]) -> list[Text]:
    """Who went into whom: of a municipality that was divided all its heirs, else all its parts."""
    coming: dict[str, list[str]] = {}
    for change in changes:
        coming.setdefault(change.new_name, []).append(change.old_name)
    return [
        text("{old} into {new}", old=series(list(dict.fromkeys(old))), new=new)
        for new, old in coming.items()
    ]
