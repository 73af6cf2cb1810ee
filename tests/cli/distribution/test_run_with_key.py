"""`run` and `explain` with a key of one's own, kept numbers and lacking figures; and `replay`."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import allocator
from allocator import verify
from allocator.core.distribute import distribute
from tests.cli.runner import Outcome, run
from tests.example import RULE, bent, write_example

ACT = "nl/reception-2024"
KEEP = (ACT, "--key", "population", "--keep", "province")
INCOME = "population / median_income"
LACKING = ("GM0060", "GM0088", "GM0096", "GM0277", "GM0339")


def good(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> str:
    outcome = run(monkeypatch, *arguments)
    assert outcome.status == 0, outcome.err
    return outcome.out


def numbers(written: str) -> dict[tuple[str, str], int]:
    rows = csv.DictReader(io.StringIO(written))
    return {(row["code"], row["stream"]): int(row["number"]) for row in rows}


def flat(written: str) -> str:
    return " ".join(written.split())


# --- Numbers ---


def test_a_key_of_ones_own_divides_the_totals(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = flat(good(monkeypatch, "run", "nl/housing-2023-h1", "--key", "dwellings"))
    assert "! By another key than the rule's: dwellings." in screen
    assert "Own key (dwellings), otherwise as nl/housing-target@2016-01-01" in screen
    assert "Beside the published table" not in screen


def test_provinces_keep_their_numbers_in_every_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    found = numbers(good(monkeypatch, "run", *KEEP, "--format", "csv"))
    act = distribute(allocator.load(ACT))
    division = act.instance.division
    for stream in act.instance.streams.names:
        for area in (*division.at("province"), division.root):
            assert found[area.code, stream] == act.number(area.code, stream)
        moved = [
            leaf.code
            for leaf in division.leaves
            if found[leaf.code, stream] != act.number(leaf.code, stream)
        ]
        assert len(moved) > 150


def test_the_screen_says_that_provinces_keep_and_what_does_not_add_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = flat(good(monkeypatch, "run", *KEEP))
    for said in (
        "96,004 reception places over 342 municipalities: the numbers add up to 96,004.",
        "8,135 places for minors (amv) over 342 municipalities: the numbers add up to 8,135.",
        "! By another key than the rule's: population.",
        "! Each province keeps the number that nl/reception-places@2024-02-01 gives it.",
        "Reception places: the numbers that areas keep add up to 96,004, where 96,000 is divided.",
        "! Approximate: reception places by nl/reception-places@2024-02-01",
    ):
        assert said in screen, said


def test_the_rule_of_the_book_and_the_option_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = good(monkeypatch, "run", *KEEP, "--format", "csv")
    shelved = good(
        monkeypatch, "run", "nl/reception-2024-province-then-population", "--format", "csv"
    )
    named = good(
        monkeypatch,
        "run",
        ACT,
        "--rule",
        "nl/reception-province-then-population",
        "--format",
        "csv",
    )
    assert numbers(asked) == numbers(shelved) == numbers(named)


def test_areas_that_are_left_out_have_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("run", ACT, "--key", INCOME, "--missing", "exclude")
    found = numbers(good(monkeypatch, *asked, "--format", "csv"))
    assert {found[code, "places"] for code in LACKING} == {0}
    assert "Left out, for want of median standardised income" in flat(good(monkeypatch, *asked))


def test_areas_that_are_given_the_mean_have_something(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("run", ACT, "--key", INCOME, "--missing", "mean")
    found = numbers(good(monkeypatch, *asked, "--format", "csv"))
    assert min(found[code, "places"] for code in LACKING) > 0
    assert "is the mean of the others." in flat(good(monkeypatch, *asked))


def test_ten_thousand_municipalities_inside_sixteen_laender(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "de/municipalities-2019-example"
    asked = ("run", name, "--key", "1", "--keep", "land", "--format", "csv")
    found = numbers(good(monkeypatch, *asked))
    own = distribute(allocator.load(name))
    for land in own.instance.division.at("land"):
        for stream in own.instance.streams.names:
            assert found[land.code, stream] == own.number(land.code, stream)


def test_explain_shows_both_steps_with_their_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """2,104 of Zeeland times 49,956 of its 391,124 inhabitants is 268.73."""
    told = good(monkeypatch, "explain", KEEP[0], "Middelburg", *KEEP[1:])
    assert "quotient  2,104 × 49,956 / 391,124" in told
    assert "reception places: 269" in told
    assert "places for minors (amv): 23" in told


# --- Options that do not go together ---

CASES: dict[str, tuple[tuple[str, ...], str]] = {
    "kept without a key": (
        ("--keep", "province"),
        "--keep: It is not said by which key the numbers that areas keep are divided.\n"
        "    Add --key with a formula, such as --key population.\n",
    ),
    "an empty key": (
        ("--key", ""),
        "--key: The key is empty.\n"
        "    Expected a number, an indicator, a function or a parenthesis.\n",
    ),
    "a key of blanks": (
        ("--key", "  "),
        "--key: The key is empty.\n      \n    ^\n"
        "    Expected a number, an indicator, a function or a parenthesis.\n",
    ),
    "an empty level": (
        ("--key", "1", "--keep", ""),
        "--keep: '' is no level between all and the smallest areas.\n"
        "    The levels are: province, safety_region.\n",
    ),
    "an unknown level": (
        ("--key", "1", "--keep", "saftey_region"),
        "--keep: 'saftey_region' is no level between all and the smallest areas.\n"
        "    Did you mean 'safety_region'?\n",
    ),
    "an unknown indicator": (
        ("--key", "popluation"),
        "--key: There is no indicator 'popluation'.\n    popluation\n    ^\n"
        "    Did you mean 'population'?\n",
    ),
    "a formula that breaks off": (
        ("--key", "(population + 1"),
        "--key: The key breaks off.\n    (population + 1\n                   ^\n"
        "    A ')' is missing.\n",
    ),
    "a negative weight": (
        ("--key", "-population"),
        "--key: The key gives a negative weight for Groningen, Almere, Stadskanaal, Veendam, "
        "Zeewolde, Achtkarspelen, Ameland, Harlingen and 334 more.\n    -population\n"
        "    Change the key or the figures; capped(x, 0, ...) keeps it from below 0.\n",
    ),
    "not a number": (
        ("--key", "population * 1e3"),
        "--key: A number with an exponent is not read.\n    population * 1e3\n"
        "                 ^\n    Write it in full.\n",
    ),
    "a division by zero": (
        ("--key", "population / (urbanity - 5)"),
        "divides by zero for",
    ),
    "bounds that cross": (
        ("--key", "capped(population, 2, 1)"),
        "--key: The lowest is above the highest for Groningen, Almere, Stadskanaal, Veendam, "
        "Zeewolde, Achtkarspelen, Ameland, Harlingen and 334 more.\n"
        "    capped(population, 2, 1)\n    ^\n    Write capped(x, lowest, highest).\n",
    ),
    "figures that some lack": (
        ("--key", INCOME),
        "instances/nl/tables/income/2024.csv: There is no 'median_income' for Ameland (GM0060), "
        "Schiermonnikoog (GM0088), Vlieland (GM0096), Rozendaal (GM0277) and Renswoude (GM0339).\n"
        "    Add a line for each; `run`, `explain`, `compare`, `sweep` and `margins` "
        "also take --missing exclude or mean.\n",
    ),
    "a method alone": (
        ("--key", "1", "--keep", "province", "--rounding", "up", "--method", "webster"),
        "--rounding: 'up' rounds each area by itself: a method, ties and fixed levels have no "
        "part in it.\n    Use `--rounding consistent`.\n",
    ),
}


@pytest.mark.parametrize("verb", ["run", "explain"])
@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_asked_is_told(
    monkeypatch: pytest.MonkeyPatch, case: str, verb: str
) -> None:
    options, said = CASES[case]
    outcome = run(monkeypatch, verb, ACT, *(["Goes"] if verb == "explain" else []), *options)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == said or (said.startswith("divides") and said in outcome.err)


def test_figures_of_later_years_are_told_at_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "run", "nl/ukraine-2022-03", "--key", "median_income")
    assert (outcome.status, outcome.err) == (
        2,
        "--key: There are no figures of 'median_income' of 1 March 2022 or earlier.\n"
        "    The first are of 2024: take a later period, or make an instance with your own.\n",
    )


def test_a_very_long_key_is_refused_with_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "run", ACT, "--key", "population + " * 500 + "1")
    told, excerpt, _, mend = outcome.err.splitlines()
    assert (outcome.status, told) == (2, "--key: The key is longer than 2,000 characters.")
    assert excerpt.startswith("    population + ")
    assert excerpt.endswith(" ...")
    assert len(excerpt) < 100
    assert mend == "    Shorten it."


def test_more_unknown_names_than_are_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are no lines on a command line."""
    names = " + ".join(f"x{n}" for n in range(13))
    outcome = run(monkeypatch, "run", ACT, "--key", names)
    assert outcome.err.count("There is no indicator") == 10
    assert "at lines ." not in outcome.err


# --- Results and receipts ---


def receipt(out: Path) -> Path:
    return out.with_name(f"{out.name}.receipt.json")


def kept(monkeypatch: pytest.MonkeyPatch, out: Path, *arguments: object) -> dict[str, Any]:
    """The receipt of a run into a file."""
    good(monkeypatch, "run", *arguments, "--out", out)
    found: dict[str, Any] = json.loads(receipt(out).read_text("utf-8"))
    return found


def changed(out: Path, **entries: Any) -> Path:
    """The receipt with another question."""
    path = receipt(out)
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**data, "question": {**data["question"], **entries}}), "utf-8")
    return path


FULL = (ACT, "--key", INCOME, "--keep", "province", "--missing", "exclude")


@pytest.mark.parametrize("ending", [".csv", ".txt", ".json"])
@pytest.mark.parametrize(
    "asked",
    [
        FULL,
        KEEP,
        (ACT, "--key", "share(population) * total"),
        (ACT, "--key", "median_income", "--missing", "mean", "--rounding", "consistent"),
        (ACT, "--key", "1", "--keep", "safety_region", "--total", "places=90000"),
        (ACT, "--rule", "nl/reception-province-then-population", "--method", "webster"),
        ("nl/reception-2024-capped-example", "--key", "population", "--keep", "province"),
    ],
)
def test_what_was_asked_is_made_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: tuple[str, ...], ending: str
) -> None:
    out = tmp_path / f"x{ending}"
    kept(monkeypatch, out, *asked)
    again = tmp_path / "again" / out.name
    again.parent.mkdir()
    told = good(monkeypatch, "replay", receipt(out), "--out", again)
    assert told.startswith("The same: ")
    for path in (out, receipt(out)):
        assert (again.parent / path.name).read_bytes() == path.read_bytes()


def test_the_receipt_says_what_was_asked_and_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = kept(monkeypatch, tmp_path / "x.json", *FULL)
    asked = data["question"]
    assert (asked["key"], asked["keep"], asked["missing"]) == (INCOME, "province", "exclude")
    read = {each["file"] for each in data["inputs"]}
    assert "instances/nl/tables/income/2024.csv" in read
    assert "rules/nl/reception-places/2024-02-01.yaml" in read
    plain = kept(monkeypatch, tmp_path / "plain.json", "nl/housing-2023-h1")["question"]
    assert not {"key", "keep", "missing"} & plain.keys()


def test_an_inner_rule_is_among_what_was_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "x.csv"
    data = kept(monkeypatch, out, "nl/reception-2024-province-then-population")
    read = {each["file"] for each in data["inputs"]}
    assert "rules/nl/reception-places/2024-02-01.yaml" in read
    assert "rules/nl/reception-province-then-population/2024-02-01.yaml" in read
    inputs = [each for each in data["inputs"] if "reception-places" not in each["file"]]
    receipt(out).write_text(json.dumps({**data, "inputs": inputs}), "utf-8")
    outcome = run(monkeypatch, "replay", receipt(out))
    assert outcome.status == 2
    assert "reception-places/2024-02-01.yaml: The receipt does not name this input" in outcome.err


@pytest.mark.parametrize(
    "entries",
    [
        {"key": "mean_income"},
        {"key": None, "keep": None},
        {"keep": None},
        {"keep": "safety_region"},
        {"missing": "mean"},
    ],
)
def test_another_question_is_another_result(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, entries: dict[str, Any]
) -> None:
    """Either what was read is not the same, or what comes out is not."""
    out = tmp_path / "x.csv"
    kept(monkeypatch, out, *FULL)
    outcome = run(monkeypatch, "replay", changed(out, **entries))
    assert outcome.status in (1, 2), outcome.out
    if outcome.status == 1:
        assert outcome.out.startswith("Another result: ")
    else:
        assert "this program does not read it." in outcome.err


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"key": "popluation"}, "--key: There is no indicator 'popluation'."),
        ({"key": ""}, "--key: The key is empty."),
        (
            {"keep": "provinces"},
            "--keep: 'provinces' is no level between all and the smallest areas.",
        ),
        ({"key": None}, "--keep: It is not said by which key"),
        ({"missing": "errors"}, "'missing' cannot be 'errors'."),
        ({"missing": None}, "There is no 'median_income' for Ameland (GM0060)"),
        ({"keeps": "province"}, "There is no key 'keeps' here."),
    ],
)
def test_a_receipt_that_asks_nonsense_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, entries: dict[str, Any], said: str
) -> None:
    out = tmp_path / "x.csv"
    kept(monkeypatch, out, *FULL)
    outcome = run(monkeypatch, "replay", changed(out, **entries))
    assert outcome.status == 2
    assert said in outcome.err


def test_nothing_asked_and_null_are_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "x.csv"
    kept(monkeypatch, out, "nl/housing-2023-h1")
    null = changed(out, key=None, keep=None, missing=None)
    assert good(monkeypatch, "replay", null).startswith("The same: ")


def test_changed_figures_of_ones_own_are_caught(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rule = RULE.replace("rounding: half-up", "rounding: half-up\ncrossing: reported")
    folder = write_example(tmp_path / "example", rule_yaml=rule)
    out = folder / "x.json"
    kept(monkeypatch, out, folder, "--key", "people + 1", "--keep", "province")
    assert good(monkeypatch, "replay", receipt(out)).startswith("The same: ")
    write_example(folder, rule_yaml=rule, **bent("people.csv", "1000", "1001"))
    outcome = run(monkeypatch, "replay", receipt(out))
    assert outcome.status == 2
    assert "people.csv: This input is another file" in outcome.err


@pytest.mark.parametrize("asked", [FULL, KEEP, (ACT, "--key", "share(dwellings)")])
def test_results_are_right_for_the_checker_that_stands_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    kept(monkeypatch, tmp_path / "x.json", *asked)
    outcome: Outcome = run(monkeypatch, "verify", tmp_path / "x.json")
    assert (outcome.status, outcome.out.splitlines()[0][-6:]) == (0, " right")
    data = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert verify.verify(data) == []
    for weight in data["weights"][-1]["values"]:
        if Fraction(data["weights"][-1]["values"][weight]):
            data["weights"][-1]["values"][weight] = "1/7"
            break
    assert len(verify.verify(data)) > 1
