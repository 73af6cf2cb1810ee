"""What areas must do is done or left: from half-year to half-year nothing is lost and nothing made.

It holds at every level, whatever is swapped, revised, merged, split or rolled on the way.
"""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.core.distribute import distribute
from allocator.model.balances import Cell, Opening
from allocator.model.distribution import Distribution
from allocator.model.mergers import Change
from allocator.periods.account import Account, Line, account, added, counted_by
from allocator.periods.revision import revise
from allocator.periods.rolling import rolled
from tests.periods.strategies import (
    accounts,
    after,
    balances_of,
    changes,
    codes_of,
    distributions,
    of_stream,
)

calm = settings(max_examples=60, deadline=None)


def balances(openings: dict[Cell, Opening]) -> dict[Cell, int]:
    return {cell: opening.balance for cell, opening in openings.items()}


def closing(found: Account, stream: str) -> int:
    line = found.line("NL", stream)
    assert line.closing is not None
    return line.closing


@calm
@given(distributions())
def test_what_is_left_is_what_was_asked_less_what_was_done(distribution: Distribution) -> None:
    instance, found = distribution.instance, account(distribution)
    done = counted_by(instance)
    for (code, stream), line in found.lines.items():
        leaves = instance.division.members[code]
        opening = sum(instance.balances.openings[leaf, stream].balance for leaf in leaves)
        changed = sum(
            each.changes.get(leaf, 0)
            for each in instance.balances.ledger
            for leaf in leaves
            if each.stream == stream
        )
        realised = sum(done[leaf, stream] for leaf in leaves)
        number = distribution.number(code, stream)
        assert (line.number, line.changed, line.opening) == (number, changed, opening)
        assert line.backlog - line.ahead == line.opening
        assert 0 <= line.excusable <= line.backlog
        assert line.realised == realised
        assert line.closing == number + changed + opening - realised


@calm
@given(accounts())
def test_larger_areas_are_the_sums_of_their_leaves_and_of_their_parts(found: Account) -> None:
    division = found.instance.division
    for (code, stream), line in found.lines.items():
        leaves = [found.leaves[leaf, stream] for leaf in division.members[code]]
        for name in (each.name for each in fields(Line)):
            known = [getattr(leaf, name) for leaf in leaves]
            assert getattr(line, name) == (None if None in known else sum(known))
        if code not in division.members[code]:
            parts = division.parts(division.by_code[code])
            assert line == added(found.line(part.code, stream) for part in parts)


@calm
@given(accounts(), st.data())
def test_the_next_half_year_opens_with_what_this_one_left(
    found: Account, data: st.DataObject
) -> None:
    merged = data.draw(changes(codes_of(found.instance)))
    openings = rolled(found, merged)
    coming = after(found.instance, merged)
    begun = replace(coming, balances=replace(coming.balances, openings=openings))
    for stream in found.instance.streams.given:
        assert {code for code, name in openings if name == stream.name} == set(codes_of(begun))
        assert sum(of_stream(balances(openings), stream.name).values()) == closing(
            found, stream.name
        )
        line = account(distribute(begun)).line("NL", stream.name)
        assert line.opening == closing(found, stream.name)
        assert line.closing is None  # nothing is known of what was realised


@calm
@given(accounts(), st.data())
def test_an_opening_is_whole_in_itself(found: Account, data: st.DataObject) -> None:
    """Never more is excused than there is backlog, and no backlog means no row of them."""
    merged = data.draw(changes(codes_of(found.instance)))
    for opening in rolled(found, merged).values():
        assert opening.computed == opening.balance
        assert 0 <= opening.excusable <= max(opening.balance, 0)
        assert bool(opening.reason) == bool(opening.excusable)
        if opening.balance <= 0:
            assert (opening.missed, opening.excused) == (0, 0)


@calm
@given(distributions(), st.data())
def test_three_half_years_in_any_order_of_changes(
    distribution: Distribution, data: st.DataObject
) -> None:
    """Each may be revised and swapped in, and is followed by mergers, splits or neither."""
    streams = [stream.name for stream in distribution.instance.streams.given]
    first = account(distribution)
    left = {name: first.line("NL", name).opening for name in streams}
    for _ in range(3):
        if data.draw(st.booleans()):
            distribution = revised(distribution, data.draw(st.integers(0, 100)))
        found = account(distribution)
        for name in streams:
            line = found.line("NL", name)
            assert line.changed == 0
            assert line.realised is not None
            left[name] += line.number - line.realised
            assert line.closing == left[name]
        merged = data.draw(changes(codes_of(distribution.instance)))
        distribution = next_half_year(found, merged, data)


def revised(distribution: Distribution, percent: int) -> Distribution:
    """By a part of the totals, so that parts stay within their whole."""
    totals = {
        name: replace(total, number=total.number * percent // 100)
        for name, total in distribution.instance.totals.items()
    }
    return revise(distribution, totals).revised


def next_half_year(found: Account, merged: tuple[Change, ...], data: st.DataObject) -> Distribution:
    coming = after(found.instance, merged)
    known = replace(data.draw(balances_of(coming)), openings=rolled(found, merged))
    return distribute(replace(coming, balances=known))
