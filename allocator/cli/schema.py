"""`allocator schema`: the JSON Schema of each kind of json that the program writes.

The schemas lie in allocator/schemas, one file for each, and come with the program.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.shared.output import write_out
from allocator.cli.shared.speaking import speaking

if TYPE_CHECKING:
    from allocator.words.text import Text

FOLDER = Path(__file__).parent.parent / "schemas"


def described() -> dict[str, Text]:
    """Every schema by name, and what writes json of its kind."""
    from allocator.words.text import text

    return {
        "result": text("a distribution, by `run`"),
        "receipt": text("what a result was made of, beside every file of `run`"),
        "diff": text("what changed between two distributions, by `diff`"),
        "compare": text("keys side by side, by `compare`"),
        "sweep": text("thousands of keys, by `sweep`"),
        "sweep-parts": text("question.json in a folder of `sweep --resume`"),
        "question": text("a question that a page of the workbench gave as a file"),
        "margins": text("what must change before a number does, by `margins`"),
        "plan": text("a province's plan, by `plan`"),
        "series": text("half-years one after the other, by `series`"),
        "audit": text("a published table beside its rule, by `audit`"),
        "infer": text("what a table may have been made from, by `infer`"),
        "weights": text("the weights nearest to a table, by `infer --weights`"),
        "reconciled": text("figures from which a table follows, by `reconcile`"),
    }


@click.command("schema")
@click.argument("name", required=False)
@speaking
def command(name: str | None, lang: str) -> None:
    """Print the JSON Schema called NAME; without NAME, list them.

    Each json says what it is under `format`, such as allocator-result/1: its schema is `result`.
    """
    from allocator.model.problem import InputError, Place, Problem
    from allocator.report.layout import aligned
    from allocator.words.say import say
    from allocator.words.text import text

    schemas = described()
    if name is None:
        lines = [[each, say(of, lang)] for each, of in schemas.items()]
        write_out("\n".join(aligned(lines, texts=2)) + "\n")
    elif name in schemas:
        write_out((FOLDER / f"{name}.json").read_text("utf-8"))
    else:
        raise InputError(
            Problem(
                Place(""),
                text("There is no schema {name}.", name=f"'{name}'"),
                text("The schemas are: {names}.", names=", ".join(schemas)),
            )
        )
