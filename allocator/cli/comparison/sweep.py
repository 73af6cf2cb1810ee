"""`allocator sweep`: thousands of keys at once, and how far each number moves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import another_rounding, missing_figures
from allocator.cli.shared.output import PAPERS, into, to_file
from allocator.cli.shared.speaking import speaking

FORMS = ("table", "csv", "json", *PAPERS)


@click.command("sweep")
@click.argument("instance", shell_complete=completing.instances)
@click.option(
    "--weights",
    multiple=True,
    metavar="FORMULA=LOW..HIGH",
    help="A formula and the bounds of its weight, as population=0.2..0.8 or =20%..80%; repeat it.",
)
@click.option("--grid", metavar="STEP", help="Every key whose weights are multiples of STEP.")
@click.option("--sample", type=int, metavar="N", help="N keys, spread evenly over all there are.")
@click.option("--seed", type=int, metavar="S", help="With --sample: another draw; default: 1.")
@click.option(
    "--total",
    "totals",
    multiple=True,
    metavar="[STREAM=]LOW..HIGH[/STEP]",
    help="A national number that is not certain; or another one, [STREAM=]N.",
)
@click.option(
    "--inside",
    shell_complete=completing.areas,
    metavar="AREA",
    help="Only inside a province or region, which keeps its number.",
)
@click.option("--keep", metavar="LEVEL", help="Each area of this level keeps its number.")
@missing_figures
@another_rounding
@click.option(
    "--jobs", type=click.IntRange(1), default=1, metavar="N", help="Processes; default: 1."
)
@click.option("--scheduler", metavar="tcp://...", help="A dask cluster that does the work.")
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Keep finished parts here, and go on from those.",
)
@to_file(*FORMS)
@speaking
def command(
    instance: str,
    jobs: int,
    scheduler: str | None,
    resume: Path | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
    **typed: Any,
) -> None:
    """Try many keys on INSTANCE: weights times shares, the weights adding up to 1.

    A formula may name any figure of the shared tables. Each key is one that can be typed to
    `allocator run --key`.
    """
    from allocator.asking.sweeping import Typed, asked
    from allocator.cli.comparison.sweeping import Work, swept
    from allocator.report.comparison import sweep as report
    from allocator.report.layout import capital, wrapped
    from allocator.words.say import say

    to = into(form, out, dialect, lang, FORMS)
    found = swept(asked(instance, Typed(**typed)), Work(jobs, scheduler, resume), lang)
    if to.paper:
        from allocator.report.comparison.paper import sweep_paper

        to.give_paper(sweep_paper(found, lang))
        return
    written = {"csv": report.as_csv, "json": report.as_json}.get(to.form)
    content = written(found) if written else report.as_screen(found, lang)
    to.give(content)
    if to.form == "csv":
        for caution in report.cautions_of(found):
            click.echo(wrapped(capital(say(caution, lang)), "! "), err=True)
