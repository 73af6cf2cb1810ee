"""Distributing: steps downward, streams with keys of their own, and parts inside wholes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import allocator
from allocator.model.problem import InputError
from allocator.report.distribution.exact_json import as_json
from allocator.report.distribution.explain_screen import as_screen
from tests.example import RULE, bent, write_example

TOP_DOWN = RULE.replace(
    "key: (score + 1) * people\ndirection: bottom-up",
    'levels:\n  - {level: province, key: "1"}\n  - {level: municipality, key: people}\n'
    "direction: top-down",
)


def told(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        allocator.distribute(allocator.load(folder))
    return str(caught.value)


def test_top_down_hands_on_unrounded_quotas(tmp_path: Path) -> None:
    """100 over two provinces is 50 each; 50 x 1,000/3,000 = 16 2/3, 50 x 4,000/7,000 = 28 4/7."""
    folder = write_example(tmp_path, rule_yaml=TOP_DOWN)
    distribution = allocator.distribute(allocator.load(folder))
    assert distribution.quota("P1", "places") == 50
    assert distribution.quota("A", "places") == Fraction(50, 3)
    assert distribution.quota("D", "places") == Fraction(200, 7)
    assert distribution.number("P1", "places") == 17 + 33


def test_a_province_without_weight_gets_nothing(tmp_path: Path) -> None:
    rule = TOP_DOWN.replace('key: "1"', "key: people")
    people = bent("people.csv", "A,Aalst,1000\nB,Boom,2000", "A,Aalst,0\nB,Boom,0")
    folder = write_example(tmp_path, rule_yaml=rule, **people)
    distribution = allocator.distribute(allocator.load(folder))
    assert [distribution.number(code, "places") for code in "ABCD"] == [0, 0, 43, 57]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - {level: municipality, key: people}\n", "", "The keys end at province."),
        ("level: province", "level: district", "No area has the level district."),
        ("level: province", "level: municipality", "Sharing twice is fine"),
        ('province, key: "1"}', 'province, key: "1"}\n  - {level: region, key: "1"}', "Rand does"),
        ('level: province, key: "1"', "level: province, key: score", "score is a rate, and larger"),
    ],
)
def test_steps_that_do_not_fit_are_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = write_example(tmp_path, rule_yaml=TOP_DOWN.replace(old, new))
    if said == "Sharing twice is fine":
        assert allocator.distribute(allocator.load(folder)).quota("NL", "places") == 100
    else:
        assert said in told(folder)


def test_a_stream_may_have_a_key_of_its_own(tmp_path: Path) -> None:
    own = bent("rule.yaml", "minors: {part_of: places,", 'minors: {part_of: places, key: "1",')
    distribution = allocator.distribute(allocator.load(write_example(tmp_path, **own)))
    assert {distribution.quota(code, "minors") for code in "ABCD"} == {Fraction(5, 2)}


def test_parts_above_their_whole_are_refused_without_a_rest_too(tmp_path: Path) -> None:
    rule = RULE.replace("  regular: {rest_of: places, title: {nl: regulier, en: regular}}\n", "")
    rule = rule.replace("minors: {part_of: places,", 'minors: {part_of: places, key: "1",')
    total = bent("instance.yaml", "minors: {number: 10", "minors: {number: 60")
    folder = write_example(tmp_path, rule_yaml=rule, **total)
    assert "minors come out above places in Aalst and Boom." in told(folder)


def test_only_the_indicators_of_the_keys_are_told_of() -> None:
    instance = allocator.load("nl/reception-2024", "nl/proportional-to-inhabitants")
    distribution = allocator.distribute(instance)
    assert distribution.used == ("population",)
    assert distribution.doubtful == ()


@pytest.mark.parametrize(
    "key", ["*".join(["people"] * 200), f"national({'*'.join(['people'] * 190)})"]
)
def test_a_key_of_numbers_without_end_is_refused(tmp_path: Path, key: str) -> None:
    """Thirty digits to the power of 190 have 5,700, which no report could write."""
    people = bent("people.csv", "A,Aalst,1000", f"A,Aalst,{'9' * 30}")
    folder = write_example(tmp_path, **people, **bent("rule.yaml", "(score + 1) * people", key))
    assert "rule.yaml:13: The key gives exact numbers of more than 4,000 digits." in told(folder)


def test_as_many_digits_as_may_be_are_written_out(tmp_path: Path) -> None:
    people = bent("people.csv", "A,Aalst,1000", f"A,Aalst,{'9' * 30}")
    key = bent("rule.yaml", "(score + 1) * people", "*".join(["people"] * 60))
    distribution = allocator.distribute(allocator.load(write_example(tmp_path, **people, **key)))
    assert len(as_json(distribution)) > 4 * 1_700
    assert "100" in as_screen(distribution, distribution.instance.division.areas, "en")
