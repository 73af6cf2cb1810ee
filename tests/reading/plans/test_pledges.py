"""Pledges and caps: what is read, and where they contradict one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.plans.files import read, told, with_line


def test_pledges_and_caps(tmp_path: Path) -> None:
    one, two, three = read(tmp_path).pledges
    assert (one.name, one.area, one.stream) == ("pledge of Aalst", "A", "places")
    assert (one.at_least, one.at_most, one.source) == (300, None, "letter")
    assert (two.area, two.at_least, two.at_most) == ("B", None, 1600)
    assert (three.area, three.stream, three.at_least, three.at_most) == ("B", "minors", 16, 40)


def test_a_pledge_equal_to_the_cap(tmp_path: Path) -> None:
    line = "pledge of Boom,B,places,1600,,"
    assert read(tmp_path, **with_line("pledges", line)).pledges[-1].at_least == 1600


BAD = {
    "above its own cap": (
        "both,A,places,400,399,",
        "The pledge 'both' of at least 400 (places) is above the cap 'both' of 399 (places) on "
        "line 5.",
        "Lower the pledge or raise the cap.",
    ),
    "above the cap of another line": (
        "pledge of Boom,B,places,1601,,",
        "The pledge 'pledge of Boom' of at least 1,601 (places) is above the cap 'cap of Boom' of "
        "1,600 (places) on line 3.",
        "Lower the pledge or raise the cap.",
    ),
    "minors above the minors' cap": (
        "more minors,B,minors,41,,",
        "The pledge 'more minors' of at least 41 (minors) is above the cap 'minors in Boom' of "
        "40 (minors) on line 4.",
        "Lower the pledge or raise the cap.",
    ),
    "an unknown municipality": (
        "x,Alst,places,5,,",
        "There is no municipality 'Alst' on 1 January 2023.",
        "Did you mean Aalst (A)?",
    ),
    "another province": (
        "x,Delden,places,5,,",
        "Delden (D) does not lie in West.",
        "A plan is of one province: mend the code, or take the line out.",
    ),
    "a stream with a typo": (
        "x,A,place,5,,",
        "'place' is no stream of a plan.",
        "Did you mean 'places'?",
    ),
    "the rest of the places": (
        "x,A,regular,5,,",
        "'regular' is no stream of a plan.",
        "Write one of: places, minors.",
    ),
    "neither": (
        "x,A,places,,,",
        "The line says neither at least nor at most how many.",
        "Fill in `at_least` for a pledge, `at_most` for a cap.",
    ),
    "negative": ("x,A,places,-5,,", "'at_least': '-5' is negative.", "Write 0 or more."),
    "a name twice": (
        "cap of Boom,A,places,5,,",
        "cap of Boom stands here a second time; first on line 3.",
        "Keep one of the two lines.",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_line_is_told(tmp_path: Path, case: str) -> None:
    line, found, mend = BAD[case]
    assert told(tmp_path, **with_line("pledges", line)) == [("pledges.csv:5", found, mend)]


def test_minors_are_places_too(tmp_path: Path) -> None:
    pledges = "name,code,stream,at_least,at_most\nm,A,minors,50,\nw,A,places,,49\n"
    ((place, found, _),) = told(tmp_path, pledges=pledges)
    assert place == "pledges.csv:2"
    assert found == (
        "The pledge 'm' of at least 50 (minors) is above the cap 'w' of 49 (places) on line 3."
    )


def test_a_cap_on_minors_holds_no_other_places(tmp_path: Path) -> None:
    pledges = "name,code,stream,at_least,at_most\nw,A,places,50,\nm,A,minors,,16\n"
    assert len(read(tmp_path, pledges=pledges).pledges) == 2
