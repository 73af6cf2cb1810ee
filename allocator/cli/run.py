"""`allocator run`: divide an instance's totals and show or write the table."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.common import language, totals, write_out

FORMATS = ("table", "csv", "json")


@click.command("run")
@click.argument("instance")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: by FILE, else table.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
@click.option("--rule", metavar="RULE", help="Another rule: name, name@date or a rule file.")
@totals
@language
def command(
    instance: str,
    form: str | None,
    out: Path | None,
    rule: str | None,
    totals: tuple[str, ...],
    lang: str,
) -> None:
    """Divide the totals of INSTANCE, a name from `allocator list` or a folder."""
    from allocator.cli.totals import read_totals
    from allocator.core.distribute import distribute
    from allocator.reading.files import write_whole
    from allocator.reading.instances import load
    from allocator.report import exact_json, screen, tidy
    from allocator.report.cautions import cautions
    from allocator.words.say import say
    from allocator.words.text import text

    form = form or _form(out)
    distribution = distribute(load(instance, rule, read_totals(totals)))
    if form == "csv":
        content = tidy.as_csv(distribution)
    elif form == "json":
        content = exact_json.as_json(distribution)
    else:
        content = screen.as_screen(distribution, lang)
    warnings = [say(caution, lang) for caution in cautions(distribution.instance)]
    if out is None:
        write_out(content)
    else:
        if form == "csv" and warnings:
            # a tidy csv has no room for them, and they must go where the numbers go
            notes = out.with_name(f"{out.stem}.notes.txt")
            write_whole(notes, f"{screen.remarks(distribution.instance, lang)}\n".encode())
            click.echo(say(text("Written: {path}", path=str(notes)), lang), err=True)
        write_whole(out, content.encode("utf-8"))
        click.echo(say(text("Written: {path}", path=str(out)), lang), err=True)
    if form == "csv":
        for warning in warnings:
            click.echo(screen.wrapped(warning, "! "), err=True)


def _form(out: Path | None) -> str:
    """The format that a file's name asks for."""
    if out is None:
        return "table"
    endings = {".csv": "csv", ".json": "json", ".txt": "table"}
    if out.suffix.lower() not in endings:
        raise click.UsageError(
            f"'{out}' does not say its format; name it .csv, .json or .txt, or add --format."
        )
    return endings[out.suffix.lower()]
