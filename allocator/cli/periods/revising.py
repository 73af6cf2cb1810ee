"""From what was typed to a revision: the original, the step before, and the new totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from allocator.core.choice import chosen
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.periods.revision import Revision, revise
from allocator.reading.balances.read import with_balances
from allocator.reading.instances import folder_of, instance_names, load
from allocator.words.text import text


def revision_of(
    asked: str, numbers: Mapping[str, int], rounding: str | None, **files: Path | None
) -> Revision:
    """The revision of an original, with the step before it where the instance is one itself."""
    given = with_balances(load(asked), **files)
    new = load(asked, totals=numbers).totals if numbers else given.totals
    if not given.revision_of:
        if not numbers:
            raise InputError(
                Problem(
                    Place(given.file),
                    text("{name} replaces no other number.", name=given.name),
                    text("Give the new one with --total."),
                )
            )
        return revise(_divided(given, rounding), new)
    original = _divided(_with_that_of(given, _original(asked, given)), rounding)
    own = revise(original, given.totals)
    return revise(original, new, own.revised) if numbers else own


def _divided(instance: Instance, rounding: str | None) -> Distribution:
    return distribute(instance, chosen(instance.rule, rounding, None, None, None))


def _original(asked: str, given: Instance) -> Instance:
    """What an instance replaces, and what that replaces: the number that was set first."""
    name, folder = given.revision_of, folder_of(asked)
    seen = {given.name}
    while True:
        beside = folder.parent / name.rpartition("/")[2]
        found = load(name if name in instance_names() else beside)
        if not found.revision_of or found.name in seen:
            return found
        seen.add(found.name)
        name = found.revision_of


def _with_that_of(given: Instance, original: Instance) -> Instance:
    """The original, told as its revision, with what has been realised and agreed since."""
    return replace(original, title=given.title, notes=given.notes, balances=given.balances)
