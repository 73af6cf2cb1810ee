"""`allocator check`: whether rules, instances and tables can be used, and what is wrong if not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.shared.output import write_out
from allocator.cli.shared.speaking import speaking

if TYPE_CHECKING:
    from allocator.words.text import Text


@click.command("check")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@speaking
def command(paths: tuple[Path, ...], lang: str) -> None:
    """Check rule files, folders of instances and folders of shared tables."""
    from allocator.model.problem import Problems
    from allocator.words.say import say

    problems = Problems()
    for path in paths:
        for one in _inside(path) or [path]:
            with problems.collecting():
                write_out(say(_checked(one), lang) + "\n")
    problems.raise_any()


def _inside(path: Path) -> list[Path]:
    """The rules, instances and tables in a folder that holds several."""
    from allocator.reading.formats.files import is_folder

    found = [*path.rglob("table.yaml"), *path.rglob("instance.yaml")]
    holding = sorted({file.parent for file in found} - {path})
    if is_folder(path) and not found:
        return sorted(path.rglob("*.yaml"))
    return holding


def _checked(path: Path) -> Text:
    """What was found good, or its problems."""
    from allocator.core.distribute import distribute
    from allocator.reading.country.tables import check_table
    from allocator.reading.formats.files import is_file, is_folder
    from allocator.reading.instances.read import load
    from allocator.reading.instances.records import read_record
    from allocator.reading.rules import read_rule
    from allocator.words.text import counted, text

    if is_file(path / "table.yaml"):
        table, files = check_table(path)
        return counted(
            files,
            "{name}: good, {number} file.",
            "{name}: good, {number} files.",
            name=table.shape.table,
        )
    if is_folder(path):
        instance = load(path)
        distribution = distribute(instance)
        return text(
            "{name}: good, {areas} areas on {day}, by {rule}.",
            name=instance.name,
            areas=len(distribution.instance.division.leaves),
            day=instance.day,
            rule=instance.rule.version,
        )
    if path.parent.name == "records":
        return text("{name}: good.", name=read_record(path).name)
    return text("{name}: good.", name=read_rule(path).version)
