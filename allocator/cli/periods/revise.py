"""`allocator revise`: another total within the half-year, from the original table."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli import completing
from allocator.cli.common import (
    PAPERS,
    another_dialect,
    dialect_of,
    form_of,
    give_out,
    own_files,
    speaking,
    to_file,
)


@click.command("revise")
@click.argument("instance", shell_complete=completing.instances)
@click.option(
    "--total",
    "totals",
    multiple=True,
    metavar="[STREAM=]N",
    help="The new national number. Without it: that of INSTANCE against the one it replaces.",
)
@click.option("--rounding", metavar="ROUNDING", help="Such as consistent; default: the rule's.")
@own_files("realised", "ledger")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the revised instance, to go on with.",
)
@to_file("table", "csv", *PAPERS)
@another_dialect
@speaking
def command(
    instance: str,
    totals: tuple[str, ...],
    rounding: str | None,
    folder: Path | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
    **files: Path | None,
) -> None:
    """Show INSTANCE with another national number: nobody rises when it falls, or the reverse."""
    from allocator.asking.revising import revision_of, write_folder
    from allocator.asking.totals import read_totals
    from allocator.report.periods import revised

    form = form_of(form, out, ("table", "csv", *PAPERS))
    in_dialect = dialect_of(dialect, form)
    numbers = read_totals(totals)
    found = revision_of(instance, numbers, rounding, **files)
    if folder:
        write_folder(folder, instance, found, numbers)
    if form in PAPERS:
        from allocator.reading.country.cartogram import layout_or_none
        from allocator.report.paper import set_paper
        from allocator.report.periods.paper import revised_paper

        where = layout_or_none(found.revised.instance)
        give_out(set_paper(revised_paper(found, lang, where), form, lang), out, lang)
        return
    content = revised.as_csv(found) if form == "csv" else revised.as_screen(found, lang)
    give_out(in_dialect(content), out, lang)
