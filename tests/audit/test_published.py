"""A published table beside the rule: rows, sums, and a digit that was changed on purpose."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import allocator
from allocator.audit.published import Audit, audited
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance, Published, PublishedRow, Quantity
from allocator.words.text import LocalText
from tests.strategies import instances

HERE = LocalText("hier", "here")


def as_published(distribution: Distribution) -> Published:
    """The distribution's own table, every level of it."""
    rows = [
        PublishedRow(row.area.code, row.stream.name, row.number, Quantity.NUMBER, "")
        for row in distribution.rows()
    ]
    return Published(HERE, tuple(rows))


def audit_of(name: str) -> Audit:
    instance = allocator.load(name)
    assert instance.published is not None
    return audited(allocator.distribute(instance), instance.published)


@given(instances())
def test_an_own_table_has_no_differences(instance: Instance) -> None:
    distribution = allocator.distribute(instance)
    found = audited(distribution, as_published(distribution))
    assert not found.different
    assert all(not areas for areas in found.unpublished.values())
    # the country is published as its rows add up to; what is named is asked, and may drift
    for check in found.sums:
        assert check.complete
        assert check.sum == check.published


@pytest.mark.parametrize("name", ["nl/housing-2023-h1", "nl/reception-2024"])
def test_a_changed_digit_is_found_at_its_row(name: str) -> None:
    distribution = allocator.distribute(allocator.load(name))
    published = as_published(distribution)
    drawn = random.Random(name)
    named = {stream: total.number for stream, total in distribution.instance.totals.items()}
    for _ in range(500):
        place = drawn.randrange(len(published.rows))
        row = published.rows[place]
        digits = list(str(row.number))
        digit = drawn.randrange(len(digits))
        digits[digit] = drawn.choice([d for d in "0123456789" if d != digits[digit]])
        changed = replace(row, number=int("".join(digits)))
        if changed.number == named.get(row.stream):
            continue  # the number that was to be divided, which a table may name for the whole
        rows = (*published.rows[:place], changed, *published.rows[place + 1 :])
        found = audited(distribution, Published(HERE, rows))
        assert [each.row for each in found.different] == [changed]
        level = distribution.instance.division.by_code[row.code].level
        touched = [c for c in found.sums if c.stream == row.stream and c.sum != c.published]
        if level == distribution.instance.division.leaf_level:
            around = {c.area.code for c in touched if c.level == level}
            assert around == {
                area.code
                for area in distribution.instance.division.areas
                if row.code in distribution.instance.division.members[area.code]
                and area.code != row.code
            }
        else:
            assert row.code in {c.area.code for c in touched}


def test_the_3660_places_for_minors() -> None:
    found = audit_of("nl/minors-2024-3660")
    assert (len(found.compared), len(found.different)) == (12, 0)
    [check] = found.sums
    assert (check.rows, check.sum, check.named, check.holds) == (12, 3659, 3660, False)


def test_the_77100_places_follow_no_inhabitants() -> None:
    found = audit_of("nl/places-2024-77100")
    assert {each.row.stream for each in found.different} == {"places"}
    assert len(found.different) == 12
    sums = {check.stream: (check.sum, check.named) for check in found.sums}
    assert sums == {"places": (77070, 77100), "minors": (3659, 3660)}


def test_zeeland_in_the_first_half_of_2023() -> None:
    found = audit_of("nl/housing-2023-h1")
    [check] = [c for c in found.broken_sums if c.quantity is Quantity.CORRECTED]
    assert (check.area.name, check.rows, check.sum, check.published) == ("Zeeland", 13, 386, 396)
    implied = {
        found.distribution.instance.division.by_code[b.row.code].name: b.implied
        for b in found.balanced
    }
    assert (implied["Zeeland"], implied["Middelburg"]) == (-73, -7)
    assert [(e.row.number, e.computed) for e in found.different] == [(469, 472)]


def test_about_a_third_of_the_municipal_rows_of_2024_are_equal() -> None:
    found = audit_of("nl/reception-2024")
    level = found.distribution.instance.division.by_code
    rows = [each for each in found.compared if level[each.row.code].level == "municipality"]
    assert (sum(not each.difference for each in rows), len(rows)) == (11, 31)


@given(instances(), st.data())
def test_a_partial_table_tells_what_is_not_in_it(instance: Instance, data: st.DataObject) -> None:
    distribution = allocator.distribute(instance)
    whole = as_published(distribution)
    kept = data.draw(st.lists(st.sampled_from(whole.rows), unique=True, min_size=1))
    found = audited(distribution, Published(HERE, tuple(kept)))
    assert len(found.compared) == len(kept)
    for (level, stream), areas in found.unpublished.items():
        published = {r.code for r in kept if r.stream == stream}
        at_level = {area.code for area in instance.division.at(level)}
        assert {area.code for area in areas} == at_level - published
    for check in found.sums:
        if check.holds is not None:
            assert check.rows == check.of
