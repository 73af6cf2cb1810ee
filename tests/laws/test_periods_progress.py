"""Whoever realises more never stands worse, and whoever waits never stands better.

The bounds are met exactly: at 100% of the norm an area is on schedule, at 90% slightly behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.core.distribute import distribute
from allocator.model.balances import Realised
from allocator.model.half_year import MONTHS
from allocator.model.rule import OWN_BOUNDS, Progress
from allocator.periods.account import Account, account
from allocator.periods.progress import State, standings, state
from tests.periods.strategies import accounts, codes_of
from tests.strategies import NAME

calm = settings(max_examples=60, deadline=None)
many = settings(max_examples=200, deadline=None)
RANK: Mapping[State, int] = {State.BEHIND: 0, State.SLIGHTLY_BEHIND: 1, State.ON_SCHEDULE: 2}
NORMS = st.integers(-6_000, 6_000).map(lambda sixths: Fraction(sixths, MONTHS))


@st.composite
def bounds(draw: st.DrawFn) -> Progress:
    low, high = sorted(draw(st.lists(st.integers(1, 120), min_size=2, max_size=2)))
    return Progress(Fraction(high, 100), Fraction(low, 100), NAME)


@many
@given(st.integers(0, 2_000), st.integers(0, 50), NORMS, bounds())
def test_more_is_never_worse(realised: int, more: int, norm: Fraction, of: Progress) -> None:
    assert RANK[state(realised + more, norm, of)] >= RANK[state(realised, norm, of)]


@many
@given(st.integers(0, 2_000), NORMS, st.integers(0, 50), bounds())
def test_a_higher_norm_is_never_better(
    realised: int, norm: Fraction, more: int, of: Progress
) -> None:
    assert RANK[state(realised, norm + more, of)] <= RANK[state(realised, norm, of)]


@many
@given(st.integers(1, 500))
def test_the_bounds_are_exact(tenth: int) -> None:
    norm = Fraction(10 * tenth)
    for realised, expected in (
        (10 * tenth, State.ON_SCHEDULE),
        (10 * tenth - 1, State.SLIGHTLY_BEHIND),
        (9 * tenth, State.SLIGHTLY_BEHIND),
        (9 * tenth - 1, State.BEHIND),
    ):
        assert state(realised, norm, OWN_BOUNDS) is expected
    hair = Fraction(1, 10**30)
    assert state(10 * tenth, norm + hair, OWN_BOUNDS) is State.SLIGHTLY_BEHIND
    assert state(9 * tenth, norm + hair, OWN_BOUNDS) is State.BEHIND


@many
@given(st.integers(0, 50), NORMS.filter(lambda norm: norm <= 0), bounds())
def test_who_is_asked_nothing_is_on_schedule(realised: int, norm: Fraction, of: Progress) -> None:
    assert state(realised, norm, of) is State.ON_SCHEDULE


@calm
@given(accounts(), st.integers(1, MONTHS))
def test_the_norm_of_an_area_is_the_sum_of_those_in_it(found: Account, month: int) -> None:
    division = found.instance.division
    standing = standings(found, month, OWN_BOUNDS)
    assert standing.of.keys() == found.lines.keys()
    for (code, stream), one in standing.of.items():
        leaves = [standing.of[leaf, stream] for leaf in division.members[code]]
        assert one.norm == sum(leaf.norm for leaf in leaves)
        assert one.norm * MONTHS == found.line(code, stream).corrected * month
        assert one.realised == sum(leaf.realised for leaf in leaves)
        assert one.state is state(one.realised, one.norm, OWN_BOUNDS)
    at_the_end = standings(found, MONTHS, OWN_BOUNDS)
    assert {cell: one.realised for cell, one in at_the_end.of.items()} == {
        cell: line.realised for cell, line in found.lines.items()
    }


@calm
@given(accounts(), st.integers(1, MONTHS))
def test_the_counts_add_up_to_the_leaves(found: Account, month: int) -> None:
    standing = standings(found, month, OWN_BOUNDS)
    for stream in found.instance.streams.given:
        assert standing.counts(stream.name).total() == len(codes_of(found.instance))


@calm
@given(accounts(), st.integers(1, MONTHS), st.integers(1, 60), st.data())
def test_more_housed_anywhere_is_worse_nowhere(
    found: Account, month: int, more: int, data: st.DataObject
) -> None:
    instance = found.instance
    stream = instance.streams.given[0].name
    row = Realised(data.draw(st.sampled_from(codes_of(instance))), stream, month, "housed", more)
    known = replace(instance.balances, realised=(*instance.balances.realised, row))
    after = account(distribute(replace(instance, balances=known)))
    before = standings(found, month, OWN_BOUNDS)
    for cell, one in standings(after, month, OWN_BOUNDS).of.items():
        assert RANK[one.state] >= RANK[before.of[cell].state]


@calm
@given(accounts(), st.sampled_from([1, 2, 4, 5]))
def test_a_month_in_which_nothing_was_done_is_never_better(found: Account, month: int) -> None:
    """Whatever is realised in these accounts is of the first and fourth month."""
    now, then = (standings(found, each, OWN_BOUNDS) for each in (month, month + 1))
    for cell, one in now.of.items():
        if found.lines[cell].corrected >= 0:
            assert RANK[then.of[cell].state] <= RANK[one.state]
