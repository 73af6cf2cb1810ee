"""A table in a workbook is read as one in a CSV file, and whatever is not plain in it is told."""

from __future__ import annotations

import csv
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from allocator.model.problem import InputError, Problems
from allocator.reading.formats.csv_table import DUTCH, PLAIN, Dialect, Table
from allocator.reading.formats.numerals import whole
from allocator.reading.workbooks.table_file import read_table

REQUIRED = ("code", "name", "people")
OPTIONAL = ("score",)
HEADING = REQUIRED
DATA = [["A", "Aalst", 1000], ["B", "Boom", 2000]]
READ = [("A", "Aalst", "1000"), ("B", "Boom", "2000")]
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(*sheets: Sequence[Sequence[object]]) -> Workbook:
    made = Workbook()
    made.remove(made.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"Blad{number}")
        for row in rows:
            sheet.append(list(row))
    return made


def saved(made: Workbook, folder: Path) -> Path:
    path = folder / "people.xlsx"
    made.save(path)
    return path


def read(path: Path, dialect: Dialect = PLAIN) -> Table:
    problems = Problems()
    table = read_table(path, dialect, problems, REQUIRED, OPTIONAL)
    problems.raise_any()
    return table


def rows_of(table: Table) -> list[tuple[str, ...]]:
    return [tuple(record[name] for name in REQUIRED) for record in table.records]


def told(path: Path, dialect: Dialect = PLAIN) -> str:
    with pytest.raises(InputError) as caught:
        read(path, dialect)
    return str(caught.value).replace(f"{path.parent}/", "")


def repacked(path: Path, changed: dict[str, Callable[[bytes], bytes] | bytes | None]) -> Path:
    """The workbook with some of its parts changed, replaced, added or left out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changed.items():
        if change is None:
            del parts[name]
        else:
            parts[name] = change if isinstance(change, bytes) else change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def sheet_of(rows: str, above: str = "") -> bytes:
    """A sheet written by hand."""
    return f'{above}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def with_shared(texts: bytes, rows: str) -> dict[str, Callable[[bytes], bytes] | bytes | None]:
    """A sheet whose texts stand in a part of their own, as Excel writes them."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    added = f'<Override PartName="/{TEXTS}" ContentType="{kind}"/></Types>'.encode()
    return {
        TYPES: lambda content: content.replace(b"</Types>", added),
        TEXTS: texts,
        SHEET: sheet_of(rows),
    }


def test_a_plain_sheet(tmp_path: Path) -> None:
    table = read(saved(book([HEADING, *DATA]), tmp_path))
    assert rows_of(table) == READ
    assert table.columns == REQUIRED
    assert str(table.records[1].place) == f"{tmp_path}/people.xlsx:3"
    assert table.records[0].read("people", whole) == 1000


@pytest.mark.parametrize("ending", [".xlsx", ".XLSX", ".xlsm"])
def test_the_ending_chooses(tmp_path: Path, ending: str) -> None:
    path = saved(book([HEADING, *DATA]), tmp_path).rename(tmp_path / f"people{ending}")
    assert rows_of(read(path)) == READ


def test_other_endings_are_csv(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("code,name,people\nA,Aalst,1000\nB,Boom,2000\n", "utf-8")
    assert rows_of(read(path)) == READ
    assert "Tables in .ods are not read." in told(tmp_path / "people.ods")


def test_a_planners_sheet(tmp_path: Path) -> None:
    """Title, empty rows and columns, another spelling, bold and merged cells, notes."""
    made = book(
        [
            ["Inwoners per gemeente"],
            [None, "Stand", date(2024, 1, 1)],
            [],
            [None, " Code ", None, "NAME", None, "People"],
            [None, "A", None, " Aalst ", "", 1000],
            [],
            [None, "B", None, "Boom", "  ", 2000.0],
            [],
            ["Bron: een telling"],
            [None, "Voorlopig"],
            [],
            [None, None, None, None, None, "Opgesteld in mei"],
        ]
    )
    sheet = made.worksheets[0]
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("D4:E4")
    sheet["B4"].font = Font(bold=True)
    sheet.cell(190_000, 3).font = Font(bold=True)
    table = read(saved(made, tmp_path))
    assert rows_of(table) == READ
    assert [record.line for record in table.records] == [5, 7]
    assert table.columns == REQUIRED


def test_the_heading_stands_within_fifty_rows(tmp_path: Path) -> None:
    above: list[list[object]] = [[None]] * 49
    assert rows_of(read(saved(book([*above, HEADING, *DATA]), tmp_path))) == READ
    said = told(saved(book([*above, [None], HEADING, *DATA]), tmp_path))
    assert "None of the first 50 rows of a sheet names the columns." in said
    assert "A row above the table names them: code, name, people." in said


def test_the_sheet_with_the_heading_is_taken(tmp_path: Path) -> None:
    made = book([["Toelichting"]], [HEADING, *DATA], [])
    made.worksheets[0].sheet_state = "hidden"
    chart = made.create_chartsheet("Grafiek")
    bars = BarChart()
    bars.add_data(Reference(made.worksheets[1], min_col=3, min_row=1, max_row=3))
    chart.add_chart(bars)
    table = read(saved(made, tmp_path))
    assert rows_of(table) == READ
    assert str(table.records[0].place) == f"{tmp_path}/people.xlsx (Blad2):2"


def test_two_sheets_with_the_heading_are_refused(tmp_path: Path) -> None:
    made = book([HEADING, *DATA], [HEADING], [["niets"]])
    made.worksheets[1].sheet_state = "veryHidden"
    said = told(saved(made, tmp_path))
    assert "people.xlsx: The heading stands in several sheets: Blad1 and Blad2." in said


HEADINGS: dict[str, tuple[list[object], str]] = {
    "misspelt": (
        ["code", "name", "peopel"],
        "people.xlsx:1: The column 'peopel' is not known here. Did you mean 'people'?",
    ),
    "missing": (["code", "name"], "people.xlsx:1: The column 'people' is missing."),
    "unknown": ([*HEADING, "notes"], "The column 'notes' is not known here."),
    "twice": ([*HEADING, "People"], "The column people stands in the heading twice."),
    "no text": ([*HEADING, True], "people.xlsx:1: D1: it says TRUE."),
    "a number": ([*HEADING, 2023], "The column '2023' is not known here."),
    "empty": ([None], "None of the first 50 rows"),
    "in one cell": (["code;name;people"], "None of the first 50 rows"),
}


@pytest.mark.parametrize("case", HEADINGS)
def test_a_wrong_heading_is_told(tmp_path: Path, case: str) -> None:
    heading, said = HEADINGS[case]
    assert said in told(saved(book([heading, *DATA]), tmp_path))


ROWS: dict[str, tuple[list[list[object]], str]] = {
    "a text directly below": (
        [["Bron: een telling"]],
        "people.xlsx:4: Only A4 is filled in this row. Fill in the row or empty it;",
    ),
    "a number after an empty row": ([[], [None, None, 3000]], ":5: Only C5 is filled"),
    "a text between the rows": (
        [[], ["Drenthe"], ["C", "Cuijk", 3000]],
        ":5: Only A5 is filled in this row.",
    ),
    "a date after an empty row": ([[], [date(2024, 1, 1)]], ":5: Only A5 is filled"),
    "a column without a name": (
        [["C", "Cuijk", 3000, "nagaan"]],
        "people.xlsx:4: D4 is filled, and its column has no name. Name the column",
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_nothing_is_dropped_in_silence(tmp_path: Path, case: str) -> None:
    rows, said = ROWS[case]
    assert said in told(saved(book([HEADING, *DATA, *rows]), tmp_path))


def test_a_total_below_the_table_is_a_row(tmp_path: Path) -> None:
    table = read(saved(book([HEADING, *DATA, [], [None, "Totaal", 3000]]), tmp_path))
    assert rows_of(table) == [*READ, ("", "Totaal", "3000")]


def test_a_row_directly_below_is_a_problem_before_notes(tmp_path: Path) -> None:
    said = told(saved(book([HEADING, *DATA, ["C"], [], ["Bron"]]), tmp_path))
    assert "people.xlsx:4: Only A4" in said
    assert "A6" not in said


def test_where_one_column_is_required_a_single_text_is_a_row(tmp_path: Path) -> None:
    path = saved(
        book([["code", "score"], ["A", 1], [], ["B"], [], [None, "losse tekst"]]), tmp_path
    )
    problems = Problems()
    table = read_table(path, PLAIN, problems, ("code",), OPTIONAL)
    assert [record["code"] for record in table.records] == ["A", "B"]
    assert problems.found == []


def test_a_table_without_rows(tmp_path: Path) -> None:
    assert read(saved(book([HEADING, [], ["Nog niets geteld"]]), tmp_path)).records == []


CELLS: dict[str, tuple[object, str]] = {
    "text": (" 1.234 ", "1.234"),
    "a code as text": ("0003", "0003"),
    "a code as number": (3, "3"),
    "a whole float": (12.0, "12"),
    "minus zero": (-0.0, "0"),
    "a tenth": (0.1, "0.1"),
    "no exponent": (1e-05, "0.00001"),
    "small and long": (-1.5e-10, "-0.00000000015"),
    "the largest": (2**53 - 1, "9007199254740991"),
    "a date": (date(2024, 2, 29), "2024-02-29"),
    "midnight": (datetime(2024, 2, 29), "2024-02-29"),
    "nothing": (None, ""),
    "two lines": ("Súdwest\nFryslân", "Súdwest\nFryslân"),
}


@pytest.mark.parametrize("case", CELLS)
def test_cells_as_text(tmp_path: Path, case: str) -> None:
    value, written = CELLS[case]
    table = read(saved(book([HEADING, ["A", "Aalst", value]]), tmp_path))
    assert table.records[0]["people"] == written


def test_numbers_are_written_as_the_dialect_reads_them(tmp_path: Path) -> None:
    rows = [["A", "1.234", 1234, 0.5], ["B", "0,25", 2000.0, 1e-7], ["C", "7", 1.5, "-0,5"]]
    table = read(saved(book([(*HEADING, "score"), *rows]), tmp_path), DUTCH)
    numerals = DUTCH.numerals
    assert [record.read("people", whole) for record in table.records[:2]] == [1234, 2000]
    assert table.records[0].read("name", whole) == 1234
    scores = [numerals.read(record["score"]) for record in table.records]
    assert scores == [Fraction(1, 2), Fraction(1, 10**7), Fraction(-1, 2)]
    assert table.records[2]["people"] == "1,5"


WRONG: dict[str, tuple[object, str]] = {
    "true": (True, "'people' (C2): it says TRUE. Write a text or a number."),
    "not available": ("#N/A", "'people' (C2): it gives the error #N/A. Mend the formula"),
    "reference": ("#REF!", "'people' (C2): it gives the error #REF!."),
    "never calculated": ("=1+1", "'people' (C2): its formula was never calculated. Open the"),
    "a time": (time(13, 30), "'people' (C2): '13:30:00' is a time, or a day with a time."),
    "a duration": (timedelta(hours=30), "'1 day, 6:00:00' is a time"),
    "a day with a time": (datetime(2024, 1, 1, 9), "'2024-01-01 09:00:00' is a time"),
    "a large whole number": (
        -(2**53),
        "'-9007199254740992' is more than a workbook keeps exactly, so digits were lost.",
    ),
    "a large float": (-1e300, "'-1e+300' is more than a workbook keeps exactly"),
    "a control sign": ("Bo\x9bom", "there is a sign that no text holds (U+009B)."),
}


@pytest.mark.parametrize("case", WRONG)
def test_cells_that_hold_no_value_are_told(tmp_path: Path, case: str) -> None:
    value, said = WRONG[case]
    assert said in told(saved(book([HEADING, ["A", "Aalst", value], DATA[1]]), tmp_path))


def test_all_cells_are_told_at_once(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["A", "#NAME?", True],
        ["B", "Boom", 1],
        ["C", "Cuijk", "=A1"],
        ["Bron"],
    ]
    said = told(saved(book([HEADING, *rows]), tmp_path))
    assert re.findall(r"\((\w+)\)|Only (\w+)", said) == [
        ("B2", ""),
        ("C2", ""),
        ("C4", ""),
        ("", "A5"),
    ]


def test_the_value_of_a_formula_is_read(tmp_path: Path) -> None:
    path = saved(book([HEADING, ["A", "=T(1)", "=500*2"], ["B", "Boom", 2000]]), tmp_path)

    def calculated(content: bytes) -> bytes:
        # a spreadsheet program marks a formula that gives an empty text with t="str"
        content = re.sub(rb'(<c r="B2")(>.*?)<v ?/>', rb'\1 t="str"\2<v></v>', content)
        return re.sub(rb'(<c r="C2".*?)<v ?/>', rb"\1<v>1000</v>", content)

    assert rows_of(read(repacked(path, {SHEET: calculated}))) == [
        ("A", "", "1000"),
        ("B", "Boom", "2000"),
    ]


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("1e999", "'inf' is more than a workbook keeps exactly"),
        ("99999999999999999999", "'99999999999999999999' is more than"),
    ],
)
def test_numbers_beyond_any_float(tmp_path: Path, stored: str, said: str) -> None:
    path = saved(book([HEADING, *DATA]), tmp_path)
    repacked(path, {SHEET: lambda content: content.replace(b"1000", stored.encode())})
    assert said in told(path)


def test_a_float_is_not_rounded(tmp_path: Path) -> None:
    path = saved(book([HEADING, *DATA]), tmp_path)
    repacked(path, {SHEET: lambda content: content.replace(b"1000", b"0.30000000000000004")})
    assert read(path).records[0]["people"] == "0.30000000000000004"


def test_a_date_that_is_none(tmp_path: Path) -> None:
    path = saved(book([HEADING, ["A", "Aalst", date(2024, 1, 1)]]), tmp_path)
    repacked(path, {SHEET: lambda content: content.replace(b"45292", b"45292000")})
    assert "(C2): it gives the error #VALUE!." in told(path)


def test_texts_in_a_part_of_their_own(tmp_path: Path) -> None:
    """So Excel writes them, with a run for every change of type."""
    runs = "<si><r><t>na</t></r><r><rPr><b/></rPr><t>me</t></r></si>"
    texts = f'<sst xmlns="{MAIN}"><si><t>code</t></si>{runs}<si><t> people </t></si></sst>'
    heading = "".join(f'<c r="{cell}1" t="s"><v>{n}</v></c>' for n, cell in enumerate("ABC"))
    row = '<c r="A2" t="s"><v>0</v></c><c r="C2" s="0"><v>5</v></c>'
    rows = f'<row r="1" spans="1:3">{heading}</row><row r="2">{row}</row>'
    path = repacked(saved(book([[]]), tmp_path), with_shared(texts.encode(), rows))
    assert rows_of(read(path)) == [("code", "", "5")]


WORDS = st.text("abcXYZé ,;\"'\n.-0", min_size=1, max_size=6).filter(str.strip)
VALUES = st.one_of(
    st.integers(1 - 2**53, 2**53 - 1),
    st.decimals(-(10**6), 10**6, places=4).map(float),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.just("") | WORDS,
)


def in_csv(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
    return str(value)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS, VALUES, VALUES), max_size=8))
def test_a_table_is_the_same_in_csv_and_in_a_workbook(
    rows: list[tuple[object, object, object, object]],
) -> None:
    heading, problems = (*REQUIRED, *OPTIONAL), Problems()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heading, *(map(in_csv, row) for row in rows)])
        plain = read_table(path, PLAIN, problems, REQUIRED, OPTIONAL)
        path = saved(book([heading, *rows]), Path(folder))
        workbook = read_table(path, PLAIN, problems, REQUIRED, OPTIONAL)
    assert problems.found == []
    assert workbook.columns == plain.columns
    assert [record.cells for record in workbook.records] == [
        record.cells for record in plain.records
    ]
    assert len(plain.records) == len(rows)


def flagged(path: Path) -> None:
    """All parts said to be encrypted, as some zip programs do."""
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(signature, content):
            content[found.start() + offset] |= 1
    path.write_bytes(content)


def damaged(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(SHEET).header_offset
    content = bytearray(path.read_bytes())
    content[start + 80] ^= 0xFF
    path.write_bytes(content)


def put(name: str, content: bytes | None) -> Callable[[Path], object]:
    return lambda path: repacked(path, {name: content})


def filled(rows: str, above: str = "") -> Callable[[Path], object]:
    return put(SHEET, sheet_of(rows, above))


def one_part_twice(path: Path) -> None:
    def doubled(content: bytes) -> bytes:
        return re.sub(rb"<sheet [^>]*/>", rb"\g<0>\g<0>", content)

    repacked(path, {WORKBOOK: doubled})


A_ONE = '<c r="A200000"><v>1</v></c>'


def merging(cells: str, rows: str = "") -> bytes:
    merged = f'<mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>'
    return sheet_of(rows).replace(b"</worksheet>", f"{merged}</worksheet>".encode())


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no zip": (lambda path: path.write_text("code,name\n"), "This is no Excel workbook"),
    "empty": (lambda path: path.write_bytes(b""), "This is no Excel workbook"),
    "truncated": (
        lambda path: path.write_bytes(path.read_bytes()[:2000]),
        "This is no Excel workbook, or not the whole of one. Save it again as .xlsx",
    ),
    "an old or locked workbook": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)),
        "This is a workbook with a password, or one of the old kind (.xls).",
    ),
    "an encrypted zip": (flagged, "This is a workbook with a password"),
    "a damaged part": (damaged, "The workbook is damaged"),
    "another zip": (put(WORKBOOK, None), "The workbook is damaged"),
    "no types": (put(TYPES, None), "The workbook is damaged"),
    "no sheet": (put(SHEET, None), "The workbook is damaged"),
    "not xml": (put(SHEET, b"code;name"), "The workbook is damaged"),
    "broken off xml": (put(SHEET, b"<worksheet><sheetData>"), "The workbook is damaged"),
    "other xml": (put(WORKBOOK, b"<x/>"), "None of the first 50 rows of a sheet"),
    "broken styles": (
        put(STYLES, b"<styleSheet><fills><x/></fills>"),
        "The workbook is damaged",
    ),
    "one part for two sheets": (one_part_twice, "The workbook is damaged"),
    "too large": (lambda path: path.write_bytes(bytes(20_000_001)), "at most 20,000,000 are read"),
    "a zip bomb": (
        lambda path: repacked(path, {"xl/media/image1.bin": bytes(100_000_000)}),
        "at most 100,000,000 in 5,000 are read",
    ),
    "a bomb of tags": (
        lambda path: filled("<row><c/><c/></row>" * 600_000)(path),
        "The workbook has 2,400,",
    ),
    "a bomb of styles": (
        lambda path: put(STYLES, b"<x>" + b"<xf/>" * 400_000 + b"</x>")(path),
        "at most 1,500,000 and 200,000 are read. Save the sheet with the table",
    ),
    "a long tag": (
        lambda path: filled(f'<row a="{"x" * 90_000_000}"/>')(path),
        "None of the first 50 rows",
    ),
    "a million laughs": (
        filled('<row><c t="str"><v>&j;</v></c></row>', LAUGHS),
        "The part 'xl/worksheets/sheet1.xml' defines entities.",
    ),
    "laughs in UTF-16": (
        lambda path: repacked(path, with_shared(f"{LAUGHS}<sst>&j;</sst>".encode("utf-16"), "")),
        "defines entities",
    ),
    "a file from elsewhere": (
        put(SHEET, b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
        "defines entities",
    ),
    "a bogus dimension": (
        filled('<row r="200001"><c r="A200001"><v>1</v></c></row>'),
        "Sheet Blad1 is filled in row 200,001, column 1; at most 200,000 rows",
    ),
    "a row far away": (
        filled(f'<row r="{10**15}"><c><v>1</v></c></row>'),
        "Sheet Blad1 is filled in row",
    ),
    "a column far away": (
        filled('<row r="1"><c r="XFD1"><v>1</v></c></row>' * 20_000),
        "Sheet Blad1 is filled in row 1, column 16,384",
    ),
    "a cell twice": (filled('<row r="1"><c r="A1"><v>1</v></c></row>' * 2), "is damaged"),
    "a text that is not there": (filled('<row><c t="s"><v>99</v></c></row>'), "is damaged"),
    "a very long number": (filled(f"<row><c><v>{'9' * 10**6}</v></c></row>"), "is damaged"),
    "too many merged cells": (
        put(SHEET, merging("A1:KN200000", f'<row r="200000">{A_ONE}</row>')),
        "is damaged",
    ),
    "merged cells without an end": (put(SHEET, merging("A:B")), "is damaged"),
    "no merged cells": (put(SHEET, merging("half of it")), "is damaged"),
    "very deep xml": (filled("<row>" * 100_000 + "</row>" * 100_000), "None of the first 50"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_soon(tmp_path: Path, case: str) -> None:
    make, said = HOSTILE[case]
    path = saved(book([HEADING, *DATA]), tmp_path)
    make(path)
    start = process_time()
    assert said in told(path)
    assert process_time() - start < 5


@pytest.mark.parametrize("dimension", ["A1:XFD1048576", "A1", "C7:ZZZ99999999", ""])
def test_a_bogus_dimension_changes_nothing(tmp_path: Path, dimension: str) -> None:
    path = saved(book([HEADING, *DATA]), tmp_path)
    said = f'<dimension ref="{dimension}"/>'.encode() if dimension else b""
    repacked(path, {SHEET: lambda content: re.sub(rb"<dimension[^>]*/>", said, content)})
    assert rows_of(read(path)) == READ


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "people.xlsx").startswith("people.xlsx: There is no such file.")


def test_a_full_sheet_is_read_soon(tmp_path: Path) -> None:
    rows = [(f"GM{number:05}", f"Plaats {number}", number) for number in range(11_000)]
    path = saved(book([HEADING, *rows]), tmp_path)
    start = process_time()
    assert len(read(path).records) == 11_000
    assert process_time() - start < 5
