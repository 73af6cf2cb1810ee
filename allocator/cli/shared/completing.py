"""What a shell offers to complete: names of rules, instances, records and areas.

It only looks at names of files and at one table of areas, since it has to answer at once. Where
anything is amiss it offers nothing: a shell has no place for problems.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.reading.library import instances_folder, rules_folder

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def _named(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.glob(pattern)}


def _instances() -> Iterable[str]:
    found = _named(instances_folder(), "*/*/instance.yaml")
    return (name.removesuffix("/instance.yaml") for name in found)


def _rules() -> Iterable[str]:
    return {name.rpartition("/")[0] for name in _named(rules_folder(), "*/*/*.yaml")}


def _records() -> Iterable[str]:
    found = _named(instances_folder(), "*/records/*.yaml")
    return (name.replace("/records/", "/").removesuffix(".yaml") for name in found)


def _areas(country: str) -> Iterable[str]:
    latest = max((instances_folder() / country / "tables" / "areas").glob("*.csv"))
    with latest.open(encoding="utf-8") as file:
        return {row["name"] for row in csv.DictReader(file)}


def _typed(name: str) -> str:
    """The name as bash puts it on the line: other shells set quotes themselves.

    Two backslashes, since the script that reads them takes one away.
    """
    if os.environ.get("_ALLOCATOR_COMPLETE") != "bash_complete":
        return name
    return re.sub(r"([^\w/.-])", r"\\\\\1", name)


def _completer(names: Callable[[click.Context], Iterable[str]]) -> Completer:
    def complete(
        ctx: click.Context, parameter: click.Parameter, begun: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            found = names(ctx)
            wanted = begun.casefold()
            return [
                CompletionItem(_typed(name))
                for name in sorted(found)
                if name.casefold().startswith(wanted)
            ]
        except (OSError, ValueError, KeyError, csv.Error):
            return []

    return complete


def _country(ctx: click.Context) -> str:
    """That of the instance which was typed before; of one's own folder the program's."""
    country, sign, _ = str(ctx.params.get("instance") or "").partition("/")
    return country if sign and (instances_folder() / country).is_dir() else "nl"


instances = _completer(lambda ctx: _instances())
rules = _completer(lambda ctx: _rules())
records = _completer(lambda ctx: _records())
areas = _completer(lambda ctx: _areas(_country(ctx)))


def instances_and_files(
    ctx: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Where a file may be named as well, the shell offers its own."""
    from click.shell_completion import CompletionItem

    return instances(ctx, parameter, begun) or [CompletionItem(begun, type="file")]
