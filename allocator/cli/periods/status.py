"""`allocator status`: how far areas are within a half-year."""

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
@another_dialect
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

    form = form_of(form, out, ("table", "csv", *PAPERS))
    in_dialect = dialect_of(dialect, form)
    account = account_of(instance, **files)
    half = realised_known(account)
    asked = account.instance.rule.progress if bounds is None else read_bounds(bounds)
    now = standings(account, month_asked(account, month), asked)
    if form in PAPERS:
        from allocator.report.paper import set_paper
        from allocator.report.periods.paper import status_paper

        give_out(set_paper(status_paper(now, half, lang), form, lang), out, lang)
        return
    if form == "csv":
        content = status.as_csv(now)
    else:
        content = status.as_screen(now, half, lang, area_asked(account.instance, area))
    give_out(in_dialect(content), out, lang)
