"""What the verbs share: the language, exit statuses, and how problems are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from errno import EBADF
from functools import wraps
from pathlib import Path
from typing import Any

import click

from allocator.model.problem import InputError

NO = 1  # the answer is no
BAD_INPUT = 2  # bad input or usage
STOPPED = 3  # stopped before the end

Command = Callable[..., Any]


def speaking(command: Command) -> Command:
    """A verb that speaks English or Dutch, and tells problems in the language it was asked for."""

    @wraps(command)
    def told(*arguments: Any, lang: str, **options: Any) -> Any:
        try:
            return command(*arguments, lang=lang, **options)
        except InputError as error:
            tell_problems(error, lang)
            sys.exit(error.status)

    return click.option(
        "--lang",
        type=click.Choice(["en", "nl"]),
        default="en",
        show_default=True,
        help="Language of the output.",
    )(told)


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
        "--rule", metavar="RULE", help="Another rule: name, name@date or a rule file."
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

#: Those of any result.
ALL_ENDINGS = {**ENDINGS, "markdown": ".md"}


def form_of(form: str | None, out: Path | None, forms: Iterable[str] = ("table", "csv")) -> str:
    """The format that is asked for, or that the name of a file asks for."""
    from allocator.model.problem import InputError, Place, Problem
    from allocator.words.text import either, text

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


def give_out(content: str, out: Path | None, lang: str) -> None:
    """Text on the screen, or whole in a file."""
    if out is None:
        write_out(content)
        return
    from allocator.reading.files import write_whole
    from allocator.words.say import say
    from allocator.words.text import text

    write_whole({out: content.encode()})
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


def write_out(content: str) -> None:
    """Text on standard output, in UTF-8 and with plain line ends on every system."""
    stream = sys.stdout
    if stream is None:
        raise OSError(EBADF, os.strerror(EBADF))
    try:
        stream.flush()
        stream.buffer.write(content.encode("utf-8"))
        stream.buffer.flush()
    except BrokenPipeError:
        # whoever read us has seen enough; say nothing at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
