"""What the verbs share: the language, exit statuses, and how problems are told."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext, redirect_stderr
from errno import EBADF
from functools import wraps
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click

from allocator.cli import completing
from allocator.cli.in_language import LANGUAGES
from allocator.model.problem import InputError

NO = 1  # the answer is no
BAD_INPUT = 2  # bad input or usage
STOPPED = 3  # stopped before the end

#: How a csv is written: for machines, or for a Dutch spreadsheet.
DIALECTS = ("plain", "nl")
#: The formats that are csv.
CSV_FORMS = ("csv", "ledger")

QUIET = "Say nothing beside the result but problems."

Command = Callable[..., Any]


def speaking(command: Command) -> Command:
    """A verb that speaks English or Dutch, and tells problems in the language it was asked for."""

    @wraps(command)
    def told(*arguments: Any, lang: str | None, quiet: bool, **options: Any) -> Any:
        from allocator.report.layout import on_screen

        # --lang may stand before the verb too, or be said by a variable
        lang = lang or click.get_current_context().obj or LANGUAGES[0]
        # what is said beside a result is put aside; problems are told after that
        aside = redirect_stderr(io.StringIO()) if quiet else nullcontext()
        try:
            with aside, on_screen(None if options.get("out") else _columns()):
                return command(*arguments, lang=lang, **options)
        except InputError as error:
            tell_problems(error, lang)
            sys.exit(error.status)

    for option in (
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            help="Language of the output; default: ALLOCATOR_LANG, else en.",
        ),
        click.option("-q", "--quiet", is_flag=True, help=QUIET),
    ):
        told = option(told)
    return told


def quiet_anyway(command: Command) -> Command:
    """--quiet on a verb that says nothing beside its result, so that scripts may type it always."""
    return click.option("-q", "--quiet", is_flag=True, expose_value=False, help=QUIET)(command)


def _columns() -> int | None:
    """Those of the screen; none where the result goes to a file or another program."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return get_terminal_size().columns


def another_dialect(command: Command) -> Command:
    """The option that writes a csv for a Dutch spreadsheet."""
    return click.option(
        "--dialect",
        type=click.Choice(DIALECTS),
        default=DIALECTS[0],
        help="Of a csv: nl has semicolons and decimal commas, as a Dutch spreadsheet opens it.",
    )(command)


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


def another_rule(command: Command) -> Command:
    """The options that put another rule or other national numbers on an instance."""
    command = click.option(
        "--total",
        "totals",
        multiple=True,
        metavar="[STREAM=]N",
        help="Another national number; repeat it for several streams.",
    )(command)
    return click.option(
        "--rule",
        metavar="RULE",
        shell_complete=completing.rules,
        help="Another rule: name, name@date or a rule file.",
    )(command)


def another_key(command: Command) -> Command:
    """The options that put a key of one's own on an instance."""
    for option in (
        click.option(
            "--missing",
            type=click.Choice(["error", "exclude", "mean"]),
            help="Areas without a figure: refused, left out, or given the mean of the others.",
        ),
        click.option(
            "--keep",
            metavar="LEVEL",
            help="With --key: each area of this level keeps its number, and the key divides it.",
        ),
        click.option("--key", metavar="FORMULA", help="Another key, as `population / woz_value`."),
    ):
        command = option(command)
    return command


def another_rounding(command: Command) -> Command:
    """The options that choose how quotas become whole numbers."""
    for option in (
        click.option(
            "--fix",
            "fixed",
            multiple=True,
            metavar="LEVEL",
            help="Under limits, keep each share of this level; repeat for several.",
        ),
        click.option(
            "--ties",
            metavar="order|refuse|FILE",
            help="Ties by the rule's order, refused, or by a drawn lot.",
        ),
        click.option(
            "--method",
            metavar="METHOD",
            help="largest-remainder, webster, adams, jefferson, hill or dean.",
        ),
        click.option(
            "--rounding",
            metavar="ROUNDING",
            help="up, half-up, half-even, down, consistent or textbook.",
        ),
    ):
        command = option(command)
    return command


FILES = {
    "opening": "Opening balances: code, computed and/or published.",
    "realised": "Realised numbers: code, month, kind, number.",
    "ledger": "Joint changes and swaps: entry, code, change.",
    "goal": "Agreed goals: code, goal.",
}


def own_files(*keys: str) -> Callable[[Command], Command]:
    """The options that put files of balances on an instance, in csv or xlsx."""

    def with_options(command: Command) -> Command:
        for key in reversed(keys):
            command = click.option(
                f"--{key}", type=click.Path(path_type=Path), metavar="FILE", help=FILES[key]
            )(command)
        return command

    return with_options


def to_file(*forms: str) -> Callable[[Command], Command]:
    """The options that choose a format and a file, instead of the screen."""

    def with_options(command: Command) -> Command:
        command = click.option(
            "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file."
        )(command)
        return click.option(
            "--format", "form", type=click.Choice(forms), help="Default: by FILE, else table."
        )(command)

    return with_options


#: The formats of a table, with how their files are named.
ENDINGS = {"table": ".txt", "csv": ".csv", "json": ".json"}

#: A report that is handed round: a workbook, or a page.
PAPERS = {"xlsx": ".xlsx", "html": ".html"}

#: Those of any result.
ALL_ENDINGS = {**ENDINGS, **PAPERS, "markdown": ".md"}


def form_of(form: str | None, out: Path | None, forms: Iterable[str] = ("table", "csv")) -> str:
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


def give_out(content: str | bytes, out: Path | None, lang: str) -> None:
    """Text on the screen, or whole in a file."""
    content = content.encode() if isinstance(content, str) else content
    if out is None:
        write_out(content)
        return
    from allocator.reading.formats.files import write_whole
    from allocator.words.say import say
    from allocator.words.text import text

    write_whole({out: content})
    click.echo(say(text("Written: {path}", path=str(out)), lang), err=True)


def tell_problems(error: InputError, lang: str) -> None:
    """Every problem on its own lines, on the error stream."""
    from allocator.words.say import say

    for problem in error.problems:
        where = f"{problem.place}: " if str(problem.place) else ""
        click.echo(f"{where}{say(problem.found, lang)}", err=True)
        for line in problem.excerpt.splitlines():
            click.echo(f"    {line}", err=True)
        click.echo(f"    {say(problem.mend, lang)}", err=True)


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
