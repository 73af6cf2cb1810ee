"""`allocator reconcile`: the smallest change of figures from which a published table follows."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from allocator.cli import completing
from allocator.cli.common import (
    NO,
    another_dialect,
    dialect_of,
    form_of,
    give_out,
    speaking,
    to_file,
)

FORMS = ("table", "csv", "json")


@click.command("reconcile")
@click.argument("instance", shell_complete=completing.instances)
@click.option("--indicator", metavar="NAME", help="Which figures; default: the uncertain ones.")
@click.option(
    "--tolerance", metavar="X", help="How far each may be off, such as 0.02; default: its own."
)
@click.option("--free", multiple=True, metavar="CODE", help="An area whose figure says nothing.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the instance with the fitted figures, for `allocator run`.",
)
@to_file(*FORMS)
@another_dialect
@speaking
def command(
    instance: str,
    indicator: str | None,
    tolerance: str | None,
    free: tuple[str, ...],
    folder: Path | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
) -> None:
    """Find figures near those of INSTANCE from which its published numbers follow exactly."""
    from allocator.asking.new_folder import refuse_existing
    from allocator.audit.reconcile import CannotBe, reconcile
    from allocator.cli.audits.reconciling import bounds_of, write_folder
    from allocator.cli.progress import at_work
    from allocator.reading.instances import load
    from allocator.report.audits import reconciled as report
    from allocator.words.say import say
    from allocator.words.text import text

    form = form_of(form, out, FORMS)
    in_dialect = dialect_of(dialect, form)
    loaded = load(instance)
    name, bounds = bounds_of(loaded, indicator, tolerance, free)
    if folder:
        refuse_existing(folder)
    with at_work(lang):
        found = reconcile(loaded, name, bounds.tolerances, bounds.free)
    if isinstance(found, CannotBe):
        if form == "json":
            give_out(report.refusal_as_json(found, loaded, name), out, lang)
        elif form == "table":
            give_out(report.refusal_on_screen(found, loaded, lang), out, lang)
        else:  # there are no figures to list
            click.echo(report.refusal_on_screen(found, loaded, lang), err=True, nl=False)
        sys.exit(NO)
    if form == "table":
        content = report.as_screen(found, loaded, bounds, lang)
    else:
        content = {"csv": report.as_csv, "json": report.as_json}[form](found, loaded)
    give_out(in_dialect(content), out, lang)
    if folder:
        write_folder(folder, instance, loaded, found)
        click.echo(say(text("Written: {path}", path=str(folder)), lang), err=True)
