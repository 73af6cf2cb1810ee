"""A tighter cap never raises the capped area, and a limit that does not bind changes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

import allocator
from allocator.model.instance import Instance
from allocator.model.limits import Limit
from allocator.model.problem import NoAnswer
from tests.strategies import NAME, limited, together


def cap(code: str, most: int) -> Limit:
    return Limit("cap", NAME, "places", (code,), None, most)


@given(together(), st.data(), st.integers(0, 60), st.integers(0, 60))
def test_a_tighter_cap_never_raises_the_capped_area(
    instance: Instance, data: st.DataObject, one: int, other: int
) -> None:
    code = data.draw(st.sampled_from([area.code for area in instance.division.leaves]))
    tight, wide = sorted((one, other))
    shares = []
    for most in (tight, wide):
        limits = replace(instance, limits=(cap(code, most),))
        found = allocator.distribute(limits).shares
        assert found is not None
        shares.append(found.shares[code, "minors"] + found.shares[code, "regular"])
    assert shares[0] <= shares[1]


@given(limited())
def test_a_limit_that_does_not_bind_changes_nothing(instance: Instance) -> None:
    try:
        before = allocator.distribute(instance)
    except NoAnswer:
        return
    assert before.shares is not None
    binding = {side.name for level in before.shares.levels for side in level.binding}
    kept = tuple(limit for limit in instance.limits if limit.name in binding)
    after = allocator.distribute(replace(instance, limits=kept))
    shares = after.shares.shares if after.shares else after.quotas
    for cell, share in before.shares.shares.items():
        assert shares[cell] == share
