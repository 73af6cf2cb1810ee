"""A table as csv for machines: commas, decimal points, one heading."""

from __future__ import annotations

import csv
import io
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
