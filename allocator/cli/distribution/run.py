"""`allocator run`: divide an instance's totals and show or write the table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import another_key, another_rounding, another_rule
from allocator.cli.shared.output import (
    ALL_ENDINGS,
    ENDINGS,
    PAPERS,
    dialect_of,
    form_of,
    to_file,
    write_out,
)
from allocator.cli.shared.speaking import speaking


@click.command("run")
@click.argument("instance", shell_complete=completing.instances)
@to_file(*ENDINGS, *PAPERS)
@another_rule
@another_key
@another_rounding
@speaking
def command(
    instance: str, form: str | None, out: Path | None, dialect: str, lang: str, **question: Any
) -> None:
    """Divide the totals of INSTANCE, a name from `allocator list` or a folder.

    A file gets a receipt beside it, from which `allocator replay` makes the result again. A name
    without an ending, such as --out case/, is a folder with all tables and a datapackage.json.
    """
    from allocator.cli.distribution.kept import keep, run, written
    from allocator.model.receipt import Form
    from allocator.report.cautions import cautions
    from allocator.report.layout import capital, wrapped
    from allocator.words.say import say

    if out is not None and form is None and _is_folder(out):
        from allocator.cli.distribution.run_folder import keep_folder, refuse_filled

        dialect_of(dialect, "folder")
        refuse_filled(out)
        keep_folder(run(instance, **question), out, lang)
        return
    kind = Form(form_of(form, out, (*ENDINGS, *PAPERS)))
    dialect_of(dialect, kind.value)  # refused before the work, where it is no csv
    done = run(instance, **question)
    if out is None:
        write_out(written(done, kind, lang, dialect))
    else:
        keep(done, out, kind, lang, dialect)
    if kind is Form.CSV:
        for caution in cautions(done.distribution):
            click.echo(wrapped(capital(say(caution, lang)), "! "), err=True)


def _is_folder(out: Path) -> bool:
    """Whether a folder is meant: by a name without an ending, or since there is one."""
    named = out.suffix.lower() in ALL_ENDINGS.values()
    return not out.suffix or (out.is_dir() and not named)
