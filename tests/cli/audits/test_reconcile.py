"""`allocator reconcile`: figures from which a published table follows, and why there are none."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

import allocator
from allocator.model.instance import PublishedRow
from tests.cli.runner import Outcome, run
from tests.example import INSTANCE, write_example

RECEPTION = "nl/reception-2024"
#: Of 100 places the rule gives 14, 14, 29 and 42; the quotas are 14.42, 14.42, 28.85 and 42.31.
UNCERTAIN = "uncertain: {score: {tolerance: 0.1, source: our own bounds}}\n"
NAMES = {"A": "Aalst", "B": "Boom", "D": "Delden", "P1": "West", "NL": "Nederland"}
PUBLISHED = "published: {file: published.csv, source: {nl: krant, en: paper}}\n"


def example(
    folder: Path, *rows: str, uncertain: str = UNCERTAIN, published: str = PUBLISHED
) -> Path:
    """The example with published numbers, such as "A,places,15"."""
    named = [f"{NAMES[row.split(',')[0]]},{row}" for row in rows]
    table = "\n".join(["name,code,stream,number", *named]) + "\n"
    return write_example(
        folder, instance_yaml=f"{INSTANCE}{uncertain}{published}", published_csv=table
    )


def refused(outcome: Outcome, *said: str) -> None:
    assert outcome.status == 2
    assert not outcome.out
    for one in said:
        assert one in outcome.err


# The publication of January 2024


@pytest.fixture(scope="module")
def reconciled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Outcome, Path]]:
    """The json, and the folder that was written."""
    folder = tmp_path_factory.mktemp("reconciled") / "fitted"
    with pytest.MonkeyPatch.context() as patch:
        yield run(patch, "reconcile", RECEPTION, "--folder", folder, "--format", "json"), folder


def municipal_and_provincial() -> list[PublishedRow]:
    published = allocator.load(RECEPTION).published
    assert published is not None
    return [row for row in published.rows if row.code != "NL"]


def test_the_json_is_exact_and_within_the_tolerances(reconciled: tuple[Outcome, Path]) -> None:
    outcome, folder = reconciled
    assert outcome.status == 0, outcome.err
    assert outcome.err == f"Written: {folder}\n"
    document = json.loads(outcome.out)
    assert document["format"] == "allocator-reconciled/1"
    assert document["rows"] == 44
    instance = allocator.load(RECEPTION)
    given = instance.indicators["ses_woa"].values
    bounds = instance.uncertain["ses_woa"]
    sizes = []
    for code, figure in document["figures"].items():
        fitted = Fraction(figure["fitted"])
        assert Fraction(figure["given"]) == given[code]
        assert (fitted * 10**6).denominator == 1
        if figure["allowed"]:
            low, high = map(Fraction, figure["allowed"])
            assert low <= fitted <= high
        if code not in bounds.free:
            sizes.append(abs(fitted - given[code]) / bounds.tolerances[code])
    assert max(sizes) == Fraction(document["largest"])
    assert Fraction(document["at_least"]) <= max(sizes) < Fraction(1, 2)
    assert document["least_largest"] is document["least_total"] is True


def test_the_folder_audits_to_44_of_44_and_runs_to_the_published_numbers(
    reconciled: tuple[Outcome, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, folder = reconciled
    assert "44 of 44 published numbers" in run(monkeypatch, "audit", folder).out
    assert "44 van de 44" in run(monkeypatch, "audit", folder, "--lang", "nl").out
    outcome = run(monkeypatch, "run", folder, "--format", "csv")
    assert outcome.status == 0, outcome.err
    numbers = {
        (row["code"], row["stream"]): int(row["number"])
        for row in csv.DictReader(io.StringIO(outcome.out))
    }
    rows = municipal_and_provincial()
    assert len({row.code for row in rows if row.code.startswith("PV")}) == 12
    assert all(numbers[row.code, row.stream] == row.number for row in rows)


def test_the_folder_says_what_it_is(
    reconciled: tuple[Outcome, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, folder = reconciled
    assert {path.name for path in folder.iterdir()} == {
        *("instance.yaml", "fitted-ses_woa.csv", "published.csv")
    }
    said = " ".join(run(monkeypatch, "audit", folder).out.split())
    assert "(publication of January 2024), fitted" in said
    assert "fitted until the rule gives the published numbers; other figures may give them" in said
    assert "fitted to published numbers). Every number here rests on it." in said
    assert "These numbers approximate the published ones" not in said


def test_an_existing_folder_is_not_touched(
    reconciled: tuple[Outcome, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, folder = reconciled
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    outcome = run(monkeypatch, "reconcile", RECEPTION, "--folder", folder)
    refused(outcome, "This is there already, and it is not overwritten.")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_half_the_tolerance_is_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "reconcile", RECEPTION, "--tolerance", "0.01")
    assert outcome.status == 1
    said = " ".join(outcome.out.split())
    assert "No figures within their tolerance give all published numbers; this is proven." in said
    assert "This number cannot come out: Vlieland reception places 7." in said
    assert "It would take 1.665 times the tolerance, or more." in said
    assert "With 1.667 times the tolerance there are such figures." in said


# A small one


def test_the_screen_says_what_is_proven(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = example(tmp_path / "small", "A,places,15", "P1,places,29", "NL,places,100")
    outcome = run(monkeypatch, "reconcile", folder)
    assert outcome.status == 0, outcome.err
    said = " ".join(outcome.out.split())
    assert "There are figures within their tolerances (score) from which all 2 published" in said
    assert "- Tolerances: our own bounds. - Proven exactly: where every change is below 0." in said
    assert "is the solver's word." in said
    assert "- 1 national number repeats the total and was left alone." in said
    assert "area given fitted change times tolerance its number allows" in said
    assert "Aalst 0.500000 0.5" in said


def test_figures_that_do_need_no_change(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = example(tmp_path / "small", "A,places,14", "P1,places,28")
    outcome = run(monkeypatch, "reconcile", folder)
    assert "They are the figures as given." in outcome.out
    assert "solver" not in outcome.out
    document = json.loads(run(monkeypatch, "reconcile", folder, "--format", "json").out)
    assert (document["largest"], document["scale"]) == ("0", document["given_scale"])


def test_csv_has_a_line_for_every_leaf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "fitted.csv"
    folder = example(tmp_path / "small", "A,places,15")
    outcome = run(monkeypatch, "reconcile", folder, "--out", out)
    assert outcome.status == 0, outcome.err
    heading, *lines = list(csv.reader(io.StringIO(out.read_text("utf-8"))))
    assert heading == ["code", "name", "given", "fitted", "lowest", "highest"]
    assert [line[0] for line in lines] == list("ABCD")
    given, fitted, low, high = (Fraction(value) for value in lines[0][2:])
    assert given == Fraction(1, 2) < low <= fitted <= high
    assert all(line[4:] == ["", ""] for line in lines[1:])


def test_a_free_area_may_move_further(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Twenty of 100 is a quota of 19.5 at least, where the tolerance allows one near 14.4."""
    folder = example(tmp_path / "small", "A,places,20")
    asked = ("reconcile", folder, "--tolerance", "0.05")
    tight = run(monkeypatch, *asked)
    assert tight.status == 1
    assert "This number cannot come out: Aalst places 20." in " ".join(tight.out.split())
    free = run(monkeypatch, *asked, "--free", "A")
    assert free.status == 0, free.out
    assert (
        "- Tolerances: 0.05 for each, as asked.\n"
        "- Held to no tolerance, but to at most twice the weight as given: Aalst." in free.out
    )
    own = UNCERTAIN.replace("0.1,", "0.1, free: [A],")
    folder = example(tmp_path / "own", "A,places,20", uncertain=own)
    kept = run(monkeypatch, "reconcile", folder, "--tolerance", "0.05", "--free", "D")
    assert (
        "- Held to no tolerance, but to at most twice the weight as given: Aalst and Delden."
        in kept.out
    )


def test_a_refusal_in_every_form(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = example(tmp_path / "small", "P1,places,30", "A,places,14", "B,places,14")
    asked = ("reconcile", folder)
    told = run(monkeypatch, *asked)
    assert told.status == 1
    assert "These cannot come out together" in told.out
    as_json = run(monkeypatch, *asked, "--format", "json")
    assert as_json.status == 1
    document = json.loads(as_json.out)
    assert document["figures"] is None
    assert sorted(row["code"] for row in document["in_the_way"]) == ["A", "B", "P1"]
    as_csv = run(monkeypatch, *asked, "--format", "csv", "--folder", tmp_path / "never")
    assert (as_csv.status, as_csv.out, as_csv.err) == (1, "", told.out)
    assert not (tmp_path / "never").exists()
    assert run(monkeypatch, *asked, "--out", tmp_path / "x.txt").status == 1
    assert (tmp_path / "x.txt").read_text("utf-8") == told.out


def test_a_folder_of_ones_own_is_written_with_its_rule(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder, fitted = example(tmp_path / "small", "A,places,15"), tmp_path / "Fitted 2"
    outcome = run(monkeypatch, "reconcile", folder, "--folder", fitted, "--lang", "nl")
    assert outcome.status == 0, outcome.err
    assert {path.name for path in fitted.iterdir()} == {
        *(
            "instance.yaml",
            "rule.yaml",
            "areas.csv",
            "people.csv",
            "fitted-score.csv",
            "published.csv",
        )
    }
    instance = allocator.load(fitted)
    assert instance.name == "nl/fitted-2"
    assert instance.title.nl == "Voorbeeld, bijgesteld"
    assert allocator.distribute(instance).numbers["A", "places"] == 15


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--indicator", "foo"), ["--indicator: There is no indicator 'foo' here.", "score"]),
        (("--indicator", "people"), ["It is not said how far 'people' may be off."]),
        (("--free", "XX"), ["--free: There is no area XX on 1 January 2023.", "such as A."]),
        (("--free", "P1"), ["--free: There is no area P1"]),
        (("--tolerance", "x"), ["--tolerance: 'x' is no figure.", "such as 0.02."]),
        (("--tolerance", "-1"), ["--tolerance: '-1' is negative."]),
        (("--out", "x.pdf"), ["'x.pdf' does not say its format."]),
    ],
)
def test_what_does_not_fit_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: tuple[str, ...], said: list[str]
) -> None:
    folder = example(tmp_path / "small", "A,places,15")
    refused(run(monkeypatch, "reconcile", folder, *asked), *said)


def test_without_uncertain_figures_or_published_numbers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = example(tmp_path / "certain", "A,places,15", uncertain="")
    refused(
        run(monkeypatch, "reconcile", folder),
        "--indicator: It is not said which figures are uncertain.",
        "Say it with --indicator and --tolerance. The indicators are: people, score.",
    )
    asked = ("--indicator", "score", "--tolerance", "0.1")
    assert run(monkeypatch, "reconcile", folder, *asked).status == 0
    silent = example(tmp_path / "silent", published="")
    refused(run(monkeypatch, "reconcile", silent), "No number is published that should follow")
