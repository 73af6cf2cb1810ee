"""`allocator compare`: what everybody gets under other keys, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import another_rounding, missing_figures
from allocator.cli.shared.output import PAPERS, into, to_file
from allocator.cli.shared.speaking import speaking

FORMS = ("table", "csv", "json", *PAPERS)


@click.command("compare")
@click.argument("instance", shell_complete=completing.instances)
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="[NAME=]KEY",
    help="A formula, a rule or a rule file, perhaps with a name; repeat for several.",
)
@click.option(
    "--inside",
    shell_complete=completing.areas,
    metavar="AREA",
    help="Only inside a province or region, which keeps its number; or NAME=A,B,C.",
)
@click.option("--keep", metavar="LEVEL", help="Each area of this level keeps its number.")
@click.option(
    "--with",
    "beside",
    multiple=True,
    shell_complete=completing.instances,
    metavar="INSTANCE",
    help="Another task of the same areas, added up with this one; repeat for several.",
)
@click.option("--all", "everybody", is_flag=True, help="Every area, not only the larger ones.")
@click.option("--per", metavar="INDICATOR", help="Numbers per 1,000 of this; default: population.")
@missing_figures
@click.option(
    "--rule",
    shell_complete=completing.rules,
    metavar="RULE",
    help="The rule that keys are compared with.",
)
@click.option("--total", "totals", multiple=True, metavar="[STREAM=]N", help="Another number.")
@another_rounding
@to_file(*FORMS)
@speaking
def command(
    instance: str,
    beside: tuple[str, ...],
    everybody: bool,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
    **typed: Any,
) -> None:
    """Compare what areas get in INSTANCE by its own rule and by other keys.

    Formulas may name any figure of the shared tables: `allocator list` shows them.
    """
    from allocator.asking.comparing import Typed, compared, tasks_of
    from allocator.cli.shared.progress import at_work
    from allocator.report.comparison import as_csv, as_json, as_screen

    to = into(form, out, dialect, lang, FORMS)
    asked = Typed(**typed)
    with at_work(lang):
        comparison = compared(instance, asked)
        tasks = tasks_of(comparison, beside)
    if to.paper:
        from allocator.reading.country.cartogram import layout_or_none
        from allocator.report.comparison.paper import paper_of

        where = layout_or_none(comparison.reference.distribution.instance)
        to.give_paper(paper_of(comparison, tasks, lang, where))
        return
    if to.form == "csv":
        content = as_csv(comparison)
    elif to.form == "json":
        content = as_json(comparison, tasks)
    else:
        content = as_screen(comparison, tasks, everybody or bool(asked.inside), lang)
    to.give(content)
