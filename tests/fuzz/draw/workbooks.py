"""Draws Excel workbooks: tables with odd cells, then bent XML in them, then bent archives."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from tests.fuzz.draw.signs import encoded, noise, odd_number, odd_text
from tests.fuzz.draw.tables import bent_rows

_DATES = (date(1900, 1, 1), date(2023, 1, 1), datetime(2023, 1, 1, 12), time(3), date(9999, 12, 31))
_FORMULAS = ("=1+1", "=A1", "=NA()", '=""', "=1/0", "=SUM(A1:A9)", "{=A1:A3}", "=HYPERLINK(1)")
_RESULTS = (0, 1.5, "", "#N/A", "#DIV/0!", "text", 12, True)
_FORMATS = ("General", "0", "0.00", "#,##0", "yyyy-mm-dd", "[h]:mm", "0%", "@", '"€" 0', "mmm yy")

Parts = dict[str, bytes]


def drawn_workbook(source: Random, rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with a bent table in it, of which the archive may be bent too."""
    kind = source.randrange(10)
    if kind < 5:
        return workbook(source, bent_rows(source, rows) if source.randrange(6) else rows)
    parts = dict(_parts(_plain_workbook(tuple(map(tuple, rows)))))
    for _ in range(source.randrange(1, 4)):
        bend_xml(source, parts)
    if kind < 8:
        return archive(source, parts)
    return bent_archive(source, parts)


def workbook(source: Random, rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook as Excel would write it, with cells of every kind."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    try:
        _fill(source, book, rows)
    finally:
        book.close()
    return out.getvalue()


def _fill(source: Random, book: Any, rows: Sequence[Sequence[str]]) -> None:
    formats = [book.add_format({"num_format": each}) for each in source.sample(_FORMATS, 3)]
    names = iter(source.sample(("Blad1", "Toelichting", "Tabel 1", "x" * 31, "é", "B(2)"), 3))
    for _ in range(source.choice((0, 0, 0, 1))):
        _beside(source, book.add_worksheet(next(names)), rows)
    sheet = book.add_worksheet(next(names))
    top, left = source.choice(((0, 0), (0, 0), (0, 0), (3, 1), (40, 0), (0, 290)))
    as_numbers = source.randrange(4)
    for at, row in enumerate(rows[:400], top):
        for column, cell in enumerate(row[:60], left):
            number = _number(cell) if as_numbers and at > top else None
            if number is not None:
                sheet.write_number(at, column, number, source.choice((None, None, *formats)))
            elif cell:
                sheet.write_string(at, column, _writable(cell))
    for _ in range(source.choice((0, 1, 1, 2, 4))):
        _odd_cell(source, sheet, (top, left, len(rows), max(map(len, rows), default=1)), formats)
    if source.randrange(6) == 0:
        first, second = source.randrange(6), source.randrange(6)
        sheet.merge_range(
            first, second, first + source.randrange(1, 3), second + 1, _writable(odd_text(source))
        )
    if source.randrange(8) == 0:
        sheet.hide()
    for _ in range(source.choice((0, 0, 0, 1))):
        _beside(source, book.add_worksheet(next(names)), rows)
    if source.randrange(9) == 0:
        book.add_chartsheet()


def _beside(source: Random, sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    """Another sheet: a remark, or a part of the table again."""
    if source.randrange(2):
        sheet.write_string(0, 0, _writable(odd_text(source)))
    else:
        for at, row in enumerate(rows[: source.randrange(1, 5)]):
            for column, cell in enumerate(row[:60]):
                sheet.write_string(at, column, _writable(cell))


def _odd_cell(
    source: Random, sheet: Any, table: tuple[int, int, int, int], formats: list[Any]
) -> None:
    top, left, high, wide = table
    row, column = top + source.randrange(high + 1), left + source.randrange(wide + 1)
    style = source.choice((None, *formats))
    kind = source.randrange(8)
    if kind == 0:
        sheet.write_datetime(row, column, source.choice(_DATES), formats[0])
    elif kind == 1:
        formula, result = source.choice(_FORMULAS), source.choice(_RESULTS)
        sheet.write_formula(row, column, formula, style, result)
    elif kind == 2:
        sheet.write_boolean(row, column, bool(source.randrange(2)))
    elif kind == 3:
        sheet.write_blank(row, column, None, formats[0])
    elif kind == 4:
        number = source.choice((0.1 + 0.2, 1e300, -1e-300, 1e15 + 0.3, 43831.5, -1.0, 2.0**60))
        sheet.write_number(row, column, number, style)
    elif kind == 5:
        sheet.write_string(row, column, _writable(odd_number(source)), style)
    else:
        sheet.write_string(row, column, _writable(odd_text(source)))


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if abs(number) < 1e300 and len(cell) < 20 else None


def _writable(cell: str) -> str:
    """As Excel can hold it; what it cannot comes in by bent XML."""
    return encoded(cell).decode("utf-8", "replace")[:32_000]


@lru_cache(maxsize=64)
def _plain_workbook(rows: tuple[tuple[str, ...], ...]) -> bytes:
    return workbook(Random(1), rows)


@lru_cache(maxsize=64)
def _parts(content: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


_TAG = re.compile(rb"<[^<>]{1,400}>")
_VALUE = re.compile(rb'"[^"<>]{0,200}"')
_VALUES = (
    *(b"", b"0", b"-1", b"1", b"99999999999999", b"nan", b"A1", b"XFD1048576", b"A0", b"1A"),
    *(b"ZZZZ9", b"A1:XFD1048576", b"B2:A1", b"A:A", b"s", b"n", b"b", b"e", b"d", b"str"),
    *(b"inlineStr", b"x", b"../../x", b"/xl/workbook.xml", b"rId1", b"rId99", b"sheet1.xml"),
    *(b"worksheets/sheet1.xml", b"&#0;", b"&amp;", b"&a;", b"\xff", b"1e999", b"true", b"9" * 400),
)
_DOCTYPE = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>',
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"<?xml-stylesheet href='x'?>",
)


def bend_xml(source: Random, parts: Parts) -> None:
    """One part of a workbook bent: a tag gone or doubled, a value changed, something put in."""
    if not parts:
        return
    weighty = [name for name in parts if "sheet" in name or "haredStrings" in name]
    name = source.choice(weighty or list(parts)) if source.randrange(3) else _any(source, parts)
    content = parts[name]
    tags = list(_TAG.finditer(content))
    kind = source.randrange(9)
    if kind == 0 or not tags:
        parts[name] = noise(source, content)
    elif kind == 1:
        tag = source.choice(tags)
        parts[name] = content[: tag.start()] + content[tag.end() :]
    elif kind == 2:
        one, other = sorted(source.sample(range(len(tags) + 1), 2))
        first = tags[one].start()
        last = tags[min(other, one + 8, len(tags) - 1)].end()
        times = source.choice((1, 1, 2, 300))
        parts[name] = content[:last] + content[first:last] * times + content[last:]
    elif kind < 6:
        values = [value for tag in tags for value in _VALUE.finditer(content, *tag.span())]
        if values:
            value = source.choice(values)
            new = b'"' + source.choice(_VALUES) + b'"'
            parts[name] = content[: value.start()] + new + content[value.end() :]
    elif kind == 6:
        tag = source.choice(tags)
        inner = encoded(source.choice((odd_number, odd_text))(source))
        parts[name] = content[: tag.end()] + inner + content[tag.end() :]
    elif kind == 7:
        at = content.find(b"?>") + 2
        parts[name] = content[:at] + source.choice(_DOCTYPE) + content[at:]
    else:
        tag = source.choice(tags)
        deep = source.choice((3, 200, 5_000))
        parts[name] = content[: tag.start()] + b"<a>" * deep + content[tag.start() :]


def _any(source: Random, parts: Parts) -> str:
    return source.choice(list(parts))


def archive(source: Random, parts: Parts) -> bytes:
    """The parts packed, some of them perhaps gone, doubled or under another name."""
    out = BytesIO()
    method = source.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, content in parts.items():
            kind = source.randrange(60)
            if kind == 0:
                continue
            called = (
                source.choice(("../x.xml", "/x", name.upper(), "", "a\\b")) if kind == 1 else name
            )
            packed.NameToInfo.pop(called, None)  # without a warning that it is there already
            packed.writestr(zipfile.ZipInfo(called), content, method)
        if source.randrange(20) == 0 and parts:
            _pack_again(source, packed, parts)
    return out.getvalue()


def _pack_again(source: Random, packed: zipfile.ZipFile, parts: Parts) -> None:
    """A part that is there twice, with other content, or very large ones that pack small."""
    name = _any(source, parts)
    size = source.choice((0, 10, 100_000, 3_000_000))
    filler = source.choice((b"\0", b"<c/>", b"<row r='1'><c r='A1'/></row>", b" "))
    name = source.choice((name, "xl/worksheets/sheet9.xml", "xl/media/a.png"))
    packed.NameToInfo.pop(name, None)
    content = filler * (size // len(filler))
    packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def bent_archive(source: Random, parts: Parts) -> bytes:
    """An archive with changed bytes: cut off, other sizes, flags and methods, junk around it."""
    return source.choice(_ARCHIVES)(source, archive(source, parts))


def _cut(source: Random, content: bytes) -> bytes:
    return content[: source.randrange(len(content) + 1)]


def _with_junk(source: Random, content: bytes) -> bytes:
    junk = source.randbytes(source.randrange(1, 60))
    return junk + content if source.randrange(2) else content + junk


def _other_header(source: Random, content: bytes) -> bytes:
    """One field of a header of the archive changed: flags, method, sums, sizes, lengths."""
    signature, length = source.choice(
        ((b"PK\x01\x02", 46), (b"PK\x03\x04", 30), (b"PK\x05\x06", 22))
    )
    heads = [found.start() for found in re.finditer(re.escape(signature), content)]
    if not heads:
        return content
    at = source.choice(heads) + source.randrange(4, length)
    wide = source.choice((1, 2, 4))
    new = source.choice((b"\xff" * wide, b"\0" * wide, b"\x01" + b"\0" * (wide - 1), b"\x09\0"))
    return content[:at] + new + content[at + len(new) :]


_ARCHIVES: tuple[Callable[[Random, bytes], bytes], ...] = (
    *(_cut, _with_junk, _other_header, _other_header, _other_header, noise),
)
