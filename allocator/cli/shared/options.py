"""Options that several verbs have: another rule, key or rounding, and files of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from allocator.cli.shared import completing
from allocator.cli.shared.speaking import Command


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


def missing_figures(command: Command) -> Command:
    """The option that says what is done about areas without a figure."""
    return click.option(
        "--missing",
        type=click.Choice(["error", "exclude", "mean"]),
        help="Areas without a figure: refused, left out, or given the mean of the others.",
    )(command)


def another_key(command: Command) -> Command:
    """The options that put a key of one's own on an instance."""
    command = missing_figures(command)
    command = click.option(
        "--keep",
        metavar="LEVEL",
        help="With --key: each area of this level keeps its number, and the key divides it.",
    )(command)
    return click.option(
        "--key", metavar="FORMULA", help="Another key, as `population / woz_value`."
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
