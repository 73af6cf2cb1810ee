"""`allocator diff`: what changed between two instances or results, and what each change did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.shared import completing
from allocator.cli.shared.output import ENDINGS, PAPERS, into, to_file
from allocator.cli.shared.speaking import speaking

if TYPE_CHECKING:
    from allocator.model.distribution import Distribution


@click.command("diff")
@click.argument("before", metavar="A", shell_complete=completing.instances)
@click.argument("after", metavar="B", shell_complete=completing.instances)
@to_file(*ENDINGS, *PAPERS)
@speaking
def command(
    before: str, after: str, form: str | None, out: Path | None, dialect: str, lang: str
) -> None:
    """Tell what changed from A to B, and which change did what to every number.

    A and B are names from `allocator list`, folders, or results written by
    `allocator run --out FILE.json`.
    """
    from allocator.audit.differ import difference
    from allocator.model.problem import Problems
    from allocator.reading.country.tables import changes_of
    from allocator.report.audits import diff

    to = into(form, out, dialect, lang, (*ENDINGS, *PAPERS))
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
    if to.paper:
        from allocator.report.audits.paper import diff_paper

        to.give_paper(diff_paper(found, lang))
        return
    write = {"csv": diff.as_csv, "json": diff.as_json}.get(to.form)
    to.give(write(found) if write else diff.as_screen(found, lang))


def _divided(asked: str) -> Distribution:
    """The distribution of an instance, or the one that a result holds."""
    from allocator.core.distribute import distribute
    from allocator.model.problem import InputError, Place, Problem
    from allocator.reading.instances.read import load
    from allocator.reading.results.read import read_result
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
