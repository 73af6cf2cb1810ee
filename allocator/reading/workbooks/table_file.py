"""Reads a table from a CSV file or an Excel workbook, whichever it is by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.formats.csv_table import Dialect, Table, read_csv
from allocator.reading.library import shown
from allocator.words.text import text

if TYPE_CHECKING:
    from allocator.reading.workbooks.as_made import AsMade

WORKBOOKS = (".xlsx", ".xlsm")
OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")


def read_table(
    path: Path,
    dialect: Dialect,
    problems: Problems,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    made: Callable[[], AsMade] | None = None,
) -> Table:
    """The table in a file; what is wrong with its form is noted among the problems.

    `made` tells what is known of the table, so that a workbook need not be written for us.
    """
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        # openpyxl takes as long to import as all the rest
        from allocator.reading.workbooks.xlsx_table import read_xlsx

        return read_xlsx(path, dialect, problems, required, optional, made() if made else None)
    if ending in OTHER_WORKBOOKS:
        raise InputError(
            Problem(
                Place(shown(path)),
                text("Tables in {ending} are not read.", ending=ending),
                text("Open it in Excel or LibreOffice and save it as .xlsx."),
            )
        )
    return read_csv(path, dialect, problems, required, optional)
