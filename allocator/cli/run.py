"""`allocator run`: divide an instance's totals and show or write the table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator.cli.common import (
    ENDINGS,
    another_rounding,
    another_rule,
    form_of,
    speaking,
    to_file,
    write_out,
)

if TYPE_CHECKING:
    from allocator.model.distribution import Distribution


@click.command("run")
@click.argument("instance")
@to_file(*ENDINGS)
@another_rule
@another_rounding
@speaking
def command(instance: str, form: str | None, out: Path | None, lang: str, **question: Any) -> None:
    """Divide the totals of INSTANCE, a name from `allocator list` or a folder."""
    from allocator.cli.question import answered
    from allocator.report.cautions import cautions
    from allocator.report.layout import capital, wrapped
    from allocator.words.say import say

    form = form_of(form, out, ENDINGS)
    distribution = answered(instance, **question)
    content = _written(distribution, form, lang)
    if out is None:
        write_out(content)
    else:
        _write(out, content, distribution, form, lang)
    if form == "csv":
        for caution in cautions(distribution):
            click.echo(wrapped(capital(say(caution, lang)), "! "), err=True)


def _written(distribution: Distribution, form: str, lang: str) -> str:
    from allocator.report import exact_json, screen, tidy

    if form == "csv":
        return tidy.as_csv(distribution)
    if form == "json":
        return exact_json.as_json(distribution)
    return screen.as_screen(distribution, lang)


def _write(out: Path, content: str, distribution: Distribution, form: str, lang: str) -> None:
    """The file, and beside a csv the notes that it has no room for."""
    from allocator import verify
    from allocator.reading.files import write_whole
    from allocator.report.screen import notes_of
    from allocator.words.say import say
    from allocator.words.text import text

    files = {out: content.encode()}
    if form == "json":
        files[out.with_name("verify.py")] = Path(verify.__file__).read_bytes()
    if form == "csv":
        files[out.with_name(f"{out.name}.notes.txt")] = notes_of(distribution, lang).encode()
    write_whole(files)
    for path in files:
        click.echo(say(text("Written: {path}", path=str(path)), lang), err=True)
