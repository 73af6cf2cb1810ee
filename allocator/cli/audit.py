"""`allocator audit`: whether the rule gives the numbers that were published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from allocator.cli.common import another_rule, form_of, give_out, speaking, to_file

FORMS = ("table", "csv", "json")


@click.command("audit")
@click.argument("table", metavar="INSTANCE|TABLE")
@another_rule
@click.option("--of", metavar="INSTANCE", help="TABLE is one of this instance.")
@click.option("--period", metavar="YYYY-Hn", help="Or: the half-year that TABLE is for.")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="Or: the day on which it begins.")
@click.option("--year", "years", multiple=True, metavar="NAME=YYYY", help="The year of figures.")
@click.option("--tree", metavar="LEVEL,...", help="Levels divided over, such as country,province.")
@click.option("--column", "columns", multiple=True, metavar="STREAM=HEADING", help="Its column.")
@click.option("--name", "names", multiple=True, metavar="NAME=CODE", help="Which area is meant.")
@click.option("--level", default="", metavar="LEVEL", help="Which level its names are of.")
@click.option("--notation", type=click.Choice(["nl", "en"]), help="How its figures are written.")
@click.option("--sheet", default="", metavar="SHEET", help="Which sheet of a workbook.")
@to_file(*FORMS)
@speaking
def command(table: str, form: str | None, out: Path | None, lang: str, **question: Any) -> None:
    """Lay a published table beside what its rule gives, row by row and sum by sum.

    INSTANCE brings a published table of its own. TABLE is a file that somebody published, csv or
    xlsx: say by which rule and of which numbers (--rule, --total, and --period or --on), or of
    which instance it is (--of).
    """
    from allocator.cli.auditing import Typed, of_file, of_instance
    from allocator.report import audit as report

    form = form_of(form, out, FORMS)
    typed = Typed(**question)
    is_file = Path(table).suffix.lower() in (".csv", ".xlsx", ".xlsm", ".txt", ".tsv")
    found, read = of_file(Path(table), typed) if is_file else (of_instance(table, typed), None)
    if form == "table":
        content = report.as_screen(found, read, lang)
    else:
        content = {"csv": report.as_csv, "json": report.as_json}[form](found)
    give_out(content, out, lang)
