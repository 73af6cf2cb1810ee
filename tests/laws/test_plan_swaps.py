"""What a plan changes is accounted for to the last place.

Transfers lead from the numbers to the plan, but for what nobody carries or what is carried beyond;
as entries of a ledger they sum to zero. Nobody both gives and takes in a part, the order of areas
does not matter, and as much as can be is handed over. A rest adds up, each share is the floor or
ceiling of the exact one, and who met its number is exempt. The parts of a grant add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator.core.distribute import distribute
from allocator.model.balances import Cell
from allocator.model.distribution import Distribution
from allocator.model.problem import InputError, NoAnswer, Place
from allocator.periods.transfers import Neighbours
from allocator.plan.after.grant import grant
from allocator.plan.after.rest_task import RestTask, Standing, rest_task
from allocator.plan.after.swaps import Exchange, Return, across, check, entries, exchanges
from tests.strategies import PARTS, together

calm = settings(max_examples=60, deadline=None)
GIVEN = ("places", "minors")


@dataclass(frozen=True)
class Case:
    """What every area was asked and is planned to carry, and who borders on whom."""

    indicative: Mapping[Cell, int]
    planned: Mapping[Cell, int]
    neighbours: Neighbours

    @property
    def codes(self) -> set[str]:
        return {code for code, _ in self.planned}

    def exchanges(self) -> dict[str, Exchange]:
        return exchanges(PARTS, "places", self.indicative, self.planned, self.neighbours)


def tables(codes: str) -> st.SearchStrategy[dict[Cell, int]]:
    """Places with minors among them."""
    pair = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)
    return st.lists(pair, min_size=len(codes), max_size=len(codes)).map(
        lambda pairs: {
            (code, stream): number
            for code, (minors, places) in zip(codes, pairs, strict=True)
            for stream, number in (("places", places), ("minors", minors))
        }
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    codes = "ABCDEFGH"[: draw(st.integers(1, 8))]
    ends = st.integers(0, len(codes) - 1)
    graph: dict[str, set[str]] = {code: set() for code in codes}
    for one, other in draw(st.sets(st.tuples(ends, ends), max_size=12)):
        if one != other:
            graph[codes[one]].add(codes[other])
            graph[codes[other]].add(codes[one])
    borders = {code: tuple(sorted(others)) for code, others in graph.items()}
    return Case(draw(tables(codes)), draw(tables(codes)), borders)


def part_of(numbers: Mapping[Cell, int], code: str, part: str) -> int:
    minors = numbers[code, "minors"]
    return minors if part == "minors" else numbers[code, "places"] - minors


@calm
@given(cases())
def test_transfers_lead_to_the_plan_but_for_what_is_left(case: Case) -> None:
    for part, found in case.exchanges().items():
        assert sum(found.changes.values()) == 0
        assert not (found.short and found.beyond)
        for code in case.codes:
            agreed = part_of(case.indicative, code, part) + found.changes.get(code, 0)
            left = found.beyond.get(code, 0) - found.short.get(code, 0)
            assert agreed + left == part_of(case.planned, code, part)
        asked = sum(part_of(case.indicative, code, part) for code in case.codes)
        carried = sum(part_of(case.planned, code, part) for code in case.codes)
        assert sum(found.short.values()) == max(0, asked - carried)
        assert sum(found.beyond.values()) == max(0, carried - asked)


@calm
@given(cases())
def test_nobody_both_gives_and_takes_in_a_part(case: Case) -> None:
    for part, found in case.exchanges().items():
        givers = {line.giver for line in found.lines} | found.short.keys()
        takers = {line.taker for line in found.lines} | found.beyond.keys()
        assert not givers & takers
        for code in givers:
            assert part_of(case.planned, code, part) < part_of(case.indicative, code, part)
        for code in takers:
            assert part_of(case.planned, code, part) > part_of(case.indicative, code, part)
        assert all(line.number > 0 for line in found.lines)


@calm
@given(cases())
def test_a_border_is_crossed_wherever_one_leads_there(case: Case) -> None:
    for found in case.exchanges().values():
        for line in found.lines:
            reached = {line.giver}
            while more := {c for here in reached for c in case.neighbours[here]} - reached:
                reached |= more
            assert bool(line.path) == (line.taker in reached)
            for here, there in zip(line.path, line.path[1:], strict=False):
                assert there in case.neighbours[here]


@calm
@given(cases(), st.randoms())
def test_the_order_of_areas_does_not_matter(case: Case, random: Random) -> None:
    def shuffled(numbers: Mapping[Cell, int]) -> dict[Cell, int]:
        return {cell: numbers[cell] for cell in random.sample(list(numbers), len(numbers))}

    borders = {
        code: tuple(random.sample(case.neighbours[code], len(case.neighbours[code])))
        for code in random.sample(list(case.neighbours), len(case.neighbours))
    }
    other = Case(shuffled(case.indicative), shuffled(case.planned), borders)
    assert other.exchanges() == case.exchanges()
    for part, found in case.exchanges().items():
        before = {code: part_of(case.indicative, code, part) for code in case.codes}
        after = {code: part_of(case.planned, code, part) for code in case.codes}
        check(before, after, borders, found)


@calm
@given(cases())
def test_the_ledger_says_the_same(case: Case) -> None:
    found = case.exchanges()
    ledger = entries(PARTS, found, "")
    assert len({entry.name for entry in ledger}) == len(ledger)
    changed = dict.fromkeys(case.indicative, 0)
    for entry in ledger:
        assert sum(entry.changes.values()) == 0
        for code, number in entry.changes.items():
            changed[code, entry.stream] += number
    for code in case.codes:
        minors = found["minors"].changes.get(code, 0)
        assert changed[code, "minors"] == minors
        assert changed[code, "places"] == minors + found["regular"].changes.get(code, 0)


@calm
@given(cases(), st.integers(1, 4), st.integers(1, 3), st.data())
def test_what_is_done_in_return_keeps_the_rate(
    case: Case, times: int, of: int, data: st.DataObject
) -> None:
    """Either it is refused, or every covered transfer is a swap of two entries at the rate."""
    found = case.exchanges()
    covered = [(part, line) for part, each in found.items() for line in each.lines]
    assume(covered)
    part, line = data.draw(st.sampled_from(covered))
    rate = Fraction(times, of)
    who = data.draw(st.sampled_from([line.giver, line.taker]))
    back = Return("swap", who, "", part, "holders", rate, Place(""))
    numbers = [each.number for each in found[part].lines if who in (each.giver, each.taker)]
    names = {code: code for code in case.codes}
    wrong = [number for number in numbers if (number * rate).denominator > 1]
    if wrong:
        with pytest.raises(InputError) as caught:
            across(PARTS, found, [back], names, "")
        assert len(caught.value.problems) == len(wrong)
        return
    ledger = across(PARTS, found, [back], names, "")
    swaps: dict[str, list[tuple[Fraction, Mapping[str, int]]]] = {}
    for entry in ledger:
        assert sum(entry.changes.values()) == 0
        if entry.swap:
            swaps.setdefault(entry.swap, []).append((entry.rate, entry.changes))
    assert len(swaps) == len(numbers)
    for (none, first), (second_rate, second) in swaps.values():
        assert (none, second_rate) == (Fraction(0), rate)
        assert second == {code: -number * rate for code, number in first.items()}
    plain = [e.changes for e in ledger if e.stream in GIVEN]
    assert plain == [e.changes for e in entries(PARTS, found, "")]


# --- The rest task and the grant ---


@st.composite
def standings(draw: st.DrawFn) -> tuple[Distribution, Standing]:
    """Any distribution, of which any part is carried, in a province or in the country."""
    found = distribute(draw(together()))
    codes = [leaf.code for leaf in found.instance.division.leaves]
    carried: dict[Cell, int] = {}
    for code in codes:
        minors = max(0, found.number(code, "minors") + draw(st.integers(-9, 9)))
        regular = max(0, found.number(code, "regular") + draw(st.integers(-30, 30)))
        carried |= {(code, "minors"): minors, (code, "places"): minors + regular}
    provinces = [area.code for area in found.instance.division.at("province")]
    area = draw(st.sampled_from([*provinces, "NL"]))
    return found, Standing(area, "places", found.numbers, carried)


def rest_of(found: Distribution, standing: Standing) -> RestTask | None:
    """None where the key gives weight 0 to all that are left."""
    try:
        return rest_task(found, standing)
    except NoAnswer:
        return None


@calm
@given(standings())
def test_a_rest_adds_up_and_who_met_its_number_is_exempt(
    case: tuple[Distribution, Standing],
) -> None:
    found, standing = case
    rest = rest_of(found, standing)
    assume(rest is not None)
    assert rest is not None
    leaves = found.instance.division.members[standing.area]
    short = {
        stream: sum(
            standing.numbers[code, stream] - standing.carried[code, stream] for code in leaves
        )
        for stream in GIVEN
    }
    assert rest.rests["minors"] == max(0, short["minors"])
    assert rest.rests["places"] == max(0, short["places"], short["minors"])
    for stream in ("places", "minors", "regular"):
        assert sum(rest.shares[code, stream] for code in leaves) == rest.rests[stream]
        assert sum(rest.exact[code, stream] for code in leaves) == rest.rests[stream]
        assert sum(rest.lacks[code, stream] for code in leaves) >= rest.rests[stream] or (
            stream == "regular"
        )
    for code in leaves:
        for kind in (rest.shares, rest.lacks, rest.exact):
            assert kind[code, "places"] == kind[code, "minors"] + kind[code, "regular"]
        for stream in ("minors", "regular"):
            exact = rest.exact[code, stream]
            assert rest.shares[code, stream] in (floor(exact), ceil(exact))
        for stream in GIVEN:
            lacking = standing.numbers[code, stream] - standing.carried[code, stream]
            assert rest.lacks[code, stream] >= max(0, lacking)
        if standing.carried[code, "minors"] >= standing.numbers[code, "minors"]:
            assert rest.shares[code, "minors"] == 0
        if standing.has_met(code, PARTS):
            assert rest.shares[code, "places"] == rest.lacks[code, "places"] == 0


@calm
@given(standings())
def test_shares_before_rounding_are_as_the_weights(case: tuple[Distribution, Standing]) -> None:
    found, standing = case
    rest = rest_of(found, standing)
    assume(rest is not None)
    assert rest is not None
    for stream, key in (("minors", "minors"), ("regular", "places")):
        weights = found.steps[key][-1].weights
        per_weight = {
            rest.exact[code, stream] / weights[code]
            for code in found.instance.division.members[standing.area]
            if rest.exact[code, stream]
        }
        assert len(per_weight) <= 1


@calm
@given(standings(), st.randoms())
def test_the_order_of_a_table_does_not_matter(
    case: tuple[Distribution, Standing], random: Random
) -> None:
    found, standing = case
    carried = random.sample(list(standing.carried.items()), len(standing.carried))
    numbers = random.sample(list(standing.numbers.items()), len(standing.numbers))
    other = Standing(standing.area, "places", dict(numbers), dict(carried))
    assert rest_of(found, other) == rest_of(found, standing)


@calm
@given(
    standings(),
    st.fractions(0, 1, max_denominator=7),
    st.fractions(0, 1, max_denominator=12),
    st.data(),
)
def test_the_parts_of_a_grant_add_up(
    case: tuple[Distribution, Standing], above: Fraction, part: Fraction, data: st.DataObject
) -> None:
    distribution, standing = case
    instance = distribution.instance
    leaves = instance.division.members[standing.area]
    offered = {code: data.draw(st.integers(0, 60)) for code in leaves}
    found = grant(instance, standing, above, offered, part)
    carried = sum(standing.carried[code, "places"] for code in leaves)
    counted = [place for place in range(1, carried + 1) if place > found.bound]
    assert found.places == len(counted)
    assert sum(found.proportions.values()) == bool(found.proportions)
    for code in leaves:
        entitled = offered[code] > 0 and standing.has_met(code, instance.streams)
        assert (code in found.proportions) == entitled
    for one, share in found.proportions.items():
        for other, more in found.proportions.items():
            assert share * offered[other] == more * offered[one]
    split = found.split
    assert split is not None
    assert split.province + sum(split.whole.values()) + split.unclaimed == found.places
    assert split.province in (floor(split.exact_province), ceil(split.exact_province))
    assert split.exact.keys() == split.whole.keys() == found.proportions.keys()
    if found.proportions:
        assert split.unclaimed == 0
        assert sum(split.exact.values()) + split.exact_province == found.places
        others = found.places - split.province
        for code, share in found.proportions.items():
            assert split.whole[code] in (floor(others * share), ceil(others * share))
