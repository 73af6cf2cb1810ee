"""The command `allocator`: runs a verb, and turns what goes wrong into an exit status."""

from __future__ import annotations

import os
import sys

import click

from allocator import __version__
from allocator.cli import check, explain, list_, run, verify, where
from allocator.cli.audits import audit, diff, infer, reconcile, replay
from allocator.cli.common import BAD_INPUT, STOPPED
from allocator.cli.comparison import compare, margins, sweep
from allocator.cli.periods import catchup, revise, roll, series, status, swap
from allocator.cli.plans import plan


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="allocator")
def allocator() -> None:
    """Divide a national number over provinces and municipalities, exactly and explained.

    Start with `allocator list`, then `allocator run nl/housing-2023-h1`.

    Exit status: 0 done; 1 the answer is no; 2 bad input or usage; 3 stopped before the end.
    """


VERBS = (
    *(list_, run, explain, check, verify),
    *(audit, infer, reconcile, status, roll, catchup, revise, swap, where, series),
    *(diff, replay, compare, margins, sweep, plan),
)

for verb in VERBS:
    allocator.add_command(verb.command)


def main() -> None:
    """Run the command line; whatever a user can cause ends in words, not in a traceback."""
    try:
        sys.exit(allocator.main(standalone_mode=False))
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped before the end.", err=True)
        sys.exit(STOPPED)
    except OSError as error:
        _give_up_on_output()
        click.echo(f"Stopped: {error.strerror or error}.", err=True)
        sys.exit(BAD_INPUT)


def _give_up_on_output() -> None:
    """Let nothing that is still waiting to be written fail a second time at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
