"""From what was typed to a revision: the original, the step before, and the new totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from allocator.asking.new_folder import INSTANCE, identifier, put, refuse_existing, taken_along
from allocator.core.choice import chosen
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.periods.revision import Revision, revise
from allocator.reading.balances.read import FILES, with_balances
from allocator.reading.formats.files import is_file
from allocator.reading.formats.yaml_text import read_yaml
from allocator.reading.instances.folders import folder_of
from allocator.reading.instances.read import load
from allocator.report.yaml_files import written_yaml
from allocator.words.text import text


def revision_of(
    asked: str, numbers: Mapping[str, int], rounding: str | None, **files: Path | None
) -> Revision:
    """The revision of an original, with the step before it where the instance is one itself."""
    given = with_balances(load(asked), **files)
    new = load(asked, totals=numbers).totals if numbers else given.totals
    if not given.revision_of and not numbers:
        raise InputError(
            Problem(
                Place(given.file),
                text("{name} replaces no other number.", name=given.name),
                text("Give the new one with --total."),
            )
        )
    first, *later = _steps(asked, given)
    original = _divided(_as_told(first, given), rounding)
    found: Revision | None = None
    for totals in (*(step.totals for step in later), *([new] if numbers else [])):
        found = revise(original, totals, found.revised if found else None)
    assert found is not None
    return found


def _divided(instance: Instance, rounding: str | None) -> Distribution:
    return distribute(instance, chosen(instance.rule, rounding, None, None, None))


def _steps(asked: str, given: Instance) -> list[Instance]:
    """The number that was set first, those that replaced it one after the other, and the last."""
    folder = folder_of(asked)
    found = [given]
    while found[0].revision_of:
        name = found[0].revision_of
        beside = folder.parent / name.rpartition("/")[2]
        before = load(beside.resolve() if is_file(beside / INSTANCE) else name)
        _refuse_other(found[0], before, [step.name for step in found])
        found.insert(0, before)
    return found


def _refuse_other(revision: Instance, original: Instance, names: list[str]) -> None:
    """A revision is of the same period, by the same rule, of the same streams."""
    same = (
        original.period == revision.period
        and original.rule.version == revision.rule.version
        and original.streams.names == revision.streams.names
    )
    if original.name in names or not same:
        raise InputError(
            Problem(
                Place(revision.file),
                text(
                    "{name} does not replace {original}: the period, the rule or the streams "
                    "differ, or they replace each other.",
                    name=revision.name,
                    original=original.name,
                ),
                text("Mend `revision_of:`."),
            )
        )


def _as_told(original: Instance, given: Instance) -> Instance:
    """The original, told as its revision, with what has been realised and agreed since."""
    return replace(original, title=given.title, notes=given.notes, balances=given.balances)


def write_folder(folder: Path, asked: str, found: Revision, numbers: Mapping[str, int]) -> Instance:
    """The instance with the new numbers, which names the one that it replaces."""
    if not numbers:
        raise InputError(
            Problem(
                Place("--folder"),
                text("{name} is the revision itself.", name=asked),
                text("Give the new number with --total, or leave --folder out."),
            )
        )
    refuse_existing(folder)
    given = folder_of(asked)
    written = read_yaml(given / INSTANCE).data
    country = found.revised.instance.country
    totals = {
        name: {
            "number": str(total.number),
            "source": total.source.both,
        }
        for name, total in found.revised.instance.totals.items()
    }
    data = {key: value for key, value in written.items() if key != "published"}
    data |= {"instance": f"{country}/{identifier(folder.name)}", "totals": totals}
    data["revision_of"] = written["instance"]
    beside = {written[key]["file"] for key in FILES if key in written}
    beside |= {written["follows"]["account"]} if "follows" in written else set()
    contents = {name: (given / name).read_bytes() for name in sorted(beside)}
    contents |= taken_along(given, written)
    contents[INSTANCE] = written_yaml(data).encode()
    return put(folder, contents)
