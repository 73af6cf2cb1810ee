"""Tables as they are found, and the questions that they raise."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from allocator.model.downloaded import Asked, Downloaded
from allocator.model.instance import Instance
from allocator.model.problem import InputError
from allocator.reading.downloaded.read import read_downloaded
from allocator.reading.instances.read import load

HOUSING, RECEPTION = load("nl/housing-2023-h1"), load("nl/reception-2024")


def asked(instance: Instance, **said: object) -> Asked:
    levels = (*instance.division.tree, *instance.division.also)
    return Asked(instance.streams, levels, **said)  # type: ignore[arg-type]


def read(
    folder: Path, written: str, instance: Instance = HOUSING, coding: str = "utf-8", **said: object
) -> Downloaded:
    path = folder / "tabel.csv"
    path.write_bytes(written.encode(coding))
    return read_downloaded(path, asked(instance, **said), instance.day, "nl")


def numbers(found: Downloaded) -> list[tuple[str, str, int]]:
    return [(row.code, str(row.quantity), row.number) for row in found.rows]


def told(folder: Path, written: str, instance: Instance = HOUSING, **said: object) -> str:
    with pytest.raises(InputError) as refused:
        read(folder, written, instance, "utf-8", **said)
    return str(refused.value).replace(f"{folder}/", "")


MINISTRY = """Huisvesting vergunninghouders;;;

Gemeente;Inwoners;Taakstelling 1e helft 2023;Taakstelling incl. achterstand
Den Haag*;550.000;667;1.012
Súdwest-Fryslan;90.000;12 (a);-3
Utrecht;360.000;400¹;x
;;5;
Gemeente;Inwoners;Taakstelling 1e helft 2023;Taakstelling incl. achterstand
Totaal;;21.362;

Bron: opgave;;;
"""


def test_a_table_of_a_ministry(tmp_path: Path) -> None:
    found = read(tmp_path, MINISTRY, coding="cp1252", notation="nl")
    assert numbers(found) == [
        ("GM0518", "number", 667),
        ("GM0518", "corrected", 1012),
        ("GM1900", "number", 12),
        ("GM1900", "corrected", -3),
        ("GM0344", "number", 400),
    ]
    assert [row.place.line for row in found.rows] == [4, 4, 5, 5, 6]
    assert [(row.code, row.name, row.number) for row in found.totals] == [("", "Totaal", 21362)]
    assert [str(one) for one in found.recognised] == [
        "Its letters are in Windows-1252, for they are not in UTF-8.",
        "The columns are separated by semicolons.",
        "Column C ('Taakstelling 1e helft 2023') is read as 'permit_holders'.",
        "Column D ('Taakstelling incl. achterstand') is read as 'permit_holders' with the backlog "
        "in it.",
        "Column B ('Inwoners') is left aside: nothing says that it is to be read.",
        "Column C has marks of footnotes at its figures, such as '12 (a)'.",
    ]
    assert [(one.written, one.code, str(one.why)) for one in found.matches] == [
        ("Den Haag*", "GM0518", "another name of it"),
        ("Súdwest-Fryslan", "GM1900", "spelt otherwise"),
    ]
    assert [(one.place.line, str(one.why)) for one in found.aside] == [
        (6, "it has no number of 'permit_holders': 'x'"),
        (7, "it names no area"),
        (8, "the heading stands here again"),
        (9, "it has no number of 'permit_holders': ''"),
        (11, "it has no number"),
    ]


def test_the_notation_is_asked_where_both_are_possible(tmp_path: Path) -> None:
    written = "Gemeente;Taakstelling\nDelft;1.000\nGouda;12\n"
    assert told(tmp_path, written) == (
        "tabel.csv:2: '1.000' in column B may be 1,000 or 1. "
        "Say how the figures are written: --notation nl (1.234,5) or en (1,234.5)."
    )
    assert numbers(read(tmp_path, written, notation="nl"))[0] == ("GM0503", "number", 1000)
    assert numbers(read(tmp_path, written, notation="en"))[0] == ("GM0503", "number", 1)
    assert numbers(read(tmp_path, written + "Urk;1.000.000\n"))[0] == ("GM0503", "number", 1000)


def test_persons_are_whole_so_a_figure_may_tell_its_notation(tmp_path: Path) -> None:
    written = "Gemeente;Taakstelling\nDelft;1.012\nGouda;12\n"
    found = read(tmp_path, written)
    assert numbers(found)[0] == ("GM0503", "number", 1012)
    assert any("only so is '1.012' a whole number" in str(said) for said in found.recognised)
    assert "'1.012' is not a whole number." in told(tmp_path, written, notation="en")


def test_a_name_of_several_areas_is_asked(tmp_path: Path) -> None:
    written = "Naam;Aantal\nUtrecht;400\nBergen;10\n"
    problems = told(tmp_path, written)
    assert (
        "'Utrecht' may be Utrecht (PV26), province, Utrecht (VR09), safety region and Utrecht "
        '(GM0344), municipality. Say which: --name "Utrecht=PV26"' in problems
    )
    assert "'Bergen' may be Bergen (NH.) (GM0373)" in problems
    said = read(tmp_path, written, names={"Bergen": "GM0893"}, level="province")
    assert [row.code for row in said.rows] == ["PV26", "GM0893"]
    province = "Gemeente;Provincie;Aantal\nUtrecht;Utrecht;400\nBergen;Limburg;10\n"
    assert [row.code for row in read(tmp_path, province).rows] == ["GM0344", "GM0893"]


@pytest.mark.parametrize(
    ("heading", "row", "code"),
    [
        ("Gemeentecode;Provincie", "0344;Zeeland", "GM0344"),
        ("Provinciecode;Gemeente", "26;Goes", "GM0664"),
        ("Provinciecode;Provincie;Gemeente", "26;Utrecht;Utrecht", "GM0344"),
        ("Gemeentecode;Naam;Provincie", "344;Utrecht;Utrecht", "GM0344"),
        ("Code;Provincie", "26;Utrecht", "PV26"),
        ("Code;Provincie", ";Zeeland", "PV29"),
        ("Veiligheidsregio;Provincie", "Utrecht;Utrecht", "VR09"),
    ],
)
def test_the_smallest_areas_are_those_of_the_rows(
    tmp_path: Path, heading: str, row: str, code: str
) -> None:
    found = read(tmp_path, f"{heading};Taakstelling\n{row};7\n")
    assert [one.code for one in found.rows] == [code]


def test_a_heading_of_one_level_over_names_of_several_says_nothing(tmp_path: Path) -> None:
    problems = told(tmp_path, "Gemeente;Taakstelling\nGelderland;10\nUtrecht;400\n")
    assert "'Utrecht' may be" in problems


def test_all_provinces_are_provinces(tmp_path: Path) -> None:
    provinces = HOUSING.division.at("province")
    written = "Regio;Aantal\n" + "".join(f"{area.name};7\n" for area in provinces)
    found = read(tmp_path, written + "Nederland;84\n")
    assert [row.code for row in found.rows] == [area.code for area in provinces]
    assert [(row.code, row.number) for row in found.totals] == [("NL", 84)]
    assert "Every province is named here, and nothing else." in map(str, found.recognised)


def test_who_was_gone_or_renamed_is_told(tmp_path: Path) -> None:
    problems = told(tmp_path, "Gemeente;Taakstelling\nWeesp;1\nAmsterdm;2\nNergenshuizen;3\n")
    assert problems.splitlines() == [
        "tabel.csv:2: The municipality Weesp (GM0457) was gone on 1 January 2023; it went into "
        'Amsterdam (GM0363). Mend it, or say what it is: --name "Weesp="; with nothing after = '
        "its line is left aside.",
        "tabel.csv:3: There is no area 'Amsterdm' on 1 January 2023; near to it is Amsterdam "
        '(GM0363), municipality. Mend it, or say what it is: --name "Amsterdm=GM0363"; with '
        "nothing after = its line is left aside.",
        "tabel.csv:4: There is no area 'Nergenshuizen' on 1 January 2023. Mend it, or say what it "
        'is: --name "Nergenshuizen="; with nothing after = its line is left aside.',
    ]
    found = read(tmp_path, "code;Gemeente;Taakstelling\n;Groesbeek;1\nGM1921;;2\n")
    assert [(one.code, one.doubtful) for one in found.matches] == [
        ("GM1945", True),
        ("GM1940", True),
    ]


def test_a_code_and_the_name_of_another_are_a_slip(tmp_path: Path) -> None:
    written = "code;gemeente;taakstelling\n0344;Amsterdam;5\n0363;Weesp;1\n503;Delfd;2\n"
    problems = told(tmp_path, written)
    assert "0344 is Utrecht (GM0344), municipality, and the row is named 'Amsterdam'." in problems
    assert "0363 is Amsterdam (GM0363), municipality, and the row is named 'Weesp'." in problems
    found = read(tmp_path, "code;gemeente;taakstelling\n503;Delfd;2\n")
    assert [(one.code, one.doubtful) for one in found.matches] == [("GM0503", True)]


ASKED = {
    "two lines of heading": (
        "Gemeente;Opvangplaatsen;;\n;totaal;amv;regulier\nDelft;1;2;3\n",
        "The heading has several lines, so it is not clear what a column counts. Say which: "
        "--column places=HEADING. The columns are: B 'Opvangplaatsen totaal', C 'amv'",
    ),
    "a group over the heading": (
        "Minderjarigen;Minderjarigen\nGemeente;Opvangplaatsen\nDelft;1\n",
        "The heading has several lines",
    ),
    "side by side": (
        "Gemeente;Opvangplaatsen;Gemeente;Opvangplaatsen\nDelft;1;Gouda;3\n",
        "The columns A and C name areas alike.",
    ),
    "rows of several kinds": (
        "naam;stream;number\nDelft;places;3\nGouda;minors;4\n",
        "The column 'stream' tells rows of several kinds apart: 'minors' and 'places'.",
    ),
    "rows of one kind": (
        "naam;soort;Totaal\nDelft;amv;3\n",
        "It is not clear from the heading which column is to be read.",
    ),
    "no word of a stream": (
        "naam;Aantal;Kosten\nDelft;3;4\n",
        "It is not clear from the heading which column is to be read. Say which: --column "
        "places=HEADING. The columns are: B 'Aantal' and C 'Kosten'.",
    ),
    "twice": (
        "naam;Opvangplaatsen;Aantal opvangplaatsen\nDelft;3;4\n",
        "Several columns seem to hold the same number.",
    ),
    "no heading": ("Delft;1\nGouda;2\n", "None of the first 50 lines names the columns"),
    "no numbers": ("Gemeente;Opvangplaatsen\nDelft;-\n", "No column of this table holds numbers."),
    "the same area": (
        "Gemeente;Opvangplaatsen\nDen Haag;1\n's-Gravenhage;2\n",
        "tabel.csv:3: 's-Gravenhage (GM0518) stands here a second time; first on line 2.",
    ),
    "both notations": (
        "Gemeente;Opvangplaatsen\nDelft;1.234,0\nGouda;2,345.0\n",
        "Column B is written in two ways: '1.234,0' on line 2, and '2,345.0'.",
    ),
    "no number": (
        "Gemeente;Opvangplaatsen\nDelft;7x\nGouda;2,5\nUrk;-3\nEde;12 (8)\n",
        "'7x' in column B is no number.",
    ),
    "a quote too much": (
        'Gemeente;Opvangplaatsen\n"Delft;1\nGouda;2\n',
        "The line cannot be read: unexpected end of data.",
    ),
    "empty": ("", "None of the first 50 lines names the columns"),
    "a sign of no text": ("Gemeente;Aantal\nDe\x00lft;1\n", "There is a sign that no text holds"),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_is_not_clear_is_asked(tmp_path: Path, case: str) -> None:
    written, problem = ASKED[case]
    assert problem in told(tmp_path, written, RECEPTION)


def test_columns_are_said_by_heading_or_letter(tmp_path: Path) -> None:
    written = "Gemeente;Opvangplaatsen;;\n;totaal;amv;2030\nDelft;1;2;3\n"
    found = read(tmp_path, written, RECEPTION, columns={"places": "B", "minors": "AMV"})
    assert [(row.stream, row.number) for row in found.rows] == [("places", 1), ("minors", 2)]
    wrong = {"places": "Z", "minor": "B", "minors:big": "C"}
    problems = told(tmp_path, written, RECEPTION, columns=wrong)
    assert "--column: No column here has the heading 'Z'." in problems
    assert "--column: There is no stream 'minor' here." in problems
    assert "--column: There is no stream 'minors:big' here." in problems


def test_what_is_said_must_be_there(tmp_path: Path) -> None:
    written = "Gemeente;Aantal\nDelft;1\n"
    assert "--notation: There is no notation 'fr'." in told(tmp_path, written, notation="fr")
    assert "--level: There is no level 'village'" in told(tmp_path, written, level="village")
    assert "--sheet: There is no sheet 'Blad9'." in told(tmp_path, written, sheet="Blad9")
    names = {"Delft": "GM9999"}
    assert "--name: There is no area GM9999 on" in told(tmp_path, written, names=names)
    left = read(tmp_path, written + "Waarde;2\n", names={"Waarde": ""})
    assert [str(one.why) for one in left.aside] == ["as --name says"]


def test_a_workbook_with_several_sheets(tmp_path: Path) -> None:
    path = tmp_path / "tabel.xlsx"
    book = Workbook()
    for name, number in (("2022", 11), ("2023", 12.0)):
        sheet = book.create_sheet(name)
        for row in (["Bron: opgave"], [], ["Gemeente", "Taakstelling"], ["Delft", number]):
            sheet.append(row)
    book.save(path)
    with pytest.raises(InputError, match=r"There is a table in several sheets: '2022' and '2023'"):
        read_downloaded(path, asked(HOUSING), HOUSING.day, "nl")
    found = read_downloaded(path, asked(HOUSING, sheet="2023"), HOUSING.day, "nl")
    assert numbers(found) == [("GM0503", "number", 12)]
    assert str(found.rows[0].place).endswith("tabel.xlsx (2023):4")


def test_a_number_that_is_none_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "tabel.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Gemeente", "Taakstelling"])
    for name, number in (("Delft", 1.5), ("Gouda", "=1+1"), ("Ede", True)):
        sheet.append([name, number])
    book.save(path)
    with pytest.raises(InputError) as refused:
        read_downloaded(path, asked(HOUSING), HOUSING.day, "nl")
    assert [str(problem.found) for problem in refused.value.problems] == [
        "'1.5' is not a whole number.",
        "'=?' in column B is no number.",
        "'TRUE' in column B is no number.",
    ]


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "tabel.ods"
    path.write_bytes(b"")
    with pytest.raises(InputError, match=r"Tables in .ods are not read"):
        read_downloaded(path, asked(HOUSING), HOUSING.day, "nl")
    with pytest.raises(InputError, match=r"The file is in UTF-16"):
        read(tmp_path, "Gemeente;Aantal\nDelft;1\n", coding="utf-16")
    with pytest.raises(InputError, match=r"neither in UTF-8 nor in Windows-1252"):
        read(tmp_path, "Gemeente;Aantal\nDelft\x81;1\n", coding="latin-1")


def test_two_numbers_of_the_country_are_refused(tmp_path: Path) -> None:
    written = "Gemeente;Taakstelling\nNederland;21200\nDelft;12\nNederland;300\n"
    assert "Nederland (NL) stands here a second time; first on line 2." in told(tmp_path, written)
    same = read(tmp_path, written.replace("300", "21200"))
    assert {row.number for row in same.totals} == {21200}
