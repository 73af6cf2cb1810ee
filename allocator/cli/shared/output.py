"""Where a result goes: the screen or a file, in a format, and a csv in a dialect."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from errno import EBADF
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.shared.speaking import Command

if TYPE_CHECKING:
    from allocator.report.paper.paper import Paper

#: How a csv is written: for machines, or for a Dutch spreadsheet.
DIALECTS = ("plain", "nl")
#: The formats that are csv.
CSV_FORMS = ("csv", "ledger")

#: The formats of a table, with how their files are named.
ENDINGS = {"table": ".txt", "csv": ".csv", "json": ".json"}

#: A report that is handed round: a workbook, or a page.
PAPERS = {"xlsx": ".xlsx", "html": ".html"}

#: Those of any result.
ALL_ENDINGS = {**ENDINGS, **PAPERS, "markdown": ".md"}


def to_file(*forms: str) -> Callable[[Command], Command]:
    """The options that choose a format and a file instead of the screen, and how a csv is."""

    def with_options(command: Command) -> Command:
        for option in (
            click.option(
                "--dialect",
                type=click.Choice(DIALECTS),
                default=DIALECTS[0],
                help="Of a csv: nl has semicolons and decimal commas, as a Dutch spreadsheet "
                "opens it.",
            ),
            click.option(
                "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file."
            ),
            click.option(
                "--format", "form", type=click.Choice(forms), help="Default: by FILE, else table."
            ),
        ):
            command = option(command)
        return command

    return with_options


@dataclass(frozen=True)
class Into:
    """Where a result goes, and in which format and language."""

    form: str
    out: Path | None
    dialect: str
    lang: str

    @property
    def paper(self) -> bool:
        """Whether a report is wanted, to hand round."""
        return self.form in PAPERS

    def give(self, content: str) -> None:
        """Text on the screen or in a file, a csv in its dialect."""
        give_out(dialect_of(self.dialect, self.form)(content), self.out, self.lang)

    def give_paper(self, paper: Paper) -> None:
        """A report in a file or, as a page, on the screen."""
        from allocator.report.paper import set_paper

        give_out(set_paper(paper, self.form, self.lang), self.out, self.lang)


def into(
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
    forms: Iterable[str] = ("table", "csv"),
) -> Into:
    """What was typed, or a refusal before the work begins."""
    found = Into(form_of(form, out, forms), out, dialect, lang)
    dialect_of(dialect, found.form)
    return found


def form_of(form: str | None, out: Path | None, forms: Iterable[str]) -> str:
    """The format that is asked for, or that the name of a file asks for."""
    from allocator.model.problem import InputError, Place, Problem
    from allocator.words.text import either, text

    if form == "xlsx" and out is None:
        raise InputError(
            Problem(
                Place("--format"),
                text("A workbook cannot be shown here."),
                text("Add --out and a name for it, such as --out numbers.xlsx."),
            )
        )
    if form or out is None:
        return form or "table"
    for one in forms:
        if out.suffix.lower() == ALL_ENDINGS[one]:
            return one
    raise InputError(
        Problem(
            Place("--out"),
            text("{path} does not say its format.", path=f"'{out}'"),
            text(
                "Name it {endings}, or add --format.",
                endings=either([ALL_ENDINGS[one] for one in forms]),
            ),
        )
    )


def dialect_of(dialect: str, form: str) -> Callable[[str], str]:
    """What turns a csv into the dialect that is asked for; nothing else has one."""
    from allocator.model.problem import InputError, Place, Problem
    from allocator.report.tables import for_dutch_spreadsheet
    from allocator.words.text import text

    if dialect == DIALECTS[0]:
        return str
    if form in CSV_FORMS:
        return for_dutch_spreadsheet
    raise InputError(
        Problem(
            Place("--dialect"),
            text("Only a csv has a dialect."),
            text("Add --format csv or a name that ends in .csv, or leave --dialect out."),
        )
    )


def give_out(content: str | bytes, out: Path | None, lang: str) -> None:
    """Text on the screen, or whole in a file."""
    content = content.encode() if isinstance(content, str) else content
    if out is None:
        write_out(content)
        return
    from allocator.reading.formats.writing import write_whole
    from allocator.words.say import say
    from allocator.words.text import text

    write_whole({out: content})
    click.echo(say(text("Written: {path}", path=str(out)), lang), err=True)


def write_out(content: str | bytes) -> None:
    """Text on standard output, in UTF-8 and with plain line ends on every system."""
    content = content.encode() if isinstance(content, str) else content
    stream = sys.stdout
    if stream is None:
        raise OSError(EBADF, os.strerror(EBADF))
    try:
        stream.flush()
        stream.buffer.write(content)
        stream.buffer.flush()
    except BrokenPipeError:
        # whoever read us has seen enough; say nothing at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
