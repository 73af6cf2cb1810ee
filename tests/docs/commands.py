"""Writes the manual: a page for each verb, from the texts that its help is made of.

`make words` renews the pages; the test beside this file tells when that was forgotten.
"""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from allocator.cli.main import allocator
from allocator.cli.shared.in_language import paragraphs
from tests.cli.runner import run

PAGES = Path(__file__).parents[2] / "docs" / "commands"

#: One question for each verb, of which the page shows what it says; so many lines at most.
LINES = 14
EXAMPLES = {
    "list": "allocator list",
    "run": "allocator run nl/minors-2024-3660",
    "explain": "allocator explain nl/housing-2023-h1 Middelburg",
    "check": "allocator check rules/nl/housing-target instances/nl/minors-2024-3660",
    "verify": "allocator verify minors.json",
    "audit": "allocator audit nl/minors-2024-3660",
    "infer": "allocator infer nl/minors-2024-3660",
    "reconcile": "allocator reconcile nl/reception-2024 --tolerance 0.1",
    "status": "allocator status nl/balances-2021-h2-example --month 4 --area Zeeland",
    "roll": "allocator roll nl/balances-2021-h2-example --period 2022-H1 --total 10000",
    "catchup": "allocator catchup nl/balances-2021-h2-example --area Zeeland",
    "revise": "allocator revise nl/housing-2023-h2",
    "swap": "allocator swap nl/balances-2021-h2-example",
    "where": "allocator where Haaren",
    "series": "allocator series nl/housing",
    "diff": "allocator diff nl/housing-2022-h2 nl/housing-2023-h1",
    "replay": "allocator replay minors.csv.receipt.json",
    "compare": "allocator compare nl/reception-2024 --key population --inside Zeeland",
    "margins": "allocator margins nl/reception-2024 Middelburg",
    "sweep": (
        "allocator sweep nl/reception-2024 --weights population --weights land_ha --sample 1000"
    ),
    "plan": "allocator plan nl/plan-example-zeeland",
    "map": "allocator map nl/reception-2024 --out reception.svg",
    "schema": "allocator schema",
    "completion": "allocator completion bash",
    "serve": "allocator serve",
}
#: What goes on until it is stopped, so it is shown and not run.
ENDLESS = ("serve",)
#: What is written first, for the verbs that read a file.
BEFORE = (
    "allocator run nl/minors-2024-3660 --out minors.json",
    "allocator run nl/minors-2024-3660 --out minors.csv",
)


def index() -> str:
    """The list of all."""
    lines = ["# The commands", "", *_spaced(paragraphs(allocator.help))]
    lines += ["| command | what it does |", "|---|---|"]
    for name, verb in allocator.commands.items():
        lines.append(f"| [`{name}`]({name}.md) | {paragraphs(verb.help)[0]} |")
    lines += ["", "What they have in common: [the command line](../command-line.md).", ""]
    return "\n".join(lines)


def page(name: str) -> str:
    """What one command does, its options, and an example."""
    verb = allocator.commands[name]
    context = click.Context(
        verb, info_name=name, parent=click.Context(allocator, **allocator.context_settings)
    )
    usage = " ".join(verb.collect_usage_pieces(context))
    lines = [f"# allocator {name}", "", *_spaced(paragraphs(verb.help))]
    lines += [f"    allocator {name} {usage}", "", "## Options", ""]
    for parameter in verb.get_params(context):
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record:
            option, told = (" ".join(said.split()) for said in record)
            lines.append(f"- `{option}`: {told}")
    lines += ["", "## An example", "", *(f"    {line}".rstrip() for line in _example(name)), ""]
    return "\n".join(lines)


def _spaced(parts: list[str]) -> list[str]:
    return [line for part in parts for line in (part, "")]


def _example(name: str) -> Iterator[str]:
    """The command, and the first lines of what it says."""
    command = EXAMPLES[name]
    yield command
    said = [] if name in ENDLESS else _said(command)
    yield from said[:LINES]
    if len(said) > LINES:
        yield "..."


def _said(command: str) -> list[str]:
    here = Path.cwd()
    root = Path(__file__).parents[2]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for shelf in ("rules", "instances"):
            (Path(folder) / shelf).symlink_to(root / shelf)
        os.chdir(folder)
        try:
            for before in BEFORE if "minors." in command else ():
                run(patch, *shlex.split(before)[1:])
            outcome = run(patch, *shlex.split(command)[1:])
        finally:
            os.chdir(here)
    assert outcome.status in (0, 1), f"{command}: {outcome.err}"
    return outcome.out.splitlines()


def main() -> None:
    PAGES.mkdir(exist_ok=True)
    wanted = {"index.md": index(), **{f"{name}.md": page(name) for name in allocator.commands}}
    for path in PAGES.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        (PAGES / name).write_text(content, "utf-8")
    print(f"{len(wanted)} pages of the manual")


if __name__ == "__main__":
    main()
