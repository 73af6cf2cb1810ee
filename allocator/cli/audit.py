"""`allocator audit`: whether the rule gives the numbers that were published."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.common import another_rule, form_of, give_out, speaking, to_file

FORMS = ("table", "csv", "json")


@click.command("audit")
@click.argument("instance")
@another_rule
@to_file(*FORMS)
@speaking
def command(
    instance: str,
    rule: str | None,
    totals: tuple[str, ...],
    form: str | None,
    out: Path | None,
    lang: str,
) -> None:
    """Lay the published table of INSTANCE beside what its rule gives, row by row and sum by sum."""
    from allocator.audit.published import audited, reach_of
    from allocator.cli.totals import read_totals
    from allocator.core.distribute import distribute
    from allocator.model.problem import InputError, Place, Problem
    from allocator.reading.instances import load
    from allocator.report import audit as report
    from allocator.words.text import text

    form = form_of(form, out, FORMS)
    loaded = load(instance)
    published = loaded.published
    if published is None:
        raise InputError(
            Problem(
                Place(loaded.file),
                text("{name} has no published table.", name=loaded.name),
                text("Name one under `published:`, or audit a file: `allocator audit TABLE.csv`."),
            )
        )
    asked = load(instance, rule, read_totals(totals))
    found = audited(distribute(asked), published, reach_of(asked))
    written = {"csv": report.as_csv, "json": report.as_json}.get(form)
    give_out(written(found) if written else report.as_screen(found, lang), out, lang)
