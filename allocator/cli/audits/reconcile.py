"""`allocator reconcile`: the smallest change of figures from which a published table follows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.shared import completing
from allocator.cli.shared.output import PAPERS, into, to_file
from allocator.cli.shared.speaking import NO, speaking

if TYPE_CHECKING:
    from allocator.audit.reconcile import CannotBe, Reconciled
    from allocator.model.indicator import Uncertain
    from allocator.model.instance import Instance

FORMS = ("table", "csv", "json", *PAPERS)


@click.command("reconcile")
@click.argument("instance", shell_complete=completing.instances)
@click.option("--indicator", metavar="NAME", help="Which figures; default: the uncertain ones.")
@click.option(
    "--tolerance", metavar="X", help="How far each may be off, such as 0.02; default: its own."
)
@click.option("--free", multiple=True, metavar="CODE", help="An area whose figure says nothing.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the instance with the fitted figures, for `allocator run`.",
)
@to_file(*FORMS)
@speaking
def command(
    instance: str,
    indicator: str | None,
    tolerance: str | None,
    free: tuple[str, ...],
    folder: Path | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
) -> None:
    """Find figures near those of INSTANCE from which its published numbers follow exactly."""
    from allocator.asking.new_folder import refuse_existing
    from allocator.asking.reconciling import bounds_of
    from allocator.audit.reconcile import CannotBe, reconcile
    from allocator.cli.audits.reconciling import write_folder
    from allocator.cli.shared.progress import at_work
    from allocator.reading.instances.read import load
    from allocator.report.audits import reconciled as report
    from allocator.words.say import say
    from allocator.words.text import text

    to = into(form, out, dialect, lang, FORMS)
    loaded = load(instance)
    name, bounds = bounds_of(loaded, indicator, tolerance, free)
    if folder:
        refuse_existing(folder)
    with at_work(lang):
        found = reconcile(loaded, name, bounds.tolerances, bounds.free)
    if to.paper:
        from allocator.report.audits.reconciled_paper import reconciled_paper

        to.give_paper(reconciled_paper(found, loaded, bounds))
    elif isinstance(found, CannotBe) and to.form == "csv":  # there are no figures to list
        told = report.refusal_on_screen(found, loaded, bounds, lang)
        click.echo(told, err=True, nl=False)
    else:
        to.give(_written(found, loaded, bounds, name, to.form, lang))
    if isinstance(found, CannotBe):
        sys.exit(NO)
    if folder:
        write_folder(folder, instance, loaded, found)
        click.echo(say(text("Written: {path}", path=str(folder)), lang), err=True)


def _written(
    found: Reconciled | CannotBe,
    instance: Instance,
    bounds: Uncertain,
    name: str,
    form: str,
    lang: str,
) -> str:
    """Figures or a refusal as text."""
    from allocator.audit.reconcile import CannotBe
    from allocator.report.audits import reconciled as report

    if isinstance(found, CannotBe):
        if form == "json":
            return report.refusal_as_json(found, instance, name)
        return report.refusal_on_screen(found, instance, bounds, lang)
    if form == "csv":
        return report.as_csv(found, instance)
    if form == "json":
        return report.as_json(found, instance)
    return report.as_screen(found, instance, bounds, lang)
