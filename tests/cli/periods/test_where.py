"""`allocator where`: what became of a municipality, against the mergers as they were."""

from __future__ import annotations

import pytest

from tests.cli.periods.half_years import refused
from tests.cli.runner import run


def told(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    outcome = run(monkeypatch, "where", *arguments)
    assert outcome.status == 0, outcome.err
    return outcome.out


def test_a_municipality_that_was_split(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, "Haaren", "--on", "2023-07-01") == (
        "Haaren (GM0788), a municipality until 31 December 2020.\n"
        "It ended on 1 January 2021; its 14,318 inhabitants went to\n"
        "  Oisterwijk (GM0824): 5,824 of 14,318\n"
        "  Vught (GM0865): 4,903 of 14,318\n"
        "  Boxtel (GM0757): 2,149 of 14,318\n"
        "  Tilburg (GM0855): 1,442 of 14,318\n"
        "On 1 July 2023 its people live in\n"
        "  Oisterwijk (GM0824): 40.7% of its inhabitants\n"
        "  Vught (GM0865): 34.2% of its inhabitants\n"
        "  Boxtel (GM0757): 15% of its inhabitants\n"
        "  Tilburg (GM0855): 10.1% of its inhabitants\n"
    )


def test_what_a_municipality_is_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(monkeypatch, "Land van Cuijk", "--on", "2020-01-01")
    assert found.startswith("Land van Cuijk (GM1982), a municipality from 1 January 2022 on.\n")
    instead = found[found.index("On 1 January 2020 there were instead\n") :]
    for part in ("GM0756", "GM0786", "GM0815", "GM1684", "GM1702"):
        assert f"({part}): all of it\n" in instead


@pytest.mark.parametrize("name", ["Krimpenerwaard", "Nissewaard"])
def test_a_municipality_that_began_with_the_record(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    first, second, *_ = told(monkeypatch, name).splitlines()
    assert first.endswith("), a municipality from 1 January 2015 on.")
    assert second == "On 1 January 2015 inhabitants came from"


def test_a_municipality_that_others_joined_was_there_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert told(monkeypatch, "Alkmaar").startswith("Alkmaar (GM0361), a municipality all the while")


def test_two_mergers_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    # Dongeradeel became Noardeast-Fryslân in 2019
    assert "Noardeast-Fryslân (GM1970): all of it" in told(
        monkeypatch, "Dongeradeel", "--on", "2025-12-31"
    )


def test_within_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    eve = told(monkeypatch, "Weesp", "--on", "2022-03-23")
    assert "On 23 March 2022 it was there itself, as Weesp." in eve
    assert "Amsterdam (GM0363): all of it" in told(monkeypatch, "Weesp", "--on", "2022-03-24")


def test_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(monkeypatch, "Haaren", "--on", "2023-07-01", "--lang", "nl")
    assert "5.824" in found
    assert "31 december 2020" in found
    assert "40,7%" in found


@pytest.mark.parametrize("asked", ["GM0788", "gm0788", "haaren", " Haaren ", "HAAREN"])
def test_a_name_or_code_however_typed(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    assert told(monkeypatch, asked) == told(monkeypatch, "Haaren")


@pytest.mark.parametrize(
    ("asked", "code"),
    [("sudwest fryslan", "GM1900"), ("s gravenhage", "GM0518"), ("Bergen (NH.)", "GM0373")],
)
def test_accents_and_signs_may_be_left_out(
    monkeypatch: pytest.MonkeyPatch, asked: str, code: str
) -> None:
    assert f"({code}), a municipality" in told(monkeypatch, asked)


def test_an_unchanged_municipality(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, "Vlieland") == "Vlieland (GM0096), a municipality all the while.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Haarn",), "There never was a municipality 'Haarn' in the record.\n    Did you mean Haa"),
        (("xyzzy",), "or a code such as GM0003."),
        (("GM9999",), "There never was a municipality 'GM9999' in the record."),
        (("",), "There never was a municipality '' in the record."),
        (
            ("Haaren", "--on", "2014-12-31"),
            "--on: The record of municipalities does not reach to 31 December 2014.\n"
            "    Name a day from 1 January 2015 to 31 December 2025.",
        ),
        (("Haaren", "--on", "2026-01-01"), "does not reach to 1 January 2026."),
        (("Haaren", "--on", "x"), "--on: 'x' is not a date.\n    Write it like 2023-01-01."),
        (("Haaren", "--on", ""), "--on: "),
        (("Haaren", "--on", "2021-02-30"), "--on: '2021-02-30' is not a date."),
    ],
)
def test_bad_usage_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused(monkeypatch, "where", *arguments)


def test_a_name_that_several_have(monkeypatch: pytest.MonkeyPatch) -> None:
    # Bergen in Limburg and Bergen in Noord-Holland: both told, or both named
    outcome = run(monkeypatch, "where", "Bergen")
    assert all(name in outcome.out + outcome.err for name in ("Bergen (L.)", "Bergen (NH.)"))
