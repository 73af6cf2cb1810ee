"""A workbook is opened without a word to the screen, whatever is in it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from allocator.model.problem import InputError
from allocator.reading.workbooks.workbook import read_sheets


def test_a_style_that_is_not_there_is_not_told_among_the_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = BytesIO()
    with xlsxwriter.Workbook(good, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, "code")
    path = tmp_path / "bent.xlsx"
    with ZipFile(good) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/styles.xml":
                content = content.split(b"<cellStyleXfs")[0] + content.split(b"</cellStyleXfs>")[1]
            new.writestr(name, content)
    with pytest.raises(InputError, match="The workbook is damaged"):
        read_sheets(path)
    assert capsys.readouterr().out == ""
