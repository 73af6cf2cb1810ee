"""A workbook that is read back: sheets, numbers, what stays in sight, and the same bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from allocator.report.paper import set_paper
from allocator.report.paper.paper import (
    Cell,
    Column,
    Explained,
    Explanations,
    Kind,
    Line,
    Paper,
    Row,
    Section,
    Subject,
    Table,
)
from allocator.report.paper.workbook import as_workbook
from allocator.report.pictures.svg import Picture

AREAS = (
    ("Nederland", 0, "countries", "NL", 100),
    ("Oost", 1, "provinces", "P2", 70),
    ("Cuijk", 2, "municipalities", "C", 29),
    ("Delden", 2, "municipalities", "D", 41),
    ("West", 1, "provinces", "P1", 30),
    ("Aalst", 2, "municipalities", "A", 30),
    ("Rand", 1, "regions", "R1", 60),
    ("Rest", 1, "regions", "R2", 40),
)
NUMBERS = Table(
    "All numbers",
    (
        Column("area", Kind.TEXT),
        Column("number", group="places"),
        Column("quota", Kind.DECIMAL, 3, group="places"),
        Column("change", Kind.CHANGE),
        Column("part", Kind.PERCENT, 1, signed=True),
    ),
    tuple(
        Row(
            (name, number, Fraction(number * 3 + 1, 3), -number, Fraction(number, 100)),
            *(depth, level, code),
        )
        for name, depth, level, code, number in AREAS
    ),
)


def paper_of(*tables: Table, title: str = "Annex") -> Paper:
    return Paper(title, ("What it says.",), (Section("Numbers", tables=tables),), ("Beware.",))


def read(paper: Paper, lang: str = "en") -> Workbook:
    return load_workbook(io.BytesIO(as_workbook(paper, lang)))


def one_table(*cells: Cell, kind: Kind = Kind.WHOLE) -> Worksheet:
    """The sheet of a table with one column of these cells, beside the names of lines."""
    columns = (Column("name", Kind.TEXT), Column("cell", kind, 2))
    rows = tuple(Row((f"line {place}", cell)) for place, cell in enumerate(cells))
    return read(paper_of(Table("One", columns, rows)))["One"]


def lines(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_every_level_has_a_sheet_and_the_country_is_known_by_its_name() -> None:
    assert read(paper_of(NUMBERS)).sheetnames == [
        *("Explanation of this workbook", "Nederland", "Provinces", "Municipalities", "Regions")
    ]


def test_several_tables_with_levels_have_their_names_before_them() -> None:
    second = replace(NUMBERS, title="Permit holders of the first half of 2024")
    names = read(paper_of(replace(NUMBERS, sheet="Places"), second)).sheetnames
    assert names[1:4] == ["Places, Nederland", "Places, provinces", "Places, municipalities"]
    assert names[7] == "Permit holders…, municipalities"


def test_numbers_of_a_sheet_add_up_to_those_of_the_sheet_above() -> None:
    book = read(paper_of(NUMBERS))
    sums: dict[object, int] = {}
    for _, _, province, number, *_ in lines(book["Municipalities"])[2:]:
        assert isinstance(number, int)
        sums[province] = sums.get(province, 0) + number
    assert sums == {row[0]: row[2] for row in lines(book["Provinces"])[2:]}
    assert sum(sums.values()) == lines(book["Nederland"])[2][2]
    assert [row[:2] for row in lines(book["Regions"])[2:]] == [("Rand", "R1"), ("Rest", "R2")]


def test_numbers_are_numbers_in_the_formats_of_their_columns() -> None:
    sheet = read(paper_of(NUMBERS))["Provinces"]
    name, code, *numbers = sheet[3]
    assert (name.value, code.value) == ("Oost", "P2")
    assert [cell.value for cell in numbers] == [70, float(Fraction(211, 3)), -70, 0.7]
    assert [cell.number_format for cell in numbers] == [
        *('#,##0;"−"#,##0', '#,##0.000;"−"#,##0.000'),
        *('+#,##0;"−"#,##0;0', '+0.0%;"−"0.0%;0.0%'),
    ]


def test_groups_stand_over_their_columns_and_the_heading_stays_in_sight() -> None:
    sheet = read(paper_of(NUMBERS))["Municipalities"]
    assert [row[:5] for row in lines(sheet)[:2]] == [
        (None, None, None, "places", None),
        ("area", "code", "lies in", "number", "quota"),
    ]
    assert [str(each) for each in sheet.merged_cells.ranges] == ["D1:E1"]
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:G5"
    assert sheet.print_title_rows == "$1:$2"


def test_a_sheet_is_printed_on_a4_as_wide_as_the_paper() -> None:
    narrow = read(paper_of(NUMBERS))["Municipalities"]
    many = (Column("name", Kind.TEXT), *(Column(str(n)) for n in range(7)))
    wide = read(paper_of(Table("Wide", many, (Row(("x", *range(7))),))))["Wide"]
    orientations = [sheet.page_setup.orientation for sheet in (narrow, wide)]
    assert orientations == ["portrait", "landscape"]
    for sheet in (narrow, wide):
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages high as it takes
        assert sheet.oddFooter
        assert sheet.oddFooter.right.text == "&P / &N"


def test_what_is_not_known_is_an_empty_cell() -> None:
    assert [row[1] for row in lines(one_table(1, None, 0))] == ["cell", 1, None, 0]


def test_a_day_is_a_day_and_a_long_number_keeps_its_digits() -> None:
    days = one_table(date(2024, 2, 1), kind=Kind.DAY)
    assert days["B2"].value == datetime(2024, 2, 1)
    assert days["B2"].number_format == "dd-mm-yyyy"
    assert one_table(10**15 + 1)["B2"].value == "1,000,000,000,000,001"


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://x.nl", "007"])
def test_no_text_becomes_a_formula_a_link_or_a_number(hostile: str) -> None:
    table = Table(hostile, (Column(hostile, Kind.TEXT),), (Row((hostile,)),), sheet=hostile)
    paper = Paper(hostile, (hostile,), (Section(hostile, (hostile,), tables=(table,)),))
    content = as_workbook(paper, "nl")
    sheet = load_workbook(io.BytesIO(content)).worksheets[1]
    assert [cell.value for (cell,) in sheet.iter_rows()] == [hostile, hostile]
    assert [cell.data_type for (cell,) in sheet.iter_rows()] == ["s", "s"]
    assert sheet["A2"].hyperlink is None
    with ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in parts.read(name) for name in sheets)


#: Without signs of control, which a workbook writes in a way of its own.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
NUMBERS_OF_ALL_SIZES = st.integers(1 - 10**15, 10**15 - 1) | st.fractions()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(TEXTS, NUMBERS_OF_ALL_SIZES), min_size=1, max_size=5))
def test_whatever_is_written_is_read_back(pairs: list[tuple[str, int | Fraction]]) -> None:
    columns = (Column("text", Kind.TEXT), Column("number", Kind.DECIMAL, 3))
    sheet = read(paper_of(Table("One", columns, tuple(Row(pair) for pair in pairs))))["One"]
    found = [(row[0] or "", row[1]) for row in lines(sheet)[1:]]
    for (said, number), (written, near) in zip(pairs, found, strict=True):
        assert written == said
        assert near == pytest.approx(float(number), rel=1e-15)


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    titles = ["a/b: [c]*?\\", "A B C", "History", "'quoted'", " ", "x" * 40, "X" * 40]
    tables = [Table(title, (Column("x"),), (Row((1,)),)) for title in titles]
    names = read(paper_of(*tables)).sheetnames
    assert len({name.lower() for name in names}) == len(names) == 8
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(sign in name for name in names for sign in "[]:*?/\\")
    assert not any(name.startswith("'") or name.endswith("'") for name in names)
    assert "history" not in [name.lower() for name in names]


def test_the_first_sheet_says_what_the_paper_says_and_leads_to_the_others() -> None:
    section = Section("Rest", ("A paragraph.",), ("a caution.",), ("a note.",))
    paper = replace(paper_of(NUMBERS), footer=("The rule.",))
    book = read(replace(paper, sections=(*paper.sections, section)))
    front = book.worksheets[0]
    told = [row[0] for row in lines(front) if row[0]]
    assert told[:3] == ["Annex", "What it says.", "! Beware."]
    under = told[told.index("Rest") :]
    assert under[:5] == ["Rest", "A paragraph.", "! A caution.", "- A note.", "Of this workbook"]
    assert told[-1] == "The rule."
    links = [cell.hyperlink.location for (cell,) in front.iter_rows() if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_explanations_stand_on_one_sheet_line_by_line() -> None:
    alike = Explained("places", (Line("the law", "act, art. 1"),))
    own = Explained("places: 29", (Line("in numbers", "100 × 29%"), Line("", "= 29")))
    explanations = Explanations((alike,), (Subject("C", "Cuijk", "Oost", (own,)),))
    paper = Paper("Annex", (), (Section("Why each number", explanations=explanations),))
    assert lines(read(paper)["Why each number"]) == [
        ("area", "code", "lies in", "number", "about", "explanation"),
        ("every area", None, None, "places", "the law", "act, art. 1"),
        ("Cuijk", "C", "Oost", "places: 29", "in numbers", "100 × 29%"),
        ("Cuijk", "C", "Oost", "places: 29", None, "= 29"),
    ]


def test_pictures_are_left_out_and_that_is_said() -> None:
    def front(*pictures: Picture) -> str:
        paper = Paper("Annex", (), (Section("Maps", pictures=pictures),))
        return "\n".join(str(row[0]) for row in lines(read(paper).worksheets[0]))

    assert "no pictures" in front(Picture("<svg/>", "Map", "A map."))
    assert "pictures" not in front()


_WRITE = """
import sys
from tests.report.paper.test_workbook import NUMBERS, paper_of, set_paper
sys.stdout.buffer.write(set_paper(paper_of(NUMBERS), "xlsx", "en"))
"""


def test_the_bytes_are_the_same_elsewhere() -> None:
    """In another time zone, with another order of hashes, in another program."""
    elsewhere = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    asked = [sys.executable, "-c", _WRITE]
    written = subprocess.run(asked, env=elsewhere, check=True, capture_output=True).stdout
    assert written == set_paper(paper_of(NUMBERS), "xlsx", "en")
    with ZipFile(io.BytesIO(written)) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
