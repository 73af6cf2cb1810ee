"""Whether areas merge before or after a half-year is closed makes no difference to the balances.

New numbers differ by one less than the parts at most. After a split each order is less than one
per part from the exact proportion, for each of the figures that it carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

import allocator
from allocator.core.distribute import distribute
from allocator.core.exact import added as exactly
from allocator.model.balances import Balances, Cell, Opening
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.mergers import Change
from allocator.model.rule import Rounding
from allocator.periods.account import Account, account
from allocator.periods.carrying import carried, inherited
from allocator.periods.rolling import rolled
from tests.periods.strategies import (
    accounts,
    after,
    changes,
    codes_of,
    entry,
    whole_mergers,
)
from tests.strategies import BY_ITSELF, instances

calm = settings(max_examples=60, deadline=None)


def heirs_of(codes: list[str], merged: tuple[Change, ...]) -> dict[str, str]:
    """The one area in which each lies after whole mergers."""
    found = {}
    for old, shares in inherited(codes, merged).items():
        [found[old]] = shares
    return found


def merged_balances(known: Balances, heir: Mapping[str, str]) -> Balances:
    """Openings added up; realised rows and joint changes under the new codes."""
    openings: dict[Cell, int] = {}
    for (old, stream), opening in known.openings.items():
        cell = heir[old], stream
        openings[cell] = openings.get(cell, 0) + opening.balance
    ledger = []
    for each in known.ledger:
        changed: dict[str, int] = {}
        for old, number in each.changes.items():
            changed[heir[old]] = changed.get(heir[old], 0) + number
        ledger.append(entry(each.name, each.stream, changed))
    return replace(
        known,
        openings={cell: Opening(balance) for cell, balance in openings.items()},
        realised=tuple(replace(row, code=heir[row.code]) for row in known.realised),
        ledger=tuple(ledger),
    )


def merged_first(found: Account, merged: tuple[Change, ...]) -> Account:
    """The account of the same half-year as if the mergers had been at its start."""
    heir = heirs_of(codes_of(found.instance), merged)
    plain = after(found.instance, merged)
    instance = replace(plain, balances=merged_balances(found.instance.balances, heir))
    numbers: dict[Cell, int] = {}
    for (old, stream), line in found.leaves.items():
        cell = heir[old], stream
        numbers[cell] = numbers.get(cell, 0) + line.number
    return account(replace(distribute(instance), numbers=numbers))


@calm
@given(accounts(), st.data())
def test_roll_then_merge_is_merge_then_roll(found: Account, data: st.DataObject) -> None:
    merged = data.draw(whole_mergers(codes_of(found.instance)))
    first = merged_first(found, merged)
    rolled_first, merged_then = rolled(found, merged), rolled(first, ())
    assert {cell: opening.balance for cell, opening in rolled_first.items()} == {
        cell: opening.balance for cell, opening in merged_then.items()
    }
    for stream in found.instance.streams.given:
        done = {code: found.line(code, stream.name).realised for code in codes_of(found.instance)}
        together = carried({code: number or 0 for code, number in done.items()}, merged)
        assert together == {
            code: first.line(code, stream.name).realised for code in codes_of(first.instance)
        }


def distributed(instance: Instance, rounding: Rounding) -> Distribution:
    return allocator.distribute(instance, rounding.value)


@calm
@given(instances(), st.sampled_from(BY_ITSELF), st.data())
def test_the_number_of_a_merged_area_is_near_those_of_its_parts(
    instance: Instance, rounding: Rounding, data: st.DataObject
) -> None:
    merged = data.draw(whole_mergers(codes_of(instance)))
    heir = heirs_of(codes_of(instance), merged)
    before = distributed(instance, rounding)
    then = distributed(after(instance, merged), rounding)
    for new, stream in product(codes_of(then.instance), instance.streams.given):
        parts = [old for old in heir if heir[old] == new]
        added = sum(before.number(old, stream.name) for old in parts)
        assert then.quota(new, stream.name) == sum(before.quota(old, stream.name) for old in parts)
        more = added - then.number(new, stream.name)
        assert abs(more) <= len(parts) - 1
        if rounding is Rounding.UP:
            assert more >= 0


@calm
@given(accounts(), st.data())
def test_roll_and_split_in_either_order(found: Account, data: st.DataObject) -> None:
    """One figure is carried, or three of which it is made: less than four times one per part."""
    split = data.draw(changes(codes_of(found.instance)))
    openings = rolled(found, split)
    for stream in found.instance.streams.given:
        lines = {code: found.line(code, stream.name) for code in codes_of(found.instance)}
        opening = carried({code: line.opening for code, line in lines.items()}, split)
        effective = carried({code: line.effective for code, line in lines.items()}, split)
        realised = carried({code: line.realised or 0 for code, line in lines.items()}, split)
        for code, shares in held_by(lines, split).items():
            exact = exactly((lines[old].closing or 0) * share for old, share in shares.items())
            broken = sum(share != 1 for share in shares.values())
            rolled_first = openings[code, stream.name].balance
            split_first = opening[code] + effective[code] - realised[code]
            assert rolled_first == exact or abs(rolled_first - exact) < broken
            assert split_first == exact or abs(split_first - exact) < 3 * broken
            assert split_first == rolled_first or abs(split_first - rolled_first) < 4 * broken


def held_by(codes: Iterable[str], split: tuple[Change, ...]) -> dict[str, dict[str, Fraction]]:
    """For every new area the old ones in it, and how much of each."""
    found: dict[str, dict[str, Fraction]] = {}
    for old, heirs in inherited(codes, split).items():
        for new, share in heirs.items():
            found.setdefault(new, {})[old] = share
    return found
