"""Agreements: who carries out whose task, and circles that none may close."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.example import AREAS
from tests.reading.plans.files import read, told, with_line

HEADING = "name,carrier,of,stream,number\n"


def test_an_agreement(tmp_path: Path) -> None:
    (agreement,) = read(tmp_path).agreements
    assert (agreement.name, agreement.carrier, agreement.of) == ("Aalst for Boom", "A", "B")
    assert (agreement.stream, agreement.number, agreement.source) == ("places", 100, "minutes")


def test_all_of_a_task(tmp_path: Path) -> None:
    (agreement,) = read(tmp_path, agreements=HEADING + "x,Aalst,Boom,minors,\n").agreements
    assert agreement.number is None


def test_two_streams_may_go_two_ways(tmp_path: Path) -> None:
    lines = HEADING + "1,A,B,places,100\n2,B,A,minors,20\n"
    assert len(read(tmp_path, agreements=lines).agreements) == 2


BAD = {
    "round in a circle of two": (
        "back,B,A,places,50,",
        "'back' goes round in a circle (places): Boom for Aalst and Aalst for Boom.",
        "Agree on what is left between them, or take one out.",
    ),
    "its own task": (
        "own,B,B,minors,,",
        "'own' goes round in a circle (minors): Boom for Boom.",
        "Agree on what is left between them, or take one out.",
    ),
    "an unknown municipality": (
        "x,A,Bom,places,5,",
        "There is no municipality 'Bom' on 1 January 2023.",
        "Did you mean Boom (B)?",
    ),
    "another province": (
        "x,C,B,places,5,",
        "Cuijk (C) does not lie in West.",
        "A plan is of one province: mend the code, or take the line out.",
    ),
    "none": (
        "x,A,B,places,0,",
        "'number': 0 places are nothing to plan with.",
        "Write 1 or more, or take the line out.",
    ),
    "nobody": ("x,,B,places,5,", "'carrier' names no municipality.", "Write its code or its name."),
    "a name twice": (
        "Aalst for Boom,A,B,minors,5,",
        "Aalst for Boom stands here a second time; first on line 2.",
        "Keep one of the two lines.",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_line_is_told(tmp_path: Path, case: str) -> None:
    line, found, mend = BAD[case]
    assert told(tmp_path, **with_line("agreements", line)) == [("agreements.csv:3", found, mend)]


def test_all_of_a_task_is_given_once(tmp_path: Path) -> None:
    lines = HEADING + "1,A,B,places,\n2,A,B,places,5\n3,A,B,places,\n"
    assert told(tmp_path, agreements=lines) == [
        (
            "agreements.csv:4",
            "All of the task of Boom (places) was given away already, by '1' on line 2.",
            "Fill in the number in one of the two, or take it out.",
        )
    ]


def test_a_long_circle_is_told_once(tmp_path: Path) -> None:
    one_province = AREAS.replace("P2,R", "P1,R").replace("P2,Oost,province,NL,\n", "")
    lines = HEADING + "1,A,B,places,5\n2,C,D,places,5\n3,B,C,places,5\n4,D,A,places,5\n"
    write = {"areas": one_province, "agreements": lines}
    assert told(tmp_path, **write) == [
        (
            "agreements.csv:5",
            "'4' goes round in a circle (places): Delden for Aalst, Aalst for Boom, Boom for "
            "Cuijk and Cuijk for Delden.",
            "Agree on what is left between them, or take one out.",
        )
    ]
