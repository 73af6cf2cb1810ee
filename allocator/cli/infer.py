"""`allocator infer`: what a published table may have been made from."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.common import form_of, give_out, speaking, to_file

FORMS = ("table", "csv", "json")


@click.command("infer")
@click.argument("instance")
@to_file(*FORMS)
@speaking
def command(instance: str, form: str | None, out: Path | None, lang: str) -> None:
    """Find the years, map, key, rounding and total that give the published table of INSTANCE."""
    from allocator.audit.infer import infer
    from allocator.reading.instances import load
    from allocator.reading.variants import variants
    from allocator.report import infer as report

    form = form_of(form, out, FORMS)
    found = variants(instance, load(instance))
    inferred = infer(found.instances, found.rules, found.not_tried)
    written = {"csv": report.as_csv, "json": report.as_json}.get(form)
    give_out(written(inferred) if written else report.as_screen(inferred, lang), out, lang)
