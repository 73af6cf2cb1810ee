"""`allocator audit`: of instances, and of files as people publish them."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

import allocator
from tests.cli.runner import Outcome, run
from tests.example import AREAS, INSTANCE, PEOPLE, SCORES, write_example

MINORS = "nl/minors-2024-3660"
HOUSING = "nl/housing-2023-h1"
PROVINCES = {
    **{"Groningen": 123, "Fryslân": 136, "Drenthe": 104, "Overijssel": 244, "Flevoland": 90},
    **{"Gelderland": 439, "Utrecht": 285, "Noord-Holland": 605, "Zuid-Holland": 781},
    **{"Zeeland": 80, "Noord-Brabant": 539, "Limburg": 233},
}
MADE = (
    *("--rule", "nl/proportional-to-inhabitants", "--total", "minors=3660"),
    *("--on", "2024-01-01", "--year", "population=2022", "--tree", "country,province"),
)
#: Four municipalities of which the first half of 2023 has the numbers 284, 60, 55 and 20.
FOUR = {"Groningen": "GM0014", "Middelburg": "GM0687", "Eemsdelta": "GM1979", "Bergen": "GM0373"}


def written(path: Path, rows: Iterable[Sequence[object]], separator: str = ";") -> Path:
    lines = (separator.join(map(str, row)) for row in rows)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def provinces(path: Path, *, separator: str = ";", **changed: int) -> Path:
    rows = {**PROVINCES, **changed}.items()
    return written(path, [("Provincie", "Plaatsen amv"), *rows], separator)


def flat(said: str) -> str:
    return " ".join(said.split())


def found(monkeypatch: pytest.MonkeyPatch, *asked: object) -> dict[str, Any]:
    """The json of an audit."""
    outcome = run(monkeypatch, "audit", *asked, "--format", "json")
    assert outcome.status == 0, outcome.err
    document: dict[str, Any] = json.loads(outcome.out)
    assert document["format"] == "allocator-audit/1"
    return document


def different(document: dict[str, Any]) -> list[str]:
    return [row["code"] for row in document["rows"] if row["published"] != row["computed"]]


def refused(outcome: Outcome, *said: str) -> None:
    assert outcome.status == 2
    assert not outcome.out
    for one in said:
        assert one in outcome.err


# Instances


@pytest.mark.parametrize(
    ("name", "english", "dutch"),
    [
        (
            MINORS,
            [
                "12 of 12 published numbers are what the rule gives",
                "The 12 provinces in Nederland (places for minors (amv)) add up to 3,659, where "
                "3,660 is named in all: 1 too few",
                "Rule nl/proportional-to-inhabitants@2022-01-01",
            ],
            ["Gelijk aan wat de regel geeft: 12 van de 12", "3.659", "in totaal is 3.660 genoemd"],
        ),
        (
            "nl/places-2024-77100",
            [
                "12 of 24 published numbers are what the rule gives",
                "(reception places) add up to 77,070, where 77,100 is named in all: 30 too few.",
                "Groningen reception places 3,851 2,587 −1,264 2,586.718",
            ],
            ["12 van de 24", "77.070", "30 te weinig", "−1.264"],
        ),
        (
            HOUSING,
            [
                "The 13 municipalities in Zeeland (permit holders, with a balance in it) add up to "
                "386, where 396 was published for it: 10 too few.",
                "Zeeland permit holders 469 472 +3 466.125",
                "Middelburg permit holders 53 60 the rule −7",
                "Zeeland permit holders 396 469 publication −73",
                "Not published: 329 of 342 municipalities (permit holders): Groningen, Almere,",
            ],
            ["386", "gepubliceerd is 396: 10 te weinig", "Niet gepubliceerd: 329 van de 342"],
        ),
        (
            "nl/reception-2024",
            [
                "11 of 44 published numbers are what the rule gives",
                "By level: 0 of 13 for provinces and 11 of 31 for municipalities.",
                "33 of 33 others can come of figures within their tolerances",
                "Vlieland reception places 7 6 −1 6.342 6 to 7: yes",
                "in Nederland (reception places) add up to 96,002, where 96,000 was",
            ],
            ["11 van de 44", "96.002", "tot en met 7: ja"],
        ),
    ],
)
def test_what_is_said_of_an_instance(
    monkeypatch: pytest.MonkeyPatch, name: str, english: list[str], dutch: list[str]
) -> None:
    for lang, sentences in (("en", english), ("nl", dutch)):
        outcome = run(monkeypatch, "audit", name, "--lang", lang)
        assert outcome.status == 0, outcome.err
        for sentence in sentences:
            assert sentence in flat(outcome.out)


def test_csv_has_the_reach_of_every_published_row(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "audit.csv"
    assert run(monkeypatch, "audit", "nl/reception-2024", "--out", out).status == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    municipal = [row for row in rows if row["level"] == "municipality"]
    assert (len(municipal), sum(row["difference"] == "0" for row in municipal)) == (31, 11)
    for row in rows:
        published, computed, difference, low, high = (
            int(row[key]) for key in ("published", "computed", "difference", "lowest", "highest")
        )
        assert computed - published == difference
        assert low <= published <= high
        assert low <= computed <= high


def test_csv_has_no_difference_but_the_balance_where_there_is_one_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcome = run(monkeypatch, "audit", HOUSING, "--format", "csv")
    assert outcome.out.splitlines()[1:4] == [
        "province,PV29,Zeeland,permit_holders,number,469,472,3,466.125478321692,,,",
        "province,PV29,Zeeland,permit_holders,corrected,396,472,,,,,-73",
        "municipality,GM0654,Borsele,permit_holders,corrected,26,28,,,,,-2",
    ]


def test_json_has_fractions_and_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    document = found(monkeypatch, HOUSING)
    assert document["rule"] == "nl/housing-target@2016-01-01"
    (row,) = document["rows"]
    distribution = allocator.distribute(allocator.load(HOUSING))
    assert Fraction(row["quota"]) == distribution.quotas["PV29", "permit_holders"]
    assert row["reach"] is None
    zeeland = next(one for one in document["sums"] if one["code"] == "PV29")
    assert (zeeland["rows"], zeeland["of"], zeeland["sum"], zeeland["published"]) == (
        13,
        13,
        386,
        396,
    )
    assert [one["holds"] for one in document["sums"] if one["code"] != "PV29"] == [None] * (
        len(document["sums"]) - 1
    )
    assert [len(one["codes"]) for one in document["unpublished"]] == [11, 329]
    assert len(document["with_balance"]) == 14


def test_with_the_total_that_the_rows_add_up_to_the_sum_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcome = run(monkeypatch, "audit", MINORS, "--total", "3659")
    assert "These add up as they should: the 12 provinces in Nederland" in outcome.out
    assert "! With another total of 'minors': 3,659 instead of 3,660." in outcome.out


def test_an_instance_without_a_published_table(monkeypatch: pytest.MonkeyPatch) -> None:
    refused(
        run(monkeypatch, "audit", "nl/housing-2025-h1"),
        "nl/housing-2025-h1 has no published table.",
        "`allocator audit TABLE.csv`",
    )


def test_options_of_files_do_not_fit_an_instance_and_all_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = ("--of", HOUSING, "--on", "2024-01-01", "--name", "A=B", "--sheet", "Blad1")
    outcome = run(monkeypatch, "audit", MINORS, *asked)
    refused(outcome, *(f"{option}: {MINORS} is an instance" for option in asked[::2]))


# Files


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("asked", [("--of", MINORS), MADE])
def test_a_file_says_what_the_instance_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, separator: str, asked: tuple[str, ...]
) -> None:
    ending = "tsv" if separator == "\t" else "csv"
    table = provinces(tmp_path / f"amv.{ending}", separator=separator)
    document = found(monkeypatch, table, *asked)
    numbers = {row["code"]: row["computed"] for row in document["rows"]}
    assert numbers == {row["code"]: row["published"] for row in found(monkeypatch, MINORS)["rows"]}
    assert not different(document)
    (total,) = document["sums"]
    assert (total["sum"], total["published"], total["named"]) == (3659, None, 3660)


def test_an_old_name_a_total_and_dutch_figures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    numbers = {("Friesland" if name == "Fryslân" else name): n for name, n in PROVINCES.items()}
    rows = [("Provincie", "AMV-opgave"), *numbers.items(), ("Totaal", "3.660")]
    table = written(tmp_path / "amv.csv", rows)
    outcome = run(monkeypatch, "audit", table, "--of", MINORS)
    assert "12 of 12 published numbers are what the rule gives (amv.csv)." in outcome.out
    assert "- Line 3: 'Friesland' is taken for Fryslân (PV21); another name of it." in outcome.out
    assert "- Column B ('AMV-opgave') is read as 'minors'." in outcome.out
    assert "is in Dutch notation: only so is '3.660' a whole number." in outcome.out
    assert "where 3,660 was published for it: 1 too few" in flat(outcome.out)


@pytest.mark.parametrize(("notation", "sign"), [("nl", "."), ("en", ",")])
def test_figures_in_either_notation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, notation: str, sign: str
) -> None:
    """One figure with thousands that are not round tells it; else it is asked."""
    of = ("--of", "nl/places-2024-77100")
    rows = [
        ("Provincie", "Opvangplaatsen"),
        ("Groningen", f"3{sign}000"),
        ("Drenthe", f"2{sign}000"),
    ]
    round_ = written(tmp_path / "plaatsen.csv", rows)
    refused(
        run(monkeypatch, "audit", round_, *of),
        f"plaatsen.csv:2: '3{sign}000' in column B may be 3,000 or 3.",
        "--notation nl (1.234,5) or en (1,234.5)",
    )
    asked = found(monkeypatch, round_, *of, "--notation", notation)
    assert [row["published"] for row in asked["rows"]] == [3000, 2000]
    telling = written(tmp_path / "meer.csv", [*rows, ("Utrecht", f"4{sign}793")])
    told = found(monkeypatch, telling, *of, "--level", "province")
    assert [row["published"] for row in told["rows"]] == [3000, 2000, 4793]


@pytest.mark.parametrize("typed", ["number=Getal", "number=getal", "number=C"])
def test_a_column_that_is_named_and_a_period(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str
) -> None:
    rows = [("Gemeente", "Vorig", "Getal"), ("Den Haag", 1, 668), ("Den Bosch", 2, 190)]
    table = written(tmp_path / "gemeenten.csv", rows)
    asked = ("--rule", "nl/housing-target", "--total", "21200", "--period", "2023-H1")
    refused(
        run(monkeypatch, "audit", table, *asked),
        "It is not clear from the heading which column is to be read.",
        "The columns are: B 'Vorig' and C 'Getal'.",
    )
    typed = typed.replace("number", "permit_holders")
    outcome = run(monkeypatch, "audit", table, *asked, "--column", typed)
    assert outcome.status == 0, outcome.err
    assert "'Den Haag' is taken for 's-Gravenhage (GM0518); another name of it." in outcome.out
    assert "'Den Bosch' is taken for 's-Hertogenbosch (GM0796)" in outcome.out
    numbers = allocator.distribute(allocator.load(HOUSING)).numbers
    document = found(monkeypatch, table, *asked, "--column", typed)
    assert [row["computed"] for row in document["rows"]] == [
        numbers[code, "permit_holders"] for code in ("GM0518", "GM0796")
    ]


def test_a_workbook_with_several_sheets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    book = Workbook()
    for name in ("Oud", "Nieuw"):
        sheet = book.create_sheet(name)
        sheet.append(["Verdeling van de plaatsen"])
        sheet.append(["Provinciecode", "Provincie", "Inwoners", "Plaatsen amv"])
        for area in allocator.load(MINORS).division.leaves:
            sheet.append([area.code, area.name, 1, PROVINCES[area.name]])
    path = tmp_path / "verdeling.xlsx"
    book.save(path)
    refused(
        run(monkeypatch, "audit", path, "--of", MINORS),
        "There is a table in several sheets: 'Oud' and 'Nieuw'.",
        '--sheet "Oud"',
    )
    outcome = run(monkeypatch, "audit", path, "--of", MINORS, "--sheet", "Nieuw", "--lang", "nl")
    assert "12 van de 12 gepubliceerde getallen (verdeling.xlsx)" in flat(outcome.out)
    assert not different(found(monkeypatch, path, "--of", MINORS, "--sheet", "Nieuw"))


def test_a_doubtful_name_is_asked_and_can_be_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = [("Naam", "Taakstelling"), *((name, 10) for name in FOUR), ("Middelbrug", 60)]
    table = written(tmp_path / "vier.csv", rows)
    outcome = run(monkeypatch, "audit", table, "--of", HOUSING)
    refused(
        outcome,
        "vier.csv:2: 'Groningen' may be",
        "vier.csv:5: 'Bergen' may be",
        "vier.csv:6: There is no area 'Middelbrug' on 1 January 2023; near to it is Middelburg",
    )
    names = ("--level", "municipality", "--name", "Bergen=GM0373", "--name", "Middelbrug=")
    document = found(monkeypatch, table, "--of", HOUSING, *names)
    assert [row["code"] for row in document["rows"]] == list(FOUR.values())
    told = run(monkeypatch, "audit", table, "--of", HOUSING, *names).out
    assert "- Line 5: 'Bergen' is taken for Bergen (NH.) (GM0373); as --name says." in told
    assert "- Line 6, left aside: 'Middelbrug'; as --name says." in told


def test_a_line_that_is_held_against_the_sum_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    distribution = allocator.distribute(allocator.load(MINORS))
    provinces = distribution.instance.division.at("province")
    rows = [(area.code, area.name, distribution.number(area.code, "minors")) for area in provinces]
    for name in ("Totaal", "Nederland"):
        table = written(
            tmp_path / "som.csv", [("Code", "Provincie", "Aantal"), *rows, ("", name, 3660)]
        )
        said = run(monkeypatch, "audit", table, "--of", MINORS).out
        assert f"- Line 14: '{name}' is taken for the sum of Nederland.\n" in said
        assert "left aside" not in said


def test_a_sum_of_nobody_knows_what_is_not_the_countrys(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = [("Gemeente", "Aantal"), ("Assen", 84), ("Totaal Drenthe", 999), ("Totaal", 21200)]
    table = written(tmp_path / "groepen.csv", rows)
    outcome = run(monkeypatch, "audit", table, "--of", HOUSING)
    assert "of 1 published number is what the rule gives (groepen.csv)." in outcome.out
    for line, name in ((3, "Totaal Drenthe"), (4, "Totaal")):
        told = f"- Line {line}, left aside: '{name}'; it does not say of which area it is the sum."
        assert told in outcome.out
    named = found(monkeypatch, table, "--of", HOUSING, "--name", "Totaal Drenthe=PV22")
    assert [row["code"] for row in named["rows"]] == ["GM0106", "PV22"]
    # of the rows of one level that are not all of it, it is not the country's either
    few = written(tmp_path / "paar.csv", [("Gemeente", "Aantal"), ("Assen", 84), ("Totaal", 84)])
    assert [row["code"] for row in found(monkeypatch, few, "--of", HOUSING)["rows"]] == ["GM0106"]


@pytest.mark.parametrize(("name", "trials"), [(MINORS, 20), (HOUSING, 10)])
def test_a_changed_digit_is_found_at_its_row(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, trials: int
) -> None:
    """In a whole table, with codes, written in Dutch."""
    distribution = allocator.distribute(allocator.load(name))
    (stream,) = distribution.instance.streams.names
    leaves = distribution.instance.division.leaves
    numbers = [distribution.numbers[leaf.code, stream] for leaf in leaves]
    level = distribution.instance.division.leaf_level
    heading = ("Gemeentecode" if level == "municipality" else "Provinciecode", "naam", "aantal")
    drawn = random.Random(name)
    for trial in range(trials):
        at = drawn.randrange(len(leaves))
        digits = list(str(numbers[at]))
        digit = drawn.randrange(len(digits))
        digits[digit] = drawn.choice([d for d in "0123456789" if d != digits[digit]])
        wrong = int("".join(digits))
        figures = [*numbers[:at], wrong, *numbers[at + 1 :]]
        rows = [
            (leaf.code, leaf.name, f"{number:,}".replace(",", "."))
            for leaf, number in zip(leaves, figures, strict=True)
        ]
        table = written(tmp_path / f"{trial}.csv", [heading, *rows])
        asked = ("--of", name, "--notation", "nl")
        document = found(monkeypatch, table, *asked)
        assert different(document) == [leaves[at].code]
        whole = next(one for one in document["sums"] if one["code"] == "NL")
        assert whole["sum"] == sum(numbers) - numbers[at] + wrong
        if not trial:
            said = flat(run(monkeypatch, "audit", table, *asked).out)
            assert f"{len(leaves) - 1} of {len(leaves)} published numbers" in said
            assert f"{leaves[at].name} " in said


def test_areas_that_an_own_instance_does_not_have(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    codes = {"A,": "GM0014,", "B,": "GM0687,", "C,": "GM0106,", "D,": "GM0363,"}

    def coded(content: str) -> str:
        for old, new in codes.items():
            content = content.replace(f"\n{old}", f"\n{new}")
        return content

    folder = write_example(
        tmp_path / "own",
        areas_csv=coded(AREAS),
        people_csv=coded(PEOPLE),
        scores_csv=coded(SCORES),
        instance_yaml=INSTANCE.replace("2022\n", "2022\n    division: 2023-01-01\n"),
    )
    table = written(tmp_path / "t.csv", [("Gemeente", "Plaatsen"), ("Assen", 29), ("Almere", 3)])
    asked = ("--of", folder, "--column", "places=B")
    refused(
        run(monkeypatch, "audit", table, *asked),
        "t.csv:3: Almere (GM0034) is no area of nl/example.",
        '--name "Almere="',
    )
    document = found(monkeypatch, table, *asked, "--name", "Almere=")
    assert [(row["code"], row["computed"]) for row in document["rows"]] == [("GM0106", 29)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), ["--rule: It is not said by which rule", "or an instance with --of"]),
        (("--rule", "nl/housing-target"), ["--total: It is not said by which rule"]),
        (
            ("--of", MINORS, "--period", "2024-H1", "--year", "population=2022"),
            ["--period: --period is said beside --of", "--year: --year is said beside --of"],
        ),
        (("--of", "nl/nothing"), ["There is no instance 'nl/nothing'."]),
        (
            ("--of", MINORS, "--name", "Groningen"),
            ["'Groningen' names nothing before", "NAME=CODE"],
        ),
        (("--of", MINORS, "--column", "=B"), ["'=B' names nothing before", "STREAM=HEADING"]),
        (
            ("--of", MINORS, "--name", "X=PV20", "--name", "X=PV21"),
            ["--name: 'X' is named twice.", "Write NAME=CODE, once for each."],
        ),
        (("--of", MINORS, "--column", "minors=Foo"), ["No column here has the heading 'Foo'."]),
        (("--of", MINORS, "--column", "foo=B"), ["There is no stream 'foo' here."]),
        (("--of", MINORS, "--level", "planet"), ["There is no level 'planet' here."]),
        ((*MADE, "--on", "gisteren"), ["--on: 'gisteren' is not a date."]),
        ((*MADE, "--year", "population=x"), ["--year: "]),
        ((*MADE[:6], "--year", "population=x"), ["--year: 'x' is not a year."]),
        ((*MADE[:6], "--year", "wealth=2020"), ["does not ask for 'wealth'"]),
        ((*MADE[:6], "--tree", "country,planet"), ["No area has the level planet."]),
        (MADE[:4], ["--period: It is not said for which period"]),
    ],
)
def test_what_does_not_fit_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: tuple[str, ...], said: list[str]
) -> None:
    refused(run(monkeypatch, "audit", provinces(tmp_path / "amv.csv"), *asked), *said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone.csv", "gone.csv: There is no such file."),
        ("gone.xlsx", "gone.xlsx: There is no such file."),
        ("table.ods", "table.ods: Tables in .ods are not read."),
        ("gone", "There is no instance 'gone'."),
    ],
)
def test_a_file_that_is_not_there_or_not_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = () if name == "gone" else ("--of", MINORS)
    refused(run(monkeypatch, "audit", name, *asked), said)
