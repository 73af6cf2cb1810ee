"""What the verbs share: the language, exit statuses, and how problems are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from allocator.model.problem import InputError

DONE = 0  # done, or it agrees
NO = 1  # the answer is no
BAD_INPUT = 2  # bad input or usage
STOPPED = 3  # stopped before the end

Command = TypeVar("Command", bound=Callable[..., Any])


def language(command: Command) -> Command:
    """The option that chooses between English and Dutch."""
    return click.option(
        "--lang",
        type=click.Choice(["en", "nl"]),
        default="en",
        show_default=True,
        help="Language of the output.",
    )(command)


def totals(command: Command) -> Command:
    """The option that changes national numbers."""
    return click.option(
        "--total",
        "totals",
        multiple=True,
        metavar="[STREAM=]N",
        help="Another national number; repeat it for several streams.",
    )(command)


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
    try:
        if hasattr(stream, "buffer"):
            stream.flush()
            stream.buffer.write(content.encode("utf-8"))
            stream.buffer.flush()
        else:
            stream.write(content)
    except BrokenPipeError:
        # whoever read us has seen enough; say nothing at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
