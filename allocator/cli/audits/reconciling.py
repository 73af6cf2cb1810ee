"""What `reconcile` writes: the folder with fitted figures."""

from __future__ import annotations

from pathlib import Path

from allocator.asking.new_folder import INSTANCE, identifier, put, taken_along
from allocator.audit.reconcile import Reconciled
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.balances.read import FILES
from allocator.reading.formats.yaml_text import read_yaml
from allocator.reading.instances.folders import folder_of
from allocator.report.audits.reconciled import files_of
from allocator.words.text import text


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
