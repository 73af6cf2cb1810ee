"""The command `allocator`: runs a verb, and turns what goes wrong into an exit status."""

from __future__ import annotations

import os
import sys

import click

from allocator import __version__
from allocator.cli import check, completion, list_, schema, serve, verify, where
from allocator.cli.audits import audit, diff, infer, reconcile, replay
from allocator.cli.comparison import compare, margins, sweep
from allocator.cli.distribution import explain, map_, run
from allocator.cli.periods import catchup, revise, roll, series, status, swap
from allocator.cli.plans import plan
from allocator.cli.shared.in_language import (
    LANGUAGES,
    VARIABLE,
    Verbs,
    asked_language,
    in_language,
    let_click_speak,
)
from allocator.cli.shared.speaking import BAD_INPUT, STOPPED
from allocator.words.text import Text, text

#: Columns of a help, where the screen has as many.
WIDTH = 100


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH},
)
@click.version_option(__version__, package_name="allocator", message="%(prog)s %(version)s")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    envvar=VARIABLE,
    show_envvar=True,
    expose_value=False,
    help="Language of every command; default: en.",
)
def allocator() -> None:
    """Divide a national number over provinces and municipalities, exactly and explained.

    Start with `allocator list`, then `allocator run nl/housing-2023-h1`.

    Exit status: 0 done; 1 the answer is no; 2 bad input or usage; 3 stopped before the end.
    """


VERBS = (
    *(list_, run, explain, check, verify, schema),
    *(audit, infer, reconcile, status, roll, catchup, revise, swap, where, series),
    *(diff, replay, compare, margins, sweep, plan, map_, serve, completion),
)

for verb in VERBS:
    allocator.add_command(verb.command)


def main() -> None:
    """Run the command line; whatever a user can cause ends in words, not in a traceback."""
    lang = asked_language(sys.argv[1:])
    let_click_speak(lang)
    try:
        spoken = in_language(allocator, lang)
        sys.exit(spoken.main(prog_name="allocator", standalone_mode=False, obj=lang))
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        _tell(text("Stopped before the end."), lang)
        sys.exit(STOPPED)
    except OSError as error:
        from allocator.reading.formats.reasons import reason_of

        _give_up_on_output()
        _tell(text("Stopped: {reason}.", reason=reason_of(error)), lang)
        sys.exit(BAD_INPUT)


def _tell(what: Text, lang: str) -> None:
    from allocator.words.say import say

    click.echo(say(what, lang), err=True)


def _give_up_on_output() -> None:
    """Let nothing that is still waiting to be written fail a second time at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
