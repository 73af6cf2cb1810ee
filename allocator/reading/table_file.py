"""Reads a table from a CSV file or an Excel workbook, whichever it is by its name."""

from __future__ import annotations

from pathlib import Path

from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.csv_table import Dialect, Table, read_csv
from allocator.reading.library import shown
from allocator.words.text import text

WORKBOOKS = (".xlsx", ".xlsm")
OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")


def read_table(
    path: Path,
    dialect: Dialect,
    problems: Problems,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
) -> Table:
    """The table in a file; what is wrong with its form is noted among the problems."""
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        # openpyxl takes as long to import as all the rest
        from allocator.reading.xlsx_table import read_xlsx

        return read_xlsx(path, dialect, problems, required, optional)
    if ending in OTHER_WORKBOOKS:
        raise InputError(
            Problem(
                Place(shown(path)),
                text("Tables in {ending} are not read.", ending=ending),
                text("Open it in Excel or LibreOffice and save it as .xlsx."),
            )
        )
    return read_csv(path, dialect, problems, required, optional)
