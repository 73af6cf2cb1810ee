"""A joint change or a swap moves numbers between areas and leaves every national sum as it was.

It touches neither what was realised nor the opening; whoever gives more than it has is below 0.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator.core.distribute import distribute
from allocator.model.balances import Entry
from allocator.model.distribution import Distribution
from allocator.periods.account import Account, account
from allocator.periods.revision import revise
from tests.periods.strategies import accounts, codes_of, distributions, entry, ledgers

calm = settings(max_examples=60, deadline=None)


def with_ledger(distribution: Distribution, *ledger: Entry) -> Distribution:
    instance = distribution.instance
    known = replace(instance.balances, ledger=ledger)
    return replace(distribution, instance=replace(instance, balances=known))


@calm
@given(distributions())
def test_national_sums_stay(distribution: Distribution) -> None:
    found, plain = account(distribution), account(with_ledger(distribution))
    assert found.lines.keys() == plain.lines.keys()
    for (code, stream), line in found.lines.items():
        assert replace(line, changed=0) == plain.line(code, stream)
        if code == "NL":
            assert line == plain.line(code, stream)


@calm
@given(distributions(), st.data())
def test_the_order_of_entries_does_not_matter(
    distribution: Distribution, data: st.DataObject
) -> None:
    ledger = data.draw(st.permutations(distribution.instance.balances.ledger))
    assert account(with_ledger(distribution, *ledger)).lines == account(distribution).lines


@calm
@given(distributions(), st.data())
def test_one_entry_or_several_with_the_same_sums(
    distribution: Distribution, data: st.DataObject
) -> None:
    more = data.draw(ledgers(distribution.instance))
    both = account(with_ledger(distribution, *distribution.instance.balances.ledger, *more))
    one, other = account(distribution), account(with_ledger(distribution, *more))
    for (code, stream), line in both.lines.items():
        assert line.changed == one.line(code, stream).changed + other.line(code, stream).changed
    back = [replace(each, changes={c: -n for c, n in each.changes.items()}) for each in more]
    undone = with_ledger(distribution, *distribution.instance.balances.ledger, *more, *back)
    assert account(undone).lines == one.lines


@calm
@given(accounts(), st.data())
def test_below_nothing_is_kept(found: Account, data: st.DataObject) -> None:
    """Nothing is cut off at 0: what is missing there would be missing in the sum."""
    instance = found.instance
    stream = instance.streams.given[0].name
    codes = codes_of(instance)
    assume(len(codes) > 1)
    giver, taker = data.draw(st.permutations(codes))[:2]
    all_and_more = found.line(giver, stream).effective + data.draw(st.integers(1, 50))
    given_away = entry("too much", stream, {giver: -all_and_more, taker: all_and_more})
    after = account(with_ledger(distribute(instance), *instance.balances.ledger, given_away))
    assert after.line(giver, stream).effective == found.line(giver, stream).effective - all_and_more
    assert after.line(giver, stream).effective < 0
    assert after.line("NL", stream) == found.line("NL", stream)


@calm
@given(distributions(), st.integers(0, 100))
def test_swap_then_revise_is_revise_then_swap(distribution: Distribution, percent: int) -> None:
    totals = {
        name: replace(total, number=total.number * percent // 100)
        for name, total in distribution.instance.totals.items()
    }
    swapped = revise(distribution, totals)
    plain = revise(with_ledger(distribution), totals).revised
    then = with_ledger(plain, *distribution.instance.balances.ledger)
    assert account(swapped.revised).lines == account(then).lines
    for stream in distribution.instance.streams.given:
        below = swapped.below_nothing(stream.name)
        assert below == {
            code: line.effective
            for (code, name), line in account(then).leaves.items()
            if name == stream.name and line.effective < 0
        }
