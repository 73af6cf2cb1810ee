"""`allocator where`: what became of a municipality, and what it is made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from allocator.cli.shared import completing
from allocator.cli.shared.output import write_out
from allocator.cli.shared.speaking import speaking

if TYPE_CHECKING:
    from allocator.model.lineage import Register


@click.command("where")
@click.argument("name", shell_complete=completing.areas)
@click.option("--on", "day", metavar="YYYY-MM-DD", help="Where its people live on this day.")
@speaking
def command(name: str, day: str | None, lang: str) -> None:
    """Tell what became of the municipality NAME (or code), and what it is made of."""
    from allocator.reading.country.register import read_register
    from allocator.reading.country.tables import other_names_of
    from allocator.report.periods import where

    register = read_register("nl")
    moment = _day(day, register) if day is not None else None
    others = other_names_of("nl")
    write_out(where.as_screen(name, register.spans, register.changes, others, moment, lang))


def _day(written: str, register: Register) -> date:
    """A day of which the division is known."""
    from allocator.model.problem import InputError, Place, Problem
    from allocator.reading.formats import numerals
    from allocator.words.text import text

    try:
        day = numerals.day(written)
    except numerals.Unreadable as error:
        raise InputError(Problem(Place("--on"), error.found, error.mend)) from error
    if register.first <= day <= register.last:
        return day
    raise InputError(
        Problem(
            Place("--on"),
            text("The record of municipalities does not reach to {day}.", day=day),
            text("Name a day from {first} to {last}.", first=register.first, last=register.last),
        )
    )
