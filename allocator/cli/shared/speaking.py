"""How a verb speaks: its language, its exit statuses, and how problems are told."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import nullcontext, redirect_stderr
from functools import wraps
from shutil import get_terminal_size
from typing import Any

import click

from allocator.cli.shared.in_language import LANGUAGES
from allocator.model.problem import InputError

NO = 1  # the answer is no
BAD_INPUT = 2  # bad input or usage
STOPPED = 3  # stopped before the end

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


def tell_problems(error: InputError, lang: str) -> None:
    """Every problem on its own lines, on the error stream."""
    from allocator.words.say import say

    for problem in error.problems:
        where = f"{problem.place}: " if str(problem.place) else ""
        click.echo(f"{where}{say(problem.found, lang)}", err=True)
        for line in problem.excerpt.splitlines():
            click.echo(f"    {line}", err=True)
        click.echo(f"    {say(problem.mend, lang)}", err=True)
