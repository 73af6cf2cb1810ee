"""`allocator roll`: the next half-year whole or not at all, with every sum kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.periods.half_years import (
    DUTCH,
    REALISED,
    dutch_rows,
    numbers,
    only,
    refused,
    rows,
    small,
    written,
)
from tests.cli.runner import run
from tests.example import FILES, INSTANCE, bent

NEXT = ("--period", "2022-H1", "--total", 10_000)
SMALL_NEXT = ("--period", "2023-H2", "--total", "places=50", "--total", "minors=5")


def table(path: Path) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows(path.read_text("utf-8"))}


def test_the_national_account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outcome = run(monkeypatch, "roll", DUTCH, *NEXT, "--out", tmp_path / "next")
    assert outcome.status == 0
    # 12,787 housed and 71 hotel places
    assert outcome.out.startswith(
        "2021-H2, permit holders: 11,178 + opening balance 5,586 − realised 12,858 = 3,906.\n"
    )
    number = numbers(monkeypatch, str(tmp_path / "next"))["NL"]
    assert f"2022-H1, permit holders: {number:,} for the period" in outcome.out
    assert f"= {number + 3_906:,} to do." in outcome.out
    assert sorted(path.name for path in (tmp_path / "next").iterdir()) == [
        "before.csv",
        "carried-on.csv",
        "datapackage.json",
        "instance.yaml",
        "opening.csv",
    ]


def test_in_dutch_the_same_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for lang in ("en", "nl"):
        (tmp_path / lang).mkdir()
        outcome = run(
            monkeypatch, "roll", DUTCH, *NEXT, "--out", tmp_path / lang / "next", "--lang", lang
        )
        assert outcome.status == 0
    assert "Opgeslagen: " in outcome.out
    for path in (tmp_path / "en" / "next").iterdir():
        assert path.read_bytes() == (tmp_path / "nl" / "next" / path.name).read_bytes()


def test_every_balance_goes_to_its_heir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run(monkeypatch, "roll", DUTCH, *NEXT, "--out", tmp_path / "next")
    done: dict[str, int] = {}
    for row in dutch_rows("realised.csv"):
        done[row["code"]] = done.get(row["code"], 0) + int(row["number"])
    number = numbers(monkeypatch, DUTCH, "municipality")
    closing = {
        row["code"]: number[row["code"]]
        + int(row["published"] or row["computed"])
        - done[row["code"]]
        for row in dutch_rows("opening.csv")
    }
    before = table(tmp_path / "next" / "before.csv")
    assert {code: int(row["closing"]) for code, row in before.items()} == closing
    opening = {
        code: int(row["computed"]) for code, row in table(tmp_path / "next" / "opening.csv").items()
    }
    assert len(opening) == 345  # municipalities on 1 January 2022
    assert sum(opening.values()) == sum(closing.values()) == 3_906
    parts = ("GM0756", "GM0786", "GM0815", "GM1684", "GM1702")
    assert opening["GM1982"] == sum(closing[code] for code in parts)  # Land van Cuijk
    assert not set(parts) & opening.keys()
    lives_on = opening.keys() & closing.keys() - {"GM0439"}  # Purmerend took in Beemster
    assert {code: opening[code] for code in lives_on} == {code: closing[code] for code in lives_on}
    assert opening["GM0439"] == closing["GM0439"] + closing["GM0370"]


def test_what_was_rolled_can_be_used_and_rolled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "next"
    run(monkeypatch, "roll", DUTCH, *NEXT, "--out", folder)
    assert run(monkeypatch, "catchup", folder, "--goal", 100).status == 0
    realised = written(
        tmp_path / "realised.csv",
        [
            {"code": code, "kind": "housed", "number": number}
            for code, number in numbers(monkeypatch, str(folder), "municipality").items()
        ],
    )
    third = tmp_path / "third"
    outcome = run(
        monkeypatch,
        *("roll", folder, "--realised", realised, "--period", "2022-H2"),
        *("--total", 13_500, "--out", third),
    )
    assert outcome.status == 0
    # Weesp went to Amsterdam on 24 March 2022
    first, then = table(folder / "opening.csv"), table(third / "opening.csv")
    assert int(then["GM0363"]["computed"]) == int(first["GM0363"]["computed"]) + int(
        first["GM0457"]["computed"]
    )
    assert sum(int(row["computed"]) for row in then.values()) == 3_906


def test_the_folder_is_named_by_its_period(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "roll", DUTCH, *NEXT).status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["balances-2022-h1-example"]


def test_own_files_are_taken_along(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "next"
    outcome = run(monkeypatch, "roll", small(tmp_path / "small"), *SMALL_NEXT, "--out", folder)
    assert outcome.status == 0
    assert "2023-H1, places: 99 + opening balance 4 − realised 70 = 33.\n" in outcome.out
    assert "2023-H1, minors: 9 + opening balance 0 − realised 6 = 3.\n" in outcome.out
    for name in ("rule.yaml", "areas.csv", "people.csv", "scores.csv"):
        assert (folder / name).read_text("utf-8") == FILES[name]
    opening = [
        (row["code"], row["stream"], int(row["computed"]))
        for row in rows((folder / "opening.csv").read_text("utf-8"))
    ]
    assert opening == [
        *(("A", "places", 9), ("B", "places", 1), ("C", "places", 9), ("D", "places", 14)),
        *(("A", "minors", 1), ("B", "minors", 0), ("C", "minors", 0), ("D", "minors", 2)),
    ]


def test_a_file_in_a_folder_of_the_instance_is_taken_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    instance = small(tmp_path / "small")
    (instance / "data").mkdir()
    (instance / "people.csv").rename(instance / "data" / "people.csv")
    shape = instance / "instance.yaml"
    shape.write_text(shape.read_text("utf-8").replace("people.csv", "data/people.csv"), "utf-8")
    folder = tmp_path / "next"
    assert run(monkeypatch, "roll", instance, *SMALL_NEXT, "--out", folder).status == 0
    assert (folder / "data" / "people.csv").is_file()


def test_figures_of_another_year_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    instance = small(
        tmp_path / "small",
        instance_yaml=INSTANCE.replace("2023-H1", "2023-H2")
        + "realised: {file: realised.csv, quality: invented, source: an example}\n",
    )
    said = refused(
        monkeypatch,
        *("roll", instance, "--period", "2024-H1", "--total", "places=50", "--total", "minors=5"),
        out=tmp_path / "next",
    )
    assert "'people' is a file of 2022, and 2024-H1 asks for figures of 2023" in said


@pytest.mark.parametrize(
    ("period", "found", "mend"),
    [
        ("2022-H2", "2022-H2 does not follow 2021-H2.", "After 2021-H2 comes 2022-H1"),
        ("2021-H1", "2021-H1 does not follow 2021-H2.", "After 2021-H2 comes 2022-H1"),
        ("2021-H2", "2021-H2 does not follow 2021-H2.", "After 2021-H2 comes 2022-H1"),
        ("2022", "'2022' is no half-year.", "Write it like 2022-H1."),
        ("2022-H3", "'2022-H3' is no half-year.", "Write it like 2022-H1."),
        ("", "'' is no half-year.", "Write it like 2022-H1."),
    ],
)
def test_another_period_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, period: str, found: str, mend: str
) -> None:
    said = refused(
        monkeypatch, "roll", DUTCH, "--period", period, "--total", 5, out=tmp_path / "next"
    )
    assert said.startswith(f"--period: {found}\n    {mend}")


def test_an_instance_of_another_period_does_not_roll(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = refused(monkeypatch, "roll", "nl/reception-2024", *NEXT, out=tmp_path / "next")
    assert "'2024-2025' is no half-year." in said


def test_nothing_realised(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = refused(monkeypatch, "roll", "nl/housing-2021-h2", *NEXT, out=tmp_path / "next")
    assert "It is not known what was realised in 2021-H2: permit holders." in said


def test_a_stream_of_which_nothing_was_realised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = "".join(line for line in REALISED.splitlines(True) if "minors" not in line)
    instance = small(tmp_path / "small", realised_csv=places)
    said = refused(monkeypatch, "roll", instance, *SMALL_NEXT, out=tmp_path / "next")
    assert "It is not known what was realised in 2023-H1: minors." in said


def test_a_half_year_that_has_not_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = only(tmp_path / "realised.csv", "realised.csv", lambda row: int(row["month"]) < 5)
    said = refused(monkeypatch, "roll", DUTCH, "--realised", path, *NEXT, out=tmp_path / "next")
    assert "Numbers are known up to month 4 of 2021-H2." in said
    assert "Give all 6 months with --realised, 0 included." in said


TOTALS = {
    "two for one stream": (("places=50", "places=60"), "'places=60' does not name a stream"),
    "two without a stream": (("50", "60"), "'60' does not name a stream of its own."),
    "one with and one without": (("50", "minors=5"), "Of several numbers one names no stream."),
    "an unknown stream": (("places=50", "minors=5", "foo=6"), "The rule distributes no 'foo'."),
    "a typo": (("places=50", "minros=5"), "Did you mean 'minors'?"),
    "a stream too few": (("places=50",), "The total of 'minors' is missing."),
    "what is left over": (("places=50", "minors=5", "regular=4"), "has no total of its own."),
    "a part above its whole": (("places=5", "minors=6"), "more than 'places' (5)"),
    "text": (("places=x", "minors=5"), "--total: 'x' is no figure."),
    "a negative number": (("places=-1", "minors=5"), "--total: '-1' is negative."),
    "a decimal": (("places=1.5", "minors=5"), "--total: '1.5' is not a whole number."),
}


@pytest.mark.parametrize("case", TOTALS)
def test_bad_totals(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str) -> None:
    totals, expected = TOTALS[case]
    options = [part for total in totals for part in ("--total", total)]
    instance = small(tmp_path / "small")
    said = refused(
        monkeypatch, "roll", instance, "--period", "2023-H2", *options, out=tmp_path / "next"
    )
    assert expected in said


def test_one_stream_with_two_totals(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = refused(
        monkeypatch,
        *("roll", DUTCH, "--period", "2022-H1", "--total", 5, "--total", "permit_holders=7"),
        out=tmp_path / "next",
    )
    assert "--total: Of several numbers one names no stream." in said


@pytest.mark.parametrize("kind", ["a file", "an empty folder", "a folder", "a link to nothing"])
def test_what_exists_is_not_touched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "next"
    if kind == "a file":
        target.write_text("mine", "utf-8")
    elif kind == "a link to nothing":
        target.symlink_to(tmp_path / "nowhere")
    else:
        target.mkdir()
    if kind == "a folder":
        (target / "instance.yaml").write_text("mine", "utf-8")
    said = refused(monkeypatch, "roll", DUTCH, *NEXT, out=target)
    assert said.startswith(f"{target}: This is there already, and it is not overwritten.\n")
    assert not (tmp_path / "nowhere").exists()
    if kind == "a file":
        assert target.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("no/such/next", "there is no such folder"),
        ("file/next", "a part of its path is no folder"),
    ],
)
def test_a_place_where_no_folder_can_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str, reason: str
) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    said = refused(monkeypatch, "roll", DUTCH, *NEXT, "--out", tmp_path / place)
    assert f"{tmp_path / place}: The folder cannot be written: {reason}." in said
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_place_where_nobody_may_write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def forbidden(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", forbidden)
    said = refused(monkeypatch, "roll", DUTCH, *NEXT, out=tmp_path / "next")
    assert "The folder cannot be written: you have no permission." in said


def test_a_full_disk_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    said = refused(monkeypatch, "roll", DUTCH, *NEXT, out=tmp_path / "next")
    assert "there is no room left on the disk" in said
    assert "Make room" in said


def test_beyond_the_last_division(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    number = numbers(monkeypatch, "nl/housing-2025-h2", "municipality")
    realised = written(
        tmp_path / "realised.csv",
        [{"code": code, "kind": "housed", "number": n} for code, n in number.items()],
    )
    out = tmp_path / "next"
    said = refused(
        monkeypatch,
        *("roll", "nl/housing-2025-h2", "--realised", realised),
        *("--period", "2026-H1", "--total", 5),
        out=out,
    )
    assert f"{out}/instance.yaml:" in said
    assert "The table 'areas' has no year 2026." in said
    assert "a new year is a file areas/2026.csv." in said


def test_a_rule_that_is_not_in_force_then(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    since = "valid_from: 2023-01-01"
    rule = bent("rule.yaml", since, f"{since}\nvalid_until: 2023-06-30")
    instance = small(tmp_path / "small", **rule)
    said = refused(monkeypatch, "roll", instance, *SMALL_NEXT, out=tmp_path / "next")
    assert "rule.yaml" in said
    assert "1 July 2023" in said
