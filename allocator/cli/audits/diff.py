"""`allocator diff`: what changed between two instances or results, and what each change did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.common import ENDINGS, form_of, give_out, speaking, to_file

if TYPE_CHECKING:
    from allocator.model.distribution import Distribution


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@to_file(*ENDINGS)
@speaking
def command(before: str, after: str, form: str | None, out: Path | None, lang: str) -> None:
    """Tell what changed from A to B, and which change did what to every number.

    A and B are names from `allocator list`, folders, or results written by
    `allocator run --out FILE.json`.
    """
    from allocator.audit.differ import difference
    from allocator.model.problem import Problems
    from allocator.reading.tables import changes_of
    from allocator.report.audits import diff

    form = form_of(form, out, ENDINGS)
    problems = Problems()
    pair = []
    for asked in (before, after):
        with problems.collecting():
            pair.append(_divided(asked))
    problems.raise_any()
    old, new = pair
    changes = changes_of(new.instance.country, problems)
    problems.raise_any()
    found = difference(old, new, changes)
    write = {"csv": diff.as_csv, "json": diff.as_json}.get(form)
    give_out(write(found) if write else diff.as_screen(found, lang), out, lang)


def _divided(asked: str) -> Distribution:
    """The distribution of an instance, or the one that a result holds."""
    from allocator.core.distribute import distribute
    from allocator.model.problem import InputError, Place, Problem
    from allocator.reading.instances import load
    from allocator.reading.results import read_result
    from allocator.words.text import text

    if not asked.endswith(".json"):
        return distribute(load(asked))
    result = read_result(Path(asked))
    found = distribute(result.instance, result.choice)
    if found.numbers != result.numbers:
        raise InputError(
            Problem(
                Place(asked),
                text("This program finds other numbers than the result holds."),
                text("Compare the instances, or run it again."),
            )
        )
    return found
