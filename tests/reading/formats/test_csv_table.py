"""The form of a CSV file: what is too much is told at once."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from allocator.model.problem import InputError, Problems
from allocator.reading.formats.csv_table import DUTCH, PLAIN, Dialect, read_csv


def test_a_heading_of_very_many_columns_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("code," + ",".join(f"code{n}" for n in range(70_000)) + "\n", "utf-8")
    start = process_time()
    with pytest.raises(InputError, match="The heading has 70,001 columns; at most 300 are read"):
        read_csv(path, PLAIN, Problems(), ("code",))
    assert process_time() - start < 5


@pytest.mark.parametrize(("dialect", "sign"), [(PLAIN, "','"), (DUTCH, "';'")])
def test_a_table_with_tabs_is_told_so(tmp_path: Path, dialect: Dialect, sign: str) -> None:
    path = tmp_path / "tabs.csv"
    path.write_text("code\tname\tnumber\nGM0344\tUtrecht\t12\n", "utf-8")
    said = f"separated by tabs. Save it with {sign} instead of tabs"
    with pytest.raises(InputError, match=said):
        read_csv(path, dialect, Problems(), ("code", "number"), ("name",))
