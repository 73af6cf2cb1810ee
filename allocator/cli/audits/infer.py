"""`allocator infer`: what a published table may have been made from."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.shared import completing
from allocator.cli.shared.output import into, to_file
from allocator.cli.shared.speaking import speaking

FORMS = ("table", "csv", "json")


@click.command("infer")
@click.argument("instance", shell_complete=completing.instances)
@click.option(
    "--weights",
    multiple=True,
    metavar="FORMULA[=LOW..HIGH]",
    help="Find the weights of these formulas instead; repeat for each.",
)
@click.option(
    "--nearest",
    type=click.Choice(["largest", "mean", "ratio"]),
    help="With --weights: which distance to the published table is least; default: largest.",
)
@click.option(
    "--fairest",
    type=click.Choice(["largest", "mean", "ratio", "gini"]),
    help="With --weights: the fairest key per inhabitant instead, by this measure.",
)
@to_file(*FORMS)
@speaking
def command(
    instance: str,
    weights: tuple[str, ...],
    nearest: str | None,
    fairest: str | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
) -> None:
    """Find the years, map, key, rounding and total that give the published table of INSTANCE.

    With --weights: the weights of formulas that come nearest to that table, or are fairest.
    """
    from allocator.cli.shared.progress import at_work

    to = into(form, out, dialect, lang, FORMS)
    with at_work(lang):
        content = (
            _weighed(instance, weights, nearest, fairest, to.form, lang)
            if weights
            else _inferred(instance, nearest, fairest, to.form, lang)
        )
    to.give(content)


def _weighed(
    instance: str,
    weights: tuple[str, ...],
    nearest: str | None,
    fairest: str | None,
    form: str,
    lang: str,
) -> str:
    from allocator.asking.weighing import sought
    from allocator.report.audits import weighed as report

    found = sought(instance, weights, nearest, fairest)
    written = {"csv": report.as_csv, "json": report.as_json}.get(form)
    return written(found) if written else report.as_screen(found, lang)


def _inferred(instance: str, nearest: str | None, fairest: str | None, form: str, lang: str) -> str:
    from allocator.audit.infer import infer
    from allocator.model.problem import InputError, Place, Problem
    from allocator.reading.instances.read import load
    from allocator.reading.instances.variants import variants
    from allocator.report.audits import infer as report
    from allocator.words.text import text

    if nearest or fairest:
        raise InputError(
            Problem(
                Place("--fairest" if fairest else "--nearest"),
                text("It is not said which formulas are weighed."),
                text("Add --weights FORMULA for each of them."),
            )
        )
    found = variants(instance, load(instance))
    inferred = infer(found.instances, found.rules, found.not_tried)
    written = {"csv": report.as_csv, "json": report.as_json}.get(form)
    return written(inferred) if written else report.as_screen(inferred, lang)
