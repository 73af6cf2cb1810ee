"""A number that is rounded by itself is less than 1 from its quota."""

from __future__ import annotations

from hypothesis import given

import allocator
from allocator.model.instance import Instance
from allocator.model.rule import Rounding
from tests.strategies import instances


@given(instances())
def test_a_rounded_number_is_within_one_of_its_quota(instance: Instance) -> None:
    distribution = allocator.distribute(instance)
    for area in instance.division.leaves:
        for stream in instance.streams.names:
            quota = distribution.quota(area.code, stream)
            number = distribution.number(area.code, stream)
            assert abs(number - quota) < 1
            if instance.rule.choice.rounding is Rounding.UP:
                assert number >= quota
            if instance.rule.choice.rounding is Rounding.DOWN:
                assert number <= quota
