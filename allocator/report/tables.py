"""A table as csv: for machines with commas and decimal points, or for a Dutch spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence


def as_csv_table(heading: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """The lines under their heading.

    >>> as_csv_table(("code", "number"), [("A", 1)])
    'code,number\\nA,1\\n'
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(lines)
    return written.getvalue()


_DECIMALS = re.compile(r"-?\d+\.\d+", re.ASCII)


def for_dutch_spreadsheet(plain: str) -> str:
    """The same csv as a Dutch spreadsheet opens it at a double click.

    Semicolons, decimal commas, the line ends of Windows, and the mark that says that it is UTF-8.

    >>> for_dutch_spreadsheet("code,quota\\nA,59.25\\n")
    '\\ufeffcode;quota\\r\\nA;59,25\\r\\n'
    """
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for line in csv.reader(io.StringIO(plain, newline="")):
        writer.writerow(
            cell.replace(".", ",") if _DECIMALS.fullmatch(cell) else cell for cell in line
        )
    return "\ufeff" + written.getvalue()
