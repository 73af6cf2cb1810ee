"""The csv: one line per area of every level and stream."""

from __future__ import annotations

import csv
import io

from allocator.model.distribution import COLUMNS, Distribution
from allocator.words.numbers import plain_decimals

#: Decimals of the quota; the exact fraction is in the json.
PLACES = 12


def as_csv(distribution: Distribution) -> str:
    """The table as csv, always with a decimal point and commas."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(COLUMNS)
    for row in distribution.rows():
        lines.writerow((*row.identity, plain_decimals(row.quota, PLACES), row.number))
    return written.getvalue()
