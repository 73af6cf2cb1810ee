"""Opening balances: computed, published, excusable, and whatever can be wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.balances.files import codes, read, told

HEADING = "code,name,stream,computed,published,excusable,reason,missed,excused"


def openings(first: str, *more: str) -> str:
    """A balance of 1 everywhere but in Groningen, which stands on line 2."""
    rest = [f"{code},,,1,,,,," for code in codes() if code != "GM0014"]
    return "\n".join([HEADING, first, *rest, *more]) + "\n"


@pytest.mark.parametrize(
    ("row", "balance", "difference"),
    [
        ("GM0014,,,5,,,,,", 5, None),
        ("GM0014,,,,7,,,,", 7, None),
        ("GM0014,,,5,7,,,,", 7, 2),
        ("GM0014,,permit_holders,-5,-7,,,,", -7, -2),
        ("GM0014,Groningen,,5,0,,,,", 0, -5),
    ],
)
def test_the_published_balance_counts(
    tmp_path: Path, row: str, balance: int, difference: int | None
) -> None:
    found = read("opening", tmp_path / "x.csv", openings(row)).balances.openings
    opening = found["GM0014", "permit_holders"]
    assert (opening.balance, opening.difference) == (balance, difference)
    assert len(found) == 352


def test_excusable_persons_have_a_reason(tmp_path: Path) -> None:
    found = read("opening", tmp_path / "x.csv", openings("GM0014,,,5,,5,fire,4,1"))
    opening = found.balances.openings["GM0014", "permit_holders"]
    assert (opening.excusable, opening.reason) == (5, "fire")
    assert (opening.missed, opening.excused) == (4, 1)


ROWS = {
    "neither column": (
        "GM0014,,,,,,,,",
        "There is no balance.",
        "Fill in computed or published; 0 where there is neither backlog nor head start.",
    ),
    "more excusable than the backlog": (
        "GM0014,,,5,,6,fire,,",
        "6 persons are excusable, more than the backlog of 5.",
        "At most the whole backlog is.",
    ),
    "more than the published backlog": (
        "GM0014,,,9,5,6,fire,,",
        "6 persons are excusable, more than the backlog of 5.",
        "At most the whole backlog is.",
    ),
    "excusable of a head start": (
        "GM0014,,,-5,,1,fire,,",
        "1 person is excusable, more than the backlog of 0.",
        "At most the whole backlog is.",
    ),
    "excusable without a reason": (
        "GM0014,,,5,,2,,,",
        "2 persons are excusable, and it is not said why.",
        "Fill in the reason.",
    ),
    "a decimal": (
        "GM0014,,,1.5,,,,,",
        "'computed': '1.5' is not a whole number.",
        "Write whole persons or places.",
    ),
    "text": (
        "GM0014,,,,five,,,,",
        "'published': 'five' is not a number.",
        "Write digits, with a point before decimals.",
    ),
    "a typographic minus": (
        "GM0014,,,−5,,,,,",
        "'computed': '−5' begins with a typographic minus.",
        "Write - (a hyphen).",
    ),
    "negative excusable": (
        "GM0014,,,5,,-1,fire,,",
        "'excusable': '-1' is negative.",
        "Write 0 or more.",
    ),
    "negative row": ("GM0014,,,5,,,,-1,", "'missed': '-1' is negative.", "Write 0 or more."),
    "another's name": (
        "GM0014,Almere,,5,,,,,",
        "GM0014 is Groningen on 1 July 2021, and the row is named Almere.",
        "Mend the code or the name.",
    ),
    "a stream": (
        "GM0014,,permit_holder,5,,,,,",
        "There is no stream 'permit_holder' here.",
        "Did you mean 'permit_holders'?",
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_bad_row_is_told(tmp_path: Path, case: str) -> None:
    row, found, mend = ROWS[case]
    assert told("opening", tmp_path, openings(row)) == [(2, found, mend)]


@pytest.mark.parametrize("stream", ["", "permit_holders"])
def test_an_area_twice(tmp_path: Path, stream: str) -> None:
    content = openings("GM0014,,,5,,,,,", f"GM0014,,{stream},6,,,,,")
    ((line, found, mend),) = told("opening", tmp_path, content)
    assert line == content.count("\n")
    assert found.endswith("stands here a second time; first on line 2.")
    assert mend == "Keep one of the two lines."


def test_an_area_without_a_row(tmp_path: Path) -> None:
    content = openings("").replace("GM0034,,,1,,,,,\n", "")
    ((line, found, _),) = told("opening", tmp_path, content)
    assert line is None
    assert found.startswith("There is no row for Groningen (GM0014) and Almere (GM0034)")


def test_gone_and_yet_to_come(tmp_path: Path) -> None:
    content = openings("GM0014,,,5,,,,,", "GM0788,,,5,,,,,", "GM1982,,,5,,,,,")
    (_, gone, _), (_, coming, _) = told("opening", tmp_path, content)
    assert gone.startswith("Haaren (GM0788) was gone from 1 January 2021 on")
    assert coming.startswith("Land van Cuijk (GM1982) begins on 1 January 2022")
