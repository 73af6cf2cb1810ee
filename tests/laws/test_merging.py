"""Merging two areas changes their sum by at most 1 with one level, and by at most 2 otherwise."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import allocator
from allocator.core.textbook.largest_remainder import largest_remainder
from allocator.model.instance import Instance
from allocator.model.rule import Method
from tests.strategies import instance_of, together


@given(st.lists(st.integers(1, 500), min_size=3, max_size=10), st.integers(0, 80))
def test_one_level_of_largest_remainder(weights: list[int], total: int) -> None:
    areas = {f"A{place}": Fraction(weight) for place, weight in enumerate(weights)}
    before = largest_remainder(areas, total).numbers
    merged = {name: weight for name, weight in areas.items() if name not in ("A0", "A1")}
    merged["A0"] = areas["A0"] + areas["A1"]
    after = largest_remainder(merged, total).numbers
    assert abs(after["A0"] - before["A0"] - before["A1"]) <= 1


@given(together(Method.LARGEST_REMAINDER))
def test_a_whole_table(instance: Instance) -> None:
    province = next(
        (p for p in instance.division.at("province") if len(instance.division.members[p.code]) > 1),
        None,
    )
    if province is None:
        return
    one, other = instance.division.members[province.code][:2]
    weights = dict(instance.indicators["people"].values)
    weights[one] += weights.pop(other)
    parents = {a.code: a.parent for a in instance.division.leaves if a.code != other}
    plain = instance_of(weights, parents, {"places": 0}, instance.rule.choice.rounding)
    alone = replace(instance.division, also=())
    before = allocator.distribute(replace(instance, division=alone))
    after = allocator.distribute(
        replace(instance, division=plain.division, indicators=plain.indicators)
    )
    for stream in instance.streams.names:
        sum_before = before.number(one, stream) + before.number(other, stream)
        assert abs(after.number(one, stream) - sum_before) <= 2
