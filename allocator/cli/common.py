"""What the verbs share: the language, exit statuses, and how problems are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from errno import EBADF
from functools import wraps
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
