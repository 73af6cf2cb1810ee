"""The sum over the leaves equals the number, and the quota, of every area that holds them."""

from __future__ import annotations

from hypothesis import given

import allocator
from allocator.model.instance import Instance
from tests.strategies import instances


@given(instances())
def test_every_inner_area_is_the_sum_of_its_leaves(instance: Instance) -> None:
    distribution = allocator.distribute(instance)
    for area in instance.division.areas:
        for stream in instance.streams.names:
            leaves = instance.division.members[area.code]
            numbers = [distribution.number(leaf, stream) for leaf in leaves]
            quotas = [distribution.quota(leaf, stream) for leaf in leaves]
            assert distribution.number(area.code, stream) == sum(numbers)
            assert distribution.quota(area.code, stream) == sum(quotas)


@given(instances())
def test_the_quotas_add_up_to_the_total(instance: Instance) -> None:
    distribution = allocator.distribute(instance)
    for name, total in instance.totals.items():
        assert distribution.quota("NL", name) == total.number
