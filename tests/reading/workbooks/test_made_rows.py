"""A table reads the same as csv, as a plain workbook, and as a workbook that people made."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from allocator.model.problem import InputError, Problems
from allocator.model.streams import Stream, Streams
from allocator.reading.downloaded.areas import Known, gazetteer_of
from allocator.reading.formats.csv_table import DUTCH, PLAIN, Dialect, Table, written_as
from allocator.reading.formats.numerals import balance, whole
from allocator.reading.workbooks.as_made import AsMade, by_words
from allocator.reading.workbooks.table_file import read_table
from allocator.words.text import LocalText

DAY = date(2024, 1, 1)
AREAS = (
    Known("NL", "Nederland", "country", ""),
    Known("PV26", "Utrecht", "province", "NL"),
    Known("PV29", "Zeeland", "province", "NL"),
    Known("VR19", "Zeeland", "safety_region", "NL"),
    Known("GM0344", "Utrecht", "municipality", "PV26"),
    Known("GM0310", "De Bilt", "municipality", "PV26"),
    Known("GM0687", "Middelburg", "municipality", "PV29"),
    Known("GM0664", "Goes", "municipality", "PV29"),
)
LEAVES = {area.code: area for area in AREAS if area.level == "municipality"}
PROVINCES = {area.code: area.name for area in AREAS if area.level == "province"}
STREAMS = Streams(
    (
        Stream("places", LocalText("opvangplaatsen", "reception places")),
        Stream("minors", LocalText("amv-plaatsen", "places for minors"), part_of="places"),
    )
)


def known(**more: object) -> AsMade:
    areas = gazetteer_of(DAY, AREAS, {"mooi middelburg": ("GM0687",)})
    return AsMade(areas, "municipality", **{"summed": ("number",), **more})  # type: ignore[arg-type]


def side_by_side() -> AsMade:
    return known(streams=STREAMS, told=by_words(STREAMS, DAY))


def read(path: Path, *required: str, made: AsMade | None = None, dialect: Dialect = PLAIN) -> Table:
    problems = Problems()
    wanted = required or ("code", "number")
    beside = tuple(one for one in ("name", "month", "score") if one not in wanted)
    table = read_table(path, dialect, problems, wanted, beside, lambda: made or known())
    problems.raise_any()
    return table


def saved(folder: Path, *rows: list[object], merged: tuple[str, ...] = ()) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    path = folder / "opgave.xlsx"
    book.save(path)
    return path


def numbers(table: Table) -> dict[str, int | None]:
    return {record["code"]: record.read("number", whole) for record in table.records}


def told(path: Path, *required: str, made: AsMade | None = None) -> str:
    def whole_of_it() -> None:
        table = read(path, *required, made=made)
        numbers(table)
        table.problems.raise_any()

    with pytest.raises(InputError) as caught:
        whole_of_it()
    return str(caught.value).replace(f"{path.parent}/", "")


# --- The law: decoration changes no figure.


@dataclass(frozen=True)
class Decoration:
    """What somebody does to a table in a workbook."""

    above: int  # rows with a title and empty ones
    two_lines: bool  # a heading in two rows, with merged cells
    province: bool  # a merged column of provinces at the left
    coded: str  # how codes are written: "full", "number", "text" or "" for names alone
    as_text: bool  # figures as text, the Dutch way
    total: bool  # a row of totals
    notes: int  # lines below
    extra: bool  # other columns
    empty_rows: bool
    other_sheet: bool
    shift: int  # empty columns at the left


DECORATIONS = st.builds(
    Decoration,
    st.integers(0, 4),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["full", "number", "text", ""]),
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2),
)
FIGURES = st.dictionaries(
    st.sampled_from(sorted(LEAVES)),
    st.tuples(
        st.integers(0, 2_000_000),
        st.decimals(-9, 9, places=4, allow_nan=False).filter(lambda one: -1 < one < 1),
    ),
    min_size=1,
)
CODES: dict[str, Callable[[str], object]] = {
    "full": lambda code: code,
    "number": lambda code: int(code[2:]),
    "text": lambda code: code[2:],
    "": lambda code: None,
}


def dutch(number: object) -> str:
    """A number as text: points between thousands, a decimal comma."""
    if isinstance(number, int):
        return f"{number:,}".replace(",", ".")
    return str(number).replace(".", ",")


def as_number(number: object) -> object:
    return number if isinstance(number, int) else float(str(number))


def fill(sheet: Worksheet, figures: dict[str, tuple[int, object]], how: Decoration) -> None:
    rows: list[list[object]] = []
    for number in range(how.above):
        rows.append(["Opgave per gemeente" if number == 0 else None])
    heading: list[object] = [*["Provincie"] * how.province, *["Gemeentecode"] * bool(how.coded)]
    heading += ["Gemeente", "Aantal", "Score"] + ["Opmerking", "Inwoners"] * how.extra
    first = how.shift + 1
    if how.two_lines:
        at = heading.index("Aantal")
        rows.append([None] * how.shift + [*heading[:at], "Cijfers", None, *heading[at + 2 :]])
        rows.append([None] * how.shift + [None] * at + ["Aantal", "Score"])
        sheet.merge_cells(
            start_row=len(rows) - 1,
            end_row=len(rows) - 1,
            start_column=first + at,
            end_column=first + at + 1,
        )
        for column in range(first, first + at):
            sheet.merge_cells(
                start_row=len(rows) - 1, end_row=len(rows), start_column=column, end_column=column
            )
    else:
        rows.append([None] * how.shift + heading)
    if how.empty_rows:
        rows.append([])
    written = dutch if how.as_text else as_number
    for province, name in PROVINCES.items():
        start = len(rows) + 1
        for code, (number, score) in figures.items():
            if LEAVES[code].parent != province:
                continue
            row: list[object] = [None] * how.shift
            row += [name if len(rows) + 1 == start else None] * how.province
            row += [CODES[how.coded](code)] * bool(how.coded)
            row += [LEAVES[code].name, written(number), written(score)]
            rows.append(row + ["nagaan", 12345] * how.extra)
        if how.province and len(rows) > start:
            sheet.merge_cells(
                start_row=start, end_row=len(rows), start_column=first, end_column=first
            )
    if how.total:
        before = how.province + bool(how.coded)
        number = sum(number for number, _ in figures.values())
        rows.append([None] * (how.shift + before) + ["Totaal", written(number)])
    notes: list[list[object]] = [
        ["* voorlopig"],
        ["Bron:", "opgave van de gemeenten"],
        [],
        [None, "Peildatum 1 maart"],
    ]
    rows += notes[: how.notes + 1] if how.notes else []
    for at_row, row in enumerate(rows, 1):
        for at_column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(at_row, at_column, value)  # type: ignore[call-overload]


@settings(max_examples=150, deadline=None)
@given(FIGURES, DECORATIONS, st.randoms(use_true_random=False))
def test_decoration_changes_no_figure(
    figures: dict[str, tuple[int, object]], how: Decoration, chance: object
) -> None:
    order = list(figures)
    chance.shuffle(order)  # type: ignore[attr-defined]
    figures = {code: figures[code] for code in order}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "opgave.csv"
        with plain.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [("code", "name", "number", "score")]
                + [(code, LEAVES[code].name, *figures[code]) for code in order]
            )
        book = Workbook()
        if how.other_sheet:
            book.worksheets[0].append(["Lees dit eerst", "Gemeente", "Utrecht"])
            book.create_sheet("Tabel")
        fill(book.worksheets[-1], figures, how)
        made = Path(folder) / "opgave.xlsx"
        book.save(made)
        strict = Path(folder) / "streng.xlsx"
        book = Workbook()
        book.worksheets[0].append(["score", "number", "code"])
        for code in order:
            number, score = figures[code]
            book.worksheets[0].append([float(score), number, code])  # type: ignore[arg-type]
        book.save(strict)
        found = [
            {
                record["code"]: (record.read("number", whole), record.read("score", _rate))
                for record in read(path, "code", "number", "score").records
            }
            for path in (plain, strict, made)
        ]
    wanted = {code: (number, Fraction(str(score))) for code, (number, score) in figures.items()}
    assert found == [wanted] * 3


def _rate(written: str, numerals: object) -> Fraction:
    return numerals.read(written)  # type: ignore[attr-defined, no-any-return]


# --- What is doubtful is told.

HEADING: list[object] = ["Gemeente", "Aantal"]
DOUBTFUL: dict[str, tuple[list[list[object]], str]] = {
    "an unknown name": (
        [["Middelbrug", 5]],
        "opgave.xlsx:3: There is no area 'Middelbrug' on 1 January 2024; near to it is "
        "Middelburg (GM0687), municipality.",
    ),
    "a number without a name": (
        [[None, 5]],
        "opgave.xlsx:3: The row names no area, and something stands in B3.",
    ),
    "a broken formula": ([["De Bilt", "#REF!"]], "'number' (B3): it gives the error #REF!."),
    "never calculated": ([["De Bilt", "=1+1"]], "'number' (B3): its formula was never calculated."),
    "no number": ([["De Bilt"]], "opgave.xlsx:3: 'number': the figure is empty."),
    "a part of a person": ([["De Bilt", 0.5]], "'number': '0,5' is not a whole number."),
    "both notations": (
        [["De Bilt", "1.234,0"], ["Utrecht", "1,234.5"]],
        "'number': '1.234,0' has a decimal comma.",
    ),
    "a mark at a figure": ([["De Bilt", "12*"]], "'number': '12*' is not a number."),
    "a wrong total": (
        [["De Bilt", 5], ["Totaal", 7]],
        "opgave.xlsx:4: The total of 'number' is 7 here, and the rows add up to 6.",
    ),
    "a cell beside the table": (
        [["De Bilt", 5, "nagaan"]],
        "opgave.xlsx:3: C3 is filled, and its column has no name.",
    ),
}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_what_is_doubtful_is_told(tmp_path: Path, case: str) -> None:
    rows, said = DOUBTFUL[case]
    assert said in told(saved(tmp_path, HEADING, ["Goes", "1"], *rows))


def test_a_point_between_thousands_is_no_decimal_point(tmp_path: Path) -> None:
    """1.234 as text is a thousand and more in a count, and either in a rate."""
    path = saved(tmp_path, ["Gemeente", "Aantal", "Score"], ["Goes", "1.234", "1.234"])
    (record,) = read(path, "code", "number", "score").records
    assert record.read("number", whole) == 1234
    assert record.read("score", _rate) is None
    assert "has a decimal point in a Dutch file" in str(record.table.problems.found[0])


def test_a_comma_alone_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, HEADING, ["Goes", "1,234"])
    assert "'1,234' has commas between thousands, or a decimal comma." in told(path)


def test_a_dutch_file_stays_dutch(tmp_path: Path) -> None:
    path = saved(tmp_path, HEADING, ["Goes", "1.234"], ["Utrecht", 2000])
    assert numbers(read(path, dialect=DUTCH)) == {"GM0664": 1234, "GM0344": 2000}


# --- Areas.


@pytest.mark.parametrize("written", ["GM0687", "gm0687", 687, 687.0, "0687", "687"])
def test_codes_as_people_write_them(tmp_path: Path, written: object) -> None:
    assert numbers(read(saved(tmp_path, ["Code", "Aantal"], [written, 5]))) == {"GM0687": 5}


@pytest.mark.parametrize("written", ["Middelburg", "MIDDELBURG *", "Gemeente Middelburg"])
def test_names_as_people_write_them(tmp_path: Path, written: str) -> None:
    (record,) = read(saved(tmp_path, HEADING, [written, 5])).records
    assert (record["code"], record["name"]) == ("GM0687", "Middelburg")


def test_a_name_of_two_levels_is_that_of_the_rows(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Naam", "Aantal"], ["Utrecht", 5])
    assert numbers(read(path)) == {"GM0344": 5}
    said = told(path, made=known(larger=True))
    assert "'Utrecht' may be Utrecht (PV26), province and Utrecht (GM0344), municipality." in said
    path = saved(tmp_path, ["Provincie", "Aantal"], ["Utrecht", 5])
    assert numbers(read(path, made=known(larger=True))) == {"PV26": 5}


def test_an_unknown_code_is_left_to_the_reader_of_the_table(tmp_path: Path) -> None:
    assert numbers(read(saved(tmp_path, ["Code", "Aantal"], ["GM0001", 5]))) == {"GM0001": 5}


# --- Rows that are none.


def test_headings_between_the_rows_and_the_heading_again(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Zeeland"], ["Goes", 1], [], HEADING, ["Provincie Utrecht"]]
    path = saved(tmp_path, HEADING, *rows, ["De Bilt", 2], ["Bron: opgave"])
    assert numbers(read(path)) == {"GM0664": 1, "GM0310": 2}


def test_a_total_is_held_against_the_rows(tmp_path: Path) -> None:
    for name in ("Totaal", "Nederland", "TOTAAL", "Eindtotaal"):
        path = saved(tmp_path, HEADING, ["Goes", 1], ["De Bilt", 2], [name, 3])
        assert numbers(read(path)) == {"GM0664": 1, "GM0310": 2}
    path = saved(tmp_path, HEADING, ["Goes", 1], ["Totaal", 3])
    assert numbers(read(path, made=known(summed=()))) == {"GM0664": 1}  # rates have no sum


def test_the_number_of_a_province_is_held_against_its_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Gemeente", "Aantal"],
        *(["Provincie Utrecht", 5], ["De Bilt", 2], ["Utrecht", 3]),
        *(["Zeeland", 6], ["Goes", 6], ["Nederland", 11]),
    ]
    path = saved(tmp_path, *rows)
    assert numbers(read(path)) == {"GM0310": 2, "GM0344": 3, "GM0664": 6}
    rows[1][1] = 6
    assert "opgave.xlsx:2: The total of 'number' is 6 here, and the rows add up to 5." in told(
        saved(tmp_path, *rows)
    )


def test_provinces_alone_are_rows(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Provincie", "Aantal"], ["Utrecht", 5], ["Zeeland", 6], ["Totaal", 11])
    assert numbers(read(path)) == {"PV26": 5, "PV29": 6}
    path = saved(tmp_path, ["Provincie", "Aantal"], ["Utrecht", 5], ["Zeeland", 6], ["Totaal", 12])
    assert "opgave.xlsx:4: The total of 'number' is 12 here" in told(path)


def test_a_percentage_counts_as_it_is_stored(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Gemeente", "Score"], ["Goes", 0.05]):
        book.worksheets[0].append(row)
    book.worksheets[0]["B2"].number_format = "0%"
    book.save(path := tmp_path / "opgave.xlsx")
    (record,) = read(path, "code", "score").records
    assert record.read("score", _rate) == Fraction(1, 20)


def test_where_larger_areas_have_rows_the_total_is_that_of_the_country(tmp_path: Path) -> None:
    path = saved(tmp_path, HEADING, ["Goes", 1], ["Totaal", 3])
    assert numbers(read(path, made=known(larger=True))) == {"GM0664": 1, "NL": 3}


def test_a_name_merged_over_its_months(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Goes", 1, 5], [None, 2, 6], ["De Bilt", 1, 7], [None, 2, 8]]
    path = saved(tmp_path, ["Gemeente", "Maand", "Aantal"], *rows, merged=("A2:A3", "A4:A5"))
    table = read(path, "code", "month", "number")
    found = [(one["code"], one["month"], one["number"]) for one in table.records]
    assert found == [
        *(("GM0664", "1", "5"), ("GM0664", "2", "6")),
        *(("GM0310", "1", "7"), ("GM0310", "2", "8")),
    ]


def test_a_number_merged_over_rows_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, HEADING, ["Goes", 5], ["De Bilt"], merged=("B2:B3",))
    assert "opgave.xlsx:3: B2 is merged over several rows." in told(path)
    path = saved(tmp_path, ["Gemeente", "Score"], ["Goes", 0.5], ["De Bilt"], merged=("B2:B3",))
    assert "opgave.xlsx:3: B2 is merged over several rows." in told(path, "code", "score")


def test_hidden_rows_and_columns_are_read(tmp_path: Path) -> None:
    """A filter hides rows that belong to the table."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADING, ["Goes", 1], ["De Bilt", 2], ["Totaal", 3]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["A"].hidden = True
    path = tmp_path / "opgave.xlsx"
    book.save(path)
    assert numbers(read(path)) == {"GM0664": 1, "GM0310": 2}


# --- Columns.


def test_a_column_is_found_by_all_that_stands_over_it(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Huisvesting van vergunninghouders"],
        ["Gemeente", "Vergunninghouders", None, "Inwoners"],
        [None, "1e helft", "2e helft", None],
        ["Goes", 1, 2, 3],
    ]
    merged = ("A1:D1", "A2:A3", "B2:C2", "D2:D3")
    path = saved(tmp_path, *rows, merged=merged)
    for heading, number in (("Vergunninghouders 2e helft", "2"), ("2e helft", "2")):
        (record,) = read(path, "code", heading).records
        assert (record["code"], record[heading]) == ("GM0664", number)
    said = told(path, "code", "vergunninghouders")
    assert (
        "Several columns may be 'vergunninghouders': 'Vergunninghouders 1e helft' and "
        "'Vergunninghouders 2e helft'." in said
    )
    said = told(path, "code", "number")
    assert "The column 'number' is missing. Write 'number' over the column" in said


def test_years_over_columns_are_part_of_the_heading(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Gemeente", "Inwoners"], [None, 2022, 2023], ["Goes", 1, 2]]
    path = saved(tmp_path, *rows, merged=("B1:C1",))
    assert read(path, "code", "Inwoners 2023").records[0]["Inwoners 2023"] == "2"


def test_streams_side_by_side(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Gemeente", "Opvangplaatsen", "Waarvan amv-plaatsen", "Inwoners"],
        ["Goes", 10, 3, 40_000],
        ["De Bilt", 20, None, 44_000],
        ["Totaal", 30, 3, 84_000],
    ]
    table = read(
        saved(tmp_path, *rows),
        "code",
        "stream",
        "number",
        made=side_by_side(),
    )
    assert [(one["code"], one["stream"], one.read("number", balance)) for one in table.records] == [
        *(("GM0664", "places", 10), ("GM0664", "minors", 3)),
        ("GM0310", "places", 20),
    ]
    rows[-1][2] = 4
    path = saved(tmp_path, *rows)
    said = told(path, "code", "stream", "number", made=side_by_side())
    assert "opgave.xlsx:4: The total of 'number' is 4 here, and the rows add up to 3." in said


def test_streams_below_each_other_by_their_titles(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Gemeente", "Stroom", "Aantal"],
        ["Goes", "Opvangplaatsen", 10],
        [None, "amv-plaatsen", 3],
    ]
    path = saved(tmp_path, *rows, merged=("A2:A3",))
    table = read(path, "code", "stream", "number", made=side_by_side())
    assert [one["stream"] for one in table.records] == ["places", "minors"]


def test_a_slip_in_a_heading_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Gemeente", "Aantal", "mont"], ["Goes", 1, 2])
    assert "The column 'mont' is not known here. Did you mean 'month'?" in told(path)


def test_rows_of_several_years_are_told(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Gemeente", "Jaar", "Aantal"], ["Goes", 2022, 1], ["Goes", 2023, 2])
    assert "The column 'Jaar' tells rows of several kinds apart: '2022' and '2023'." in told(path)


def test_two_sheets_with_the_table_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("2022", "2023"):
        sheet = book.create_sheet(name)
        sheet.append(HEADING)
        sheet.append(["Goes", 1])
    path = tmp_path / "opgave.xlsx"
    book.save(path)
    assert "The heading stands in several sheets: 2022 and 2023." in told(path)


def test_a_workbook_on_the_command_line_has_no_separators(tmp_path: Path) -> None:
    path = tmp_path / "opgave.xlsx"
    path.write_bytes(b"PK\x03\x04;;;;\n")
    assert written_as(path) is PLAIN


def test_very_many_unknown_names_are_told_soon(tmp_path: Path) -> None:
    path = saved(tmp_path, HEADING, *([f"Onbekend {number}", number] for number in range(5000)))
    table = read_table(path, PLAIN, problems := Problems(), ("code", "number"), (), known)
    assert (table.records, len(problems.found)) == ([], 5000)
    assert not any("near to it" in str(problem) for problem in problems.found[20:])
