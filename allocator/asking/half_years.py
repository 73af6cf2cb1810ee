"""From what was typed to the account of a half-year."""

from __future__ import annotations

from pathlib import Path

from allocator.asking.names import areas_named
from allocator.asking.revising import revision_of
from allocator.core.distribute import distribute
from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.model.rule import Progress, Rounding
from allocator.model.streams import Stream
from allocator.periods.account import Account, account
from allocator.periods.progress import last_month
from allocator.reading.balances.read import with_balances
from allocator.reading.country.tables import other_names_of
from allocator.reading.formats.numerals import Unreadable, percent
from allocator.reading.instances.read import load
from allocator.words.text import LocalText, series, text


def account_of(instance: str, **files: Path | None) -> Account:
    """The account of an instance, with files of a user's own."""
    loaded = with_balances(load(instance), **files)
    if loaded.revision_of and loaded.rule.choice.rounding is Rounding.CONSISTENT:
        return account(revision_of(instance, {}, None, **files).revised)
    return account(distribute(loaded))


def realised_known(account: Account) -> HalfYear:
    """The half-year, if it is known what was realised in it, in every stream."""
    instance = account.instance
    known = {row.stream for row in instance.balances.realised}
    unknown = [stream.title for stream in instance.streams.given if stream.name not in known]
    if instance.half_year and not unknown:
        return instance.half_year
    raise InputError(
        Problem(
            Place(instance.file),
            text(
                "It is not known what was realised in {period}: {streams}.",
                period=instance.period,
                streams=series(unknown),
            ),
            text("Give a file with --realised, or name one under `realised:`."),
        )
    )


def month_asked(account: Account, month: int | None) -> int:
    """The month that is asked for, if it is known what was realised by then, or the last known."""
    rows, last = account.instance.balances.realised, last_month(account)
    assert last is not None, "asked when something is known"
    if month is None or month == last:
        return last
    if month < last and all(row.month for row in rows):
        return month
    period = account.instance.period
    raise InputError(
        Problem(
            Place("--month"),
            text("Numbers are known up to month {last} of {period}.", last=last, period=period)
            if month > last
            else text("Only the whole of {period} is known, without months.", period=period),
            text("Leave --month out, or give months with --realised."),
        )
    )


def read_bounds(written: str) -> Progress:
    """Two percentages of the norm, the larger first."""
    place = Place("--bounds")
    good, comma, slight = written.partition(",")
    try:
        higher, lower = percent(good), percent(slight if comma else "0")
        bounds = Progress(higher, lower, LocalText("--bounds", "--bounds"))
    except Unreadable as error:
        raise InputError(Problem(place, error.found, error.mend)) from error
    if not comma or bounds.slightly_behind > bounds.on_schedule:
        raise InputError(
            Problem(
                place,
                text("{written} is no pair of bounds.", written=f"'{written}'"),
                text("Write the larger percentage first, such as 100,90."),
            )
        )
    return bounds


def area_asked(instance: Instance, name: str | None) -> str:
    """The code of the area that is asked for, "" for all; of several the one of the main tree."""
    if name is None:
        return ""
    others = other_names_of(instance.country)
    found = areas_named(name, instance.division, others)
    return next((a.code for a in found if a.level in instance.division.tree), found[0].code)


def stream_asked(instance: Instance, name: str | None) -> Stream:
    """The stream that is asked for; where there is one, that one."""
    given = instance.streams.given
    names = [stream.name for stream in given]
    if name in names or (name is None and len(given) == 1):
        return instance.streams.named(name or names[0])
    raise InputError(
        Problem(
            Place("--stream"),
            text("There is no stream {name} here.", name=f"'{name}'")
            if name
            else text("There are several streams: {names}.", names=", ".join(names)),
            text("Say which: --stream {name}.", name=names[0]),
        )
    )
