"""Whatever a user can get wrong in a file is named, with its place and its mend; all at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import allocator
from allocator.model.problem import InputError
from tests.example import AREAS, INSTANCE, PEOPLE, RULE, SCORES, bent, write_example

DUTCH_SCORES = "\ufeffcode;name;score\r\n" + "".join(
    f"{line}\r\n" for line in ("A;Aalst;0,5", "B;Boom;-0,25", "C;Cuijk;0", "D;Delden;0,1")
)


def told(folder: Path) -> str:
    """What a reader of this instance is told, folders cut off."""
    with pytest.raises(InputError) as caught:
        allocator.distribute(allocator.load(folder))
    return str(caught.value).replace(f"{folder}/", "")


def test_the_example_itself_is_good(tmp_path: Path) -> None:
    distribution = allocator.distribute(allocator.load(write_example(tmp_path)))
    # weights 1,500, 1,500, 3,000 and 4,400 of 10,400
    assert [distribution.number(code, "places") for code in "ABCD"] == [14, 14, 29, 42]


CASES: dict[str, tuple[Mapping[str, str | bytes], str]] = {
    "missing column": (
        bent("people.csv", "code,name,people", "code,name"),
        "people.csv:1: The column 'people' is missing.",
    ),
    "extra column": (
        bent("areas.csv", "parent,region", "parent,region,regoin"),
        "areas.csv:1: The column 'regoin' is not known here. Did you mean 'region'?",
    ),
    "a misspelt column": (
        bent("people.csv", "code,name,people", "code,name,peopel"),
        "people.csv:1: The column 'peopel' is not known here. Did you mean 'people'?",
    ),
    "column twice": (
        bent("people.csv", "code,name,people", "code,people,people"),
        "people.csv:1: The column people stands in the heading twice.",
    ),
    "duplicate code": (
        bent("people.csv", "B,Boom", "A,Boom"),
        "people.csv:3: A stands here a second time; first on line 2.",
    ),
    "unknown parent": (
        bent("areas.csv", "municipality,P1,R1", "municipality,P9,R1"),
        "areas.csv:7: Aalst lies in 'P9', and there is no such code.",
    ),
    "circle": (
        bent("areas.csv", "P1,West,province,NL", "P1,West,province,A"),
        "areas.csv:3: The areas lie in each other in a circle: West > Aalst > West.",
    ),
    "in no region": (
        bent("areas.csv", "municipality,P1,R1", "municipality,P1,"),
        "areas.csv:7: Aalst lies in no region.",
    ),
    "two roots": (
        {
            "areas_csv": "code,name,level,parent,region\nNL,Noord,country,,\nNX,Zuid,country,,\n"
            "P1,West,province,NL,\nP2,Oost,province,NX,\nR1,Rand,region,,\n"
            "A,Aalst,municipality,P1,R1\nB,Boom,municipality,P1,R1\n"
            "C,Cuijk,municipality,P2,R1\nD,Delden,municipality,P2,R1\n"
        },
        "The tree has more than one root: NL and NX.",
    ),
    "a crossing tree": (
        bent(
            "instance.yaml",
            "tree: [country, province, municipality]\n  also: [region]",
            "tree: [country, region, province, municipality]",
        ),
        "West crosses Rand and Rest, so province cannot stand under region.",
    ),
    "unknown level": (
        bent("instance.yaml", "also: [region]", "also: [region, district]"),
        "instance.yaml:8: No area has the level district.",
    ),
    "unknown level of an area": (
        bent("areas.csv", "A,Aalst,municipality", "A,Aalst,municipalty"),
        "areas.csv:7: Aalst has the level 'municipalty', which the instance does not name. "
        "Did you mean 'municipality'?",
    ),
    "an area that holds nothing": (
        bent("areas.csv", "R1,Rand", "P3,Leeg,province,NL,\nR1,Rand"),
        "areas.csv:5: No leaf of the tree lies in Leeg.",
    ),
    "rows that slipped": (
        bent("people.csv", "A,Aalst,1000\nB,Boom,2000", "A,Boom,2000\nB,Aalst,1000"),
        "people.csv:2: A is Aalst, and the row is named Boom (B).",
    ),
    "a control character": (
        bent("people.csv", "Boom", "Bo\x1b[31mom"),
        "people.csv:3: There is a sign that no text holds (U+001B).",
    ),
    "a typographic minus": (
        bent("scores.csv", "-0.25", "\u22120.25"),
        "scores.csv:3: 'score': '\u22120.25' begins with a typographic minus.",
    ),
    "a title in one language": (
        bent("rule.yaml", "title: {nl: Voorbeeldregel, en: Example rule}", "title: Voorbeeld"),
        "rule.yaml:4: 'title' must be given in both languages. Write {nl: ..., en: ...}.",
    ),
    "a rule that does not hold yet": (
        bent("rule.yaml", "valid_from: 2023-01-01", "valid_from: 2030-01-01"),
        "rule.yaml: nl/example@2030-01-01 is not in force on 1 January 2023.",
    ),
    "a key on a rest": (
        bent("rule.yaml", "{rest_of: places,", '{rest_of: places, key: "1",'),
        "rule.yaml:10: 'regular' is a rest and has no key.",
    ),
    "a revision of nothing": (
        bent("instance.yaml", "period: 2023-H1", "period: 2023-H1\nrevision_of: nl/absent"),
        "instance.yaml:5: There is no instance 'nl/absent'.",
    ),
    "the law's formula naming nothing": (
        bent(
            "rule.yaml",
            "rounding: half-up",
            "rounding: half-up\nformula:\n  lines: [x]\n  symbols:\n"
            "    x: {is: popple, means: {nl: x, en: x}}",
        ),
        "rule.yaml:19: There is no indicator 'popple'.",
    ),
    "negative count": (
        bent("people.csv", "A,Aalst,1000", "A,Aalst,-1000"),
        "people.csv:2: 'people': '-1000' is negative.",
    ),
    "empty figure": (
        bent("people.csv", "A,Aalst,1000", "A,Aalst,"),
        "people.csv:2: 'people': the figure is empty.",
    ),
    "not a number": (
        bent("people.csv", "A,Aalst,1000", "A,Aalst,many"),
        "people.csv:2: 'people': 'many' is not a number.",
    ),
    "infinite": (
        bent("scores.csv", "A,Aalst,0.5", "A,Aalst,inf"),
        "scores.csv:2: 'score': 'inf' is no figure.",
    ),
    "not a number at all": (
        bent("scores.csv", "A,Aalst,0.5", "A,Aalst,NaN"),
        "scores.csv:2: 'score': 'NaN' is no figure.",
    ),
    "exponent": (
        bent("scores.csv", "A,Aalst,0.5", "A,Aalst,5e-1"),
        "scores.csv:2: 'score': '5e-1' has an exponent, so digits were lost.",
    ),
    "digits of another script": (
        bent("people.csv", "A,Aalst,1000", "A,Aalst,\u0661\u0660"),
        "people.csv:2: 'people': '\u0661\u0660' is not a number.",
    ),
    "a very long number": (
        bent("people.csv", "A,Aalst,1000", f"A,Aalst,{'9' * 5000}"),
        "people.csv:2: 'people': a number of more than 30 characters.",
    ),
    "decimal comma in quotes": (
        bent("scores.csv", "A,Aalst,0.5", 'A,Aalst,"0,5"'),
        "scores.csv:2: 'score': '0,5' has a decimal comma.",
    ),
    "decimal comma without quotes": (
        bent("scores.csv", "A,Aalst,0.5", "A,Aalst,0,5"),
        "scores.csv:2: The line has 4 fields where the heading has 3.",
    ),
    "thousands point": (
        bent("people.csv", "A,Aalst,1000", "A,Aalst,1.000"),
        "people.csv:2: 'people': '1.000' is not a whole number. If the point stands between",
    ),
    "thousands points": (
        bent("people.csv", "A,Aalst,1000", "A,Aalst,1.000.000"),
        "people.csv:2: 'people': '1.000.000' has points between thousands.",
    ),
    "thousands comma": (
        bent("people.csv", "A,Aalst,1000", 'A,Aalst,"1,000"'),
        "people.csv:2: 'people': '1,000' has commas between thousands, or a decimal comma.",
    ),
    "semicolons": (
        {"people_csv": PEOPLE.replace(",", ";")},
        "people.csv:1: The columns seem to be separated by ';'.",
    ),
    "byte order mark": (
        {"people_csv": f"\ufeff{PEOPLE}"},
        "people.csv:1: The file starts with a byte order mark.",
    ),
    "cp1252": (
        {"people_csv": PEOPLE.replace("Cuijk", "Súdwest").encode("cp1252")},
        "people.csv:4: There is a letter that is not in UTF-8; in Windows-1252 the line reads "
        "'C,Súdwest,3000'.",
    ),
    "utf-16": (
        {"people_csv": PEOPLE.encode("utf-16")},
        "people.csv:1: The file is in UTF-16.",
    ),
    "zero byte": (
        bent("people.csv", "Boom", "Bo\x00om"),
        "people.csv:3: There is a sign that no text holds (U+0000).",
    ),
    "open quote": (
        bent("people.csv", "B,Boom", 'B,"Boom'),
        "The line cannot be read",
    ),
    "empty file": ({"people_csv": ""}, "people.csv: The file is empty."),
    "an area without a figure": (
        bent("people.csv", "B,Boom,2000\n", ""),
        "people.csv: There is no 'people' for Boom (B).",
    ),
    "a figure for an unknown area": (
        bent("people.csv", "D,Delden", "E,Elst,1\nD,Delden"),
        "people.csv:5: E is no municipality on 1 January 2023.",
    ),
    "duplicate yaml key": (
        bent("instance.yaml", "period: 2023-H1", "period: 2023-H1\nperiod: 2023-H2"),
        "instance.yaml:5: The key 'period' stands here a second time; first on line 4.",
    ),
    "unknown yaml key": (
        bent("rule.yaml", "rounding:", "roundign:"),
        "rule.yaml:15: There is no key 'roundign' here. Did you mean 'rounding'?",
    ),
    "missing yaml key": (
        bent("rule.yaml", "rounding: half-up\n", ""),
        "rule.yaml:1: The key 'rounding' is missing.",
    ),
    "unknown key deep inside": (
        bent("rule.yaml", "minors: {part_of: places,", "minors: {partof: places,"),
        "rule.yaml:9: There is no key 'partof' here. Did you mean 'part_of'?",
    ),
    "unknown value": (
        bent("rule.yaml", "rounding: half-up", "rounding: halfup"),
        "rule.yaml:15: 'rounding' cannot be 'halfup'. Did you mean 'half-up'?",
    ),
    "alias bomb": (
        {"instance_yaml": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"},
        "instance.yaml:1: Anchors and aliases (& and *) are not read.",
    ),
    "a very deep yaml": (
        {"instance_yaml": "[" * 10_000},
        "instance.yaml:1: This is nested more than 30 deep.",
    ),
    "a very large yaml": (
        {"instance_yaml": INSTANCE + "#" * 1_000_001},
        "instance.yaml: The file has 1,000,",
    ),
    "not yaml": (
        bent("instance.yaml", "totals:", "totals: [:"),
        "This is not YAML",
    ),
    "two documents": (
        {"instance_yaml": f"{INSTANCE}---\n{INSTANCE}"},
        "A second document begins here.",
    ),
    "a list for a mapping": (
        {"instance_yaml": "- a\n- b\n"},
        "instance.yaml:1: the file must be a mapping.",
    ),
    "a path that leaves the folder": (
        bent("instance.yaml", "file: people.csv", "file: ../people.csv"),
        "The path '../people.csv' leads out of the folder.",
    ),
    "an absolute path": (
        bent("instance.yaml", "file: people.csv", "file: /etc/passwd"),
        "The path '/etc/passwd' leads out of the folder.",
    ),
    "an absent file": (
        bent("instance.yaml", "file: people.csv", "file: persons.csv"),
        "persons.csv: There is no such file.",
    ),
    "fractional total": (
        bent("instance.yaml", "number: 100", "number: 100.5"),
        "instance.yaml:6: 'number': '100.5' is not a whole number.",
    ),
    "negative total": (
        bent("instance.yaml", "number: 100", "number: -100"),
        "instance.yaml:6: 'number': '-100' is negative.",
    ),
    "another year": (
        bent("instance.yaml", "year: 2022", "year: 2021"),
        "instance.yaml:15: 'people' is of 2021, and nl/example asks for 2022",
    ),
    "a date that is none": (
        bent("rule.yaml", "valid_from: 2023-01-01", "valid_from: 2023-02-30"),
        "rule.yaml:2: 'valid_from': '2023-02-30' is not a date.",
    ),
    "a period without a day": (
        bent("instance.yaml", "period: 2023-H1", "period: spring"),
        "instance.yaml:4: 'spring' is no half-year.",
    ),
    "division by zero": (
        bent("rule.yaml", "key: (score + 1) * people", "key: people / score"),
        "rule.yaml:13: The key divides by zero for Cuijk.",
    ),
    "negative weight": (
        bent("rule.yaml", "key: (score + 1) * people", "key: score * people"),
        "rule.yaml:13: The key gives a negative weight for Boom.",
    ),
    "all weights zero": (
        bent("rule.yaml", "key: (score + 1) * people", "key: 0 * people"),
        "The key gives every area in Nederland weight 0",
    ),
    "an unknown indicator": (
        bent("rule.yaml", "key: (score + 1) * people", "key: (scor + 1) * people"),
        "rule.yaml:13: There is no indicator 'scor'. Did you mean 'score'?",
    ),
    "a sum of a rate": (
        bent("rule.yaml", "key: (score + 1) * people", "key: people * national(score)"),
        "rule.yaml:13: score is not a count, and the sum of a rate over areas means nothing.",
    ),
    "an unreadable key": (
        bent("rule.yaml", "key: (score + 1) * people", "key: (score + 1 * people"),
        "rule.yaml:13: The key breaks off. A ')' is missing.",
    ),
    "a stream in no stream": (
        bent("rule.yaml", "part_of: places", "part_of: place"),
        "rule.yaml:9: 'minors' lies in 'place', which is no stream.",
    ),
    "streams in a circle": (
        bent("rule.yaml", "places: {title", "places: {part_of: minors, title"),
        "lies in another itself",
    ),
    "a total too many": (
        bent("instance.yaml", "  minors: {", "  majors: {number: 1, source: x}\n  minors: {"),
        "instance.yaml:7: The rule distributes no 'majors'.",
    ),
    "a total too few": (
        bent("instance.yaml", "  minors: {number: 10, source: an example}\n", ""),
        "The total of 'minors' is missing.",
    ),
    "a figure without a quality": (
        bent("instance.yaml", "    quality: invented\n", ""),
        "'people': a file of figures needs `quality:`.",
    ),
    "an unknown dialect": (
        bent("instance.yaml", "file: people.csv", "file: people.csv\n    dialect: be"),
        "There is no dialect 'be'.",
    ),
    "a rate of areas below the leaves": (
        {
            **bent("instance.yaml", "province, municipality]\n  also: [region]", "province]"),
            "areas_csv": "\n".join(
                line.rpartition(",")[0] for line in AREAS.splitlines() if "region,NL" not in line
            ),
        },
        "A lies below the leaves, and a rate cannot be added up.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_named(tmp_path: Path, case: str) -> None:
    changed, said = CASES[case]
    assert said in told(write_example(tmp_path, **changed))


def test_all_problems_of_a_file_at_once(tmp_path: Path) -> None:
    people = "code,name,people\nA,Aalst,\nA,Aalst,x\nB,Boom,-1\nC,Cuijk,1.5\n"
    said = told(write_example(tmp_path, people_csv=people, **bent("scores.csv", "0.5", "0,5")))
    for expected in ("people.csv:2", "people.csv:3", "people.csv:4", "people.csv:5", "Delden (D)"):
        assert expected in said
    assert "scores.csv:2" in said


def test_many_problems_of_one_kind_are_counted(tmp_path: Path) -> None:
    lines = "".join(f"Z{number},Zand,1\n" for number in range(50))
    said = told(write_example(tmp_path, people_csv=PEOPLE + lines))
    assert said.count("is no municipality") == 10
    assert "40 more problems of this kind, at lines 16, 17," in said


def test_a_dutch_csv_is_read_when_the_instance_says_so(tmp_path: Path) -> None:
    dialect = bent("instance.yaml", "file: scores.csv", "file: scores.csv\n    dialect: nl")
    plain = allocator.distribute(allocator.load(write_example(tmp_path / "plain")))
    folder = write_example(tmp_path / "dutch", scores_csv=DUTCH_SCORES, **dialect)
    assert allocator.distribute(allocator.load(folder)).quotas == plain.quotas


def test_a_plain_csv_under_a_dutch_heading_says_so(tmp_path: Path) -> None:
    dialect = bent("instance.yaml", "file: scores.csv", "file: scores.csv\n    dialect: nl")
    assert "Leave out `dialect: nl`" in told(write_example(tmp_path, **dialect))
    dotted = SCORES.replace(",", ";")
    assert "'0.5' has a decimal point in a Dutch file." in told(
        write_example(tmp_path, scores_csv=dotted, **dialect)
    )


def test_minors_above_places_are_named(tmp_path: Path) -> None:
    own_key = bent("rule.yaml", "minors: {part_of: places,", 'minors: {part_of: places, key: "1",')
    total = bent("instance.yaml", "minors: {number: 10", "minors: {number: 60")
    said = told(write_example(tmp_path, **own_key, **total))
    assert "minors come out above places in Aalst and Boom." in said


def test_the_whole_example_is_what_the_tests_think() -> None:
    for content in (INSTANCE, RULE, AREAS, PEOPLE, SCORES):
        assert content.endswith("\n")
