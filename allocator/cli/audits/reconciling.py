"""What `reconcile` asks and writes: tolerances, and the folder with fitted figures."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from allocator.asking.new_folder import INSTANCE, identifier, put, taken_along
from allocator.audit.reconcile import Reconciled
from allocator.model.distribution import Distribution
from allocator.model.indicator import Uncertain
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.balances.read import FILES
from allocator.reading.instances import folder_of
from allocator.reading.numerals import Unreadable, amount
from allocator.reading.yaml_text import read_yaml
from allocator.report.audits.reconciled import files_of
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
        typed = LocalText(f"--tolerance {tolerance}", f"--tolerance {tolerance}")
        return name, Uncertain(dict.fromkeys(leaves, _read(tolerance)), free, typed)
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


def write_folder(folder: Path, asked: str, instance: Instance, found: Reconciled) -> Instance:
    """The instance with the fitted figures, in a folder of its own, if it gives the numbers."""
    given = folder_of(asked)
    written = read_yaml(given / INSTANCE).data
    name = f"{instance.country}/{identifier(folder.name)}"
    others = {k: shape for k, shape in written["indicators"].items() if k != found.indicator.name}
    beside = [written[key]["file"] for key in ("published", *FILES) if key in written]
    beside += [written["follows"]["account"]] if "follows" in written else []
    contents = {
        **taken_along(given, {**written, "indicators": others}),
        **{file: (given / file).read_bytes() for file in beside},
        **files_of(found, instance, written, name),
    }
    return put(folder, contents, lambda made: _refuse_other_numbers(made, found))


def _refuse_other_numbers(made: Distribution, found: Reconciled) -> None:
    """Decimals that do not end may have been cut off where it matters."""
    other = [row for row in found.rows if made.numbers[row.code, row.stream] != row.number]
    if other:
        raise InputError(
            Problem(
                Place("--folder"),
                text(
                    "Written in decimals the figures do not give {number} numbers.",
                    number=len(other),
                ),
                text("Use the json, which holds them as fractions."),
            )
        )
