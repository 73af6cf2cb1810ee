"""Ledgers of joint changes and swaps: entries sum to zero, and rates give whole numbers."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.reading.balances.files import read, told

HEADING = "entry,code,name,stream,change,swap,rate,source"
CHANGE = ("1,GM0363,Amsterdam,,-20,,,minutes", "1,GM0034,Almere,permit_holders,20,,,")
FIRST = ("1,GM0363,,,-3,s,,", "1,GM0034,,,3,s,,")


def ledger(*lines: str) -> str:
    return "\n".join([HEADING, *lines]) + "\n"


def second(number: int, rate: str, stream: str = "places") -> tuple[str, str]:
    """The half of a swap in which Amsterdam takes over what Almere gives."""
    return (
        f"2,GM0363,,{stream},{number},s,{rate},",
        f"2,GM0034,,{stream},{-number},s,{rate},",
    )


def test_an_entry(tmp_path: Path) -> None:
    (entry,) = read("ledger", tmp_path / "x.csv", ledger(*CHANGE)).balances.ledger
    assert (entry.name, entry.stream, entry.swap) == ("1", "permit_holders", "")
    assert entry.rate == 0
    assert entry.changes == {"GM0363": -20, "GM0034": 20}
    assert (entry.source, entry.place.line) == ("minutes", 2)


@pytest.mark.parametrize(
    ("number", "rate"), [(6, "2"), (6, "2.0"), (3, "1"), (2, "2/3"), (36, "12")]
)
def test_a_swap_at_a_rate(tmp_path: Path, number: int, rate: str) -> None:
    found = read("ledger", tmp_path / "x.csv", ledger(*FIRST, *second(number, rate)))
    one, other = found.balances.ledger
    assert [one.rate, other.rate] == [Fraction(0), Fraction(rate)]
    # who gives 3 permit holders takes over so many places
    assert other.changes["GM0363"] == -one.changes["GM0363"] * Fraction(rate) == number


def test_a_ledger_without_entries(tmp_path: Path) -> None:
    assert read("ledger", tmp_path / "x.csv", ledger()).balances.ledger == ()


LINES = {
    "not to zero": (
        ("1,GM0363,,,-20,,,", "1,GM0014,,,5,,,", "1,GM0034,,,14,,,"),
        2,
        "'1' does not sum to zero but to −1: taken over 19 (Groningen 5 and Almere 14), given 20 "
        "(Amsterdam 20).",
        "Mend the numbers: what some take over, others give.",
    ),
    "one side only": (
        ("1,GM0034,,,14,,,",),
        2,
        "'1' does not sum to zero but to 14: taken over 14 (Almere 14), given 0 (-).",
        "Mend the numbers: what some take over, others give.",
    ),
    "an unknown area": (
        ("1,GM0363,,,-20,,,", "1,GM0364,,,20,,,"),
        3,
        "There is no area GM0364 on 1 July 2021.",
        "Mend the code, or take the line out.",
    ),
    "an area that is gone": (
        ("1,GM0363,,,-20,,,", "1,GM0788,,,20,,,"),
        3,
        "Haaren (GM0788) was gone from 1 January 2021 on: it went to Oisterwijk (GM0824), Vught "
        "(GM0865), Boxtel (GM0757) and Tilburg (GM0855).",
        "Count its persons there.",
    ),
    "a province": (
        ("1,GM0363,,,-20,,,", "1,PV24,,,20,,,"),
        3,
        "Flevoland (PV24) is a larger area.",
        "Give a row for each municipality in it.",
    ),
    "a typo in a stream": (
        ("1,GM0363,,,-20,,,", "1,GM0034,,permitholders,20,,,"),
        3,
        "There is no stream 'permitholders' here.",
        "Did you mean 'permit_holders'?",
    ),
    "a stream that nobody has": (
        ("1,GM0363,,,-20,,,", "1,GM0034,,xyz,20,,,"),
        3,
        "There is no stream 'xyz' here.",
        "The streams are: permit_holders, places, minors, social_dwellings.",
    ),
    "a typo in a number": (
        ("1,GM0363,,,-20,,,", "1,GM0034,,,2o,,,"),
        3,
        "'change': '2o' is not a number.",
        "Write digits, with a point before decimals.",
    ),
    "a decimal": (
        ("1,GM0363,,,-20,,,", "1,GM0034,,,20.5,,,"),
        3,
        "'change': '20.5' is not a whole number.",
        "Write whole persons or places.",
    ),
    "no name": (
        ("1,GM0363,,,-20,,,", ",GM0034,,,20,,,"),
        3,
        "The entry has no name.",
        "Give the lines of one agreement the same name.",
    ),
    "an area twice": (
        ("1,GM0363,,,-20,,,", "1,GM0363,,,20,,,"),
        3,
        "1, GM0363 stands here a second time; first on line 2.",
        "Keep one of the two lines.",
    ),
    "an area twice, written otherwise": (
        ("1,GM0363,,,-20,,,", "1,GM0363,,permit_holders,20,,,"),
        3,
        "1, permit_holders, GM0363 stands here a second time; first on line 2.",
        "Keep one of the two lines.",
    ),
    "one half": (
        FIRST,
        2,
        "The swap 's' has the entries '1' (permit_holders).",
        "A swap is two entries in two streams, one of them with a rate.",
    ),
    "two halves in one stream": (
        (*FIRST, *second(6, "2", "")),
        2,
        "The swap 's' has the entries '1' (permit_holders) and '2' (permit_holders).",
        "A swap is two entries in two streams, one of them with a rate.",
    ),
    "no rate at all": (
        (*FIRST, *second(6, "")),
        2,
        "The swap 's' has the entries '1' (permit_holders) and '2' (places).",
        "A swap is two entries in two streams, one of them with a rate.",
    ),
    "a rate without a swap": (
        ("1,GM0363,,,-3,,2,", "1,GM0034,,,3,,2,"),
        2,
        "'1' has a rate and belongs to no swap.",
        "Fill in `swap` in both of its entries, or leave the rate out.",
    ),
    "lines that differ in swap": (
        ("1,GM0363,,,-3,s,,", "1,GM0034,,,3,t,,"),
        3,
        "The lines of '1' differ in stream, swap or rate; compare line 2.",
        "Write the same in each, or give the other stream an entry of its own.",
    ),
    "lines that differ in rate": (
        ("1,GM0363,,,-3,s,2,", "1,GM0034,,,3,s,,"),
        3,
        "The lines of '1' differ in stream, swap or rate; compare line 2.",
        "Write the same in each, or give the other stream an entry of its own.",
    ),
    "lines that differ in stream": (
        ("1,GM0363,,,-3,,,", "1,GM0034,,places,3,,,"),
        3,
        "The lines of '1' differ in stream, swap or rate; compare line 2.",
        "Write the same in each, or give the other stream an entry of its own.",
    ),
}


@pytest.mark.parametrize("case", LINES)
def test_a_bad_line_is_told(tmp_path: Path, case: str) -> None:
    lines, line, found, mend = LINES[case]
    assert told("ledger", tmp_path, ledger(*lines)) == [(line, found, mend)]


@pytest.mark.parametrize("rate", ["0", "0.0", "-2", "1/0", "0/1", "x", "1e3", "1/", "½", "1,5"])
def test_what_is_no_rate(tmp_path: Path, rate: str) -> None:
    lines = (f'1,GM0363,,,-3,s,"{rate}",', f'1,GM0034,,,3,s,"{rate}",')
    assert told("ledger", tmp_path, ledger(*lines)) == [
        (
            line,
            f"'rate': '{rate}' is no rate.",
            "Write how many stand for one, such as 2, 0.5 or 3/2.",
        )
        for line in (2, 3)
    ]


def test_a_rate_that_gives_no_whole_numbers(tmp_path: Path) -> None:
    problems = told("ledger", tmp_path, ledger(*FIRST, *second(2, "1/2")))
    assert [line for line, _, _ in problems] == [4, 4]
    for (_, found, mend), name in zip(problems, ("Amsterdam", "Almere"), strict=True):
        assert name in found
        assert "1.5." in found
        assert mend == "Choose numbers for which the rate gives whole ones."


def test_numbers_that_are_not_at_the_rate(tmp_path: Path) -> None:
    problems = told("ledger", tmp_path, ledger(*FIRST, *second(5, "2")))
    assert [(line, mend) for line, _, mend in problems] == [
        (4, "Mend the numbers or the rate."),
        (4, "Mend the numbers or the rate."),
    ]


def test_who_is_in_one_half_only(tmp_path: Path) -> None:
    lines = ("2,GM0363,,places,6,s,2,", "2,GM0014,,places,-6,s,2,")
    problems = told("ledger", tmp_path, ledger(*FIRST, *lines))
    assert ["Almere" in problems[0][1], "Groningen" in problems[1][1]] == [True, True]


def test_three_entries_of_a_swap(tmp_path: Path) -> None:
    more = ("3,GM0014,,places,6,s,,", "3,GM0034,,places,-6,s,,")
    ((_, found, _),) = told("ledger", tmp_path, ledger(*FIRST, *second(6, "2"), *more))
    assert "'1' (permit_holders), '2' (places) and '3' (places)" in found


def test_every_entry_that_is_off_is_told(tmp_path: Path) -> None:
    lines = ("1,GM0363,,,-20,,,", "2,GM0034,,,20,,,", "3,GM0014,,,0,,,")
    problems = told("ledger", tmp_path, ledger(*lines))
    assert [line for line, _, _ in problems] == [2, 3]
