"""`allocator audit`: whether the rule gives the numbers that were published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import another_rule
from allocator.cli.shared.output import PAPERS, into, to_file
from allocator.cli.shared.speaking import speaking

FORMS = ("table", "csv", "json", *PAPERS)


@click.command("audit")
@click.argument("table", metavar="INSTANCE|TABLE", shell_complete=completing.instances_and_files)
@another_rule
@click.option(
    "--of",
    shell_complete=completing.instances,
    metavar="INSTANCE",
    help="The instance that TABLE is of.",
)
@click.option("--period", metavar="YYYY-Hn", help="Without --of: the half-year that TABLE is for.")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="Without --of: its first day.")
@click.option(
    "--year",
    "years",
    multiple=True,
    metavar="NAME=YYYY",
    help="Without --of: of which year figures are, such as population=2022.",
)
@click.option(
    "--tree",
    metavar="LEVEL,...",
    help="Without --of: the levels divided over, such as country,province.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="STREAM=HEADING",
    help="Which column holds what, by heading or letter, such as minors=B.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME=CODE",
    help="Which area a name means; with nothing after = its line is left aside.",
)
@click.option("--level", default="", metavar="LEVEL", help="The level that its names are of.")
@click.option("--notation", type=click.Choice(["nl", "en"]), help="How its figures are written.")
@click.option("--sheet", default="", metavar="SHEET", help="The sheet of a workbook.")
@to_file(*FORMS)
@speaking
def command(
    table: str, form: str | None, out: Path | None, dialect: str, lang: str, **question: Any
) -> None:
    """Lay a published table beside what its rule gives, row by row and sum by sum.

    INSTANCE brings a published table of its own. TABLE is a file that somebody published, csv or
    xlsx: say by which rule and of which numbers (--rule, --total, and --period or --on), or of
    which instance it is (--of).
    """
    from allocator.asking.auditing import Typed, is_table, of_file, of_instance
    from allocator.report.audits import audit as report

    to = into(form, out, dialect, lang, FORMS)
    typed = Typed(**question)
    path = Path(table)
    found, read = of_file(path, typed) if is_table(path) else (of_instance(table, typed), None)
    if to.paper:
        from allocator.report.audits.paper import audit_paper

        to.give_paper(audit_paper(found, read))
        return
    if to.form == "table":
        content = report.as_screen(found, read, lang)
    elif to.form == "json":
        content = report.as_json(found, read)
    else:
        content = report.as_csv(found)
    to.give(content)
    if to.form == "csv" and read:
        click.echo(report.reading_on_screen(read, lang), err=True)
