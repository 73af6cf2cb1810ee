"""`allocator roll`: closes a half-year and writes the folder of the next."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import own_files
from allocator.cli.shared.speaking import speaking


@click.command("roll")
@click.argument("instance", shell_complete=completing.instances)
@click.option("--period", required=True, metavar="YYYY-Hn", help="The half-year that follows.")
@click.option(
    "--total",
    "totals",
    multiple=True,
    required=True,
    metavar="[STREAM=]N",
    help="Its national number; repeat it for several streams.",
)
@own_files("opening", "realised", "ledger")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Default: named by period."
)
@speaking
def command(
    instance: str,
    period: str,
    totals: tuple[str, ...],
    out: Path | None,
    lang: str,
    **files: Path | None,
) -> None:
    """Close the half-year of INSTANCE and write the folder of the next one.

    Opening balances are what is left, carried through mergers. A folder that exists is not touched.
    """
    from allocator.asking.totals import read_totals
    from allocator.cli.periods.rolling import written_folder
    from allocator.report.periods.rolled import as_screen

    rolled = written_folder(instance, period, read_totals(totals), out, **files)
    click.echo(as_screen(rolled, lang), nl=False)
