"""Scaling all weights by a common factor changes nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import allocator
from allocator.model.instance import Instance
from tests.strategies import instance_of, instances, together

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


@given(together(), FACTORS)
def test_scaled_weights_give_the_same_table_together(instance: Instance, factor: Fraction) -> None:
    people = instance.indicators["people"]
    scaled = replace(people, values={code: v * factor for code, v in people.values.items()})
    other = replace(instance, indicators={"people": scaled})
    assert allocator.distribute(instance).numbers == allocator.distribute(other).numbers
