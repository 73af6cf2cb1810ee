"""The command `allocator`: finds the verb, runs it, and turns problems into an exit status."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from allocator import __version__
from allocator.cli.common import BAD_INPUT, STOPPED, tell_problems
from allocator.model.problem import InputError

#: Each verb stands in a module of its own, which is imported when it is asked for.
VERBS = {
    "list": "allocator.cli.list_",
    "run": "allocator.cli.run",
    "explain": "allocator.cli.explain",
    "check": "allocator.cli.check",
}


class Verbs(click.Group):
    """The group of verbs, imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(VERBS[cmd_name]).command
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="allocator")
def allocator() -> None:
    """Divide a national number over provinces and municipalities, exactly and explained.

    Start with `allocator list`, then `allocator run nl/housing-2023-h1`.

    Exit status: 0 done; 1 the answer is no; 2 bad input or usage; 3 stopped before the end.
    """


def main() -> None:
    """Run the command line; whatever a user can cause ends in words, not in a traceback."""
    try:
        allocator.main(standalone_mode=False)
    except InputError as error:
        tell_problems(error, _language())
        sys.exit(BAD_INPUT)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped before the end; nothing was written.", err=True)
        sys.exit(STOPPED)


def _language() -> str:
    """The language that was asked for, also where the command ended before it could say."""
    asked = [
        argument.partition("=")[2] or following
        for argument, following in zip(sys.argv, [*sys.argv[1:], ""], strict=True)
        if argument.partition("=")[0] == "--lang"
    ]
    return "nl" if asked and asked[-1] == "nl" else "en"
