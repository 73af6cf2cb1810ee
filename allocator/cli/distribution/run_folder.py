"""A run as a folder: every table of it with its receipt and a datapackage.json.

A folder is asked for by a name without an ending, such as `--out case/`, or by one that is there.
"""

from __future__ import annotations

from pathlib import Path

import click

from allocator import verify
from allocator.cli.distribution.kept import Run, receipt_of
from allocator.cli.shared.output import DIALECTS
from allocator.model.problem import InputError, Place, Problem
from allocator.model.receipt import Form
from allocator.reading.country.tables import read_table
from allocator.reading.formats.writing import (
    fill,
    is_part,
    take_away_parts,
    whole_folder,
    write_whole,
)
from allocator.report import receipt
from allocator.report.package import Origin, files_of
from allocator.report.package.run_folder import RESULT
from allocator.words.say import say
from allocator.words.text import LocalText, series, text

TABLE = "table.yaml"  # what a shared table says of itself


def refuse_filled(folder: Path) -> None:
    """What somebody keeps in a folder is left alone: it must be new, or empty."""
    there = sorted(_names_in(folder)) if folder.is_dir() else []
    if there or (folder.exists() and not folder.is_dir()):
        raise InputError(
            Problem(
                Place(str(folder)),
                text("This holds something already: {names}.", names=series(there, at_most=3))
                if there
                else text("This is there already, and it is no folder."),
                text("Name a new folder, or one that is empty."),
            )
        )


def keep_folder(done: Run, folder: Path, lang: str) -> None:
    """Write all files of the folder, or none; what describes them comes last."""
    made, _ = receipt_of(done, RESULT, Form.JSON, lang, DIALECTS[0])
    folders = dict.fromkeys(path.parent for path in done.paths)
    tables = [_origin(each) for each in folders if (each / TABLE).is_file()]
    files = files_of(done.distribution, receipt.as_json(made).encode(), tables, lang)
    files = {"verify.py": Path(verify.__file__).read_bytes(), **files}
    if folder.is_dir():
        take_away_parts(folder)
        write_whole({folder / name: content for name, content in files.items()})
    else:
        with whole_folder(folder) as made_whole:
            fill(made_whole, files)
    for name in files:
        click.echo(say(text("Written: {path}", path=str(folder / name)), lang), err=True)


def _origin(folder: Path) -> Origin:
    """The publisher of a shared table, and its licence."""
    shape = read_table(folder).shape
    publisher, table = shape.publisher.local(), shape.series.local()
    title = LocalText(f"{publisher.nl}, {table.nl}", f"{publisher.en}, {table.en}")
    return Origin(title, shape.licence)


def _names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if not is_part(path)]
