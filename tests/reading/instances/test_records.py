"""Records as files: the one on the shelf, and whatever can be wrong in one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance
from allocator.model.problem import InputError
from allocator.model.record import Range
from allocator.reading.instances.records import (
    find_record,
    instances_of,
    own_record,
    read_record,
    record_names,
)
from tests.strategies import BY_ITSELF, instance_of

RECORD = """\
record: nl/example
title: {nl: Voorbeeld, en: Example}
rule: nl/housing-target
stream: permit_holders
terms:
  expected: {nl: verwacht, en: expected}
periods:
  2022-H1:
    figures:
      opening: {number: 10, source: a letter}
      expected: {low: 5, high: 8, source: a letter, quality: approximate}
    statements:
      - {sum: net - opening, beside: in_all, says: {nl: som, en: sum}}
      - {sum: opening - expected, implies: closing, says: {nl: som, en: sum}}
"""


def told(folder: Path, old: str, new: str) -> list[str]:
    """What is wrong with the example after a change, without the name of the file."""
    assert old in RECORD
    path = folder / "example.yaml"
    path.write_text(RECORD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_record(path)
    return [str(problem).removeprefix(f"{path}:") for problem in raised.value.problems]


def test_the_shelf_has_the_housing_record() -> None:
    assert record_names() == ["nl/housing"]
    record = find_record("nl/housing")
    assert len(instances_of(record)) == 17
    carried = record.of(HalfYear(2022, 2)).figures["opening"]
    assert [figure.range.whole for figure in carried] == [1830, 1833, 1858]
    assert record.of(HalfYear(2022, 2)).figures["expected"][0].range == Range.of(17000, 18000)


def test_the_example_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(RECORD, encoding="utf-8")
    period = read_record(path).of(HalfYear(2022, 1))
    assert list(period.figures) == ["opening", "expected"]
    assert [statement.implies for statement in period.statements] == ["", "closing"]


def test_another_name_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"no record 'nl/hous'\. Did you mean nl/housing"):
        find_record("nl/hous")


def test_a_record_without_instances_is_told(tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(RECORD, encoding="utf-8")
    with pytest.raises(InputError, match=r"No instance 'nl/example-...' has 'permit_holders'"):
        instances_of(read_record(path))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "opening: {number",
            "opning: {number",
            "10: There is no figure 'opning' here. Did you mean 'opening'?",
        ),
        (
            "net - opening",
            "net - opning",
            "13: There is no figure 'opning' here. Did you mean 'opening'?",
        ),
        (
            "implies: closing",
            "implies: closed",
            "14: There is no figure 'closed' here. Did you mean 'closing'?",
        ),
        (
            "opening: {number",
            "net: {number",
            "10: 'net' comes from the instances, not from a record. "
            "Take it out, or give it another name.",
        ),
        (
            "low: 5, high: 8",
            "low: 8, high: 5",
            "11: A range goes up; this one goes from 8 to 5. "
            "Exchange the two, or write one `number:`.",
        ),
        (
            "low: 5, high: 8",
            "low: 5",
            "11: A figure is one number or a range. Write `number:`, or both `low:` and `high:`.",
        ),
        (
            "{number: 10, source: a letter}",
            "[{number: 10, source: a letter}, {number: 10, source: a letter}]",
            "10: The same number of the same source stands here twice. Keep one of the two.",
        ),
        (
            "expected: {low",
            "opening: {low",
            "11: The key 'opening' stands here a second time; first on line 10. "
            "Keep one of the two.",
        ),
        ("2022-H1:", "2022-H3:", "8: '2022-H3' is no half-year. Write it like 2022-H1."),
        (
            "implies: closing",
            "implies: opening",
            "14: 'opening' is given already, so nothing implies it. "
            "Write `beside:` instead of `implies:`.",
        ),
        (
            ", implies: closing",
            "",
            "14: A statement is set beside something, or implies a figure. "
            "Write either `beside:` or `implies:`.",
        ),
        (
            "net - opening",
            "share(net)",
            "13: 'share' means nothing in a sum. Use numbers, names, + - * / and parentheses.",
        ),
        (
            "{number: 10",
            "{number: ten",
            "10: 'number': 'ten' is not a number. Write digits, with a point before decimals.",
        ),
        (
            "beside: in_all",
            "besides: in_all",
            "13: There is no key 'besides' here. Did you mean 'beside'?",
        ),
    ],
)
def test_every_mistake_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert told(tmp_path, old, new) == [expected]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    wrong = RECORD.replace("opening: {number", "opning: {number").replace("low: 5", "low: 9")
    path.write_text(wrong.replace("net - opening", "net -"), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_record(path)
    assert [problem.place.line for problem in raised.value.problems] == [10, 11, 13]


def _own(*streams: str) -> Instance:
    return instance_of({"A": Fraction(1)}, {"A": "P"}, dict.fromkeys(streams, 1), BY_ITSELF[0])


def test_a_series_of_ones_own_is_of_a_stream_that_all_have(tmp_path: Path) -> None:
    assert own_record(tmp_path, [_own("x", "y"), _own("y", "z")]).stream == "y"
    assert own_record(tmp_path, [_own("x", "y"), _own("y", "x")], "x").stream == "x"
    with pytest.raises(InputError, match=r"no stream 'x' here. The streams are: y\."):
        own_record(tmp_path, [_own("x", "y"), _own("y", "z")], "x")


def test_instances_that_make_no_series_together_are_refused(tmp_path: Path) -> None:
    one, other = _own("x"), _own("x")
    of_another_rule = replace(other, rule=replace(other.rule, name="nl/other"))
    told = r"have the rules nl/random and the streams x and y\. A series is of one rule and one str"
    with pytest.raises(InputError, match=told):
        own_record(tmp_path, [one, _own("y")])
    with pytest.raises(
        InputError, match=r"have the rules nl/other and nl/random and the streams x"
    ):
        own_record(tmp_path, [one, of_another_rule])
