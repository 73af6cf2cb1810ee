"""What an explanation says of a number rounded together can be added up again."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

import allocator
from allocator.model.distribution import Distribution
from allocator.report.distribution.explain import explained
from allocator.report.paper.paper import Explained
from tests.cli.distribution.test_together import with_limits
from tests.example import AREAS, bent, write_example


def lines(distribution: Distribution, code: str, stream: int) -> Explained:
    return explained(distribution, distribution.instance.division.by_code[code], "en")[stream]


def said(explanation: Explained) -> str:
    return "\n".join(f"{line.label}|{line.said}" for line in explanation.lines)


def test_every_remainder_stands_on_the_right_side_of_its_cut_off() -> None:
    distribution = allocator.distribute(allocator.load("nl/reception-2024"), rounding="consistent")
    checked = 0
    for area in distribution.instance.division.leaves:
        told = said(lines(distribution, area.code, 1))
        remainder = re.search(r"remainder (\d\.\d+), (goes up|stays)", told)
        cut = re.search(r"cut-off\|(\d\.\d+) in", told)
        relief = re.search(r"\|(−?\d\.\d+) added here", told)
        assert remainder
        assert cut
        at = Fraction(cut[1]) + (Fraction(relief[1].replace("−", "-")) if relief else 0)
        if abs(Fraction(remainder[1]) - at) > Fraction(1, 100_000):
            assert (Fraction(remainder[1]) > at) == (remainder[2] == "goes up")
            checked += 1
    assert checked > 300


@pytest.mark.parametrize("method", ["webster", "hill", "adams", "jefferson", "dean"])
def test_a_divisor_method_shows_what_is_compared(method: str) -> None:
    instance = allocator.load("nl/minors-2024-3660")
    distribution = allocator.distribute(instance, rounding="consistent", method=method)
    for area in instance.division.leaves:
        told = said(lines(distribution, area.code, 0))
        found = re.search(r"= ([\d.,]+), beside ([\d.,]+)", told)
        assert found
        reached, signpost = (Fraction(each.replace(",", "")) for each in found.groups())
        if abs(reached - signpost) > Fraction(1, 1_000):
            assert (reached > signpost) == ("goes up" in told.split("signpost|")[0])


def test_an_unnamed_rest_is_counted(tmp_path: Path) -> None:
    rule = bent(
        "rule.yaml", "  regular: {rest_of: places, title: {nl: regulier, en: regular}}\n", ""
    )
    content = rule["rule_yaml"].replace("rounding: half-up", "rounding: consistent")
    instance = bent("instance.yaml", "\n  also: [region]", "")
    tree = "\n".join(
        line.rpartition(",")[0] for line in AREAS.splitlines() if ",region," not in line
    )
    folder = write_example(tmp_path, rule_yaml=content, areas_csv=tree, **instance)
    distribution = allocator.distribute(allocator.load(folder))
    told = said(lines(distribution, "A", 0))
    sums = re.search(r"the sum of its parts, (\d+) \+ (\d+) = (\d+)", told)
    assert sums
    assert int(sums[1]) + int(sums[2]) == int(sums[3]) == distribution.number("A", "places")


def test_what_holds_a_share_is_named(tmp_path: Path) -> None:
    limits = "  - {name: cap of West, source: board, stream: places, areas: [P1], at_most: 10}\n"
    distribution = allocator.distribute(allocator.load(with_limits(tmp_path / "x", limits)))
    assert "held by|cap of West (board)" in said(lines(distribution, "A", 1))
    assert "fair share|10" in said(
        explained(distribution, distribution.instance.division.by_code["P1"], "en")[0]
    )
