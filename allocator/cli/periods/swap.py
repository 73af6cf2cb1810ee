"""`allocator swap`: joint changes and swaps on top of the numbers, and transfers between tables."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli import completing
from allocator.cli.common import (
    another_dialect,
    dialect_of,
    form_of,
    give_out,
    own_files,
    speaking,
    to_file,
)


@click.command("swap")
@click.argument("instance", shell_complete=completing.instances)
@own_files("ledger")
@click.option(
    "--agreed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The table that was agreed: code, number. Shows who takes over how many from whom.",
)
@click.option("--stream", metavar="STREAM", help="Which stream, where there are several.")
@to_file("table", "csv")
@another_dialect
@speaking
def command(
    instance: str,
    agreed: Path | None,
    stream: str | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
    ledger: Path | None,
) -> None:
    """Show the numbers of INSTANCE with joint changes, or the transfers to an agreed table.

    A csv of transfers is a ledger that --ledger reads.
    """
    from allocator.asking.half_years import account_of, stream_asked
    from allocator.report.periods import swaps

    form = form_of(form, out)
    in_dialect = dialect_of(dialect, form)
    account = account_of(instance, ledger=ledger)
    if stream is not None and agreed is None:
        stream_asked(account.instance, stream)
    if agreed is None:
        content = (
            swaps.ledger_as_csv(account) if form == "csv" else swaps.ledger_on_screen(account, lang)
        )
    else:
        from allocator.cli.periods.agreed import transfers_to

        name = stream_asked(account.instance, stream).name
        plan = transfers_to(account, name, agreed)
        content = (
            swaps.transfers_as_csv(account, name, plan)
            if form == "csv"
            else swaps.transfers_on_screen(account, name, plan, lang)
        )
    give_out(in_dialect(content), out, lang)
