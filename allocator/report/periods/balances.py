"""What a reader must know of balances: how far to trust them, and where they do not close."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.model.balances import Balances, Opening
from allocator.model.indicator import Quality
from allocator.periods.account import Account
from allocator.report.cautions import QUALITIES
from allocator.report.layout import capital, wrapped
from allocator.words.say import say
from allocator.words.text import Text, change, counted, series, text

#: After so many half-years in a row not met at least one province acts.
ROW = 4


def remarks_on_balances(account: Account, lang: str) -> Iterator[str]:
    """The remarks, each under a sign of its own."""
    for remark in beware_of_balances(account):
        yield wrapped(capital(say(remark, lang)), "! ")
    for remark in notes_on_balances(account):
        yield wrapped(say(remark, lang), "- ")


def beware_of_balances(account: Account) -> Iterator[Text]:
    """How far balances are to be trusted, or that none are known."""
    yield from cautions_on_balances(account.instance.balances)
    if account.instance.balances.opening is None:
        yield text("No opening balances are known; they are reckoned as 0.")


def notes_on_balances(account: Account) -> Iterator[Text]:
    """Where balances do not close, and which backlogs are excused."""
    for stream in account.instance.streams.given:
        yield from _differences(account, stream.name)
        yield from _excused(account, stream.name)


def cautions_on_balances(balances: Balances) -> Iterator[Text]:
    """What is invented, approximate or a user's own."""
    named = (
        (balances.opening, text("opening balances")),
        (balances.realising, text("realised numbers")),
        (balances.agreed, text("joint changes")),
        (balances.goal, text("agreed goal")),
    )
    for origin, what in named:
        if origin and origin.quality is not Quality.OFFICIAL:
            yield text(
                "{quality}: {what} ({source}).",
                quality=QUALITIES[origin.quality],
                what=what,
                source=origin.source,
            )


def _openings(account: Account, stream: str) -> Iterator[tuple[str, Opening]]:
    """The opening of each leaf, with its name."""
    for leaf in account.instance.division.leaves:
        opening = account.instance.balances.openings.get((leaf.code, stream))
        if opening:
            yield leaf.name, opening


def _differences(account: Account, stream: str) -> Iterator[Text]:
    """Where a published opening balance is not the one that was computed."""
    found = [(n, o.difference) for n, o in _openings(account, stream) if o.difference]
    if found:
        yield counted(
            len(found),
            "In {number} area the published opening balance is not the computed one; in all it is "
            "{sum} off: {areas}.",
            "In {number} areas the published opening balance is not the computed one; in all they "
            "are {sum} off: {areas}.",
            sum=change(sum(difference for _, difference in found if difference)),
            areas=series(
                [each_change(name, difference) for name, difference in found if difference]
            ),
        )


def _excused(account: Account, stream: str) -> Iterator[Text]:
    """The excusable backlogs with their reasons, and the rows of half-years that were not met."""
    excusable = [(name, o) for name, o in _openings(account, stream) if o.excusable]
    if excusable:
        yield counted(
            sum(opening.excusable for _, opening in excusable),
            "Of the backlogs {number} person is excusable: {areas}.",
            "Of the backlogs {number} persons are excusable: {areas}.",
            areas=series([f"{name} {o.excusable} ({o.reason})" for name, o in excusable]),
        )
    rows = [(name, o) for name, o in _openings(account, stream) if o.missed >= ROW]
    if rows:
        yield text(
            "Not met in {row} half-years in a row or more, excused ones left out: {areas}.",
            row=ROW,
            areas=series([_row(name, opening) for name, opening in rows]),
        )


def _row(name: str, opening: Opening) -> Text:
    if opening.excused:
        return text(
            "{name} ({missed}, besides {excused} excused)",
            name=name,
            missed=opening.missed,
            excused=opening.excused,
        )
    return text("{name} ({missed})", name=name, missed=opening.missed)


def each_change(name: str, difference: int) -> Text:
    """An area with its difference."""
    return text("{name} {change}", name=name, change=change(difference))
