"""`allocator revise`: another total within the half-year, from the original table."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import own_files
from allocator.cli.shared.output import PAPERS, into, to_file
from allocator.cli.shared.speaking import speaking


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

    to = into(form, out, dialect, lang, ("table", "csv", *PAPERS))
    numbers = read_totals(totals)
    found = revision_of(instance, numbers, rounding, **files)
    if folder:
        write_folder(folder, instance, found, numbers)
    if to.paper:
        from allocator.reading.country.cartogram import layout_or_none
        from allocator.report.periods.paper import revised_paper

        where = layout_or_none(found.revised.instance)
        to.give_paper(revised_paper(found, lang, where))
        return
    content = revised.as_csv(found) if to.form == "csv" else revised.as_screen(found, lang)
    to.give(content)
