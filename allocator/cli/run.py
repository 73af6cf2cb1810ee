"""`allocator run`: divide an instance's totals and show or write the table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from allocator.cli.common import (
    ENDINGS,
    another_key,
    another_rounding,
    another_rule,
    form_of,
    speaking,
    to_file,
    write_out,
)


@click.command("run")
@click.argument("instance")
@to_file(*ENDINGS)
@another_rule
@another_key
@another_rounding
@speaking
def command(instance: str, form: str | None, out: Path | None, lang: str, **question: Any) -> None:
    """Divide the totals of INSTANCE, a name from `allocator list` or a folder.

    A file gets a receipt beside it, from which `allocator replay` makes the result again.
    """
    from allocator.cli.kept import keep, run, written
    from allocator.model.receipt import Form
    from allocator.report.cautions import cautions
    from allocator.report.layout import capital, wrapped
    from allocator.words.say import say

    kind = Form(form_of(form, out, ENDINGS))
    done = run(instance, **question)
    if out is None:
        write_out(written(done.distribution, kind, lang))
    else:
        keep(done, out, kind, lang)
    if kind is Form.CSV:
        for caution in cautions(done.distribution):
            click.echo(wrapped(capital(say(caution, lang)), "! "), err=True)
