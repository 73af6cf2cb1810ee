"""`allocator replay`: whether the inputs of a receipt still give its result."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.shared.output import ENDINGS, PAPERS, form_of, write_out
from allocator.cli.shared.speaking import NO, speaking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allocator.audit.receipt import Cell
    from allocator.cli.distribution.kept import Run
    from allocator.model.receipt import Receipt, Source


@click.command("replay")
@click.argument("receipt", type=click.Path(path_type=Path), metavar="RECEIPT.json")
@click.option(
    "--instance",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where an instance of one's own is; default: beside the receipt.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Keep the new result in a file."
)
@speaking
def command(receipt: Path, folder: Path | None, out: Path | None, lang: str) -> None:
    """Run again what RECEIPT.json tells of, from the same inputs, and compare the results.

    Exit status: 0 the same; 1 another result or file; 2 an input is missing or another one.
    """
    from allocator.audit.receipt import Replay
    from allocator.cli.distribution.kept import keep, receipt_of
    from allocator.model.receipt import Form
    from allocator.reading.results.receipts import digests, find, read_receipt, refuse_others
    from allocator.report.receipt import as_screen

    kind = Form(form_of(None, out, (*ENDINGS, *PAPERS)))
    then = read_receipt(receipt)
    found = find(then, folder or receipt.parent, receipt.parent)
    done = _again(then, found)
    refuse_others(then, found, done.paths)
    written = then.written
    first = next(iter(written.files))
    now, _ = receipt_of(done, first, written.form, written.lang, written.dialect)
    beside = digests(written.files, receipt.parent)
    result = Replay(then, now, beside, {})
    if not result.same_result and not result.changed:
        result = Replay(then, now, beside, _numbers(then, beside, receipt.parent, done))
    write_out(as_screen(result, done.distribution, lang))
    if out is not None:
        keep(done, out, kind, lang, then.written.dialect)
    if not result.same:
        sys.exit(NO)


def _again(receipt: Receipt, found: Mapping[Source, Path]) -> Run:
    """The question of a receipt, asked of the files that were found."""
    from allocator.cli.distribution.kept import run
    from allocator.model.receipt import Source

    asked = receipt.question

    def typed(value: str | Source | None) -> str | None:
        return str(found[value]) if isinstance(value, Source) else value

    return run(
        str(found[asked.instance].parent),
        rule=typed(asked.rule),
        totals=tuple(f"{stream}={number}" for stream, number in asked.totals.items()),
        rounding=asked.rounding,
        method=asked.method,
        ties=typed(asked.ties),
        fixed=asked.fixed,
        key=asked.key,
        keep=asked.keep,
        missing=asked.missing,
    )


def _numbers(
    receipt: Receipt, beside: Mapping[str, str], folder: Path, done: Run
) -> dict[Cell, tuple[int | None, int | None]]:
    """The numbers in the file that was written then, where they are others now."""
    from allocator.reading.results.receipts import numbers_in

    name = next(iter(receipt.written.files))
    if name not in beside:
        return {}
    then, now = numbers_in(folder / name, receipt.written.form), done.distribution.numbers
    if then is None:
        return {}
    cells = dict.fromkeys((*now, *then))
    pairs = {cell: (then.get(cell), now.get(cell)) for cell in cells}
    return {cell: pair for cell, pair in pairs.items() if pair[0] != pair[1]}
