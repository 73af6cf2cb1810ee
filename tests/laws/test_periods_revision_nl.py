"""Revisions of Dutch half-years: nobody moves against the total, where plain rounding lets them.

The totals are those that were announced and revised, and small steps around them.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor

import pytest

import allocator
from allocator.model.distribution import Distribution
from allocator.model.instance import Total
from allocator.model.rule import Method
from allocator.periods.revision import revise

STREAM = "permit_holders"
REVISED = (
    ("nl/housing-2019-h1-announced", 8_000, 6_000),
    ("nl/housing-2023-h2-announced", 27_300, 17_600),
    ("nl/housing-2025-h1-announced", 17_700, 15_000),
)


def total(original: Distribution, number: int) -> dict[str, Total]:
    return {STREAM: replace(original.instance.totals[STREAM], number=number)}


def plain(original: Distribution, number: int) -> Distribution:
    """As if the total had been this one from the start."""
    instance = replace(original.instance, totals=total(original, number))
    return allocator.distribute(instance, original.rounding.value, original.choice.method.value)


def against(one: Distribution, other: Distribution, more: int) -> list[str]:
    """The municipalities that move against the total."""
    return [
        leaf.code
        for leaf in one.instance.division.leaves
        if (other.number(leaf.code, STREAM) - one.number(leaf.code, STREAM)) * more < 0
    ]


@pytest.mark.parametrize(("name", "was", "becomes"), REVISED)
@pytest.mark.parametrize("method", Method)
def test_together(name: str, was: int, becomes: int, method: Method) -> None:
    instance = allocator.load(name)
    original = allocator.distribute(instance, "consistent", method.value)
    assert instance.totals[STREAM].number == was
    found = revise(original, total(original, becomes)).revised
    assert not against(original, found, becomes - was)
    assert found.number("NL", STREAM) == becomes
    told = {one.code for one in found.outside}
    for level in instance.division.tree:
        for area in instance.division.at(level):
            quota, number = found.quota(area.code, STREAM), found.number(area.code, STREAM)
            assert (floor(quota) <= number <= ceil(quota)) == (area.code not in told)
    back = revise(original, total(original, was), found).revised
    assert back.numbers == original.numbers


@pytest.mark.parametrize(("name", "was", "becomes"), REVISED)
@pytest.mark.parametrize(
    ("rounding", "method"),
    [*((each, None) for each in ("up", "half-up", "half-even", "down"))]
    + [("textbook", method) for method in Method if method is not Method.LARGEST_REMAINDER],
)
def test_by_itself(name: str, was: int, becomes: int, rounding: str, method: str | None) -> None:
    """Or by a method of the textbook that promises it."""
    original = allocator.distribute(allocator.load(name), rounding, method)
    found = revise(original, total(original, becomes)).revised
    assert not against(original, found, becomes - was)
    assert not found.outside


@pytest.mark.parametrize(
    ("name", "was", "breaks"),
    [(name, was, breaks) for (name, was, _), breaks in zip(REVISED, (52, 27, 37), strict=True)],
)
def test_sixty_small_steps(name: str, was: int, breaks: int) -> None:
    """Up and down from the original; largest remainder alone breaks the promise in so many."""
    original = allocator.distribute(allocator.load(name), "consistent")
    broken = []
    for size in range(1, 31):
        for more in (size, -size):
            found = revise(original, total(original, was + more)).revised
            assert not against(original, found, more)
            assert found.number("NL", STREAM) == was + more
            broken += [more] if against(original, plain(original, was + more), more) else []
    assert len(broken) == breaks


def test_a_chain_of_small_steps() -> None:
    """Each is reckoned from the original and bound by the last; plainly 28 of 60 go astray."""
    original = allocator.distribute(allocator.load("nl/housing-2023-h2-announced"), "consistent")
    before, plainly, astray = original, original, 0
    for number in range(27_299, 27_239, -1):
        found = revise(original, total(original, number), before).revised
        assert not against(before, found, -1)
        assert found.number("NL", STREAM) == number
        before, last, plainly = found, plainly, plain(original, number)
        astray += bool(against(last, plainly, -1))
    assert astray == 28
