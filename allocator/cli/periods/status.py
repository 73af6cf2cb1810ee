"""`allocator status`: how far areas are within a half-year."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import own_files
from allocator.cli.shared.output import PAPERS, into, to_file
from allocator.cli.shared.speaking import speaking


@click.command("status")
@click.argument("instance", shell_complete=completing.instances)
@own_files("opening", "realised", "ledger", "goal")
@click.option(
    "--month", type=click.IntRange(1, 6), metavar="N", help="After which month; default: the last."
)
@click.option(
    "--bounds", metavar="GOOD,SLIGHT", help="Percent of the norm, such as 100,90; default: rule."
)
@click.option(
    "--area",
    shell_complete=completing.areas,
    metavar="AREA",
    help="On screen only this area and what lies in it.",
)
@to_file("table", "csv", *PAPERS)
@speaking
def command(
    instance: str,
    month: int | None,
    bounds: str | None,
    area: str | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
    **files: Path | None,
) -> None:
    """Show how far the areas of INSTANCE are, against the norm of n/6 after n months."""
    from allocator.asking.half_years import (
        account_of,
        area_asked,
        month_asked,
        read_bounds,
        realised_known,
    )
    from allocator.periods.progress import standings
    from allocator.report.periods import status

    to = into(form, out, dialect, lang, ("table", "csv", *PAPERS))
    account = account_of(instance, **files)
    half = realised_known(account)
    asked = account.instance.rule.progress if bounds is None else read_bounds(bounds)
    now = standings(account, month_asked(account, month), asked)
    if to.paper:
        from allocator.report.periods.paper import status_paper

        to.give_paper(status_paper(now, half, lang))
        return
    if to.form == "csv":
        content = status.as_csv(now)
    else:
        content = status.as_screen(now, half, lang, area_asked(account.instance, area))
    to.give(content)
