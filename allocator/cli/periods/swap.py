"""`allocator swap`: joint changes and swaps on top of the numbers, and transfers between tables."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import own_files
from allocator.cli.shared.output import into, to_file
from allocator.cli.shared.speaking import speaking


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

    to = into(form, out, dialect, lang)
    account = account_of(instance, ledger=ledger)
    if stream is not None and agreed is None:
        stream_asked(account.instance, stream)
    if agreed is None:
        content = (
            swaps.ledger_as_csv(account)
            if to.form == "csv"
            else swaps.ledger_on_screen(account, lang)
        )
    else:
        from allocator.cli.periods.agreed import transfers_to

        name = stream_asked(account.instance, stream).name
        plan = transfers_to(account, name, agreed)
        content = (
            swaps.transfers_as_csv(account, name, plan)
            if to.form == "csv"
            else swaps.transfers_on_screen(account, name, plan, lang)
        )
    to.give(content)
