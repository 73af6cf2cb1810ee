"""A csv for a Dutch spreadsheet is the same table: our own reading gives it back."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from allocator.model.problem import Problems
from allocator.reading.formats.csv_table import DUTCH, PLAIN, Table, read_csv
from allocator.report.tables import as_csv_table, for_dutch_spreadsheet
from allocator.words.numbers import plain_decimals

HEADING = ("code", "name", "quota", "number")
NAMES = st.text(st.characters(categories=("L", "Nd", "P", "Zs")), min_size=1).map(
    lambda name: "n" + " ".join(name.split())
)
ROWS = st.lists(
    st.tuples(
        st.from_regex(r"GM[0-9]{4}", fullmatch=True),
        NAMES,
        st.fractions(-1000, 10**6).map(lambda number: plain_decimals(number, 12)),
        st.integers(-10, 10**6).map(str),
    ),
    max_size=8,
)


def read(content: str, nl: bool) -> Table:
    problems = Problems()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content.encode())
        table = read_csv(path, DUTCH if nl else PLAIN, problems, HEADING)
    problems.raise_any()
    return table


@given(ROWS)
def test_reading_gives_the_table_back(rows: list[tuple[str, ...]]) -> None:
    plain = as_csv_table(HEADING, rows)
    ours, theirs = read(plain, nl=False), read(for_dutch_spreadsheet(plain), nl=True)
    assert theirs.columns == ours.columns
    for one, other in zip(ours.records, theirs.records, strict=True):
        assert (other["code"], other["name"]) == (one["code"], one["name"])
        for column in ("quota", "number"):
            assert DUTCH.numerals.read(other[column]) == Fraction(one[column])


@given(ROWS)
def test_every_cell_but_decimals_is_the_same_text(rows: list[tuple[str, ...]]) -> None:
    dutch = for_dutch_spreadsheet(as_csv_table(HEADING, rows))
    assert dutch.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(dutch[1:], newline=""), delimiter=";"))
    assert lines[0] == list(HEADING)
    for line, row in zip(lines[1:], rows, strict=True):
        assert [line[0], line[1], line[3]] == [row[0], row[1], row[3]]
        assert line[2] == row[2].replace(".", ",")


def test_a_formula_a_fraction_and_a_date_keep_their_points() -> None:
    plain = as_csv_table(("key", "day"), [("0.5 * population", "2024-01-01"), ("49000/3", "1.2.3")])
    assert for_dutch_spreadsheet(plain) == (
        "\ufeffkey;day\r\n0.5 * population;2024-01-01\r\n49000/3;1.2.3\r\n"
    )
