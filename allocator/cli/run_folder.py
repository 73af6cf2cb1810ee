"""A run as a folder: every table of it with its receipt and a datapackage.json.

A folder is asked for by a name without an ending, such as `--out case/`, or by one that is there.
"""

from __future__ import annotations

from pathlib import Path

import click

from allocator import verify
from allocator.cli.common import DIALECTS
from allocator.cli.kept import Run, receipt_of
from allocator.model.problem import InputError, Place, Problem
from allocator.model.receipt import Form
from allocator.reading.country.tables import read_table
from allocator.reading.formats.files import write_whole
from allocator.report import receipt
from allocator.report.package import Origin, files_of
from allocator.report.package.run_folder import RESULT
from allocator.words.say import say
from allocator.words.text import LocalText, series, text

TABLE = "table.yaml"  # what a shared table says of itself


def refuse_filled(folder: Path) -> None:
    """What somebody keeps in a folder is left alone: it must be new, or empty."""
    there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
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
    """Write all files of the folder, or none."""
    made, _ = receipt_of(done, RESULT, Form.JSON, lang, DIALECTS[0])
    folders = dict.fromkeys(path.parent for path in done.paths)
    tables = [_origin(each) for each in folders if (each / TABLE).is_file()]
    files = files_of(done.distribution, receipt.as_json(made).encode(), tables, lang)
    files["verify.py"] = Path(verify.__file__).read_bytes()
    new = _made(folder)
    try:
        write_whole({folder / name: content for name, content in files.items()})
    except InputError:
        if new:
            folder.rmdir()
        raise
    for name in files:
        click.echo(say(text("Written: {path}", path=str(folder / name)), lang), err=True)


def _origin(folder: Path) -> Origin:
    """The publisher of a shared table, and its licence."""
    shape = read_table(folder).shape
    publisher, table = shape.publisher.local(), shape.series.local()
    title = LocalText(f"{publisher.nl}, {table.nl}", f"{publisher.en}, {table.en}")
    return Origin(title, shape.licence)


def _made(folder: Path) -> bool:
    """Make the folder; whether there was none."""
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    except OSError as error:
        raise InputError(
            Problem(
                Place(str(folder)),
                text("The folder cannot be made: {reason}.", reason=error.strerror or str(error)),
                text("Choose a place that you may write to."),
            )
        ) from error
    return True
