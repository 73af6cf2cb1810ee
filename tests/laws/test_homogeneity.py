"""Scaling all weights by a common factor changes nothing."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import allocator
from allocator.model.instance import Instance
from tests.strategies import instance_of, instances

FACTORS = st.fractions(min_value=Fraction(1, 1_000), max_value=1_000)


@given(instances(), FACTORS)
def test_scaled_weights_give_the_same_numbers(instance: Instance, factor: Fraction) -> None:
    scaled = instance_of(
        {code: value * factor for code, value in instance.indicators["people"].values.items()},
        {area.code: area.parent for area in instance.division.leaves},
        {name: total.number for name, total in instance.totals.items()},
        instance.rule.choice.rounding,
    )
    before, after = allocator.distribute(instance), allocator.distribute(scaled)
    assert before.numbers == after.numbers
    assert before.quotas == after.quotas
