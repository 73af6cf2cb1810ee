"""A level beside the tree adds up too where it fits, and is told of where it crosses."""

from __future__ import annotations

from math import ceil, floor

from hypothesis import given

import allocator
from allocator.core.nesting import nested
from allocator.model.instance import Instance
from tests.strategies import together


@given(together())
def test_what_fits_is_kept_and_what_crosses_is_reported(instance: Instance) -> None:
    distribution = allocator.distribute(instance)
    crosses = bool(nested(instance, ()).crossing)
    told = {cell for proof in distribution.proofs for cell in proof.outside}
    for area in instance.division.at("ring"):
        for part in ("minors", "regular"):
            quota = distribution.quota(area.code, part)
            number = distribution.number(area.code, part)
            if (area.code, part) in told:
                assert crosses
                assert abs(number - quota) >= 1
            else:
                assert floor(quota) <= number <= ceil(quota)
