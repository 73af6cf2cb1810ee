"""`allocator compare`: keys beside the act, inside a province, on a screen, as csv and as json."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import allocator
from allocator.core.distribute import distribute
from tests.cli.runner import Outcome, run
from tests.example import FILES, INSTANCE, RULE, bent, write_example

Rows = list[dict[str, str]]

FIVE = {
    "people": "population",
    "rented": "corporation_dwellings",
    "cheap": "population / woz_value",
    "dense": "nl/reception-by-density",
    "equal": "1",
}
KEYS = [each for name, key in FIVE.items() for each in ("--key", f"{name}={key}")]
OWN = "nl/reception-places@2024-02-01"
TASKS = ("--with", "nl/housing-2020-h2", "--with", "nl/ukraine-2022-03")
ZEELAND = ("--inside", "Zeeland")


def compare(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Outcome:
    return run(monkeypatch, "compare", *arguments)


def good(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> str:
    outcome = compare(monkeypatch, *arguments)
    assert (outcome.status, outcome.err) == (0, ""), outcome.err
    return outcome.out


def told(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> str:
    """What is said about bad input, on one line per problem."""
    outcome = compare(monkeypatch, *arguments)
    assert (outcome.status, outcome.out) == (2, ""), outcome.out
    return outcome.err


def rows(written: str) -> Rows:
    return list(csv.DictReader(io.StringIO(written)))


def flat(written: str) -> str:
    return " ".join(written.split())


@pytest.fixture(name="inside_zeeland", scope="module")
def _inside_zeeland() -> Iterator[dict[str, str]]:
    """Five keys inside Zeeland with two tasks beside: once on a screen, as csv and as json."""
    with pytest.MonkeyPatch.context() as patch:
        asked = ("nl/reception-2024", *KEYS, *ZEELAND, *TASKS)
        yield {form: good(patch, *asked, "--format", form) for form in ("table", "csv", "json")}


# --- Five keys inside Zeeland ---


def test_the_screen_says_what_is_kept_and_what_every_letter_is(
    inside_zeeland: dict[str, str],
) -> None:
    screen = flat(inside_zeeland["table"])
    for said in (
        f"A: Reception places for asylum seekers (Distribution Act) ({OWN}): (ses_woa + 1) * "
        "population / national(population)",
        "B: people: population",
        "C: rented: corporation_dwellings",
        "D: cheap: population / woz_value",
        "E: dense: population * density",
        "F: equal: 1",
        "Inside Zeeland, which keeps 2,104 reception places and 179 places for minors (amv) under "
        "every key.",
    ):
        assert said in screen, said


def test_the_screen_tells_who_gains_and_loses_most(inside_zeeland: dict[str, str]) -> None:
    """By people 4 gain and 9 lose; Vlissingen, with the lowest score, gains most."""
    screen = flat(inside_zeeland["table"])
    assert (
        "Under B, of 13 municipalities more than under A: 4; fewer: 9; the same: 0. 69 of 2,104 "
        "(3.3%) go to another. Most more: Vlissingen +39, Terneuzen +19 and Middelburg +8. "
        "Most fewer: Veere −20, Borsele −14 and Kapelle −11."
    ) in screen
    (line,) = (
        each
        for each in inside_zeeland["table"].splitlines()
        if "Vlissingen" in each[:12] and "204 " in each and "243" in each
    )
    assert line.split()[:3] == ["Vlissingen", "204", "243"]


def test_the_screen_says_what_numbers_rest_on(inside_zeeland: dict[str, str]) -> None:
    screen = flat(inside_zeeland["table"])
    assert "! Under A: approximate: SES-WOA score" in screen
    assert "approximate: corporation dwellings (estimate)" in screen
    assert "Under A the reception places add up to 96,004, 4 more than are divided." in screen


def test_tasks_stand_beside_each_other(inside_zeeland: dict[str, str]) -> None:
    """150 permit holders of 2020 and 1,000 places for Ukrainians come to 3,254."""
    screen = inside_zeeland["table"]
    tasks = screen[screen.index("All tasks together") :]
    (zeeland,) = (line.split() for line in tasks.splitlines() if line.strip().startswith("Zeeland"))
    assert zeeland == ["Zeeland", "2,104", "150", "1,000", "3,254", "8.32"]
    (veere,) = (line.split() for line in tasks.splitlines() if line.strip().startswith("Veere"))
    assert veere == ["Veere", "139", "9", "57", "205", "9.30"]
    assert "(2) is carried to the map of 1 February 2024" in flat(tasks)
    assert "(3) is carried" not in tasks


def test_the_csv_has_a_line_per_area_stream_and_key(inside_zeeland: dict[str, str]) -> None:
    found = rows(inside_zeeland["csv"])
    assert list(found[0]) == [
        *("level", "code", "name", "parent", "stream", "key", "number"),
        *("difference", "percent", "per_1000", "per_1000_difference"),
    ]
    # 13 municipalities, the safety region and the province; 3 streams; 6 keys
    assert len(found) == 15 * 3 * 6
    assert list(dict.fromkeys(row["key"] for row in found)) == [OWN, *FIVE]
    identities = [(row["code"], row["stream"], row["key"]) for row in found]
    assert len(set(identities)) == len(found)


def test_every_key_gives_zeeland_the_same(inside_zeeland: dict[str, str]) -> None:
    found = rows(inside_zeeland["csv"])
    for stream, number in (("places", 2104), ("minors", 179), ("regular", 1925)):
        for key in (OWN, *FIVE):
            of_key = [row for row in found if row["key"] == key and row["stream"] == stream]
            (zeeland,) = (int(row["number"]) for row in of_key if row["level"] == "province")
            inside = [int(row["number"]) for row in of_key if row["level"] == "municipality"]
            assert (zeeland, sum(inside)) == (number, number)


def test_differences_are_those_with_the_first_key(inside_zeeland: dict[str, str]) -> None:
    found = {(r["code"], r["stream"], r["key"]): r for r in rows(inside_zeeland["csv"])}
    people = allocator.load("nl/reception-2024").indicators["population"].values
    for (code, stream, key), row in found.items():
        before = int(found[code, stream, OWN]["number"])
        number, difference = int(row["number"]), int(row["difference"])
        assert number - before == difference, (code, stream, key)
        percent = Fraction(100 * difference, before)
        assert abs(Fraction(row["percent"]) - percent) <= Fraction(1, 2 * 10**6)
        if code in people:
            per_1000 = number * 1000 / people[code]
            assert abs(Fraction(row["per_1000"]) - per_1000) <= Fraction(1, 2 * 10**6)


def test_the_first_key_is_the_act_itself(inside_zeeland: dict[str, str]) -> None:
    act = distribute(allocator.load("nl/reception-2024"))
    for row in rows(inside_zeeland["csv"]):
        if row["key"] == OWN:
            assert int(row["number"]) == act.number(row["code"], row["stream"])


def test_the_json_is_exact_and_says_the_same(inside_zeeland: dict[str, str]) -> None:
    data: dict[str, Any] = json.loads(inside_zeeland["json"])
    assert data["format"] == "allocator-compare/1"
    assert (data["instance"], data["within"], data["per"]) == (
        "nl/reception-2024",
        "PV29",
        "population",
    )
    found = {(r["code"], r["stream"], r["key"]): r for r in rows(inside_zeeland["csv"])}
    assert len(data["cells"]) == len(found)
    for cell in data["cells"]:
        row = found[cell["code"], cell["stream"], cell["key"]]
        assert (cell["number"], cell["difference"]) == (int(row["number"]), int(row["difference"]))
        assert abs(Fraction(cell["per_1000"]) - Fraction(row["per_1000"])) <= Fraction(1, 10**6)
        assert abs(Fraction(cell["percent"]) - Fraction(row["percent"])) <= Fraction(1, 10**6)


def test_the_json_tells_every_key(inside_zeeland: dict[str, str]) -> None:
    data = json.loads(inside_zeeland["json"])
    keys = {key["name"]: key for key in data["keys"]}
    assert list(keys) == [OWN, *FIVE]
    assert keys[OWN]["drift"] == {"places": 4, "minors": -5, "regular": 9}
    for name in FIVE:
        assert keys[name]["drift"] == {"places": 0, "minors": 0, "regular": 0}
        assert keys[name]["steps"][0] == {"level": "province", "key": "kept_places"}
        assert keys[name]["rounding"] == "consistent"
    people = keys["people"]["streams"]["places"]
    assert (len(people["gaining"]), len(people["losing"]), people["same"]) == (4, 9, 0)
    assert people["moved"] == 69
    assert people["gaining"][0] == "GM0718"  # Vlissingen
    assert Fraction(keys[OWN]["streams"]["places"]["measures"]["gini"]) > Fraction(
        people["measures"]["gini"]
    )


def test_the_json_has_the_tasks_of_the_whole_country(inside_zeeland: dict[str, str]) -> None:
    tasks = json.loads(inside_zeeland["json"])["tasks"]
    assert [task["instance"] for task in tasks] == [
        *("nl/reception-2024", "nl/housing-2020-h2", "nl/ukraine-2022-03")
    ]
    assert [task["there"] for task in tasks] == [None, None, None]
    split = [n for n in tasks[1]["numbers"].values() if "/" in n]
    assert len(split) == 4  # where Haaren went
    assert sum(map(Fraction, tasks[2]["numbers"].values())) == 25_000


# --- A region of one's own ---


def test_a_region_keeps_its_own_number(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("--inside", "Walcheren=Middelburg, Vlissingen,Veere")
    screen = good(monkeypatch, "nl/reception-2024", *KEYS, *asked)
    assert "Inside Walcheren, which keeps 604 reception places and 51 places for minors" in screen
    found = rows(good(monkeypatch, "nl/reception-2024", *KEYS, *asked, "--format", "csv"))
    assert {row["code"] for row in found} == {"region", "GM0687", "GM0718", "GM0717"}
    for key in (OWN, *FIVE):
        places = [r for r in found if r["key"] == key and r["stream"] == "places"]
        assert sum(int(r["number"]) for r in places if r["level"] == "municipality") == 604
    assert {row["name"] for row in found if row["code"] == "region"} == {"Walcheren"}


def test_a_region_may_cross_provinces_and_be_named_in_any_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = ("--inside", "Ringsteden=GM0363,Den Haag, Groningen", "--format", "csv")
    found = rows(good(monkeypatch, "nl/reception-2024", "--key", "1", *asked))
    places = [int(r["number"]) for r in found if r["key"] == "1" and r["stream"] == "places"]
    *cities, region = places
    assert sum(cities) == region
    assert max(cities) - min(cities) <= 1
    assert {row["level"] for row in found} == {"municipality", "named_region"}


def test_tasks_inside_a_region(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("--inside", "Walcheren=Middelburg,Vlissingen,Veere", *TASKS)
    screen = good(monkeypatch, "nl/reception-2024", "--key", "1", *asked)
    tasks = screen[screen.index("All tasks together") :]
    (walcheren,) = (line.split() for line in tasks.splitlines() if "Walcheren" in line)
    assert walcheren == ["Walcheren", "604", "45", "299", "948", "8.09"]


# --- Over the whole country ---


def test_without_inside_the_larger_areas_are_shown_and_all_with_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = good(monkeypatch, "nl/housing-2023-h1", "--key", "dwellings")
    assert "Every area: add --all, or --out FILE.csv." in short
    assert "Noord-Brabant" in short
    assert "\n    Aa en Hunze" not in short
    whole = good(monkeypatch, "nl/housing-2023-h1", "--key", "dwellings", "--all")
    assert "Every area" not in whole
    assert whole.count("\n    Aa en Hunze ") == 3  # numbers, differences, per 1,000


def test_a_key_over_the_country_moves_numbers_between_provinces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = ("nl/housing-2023-h1", "--rounding", "consistent", "--format", "csv")
    found = rows(good(monkeypatch, *asked, "--key", "equal=1"))
    drenthe = {row["key"]: row for row in found if row["code"] == "PV22"}
    # 12 of 342 municipalities
    assert int(drenthe["equal"]["number"]) in (743, 744)
    assert int(drenthe["equal"]["difference"]) != 0
    national = [row for row in found if row["level"] == "country"]
    assert [int(row["number"]) for row in national] == [21_200, 21_200]
    assert [row["difference"] for row in national] == ["0", "0"]


def test_each_area_of_a_level_may_keep_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("nl/reception-2024", "--key", "equal=1", "--format", "csv")
    for level in ("province", "safety_region"):
        found = rows(good(monkeypatch, *asked, "--keep", level))
        kept = [row for row in found if row["level"] == level and row["key"] == "equal"]
        assert len(kept) == 3 * (12 if level == "province" else 25)
        assert {row["difference"] for row in kept} == {"0"}


def test_numbers_per_another_count(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("nl/housing-2023-h1", "--key", "population", "--per", "dwellings")
    assert "per 1,000 dwellings" in good(monkeypatch, *asked)
    found = rows(good(monkeypatch, *asked, "--format", "csv"))
    total = next(row for row in found if row["level"] == "country")
    assert Fraction("2.6") < Fraction(total["per_1000"]) < Fraction("2.7")


def test_without_inhabitants_it_is_said_that_evenness_is_not_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = write_example(tmp_path / "example")
    screen = flat(good(monkeypatch, folder, "--key", "people"))
    assert "How even a key is cannot be said without inhabitants: add --per." in screen
    assert "per 1,000" not in screen
    data = json.loads(good(monkeypatch, folder, "--key", "people", "--format", "json"))
    assert data["per"] is None
    assert {cell["per_1000"] for cell in data["cells"]} == {None}
    assert data["keys"][0]["streams"]["places"]["measures"] is None
    per = flat(good(monkeypatch, folder, "--key", "people", "--per", "people"))
    assert "how even: places" in per


def test_nothing_beside_the_rule_is_its_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    found = rows(good(monkeypatch, "nl/housing-2023-h1", "--format", "csv"))
    assert {row["key"] for row in found} == {"nl/housing-target@2016-01-01"}
    assert {row["difference"] for row in found} == {"0"}


def test_the_same_key_by_another_name_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = good(monkeypatch, "nl/housing-2023-h1", "--key", "twice=2 * population")
    assert "Under B everybody gets the same as under A." in screen


def test_nothing_to_divide(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = good(monkeypatch, "nl/housing-2023-h1", "--key", "1", "--total", "0")
    assert "everybody gets the same" in screen
    found = rows(
        good(monkeypatch, "nl/housing-2023-h1", "--key", "1", "--total", "0", "--format", "csv")
    )
    assert {(row["number"], row["percent"]) for row in found} == {("0", "")}


def test_another_rule_may_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = "nl/proportional-to-inhabitants@2022-01-01"
    asked = ("nl/housing-2023-h1", "--rule", rule, "--key", "nl/housing-target", "--format", "csv")
    found = rows(good(monkeypatch, *asked))
    assert list(dict.fromkeys(row["key"] for row in found)) == [rule, "nl/housing-target"]
    national = [row["number"] for row in found if row["level"] == "country"]
    assert national == ["21207", "21362"]


def test_who_lacks_a_figure_is_left_out_or_given_the_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("nl/reception-2024", "--key", "poor=inverse(median_income)", "--format", "csv")
    for choice, nothing in (("exclude", True), ("mean", False)):
        found = rows(good(monkeypatch, *asked, "--missing", choice))
        ameland = {row["key"]: row for row in found if row["code"] == "GM0060"}
        assert (ameland["poor"]["number"] == "0") is nothing
        assert ameland[OWN]["number"] != "0"
    screen = flat(good(monkeypatch, *asked[:3], "--missing", "exclude"))
    assert "Left out, for want of median standardised income" in screen


def test_a_file_is_written_in_the_form_of_its_ending(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for ending, begins in ((".csv", "level,code,"), (".json", "{"), (".txt", "Housing target")):
        out = tmp_path / f"x{ending}"
        outcome = compare(monkeypatch, "nl/housing-2023-h1", "--key", "1", "--out", out)
        assert (outcome.status, outcome.out) == (0, "")
        assert outcome.err == f"Written: {out}\n"
        assert out.read_text("utf-8").startswith(begins)


def test_names_in_any_script_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    found = rows(
        good(monkeypatch, "nl/housing-2023-h1", "--key", 'é "人口", x=1', "--format", "csv")
    )
    assert {row["key"] for row in found} == {"nl/housing-target@2016-01-01", 'é "人口", x'}


def test_more_than_26_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = write_example(tmp_path / "example")
    keys = [each for n in range(28) for each in ("--key", f"k{n}=people + {n}")]
    screen = good(monkeypatch, folder, *keys)
    assert "AC: k27: people + 27" in screen


def test_drift_is_told_where_every_area_is_rounded_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = flat(good(monkeypatch, "nl/housing-2023-h1", "--key", "1"))
    # 21,200 / 342 = 61.99, and 342 x 62 = 21,204
    assert "Under A the permit holders add up to 21,362, 162 more than are divided." in screen
    assert "Under B the permit holders add up to 21,204, 4 more than are divided." in screen
    tidy = flat(good(monkeypatch, "nl/housing-2023-h1", "--key", "1", "--rounding", "consistent"))
    assert "add up to" not in tidy


# --- What cannot be compared ---

NO_KEY = "Write a formula or a rule, or NAME=FORMULA."
ASKED: dict[str, tuple[tuple[str, ...], str]] = {
    "a typo": (
        ("--key", "popluation"),
        "--key: There is no indicator 'popluation'.\n    popluation\n    ^\n"
        "    Did you mean 'population'?\n",
    ),
    "a typo in the middle": (
        ("--key", "x=population * (wozvalue + 1)"),
        "--key: There is no indicator 'wozvalue'.\n    population * (wozvalue + 1)\n"
        "                  ^\n    Did you mean 'woz_value'?\n",
    ),
    "an empty key": (("--key", ""), f"--key: '' is no key with a name.\n    {NO_KEY}\n"),
    "a name without a key": (
        ("--key", "mine="),
        f"--key: 'mine=' is no key with a name.\n    {NO_KEY}\n",
    ),
    "a key without a name": (
        ("--key", " =1"),
        f"--key: ' =1' is no key with a name.\n    {NO_KEY}\n",
    ),
    "two keys of one name": (
        ("--key", "x=1", "--key", "x = population"),
        "--key: Two keys are named 'x'.\n    Give each a name of its own: NAME=FORMULA.\n",
    ),
    "the same key twice": (
        ("--key", "population", "--key", "population"),
        "--key: Two keys are named 'population'.\n    Give each a name of its own: NAME=FORMULA.\n",
    ),
    "negative weights": (
        ("--key", "population - 1000"),
        "--key: The key gives a negative weight for Schiermonnikoog.\n    population - 1000\n"
        "    Change the key or the figures; capped(x, 0, ...) keeps it from below 0.\n",
    ),
    "a province without weight": (
        ("--key", "capped(population - 200000, 0, 1000000)", "--keep", "province"),
        "--key: The key gives every area in Fryslân weight 0, so nothing can be shared.\n"
        "    capped(population - 200000, 0, 1000000)\n"
        "    Change the key, or the figures it uses.\n",
    ),
    "a country without weight": (
        ("--key", "0"),
        "--key: The key gives every area in Nederland weight 0, so nothing can be shared.\n"
        "    0\n    Change the key, or the figures it uses.\n",
    ),
    "a sum of rates": (
        ("--key", "national(woz_value)"),
        "--key: woz_value is not a count, and the sum of a rate over areas means nothing.\n"
        "    national(woz_value)\n    ^\n    Multiply it by a count first, such as population.\n",
    ),
    "an unknown province": (
        ("--key", "1", "--inside", "Zeelnd"),
        "There is no area 'Zeelnd' on 1 February 2024.\n    Did you mean Zeeland or Zeewolde?\n",
    ),
    "a municipality": (
        ("--key", "1", "--inside", "Middelburg"),
        "--inside: 'Middelburg' is a municipality, and nothing is divided inside it.\n"
        "    Name a larger area, or a list of the smallest: NAME=A,B,C.\n",
    ),
    "a province in a region": (
        ("--key", "1", "--inside", "X=Middelburg,Zeeland"),
        "--inside: 'Zeeland' is no municipality.\n"
        "    A region of one's own is a list of the smallest areas: NAME=A,B,C.\n",
    ),
    "an area twice": (
        ("--key", "1", "--inside", "X=Middelburg,GM0687"),
        "--inside: The region 'X' names an area twice.\n    Name each once.\n",
    ),
    "unknown areas in a region": (
        ("--key", "1", "--inside", "X=Midelburg,Vlisingen,Veere"),
        "There is no area 'Midelburg' on 1 February 2024.\n"
        "    Did you mean Middelburg, Elburg or Tilburg?\n"
        "There is no area 'Vlisingen' on 1 February 2024.\n"
        "    Did you mean Vlissingen or Vlaardingen?\n",
    ),
    "an unknown level": (
        ("--key", "1", "--keep", "provinces"),
        "--keep: 'provinces' is no level between all and the smallest areas.\n"
        "    Did you mean 'province'?\n",
    ),
    "the level of the country": (
        ("--key", "1", "--keep", "country"),
        "--keep: 'country' is no level between all and the smallest areas.\n"
        "    The levels are: province, safety_region.\n",
    ),
    "a level beside a region": (
        ("--key", "1", "--inside", "X=Veere,Goes", "--keep", "province"),
        "--keep: A region of one's own keeps its number itself.\n    Leave --keep out.\n",
    ),
    "per nothing": (
        ("--key", "1", "--per", "popultion"),
        "--per: There is no indicator 'popultion'.\n    popultion\n    ^\n"
        "    Did you mean 'population'?\n",
    ),
    "per a rate": (
        ("--key", "1", "--per", "woz_value"),
        "--per: 'woz_value' is no count that numbers can be per 1,000 of.\n"
        "    Name an indicator that counts, such as population.\n",
    ),
    "another country": (
        ("--key", "1", "--with", "de/municipalities-2019-example"),
        "--with: The numbers of de/municipalities-2019-example cannot be brought to the map of "
        "1 February 2024: G01001000, G01002000, G01003000, G01004000, G01051001, G01051002, "
        "G01051003, G01051004 and 11130 more.\n    Give an instance over the same areas.\n",
    ),
    "tasks of which there is none": (
        ("--key", "1", "--with", "nl/housing-2023-h3"),
        "There is no instance 'nl/housing-2023-h3'.\n"
        "    Did you mean nl/housing-2023-h2, nl/housing-2023-h1 or nl/housing-2025-h2?\n",
    ),
    "figures that some lack": (
        ("--key", "median_income"),
        "instances/nl/tables/income/2024.csv: There is no 'median_income' for Ameland (GM0060), "
        "Schiermonnikoog (GM0088), Vlieland (GM0096), Rozendaal (GM0277) and Renswoude (GM0339).\n"
        "    Add a line for each; `run`, `explain`, `compare`, `sweep` and `margins` "
        "also take --missing exclude or mean.\n",
    ),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_cannot_be_compared_is_told(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    arguments, said = ASKED[case]
    assert told(monkeypatch, "nl/reception-2024", *arguments) == said


def test_several_problems_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = told(
        monkeypatch,
        "nl/reception-2024",
        *("--key", "popluation + dwelings", "--key", "two=2 +", "--key", "nl/nothing-like-it"),
        *("--per", "woz"),
    )
    for said in (
        "--key: There is no indicator 'popluation'.",
        "--key: There is no indicator 'dwelings'.",
        "--key: The key breaks off.",
        "--per: There is no indicator 'woz'.",
        "There is no rule 'nl/nothing-like-it'.",
    ):
        assert heard.count(said) == 1, heard


def test_problems_of_several_keys_at_the_computation_are_told_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard = told(
        monkeypatch, "nl/housing-2023-h1", "--key", "0", "--key", "population - 1000", "--key", "-1"
    )
    assert heard.count("--key: ") == 3
    assert "weight 0" in heard
    assert "negative weight for Schiermonnikoog." in heard
    assert "negative weight for Groningen" in heard


def test_a_rule_of_other_streams_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It distributes boats; the instance has a number of both."""
    other = RULE.replace(
        "  minors: {part_of: places, title: {nl: minderjarigen, en: minors}}\n", ""
    )
    other = other.replace("rest_of: places, title: {nl: regulier", "title: {nl: regulier")
    path = tmp_path / "other.yaml"
    path.write_text(other.replace("regular:", "minors:"), "utf-8")
    folder = write_example(tmp_path / "example")
    heard = told(monkeypatch, folder, "--key", path)
    assert heard == (
        f"--key: {path} distributes places and minors, and the instance places, minors and "
        "regular.\n    Compare rules that distribute the same.\n"
    )


def test_a_rule_whose_numbers_the_instance_does_not_have_is_told_as_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was typed at --key; the instance's own file is not wrong."""
    heard = told(monkeypatch, "nl/reception-2024", "--key", "nl/housing-target")
    assert heard.startswith("--key: nl/housing-target: The rule distributes no 'places'."), heard


def test_a_misspelt_rule_is_told_where_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = told(monkeypatch, "nl/reception-2024", "--key", "nl/reception-by-popluation")
    assert heard == (
        "--key: There is no rule 'nl/reception-by-popluation'.\n"
        "    Did you mean nl/reception-by-population or nl/reception-by-income?\n"
    )


def test_a_missing_rule_file_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    heard = told(monkeypatch, "nl/reception-2024", "--key", tmp_path / "none.yaml")
    assert "none.yaml: There is no such file." in heard


def test_one_municipality_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of Aalsmeer, Aalten and Middelburg one gains: a municipality, not municipalities."""
    asked = ("--inside", "X=Aalsmeer,Aalten,Middelburg")
    screen = flat(good(monkeypatch, "nl/reception-2024", "--key", "population", *asked))
    assert "Under B, of 3 municipalities more than under A: 1; fewer: 2; the same: 0." in screen


def test_a_region_wants_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = told(monkeypatch, "nl/reception-2024", "--key", "1", "--inside", "=Veere,Goes")
    assert heard.startswith("--inside: ")


def test_a_level_without_a_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--keep: It is not said by which key" in told(
        monkeypatch, "nl/reception-2024", "--keep", "provinces"
    )


@pytest.mark.parametrize("rounding", ["up", "half-up", "half-even", "down"])
def test_what_is_said_to_be_kept_is_kept_in_every_rounding(
    monkeypatch: pytest.MonkeyPatch, rounding: str
) -> None:
    """Either Zeeland has under every key what it is said to keep, or the question is refused."""
    asked = ("nl/reception-2024", "--key", "population", *ZEELAND, "--rounding", rounding)
    outcome = compare(monkeypatch, *asked, "--format", "csv")
    if outcome.status == 2:
        return
    zeeland = [row for row in rows(outcome.out) if row["code"] == "PV29"]
    assert {row["difference"] for row in zeeland} == {"0"}


def test_an_area_that_does_not_keep_its_number_is_not_said_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """West holds half of Rand and half of Rest: that these keep theirs does not make it keep."""
    rule = RULE.replace("rounding: half-up", "rounding: half-up\ncrossing: reported")
    folder = write_example(tmp_path / "example", rule_yaml=rule)
    asked = (folder, "--key", "people", "--inside", "West", "--keep", "region")
    outcome = compare(monkeypatch, *asked)
    if outcome.status == 2:
        return
    found = rows(good(monkeypatch, *asked, "--format", "csv"))
    west = {
        int(row["number"]) for row in found if row["code"] == "P1" and row["stream"] == "places"
    }
    assert len(west) == 1 or "which keeps" not in outcome.out


def test_a_region_of_ones_own_under_a_rule_with_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule goes by safety regions, which a region may cross: not the rule's file is wrong."""
    asked = ("--inside", "X=Aalsmeer,Aalten,Middelburg")
    outcome = compare(monkeypatch, "nl/ukraine-2022-03", "--key", "population", *asked)
    said = "Inside X, which keeps" if outcome.status == 0 else "--inside: "
    assert said in outcome.out + outcome.err


def test_tasks_of_a_later_map_lose_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Uden and Landerd became Maashorst in 2022; both tasks of it are shown, or it is refused."""
    asked = ("nl/housing-2021-h2", "--key", "1", "--with", "nl/reception-2024")
    outcome = compare(monkeypatch, *asked, "--all")
    if outcome.status == 2:
        return
    tasks = outcome.out[outcome.out.index("All tasks together") :]
    assert "Maashorst" in tasks or "Uden" in tasks


def test_tasks_of_a_later_map_inside_a_region(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("nl/housing-2021-h2", "--key", "1", "--with", "nl/reception-2024")
    outcome = compare(monkeypatch, *asked, "--inside", "X=Uden,Landerd")
    if outcome.status == 2:
        return
    tasks = outcome.out[outcome.out.index("All tasks together") :]
    assert tasks.rstrip().splitlines()[-1].split()[-1] != "1,000", "the table has no line"


def test_signs_that_no_text_holds_are_refused_in_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("\x1b[31mred", "\udcff"):
        heard = told(monkeypatch, "nl/housing-2023-h1", "--key", f"{name}=1")
        assert heard.startswith("--key: ")


def test_a_limit_on_a_province_is_told_inside_a_region(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The region cuts through the provinces, so a cap on one cannot be held beside it."""
    limits = "limits:\n  - {name: cap, source: x, stream: places, areas: [P1], at_most: 20}\n"
    rule = bent("rule.yaml", "rounding: half-up", "rounding: consistent")
    instance = INSTANCE.replace("  also: [region]\n", "") + limits
    areas = "\n".join(
        line.rpartition(",")[0] for line in FILES["areas.csv"].splitlines() if line[0] != "R"
    )
    folder = write_example(tmp_path / "example", instance_yaml=instance, areas_csv=areas, **rule)
    heard = told(monkeypatch, folder, "--key", "people", "--inside", "X=Aalst,Cuijk")
    assert "The limit cap is on an area that crosses the tree." in heard
    kept = rows(
        good(monkeypatch, folder, "--key", "people", "--keep", "province", "--format", "csv")
    )
    west = {row["number"] for row in kept if row["code"] == "P1" and row["stream"] == "places"}
    assert west == {"20"}
