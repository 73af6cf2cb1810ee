"""Rounded together, every sum at every level is the floor or the ceiling of its own quota."""

from __future__ import annotations

from math import ceil, floor

from hypothesis import given

import allocator
from allocator.model.instance import Instance
from allocator.model.problem import NoAnswer
from tests.strategies import limited, together


@given(together())
def test_every_area_and_stream_keeps_floor_and_ceiling(instance: Instance) -> None:
    distribution = allocator.distribute(instance)
    for area in instance.division.areas:
        if area.level in instance.division.tree:
            for stream in instance.streams.names:
                quota = distribution.quota(area.code, stream)
                assert floor(quota) <= distribution.number(area.code, stream) <= ceil(quota)


@given(together())
def test_totals_are_exact_and_minors_are_inside_places(instance: Instance) -> None:
    distribution = allocator.distribute(instance)
    assert all(drift.difference == 0 for drift in distribution.drift)
    for area in instance.division.areas:
        minors, places = (distribution.number(area.code, s) for s in ("minors", "places"))
        assert 0 <= minors <= places
        assert distribution.number(area.code, "regular") == places - minors


@given(limited())
def test_under_limits_it_is_the_floor_or_ceiling_of_the_share(instance: Instance) -> None:
    try:
        distribution = allocator.distribute(instance)
    except NoAnswer:
        return  # limits that collide
    shares = distribution.shares
    if shares is None:
        return
    for area in instance.division.leaves:
        for part in ("minors", "regular"):
            share = shares.shares[area.code, part]
            assert floor(share) <= distribution.number(area.code, part) <= ceil(share)
    for limit in instance.limits:
        number = sum(distribution.number(code, limit.stream) for code in limit.areas)
        assert limit.at_least is None or number >= limit.at_least
        assert limit.at_most is None or number <= limit.at_most
