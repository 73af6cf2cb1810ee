"""What a file is, before it is read: a damaged one is told by its reader, not by who counts."""

from __future__ import annotations

from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest

from allocator.workbench.brought import LARGEST_INSIDE, lines_in


def workbook() -> bytes:
    """An archive with a sheet of two rows."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<row></row><row></row>")
    return content.getvalue()


def test_lines_are_counted() -> None:
    assert lines_in(workbook()) == 2
    assert lines_in(b"code,number\r\nGM0344,1\r\n") == 2


@pytest.mark.parametrize("at", range(1, 23))
def test_an_archive_that_says_wrong_sizes_has_no_lines_that_count(at: int) -> None:
    """Each byte of its last heading is another: where the rest begins, and how long it is."""
    good = workbook()
    for new in (0x00, 0x7F, 0xFF):
        assert lines_in(good[:-at] + bytes([new]) + good[len(good) - at + 1 :]) in (0, 2)


def test_a_damaged_archive_has_no_lines_that_count() -> None:
    good, source = workbook(), Random(1)
    for _ in range(500):
        content = bytearray(good)
        for _ in range(source.randrange(1, 5)):
            content[source.randrange(4, len(content))] = source.randrange(256)
        assert lines_in(bytes(content)) in (0, 1, 2, LARGEST_INSIDE)
