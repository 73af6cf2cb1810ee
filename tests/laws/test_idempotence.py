"""A result used as weights, with its own sum as total, returns itself."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given

import allocator
from allocator.model.instance import Instance, Total
from allocator.model.streams import Stream, Streams
from tests.strategies import NAME, together


@given(together())
def test_a_result_as_weights_returns_itself(instance: Instance) -> None:
    first = allocator.distribute(instance)
    leaves = [area.code for area in instance.division.leaves]
    numbers = {code: first.number(code, "places") for code in leaves}
    total = sum(numbers.values())
    if not total:
        return
    people = instance.indicators["people"]
    again = replace(
        instance,
        streams=Streams((Stream("places", NAME),)),
        totals={"places": Total("places", total, NAME, None)},
        indicators={"people": replace(people, values={c: Fraction(n) for c, n in numbers.items()})},
    )
    second = allocator.distribute(again)
    assert {code: second.number(code, "places") for code in leaves} == numbers
