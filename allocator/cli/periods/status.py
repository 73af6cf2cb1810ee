"""`allocator status`: how far areas are within a half-year."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.common import form_of, give_out, own_files, speaking, to_file


@click.command("status")
@click.argument("instance")
@own_files("opening", "realised", "ledger", "goal")
@click.option("--month", type=click.IntRange(1, 6), help="After which month; default: the last.")
@click.option(
    "--bounds", metavar="GOOD,SLIGHT", help="Percent of the norm, such as 100,90; default: rule."
)
@click.option("--area", metavar="AREA", help="On screen only this area and what lies in it.")
@to_file("table", "csv")
@speaking
def command(
    instance: str,
    month: int | None,
    bounds: str | None,
    area: str | None,
    form: str | None,
    out: Path | None,
    lang: str,
    **files: Path | None,
) -> None:
    """Show how far the areas of INSTANCE are, against the norm of n/6 after n months."""
    from allocator.cli.periods.question import (
        account_of,
        area_asked,
        month_asked,
        read_bounds,
        realised_known,
    )
    from allocator.periods.progress import standings
    from allocator.report.periods import status

    form = form_of(form, out)
    account = account_of(instance, **files)
    half = realised_known(account)
    asked = account.instance.rule.progress if bounds is None else read_bounds(bounds)
    now = standings(account, month_asked(account, month), asked)
    if form == "csv":
        content = status.as_csv(now)
    else:
        content = status.as_screen(now, half, lang, area_asked(account.instance, area))
    give_out(content, out, lang)
