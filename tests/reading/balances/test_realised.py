"""Realised numbers: by month or over the half-year, of every area, and whatever can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.balances.files import codes, read, told

HEADING = "code,name,month,kind,number"


def whole(*more: str, left_out: str = "") -> str:
    """Three persons everywhere over the whole half-year, and more lines."""
    lines = [f"{code},,,housed,3" for code in codes() if code != left_out]
    return "\n".join([HEADING, *lines, *more]) + "\n"


def monthly(*more: str, months: int = 2, left_out: str = "") -> str:
    """Three persons everywhere in each of the first months, and more lines."""
    lines = [f"{code},,{month},housed,3" for code in codes() for month in range(1, months + 1)]
    return "\n".join([HEADING, *(line for line in lines if line != left_out), *more]) + "\n"


def test_a_whole_half_year(tmp_path: Path) -> None:
    rows = read("realised", tmp_path / "x.csv", whole()).balances.realised
    assert {(row.month, row.kind, row.number, row.by) for row in rows} == {(None, "housed", 3, 6)}
    assert [row.code for row in rows] == codes()


def test_months_by_number_or_by_year(tmp_path: Path) -> None:
    rows = read(
        "realised", tmp_path / "x.csv", monthly("GM0014,,2021-08,hotel_place,7")
    ).balances.realised
    assert (rows[-1].month, rows[-1].kind, rows[-1].number) == (2, "hotel_place", 7)


def test_without_a_kind_it_is_the_first_of_the_rule(tmp_path: Path) -> None:
    content = "code,number\n" + "".join(f"{code},3\n" for code in codes())
    rows = read("realised", tmp_path / "x.csv", content).balances.realised
    assert {(row.kind, row.month) for row in rows} == {("housed", None)}


MONTH = "Write 1 to 6, counted from the period's first month, or 2021-07 to 2021-12."
ROWS = {
    "unknown": (
        "GM9999,Nergens,1,housed,3",
        "There is no area GM9999 on 1 July 2021.",
        "Mend the code, or take the line out.",
    ),
    "unknown, with a name that is known": (
        "GM9999,Urk,1,housed,3",
        "There is no area GM9999 on 1 July 2021.",
        "Urk has the code GM0184.",
    ),
    "gone": (
        "GM0788,Haaren,1,housed,3",
        "Haaren (GM0788) was gone from 1 January 2021 on: it went to Oisterwijk (GM0824), Vught "
        "(GM0865), Boxtel (GM0757) and Tilburg (GM0855).",
        "Count its persons there.",
    ),
    "yet to come": (
        "GM1982,Land van Cuijk,1,housed,3",
        "Land van Cuijk (GM1982) begins on 1 January 2022; on 1 July 2021 there were Boxmeer "
        "(GM0756), Grave (GM0786), Mill en Sint Hubert (GM0815), Cuijk (GM1684) and Sint Anthonis "
        "(GM1702).",
        "Give the numbers of these.",
    ),
    "a province": (
        "PV20,Groningen,1,housed,3",
        "Groningen (PV20) is a larger area.",
        "Give a row for each municipality in it.",
    ),
    "the country": (
        "NL,Nederland,1,housed,3",
        "Nederland (NL) is a larger area.",
        "Give a row for each municipality in it.",
    ),
    "another's name": (
        "GM0014,Almere,1,hotel_place,3",
        "GM0014 is Groningen on 1 July 2021, and the row is named Almere.",
        "Mend the code or the name.",
    ),
    "month 7": ("GM0014,,7,housed,3", "'month': '7' is no month of 2021-H2.", MONTH),
    "month 0": ("GM0014,,0,housed,3", "'month': '0' is no month of 2021-H2.", MONTH),
    "month x": ("GM0014,,x,housed,3", "'month': 'x' is no month of 2021-H2.", MONTH),
    "month 13": ("GM0014,,2021-13,housed,3", "'month': '2021-13' is no month of 2021-H2.", MONTH),
    "another year": (
        "GM0014,,2020-12,housed,3",
        "'month': '2020-12' is no month of 2021-H2.",
        MONTH,
    ),
    "year 0": ("GM0014,,0000-12,housed,3", "'month': '0000-12' is no month of 2021-H2.", MONTH),
    "a day": (
        "GM0014,,2021-07-02,housed,3",
        "'month': '2021-07-02' is no month of 2021-H2.",
        MONTH,
    ),
    "an unknown kind": (
        "GM0014,,1,hosed,3",
        "'kind': 'hosed' is no kind.",
        "Write one of: housed, hotel_place.",
    ),
    "twice, the kind left out": (
        "GM0014,,1,,3",
        "GM0014, 1 stands here a second time; first on line 2.",
        "Keep one of the two lines.",
    ),
    "negative": ("GM0014,,1,hotel_place,-3", "'number': '-3' is negative.", "Write 0 or more."),
    "decimal": (
        "GM0014,,1,hotel_place,1.5",
        "'number': '1.5' is not a whole number.",
        "Write whole persons or places.",
    ),
    "empty": (
        "GM0014,,1,hotel_place,",
        "'number': the figure is empty.",
        "Fill it in; a figure of nothing is written 0.",
    ),
    "twice": (
        "GM0014,,1,housed,3",
        "GM0014, 1, housed stands here a second time; first on line 2.",
        "Keep one of the two lines.",
    ),
    "twice, written otherwise": (
        "GM0014,,2021-07,housed,3",
        "GM0014, 2021-07, housed stands here a second time; first on line 2.",
        "Keep one of the two lines.",
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_bad_row_is_told(tmp_path: Path, case: str) -> None:
    row, found, mend = ROWS[case]
    content = monthly(row)
    assert told("realised", tmp_path, content) == [(content.count("\n"), found, mend)]


def test_no_heir_is_missing_from_the_news_of_a_merger(tmp_path: Path) -> None:
    ((_, found, _),) = told("realised", tmp_path, monthly("GM0788,,1,housed,3"))
    assert all(code in found for code in ("GM0824", "GM0865", "GM0757", "GM0855"))


def test_an_area_without_a_row(tmp_path: Path) -> None:
    ((line, found, mend),) = told("realised", tmp_path, whole(left_out="GM0014"))
    assert line is None
    assert found.startswith("There is no row for Groningen (GM0014)")
    assert mend == "Add a line for each, with 0 where there is nothing."


def test_an_area_without_a_month(tmp_path: Path) -> None:
    problems = told("realised", tmp_path, monthly(left_out="GM0014,,2,housed,3"))
    assert problems == [
        (
            None,
            "Month 2 is missing for Groningen.",
            "Add a line for each, with 0 where nothing was realised.",
        )
    ]


def test_a_month_that_nobody_has(tmp_path: Path) -> None:
    problems = told("realised", tmp_path, monthly("GM0014,,4,housed,3"))
    assert [found.partition(" is missing")[0] for _, found, _ in problems] == ["Month 3", "Month 4"]
    assert "Groningen" in problems[0][1]


def test_months_beside_a_whole_half_year(tmp_path: Path) -> None:
    problems = told("realised", tmp_path, monthly("GM0014,,,hotel_place,3"))
    assert problems == [
        (
            None,
            "There are rows with a month and rows without: Groningen.",
            "Give months everywhere, or the whole half-year everywhere.",
        )
    ]


@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        ("", None, "The file is empty."),
        (HEADING + "\n", None, "The table has a heading and no rows."),
        ("code,month\n", 1, "The column 'number' is missing."),
        ("code,number,numbr\n", 1, "The column 'numbr' is not known here."),
        ("code;number\n", None, "The table has a heading and no rows."),
        (b"code,number\nGM0014,\xe9\n", 2, "There is a letter that is not in UTF-8"),
        (b"\xef\xbb\xbfcode,number\n", 1, "The file starts with a byte order mark."),
    ],
)
def test_a_bad_form_is_told(
    tmp_path: Path, content: str | bytes, line: int | None, found: str
) -> None:
    first, *_ = told("realised", tmp_path, content)
    assert first[0] == line
    assert first[1].startswith(found)


def test_many_problems_at_once(tmp_path: Path) -> None:
    content = monthly("GM9999,,1,housed,3", "GM0014,,7,housed,3", "GM0034,,1,hotel_place,x")
    end = content.count("\n")
    assert [line for line, _, _ in told("realised", tmp_path, content)] == [end - 2, end - 1, end]
