"""From what was typed to the figures that are uncertain, and how far each may be off."""

from __future__ import annotations

from fractions import Fraction

from allocator.model.indicator import Uncertain
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.formats.numerals import Unreadable, amount
from allocator.words.say import say
from allocator.words.text import LocalText, text


def bounds_of(
    instance: Instance, name: str | None, tolerance: str | None, free: tuple[str, ...]
) -> tuple[str, Uncertain]:
    """The indicator that is asked for, and how far its figures may be off."""
    known = instance.uncertain
    if name is None and len(known) == 1:
        name = next(iter(known))
    if name is None or name not in instance.indicators:
        raise InputError(
            Problem(
                Place("--indicator"),
                text("There is no indicator {name} here.", name=f"'{name}'")
                if name
                else text("It is not said which figures are uncertain."),
                text(
                    "Say it with --indicator and --tolerance. The indicators are: {names}.",
                    names=", ".join(instance.indicators) or "-",
                ),
            )
        )
    leaves = [leaf.code for leaf in instance.division.leaves]
    for code in free:
        if code not in leaves:
            raise InputError(
                Problem(
                    Place("--free"),
                    text("There is no area {code} on {day}.", code=code, day=instance.day),
                    text("Write the code of a leaf, such as {code}.", code=leaves[0]),
                )
            )
    if name in known:
        free = (*known[name].free, *free)
    if tolerance is not None:
        each = _read(tolerance)
        return name, Uncertain(dict.fromkeys(leaves, each), free, _as_asked(each))
    if name not in known:
        raise InputError(
            Problem(
                Place(instance.file),
                text("It is not said how far {name} may be off.", name=f"'{name}'"),
                text("Give --tolerance, or add it under `uncertain:`."),
            )
        )
    return name, Uncertain(known[name].tolerances, free, known[name].source)


def _read(written: str) -> Fraction:
    try:
        return amount(written)
    except Unreadable as error:
        mend = text("Write a number of 0 or more, such as 0.02.")
        raise InputError(Problem(Place("--tolerance"), error.found, mend)) from error


def _as_asked(tolerance: Fraction) -> LocalText:
    said = text("{tolerance} for each, as asked", tolerance=tolerance)
    return LocalText(nl=say(said, "nl"), en=say(said, "en"))
