"""Reads the other names of areas: what people call them beside the name in the register."""

from __future__ import annotations

from pathlib import Path

from allocator.model.problem import Problems
from allocator.reading.formats.csv_table import PLAIN, read_csv
from allocator.words.plain import plainly
from allocator.words.text import text

#: The file of other names, in a country's table `names`.
OTHER_NAMES = "names.csv"


def read_other_names(path: Path, problems: Problems) -> dict[str, tuple[str, ...]]:
    """Per other name, written plainly, the codes of the areas that have it."""
    table = read_csv(path, PLAIN, problems, ("code", "name", "other"))
    found: dict[str, tuple[str, ...]] = {}
    for record in table.once("code", "other"):
        other = plainly(record["other"])
        if not record["code"] or not other:
            problems.add(
                record.place,
                text("The code or the other name is empty."),
                text("Fill it in, or take the line out."),
            )
        elif record["code"] in found.get(other, ()):
            problems.add(
                record.place,
                text("{name} differs in spelling alone.", name=f"'{record['other']}'"),
                text("Take the line out: accents, capitals and hyphens do not count."),
            )
        else:
            found[other] = (*found.get(other, ()), record["code"])
    return found
