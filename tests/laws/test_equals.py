"""Areas with equal weights get equal numbers, and more weight never gets less."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given

import allocator
from allocator.model.instance import Instance
from tests.strategies import instances


@given(instances())
def test_equal_weights_get_equal_numbers(instance: Instance) -> None:
    distribution = allocator.distribute(instance)
    weights = instance.indicators["people"].values
    for one, other in combinations(weights, 2):
        for stream in instance.streams.names:
            first, second = distribution.number(one, stream), distribution.number(other, stream)
            if weights[one] == weights[other]:
                assert first == second
            elif weights[one] > weights[other]:
                assert first >= second
            else:
                assert first <= second
