"""Swaps of a plan against all ways that there are, as a ledger that is read, and in Zeeland.

The plans of municipalities are invented; the numbers that they are beside are computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import networkx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import allocator
from allocator.model.balances import Cell
from allocator.model.distribution import Distribution
from allocator.model.problem import InputError, Place, Problems
from allocator.periods.account import account
from allocator.periods.transfers import Neighbours, NotProven
from allocator.plan.after.swaps import (
    COLUMNS,
    Exchange,
    Handover,
    Return,
    across,
    check,
    entries,
    exchange,
    exchanges,
    of_parts,
    rows,
)
from allocator.reading.balances.read import with_balances
from allocator.reading.country.neighbours import neighbours
from allocator.report.tables import as_csv_table
from tests.strategies import PARTS


@dataclass(frozen=True)
class Case:
    indicative: dict[str, int]
    planned: dict[str, int]
    neighbours: Neighbours

    def exchange(self) -> Exchange:
        return exchange(self.indicative, self.planned, self.neighbours)


@st.composite
def cases(draw: st.DrawFn, most: int = 3) -> Case:
    """Up to five areas with any borders, islands among them, and plans that need not balance."""
    codes = "ABCDE"[: draw(st.integers(1, 5))]
    ends = st.integers(0, len(codes) - 1)
    borders = draw(st.sets(st.tuples(ends, ends), max_size=6))
    graph: dict[str, set[str]] = {code: set() for code in codes}
    for one, other in borders:
        if one != other:
            graph[codes[one]].add(codes[other])
            graph[codes[other]].add(codes[one])
    number = st.integers(0, most)
    return Case(
        {code: draw(number) for code in codes},
        {code: draw(number) for code in codes},
        {code: tuple(sorted(others)) for code, others in graph.items()},
    )


def hops(graph: Neighbours) -> dict[tuple[str, str], int]:
    found = networkx.Graph()
    found.add_nodes_from(graph)
    found.add_edges_from((one, other) for one, others in graph.items() for other in others)
    return {
        (one, other): length
        for one, lengths in networkx.all_pairs_shortest_path_length(found)
        for other, length in lengths.items()
    }


def every_way(few: Mapping[str, int], many: Mapping[str, int]) -> Iterator[list[int]]:
    """All tables of givers by takers, row by row, in which nobody gives or takes too much."""
    pairs = [(giver, taker) for giver in sorted(few) for taker in sorted(many)]
    for table in product(*(range(min(few[g], many[t]) + 1) for g, t in pairs)):
        given_, taken = dict.fromkeys(few, 0), dict.fromkeys(many, 0)
        for (giver, taker), number in zip(pairs, table, strict=True):
            given_[giver] += number
            taken[taker] += number
        if all(given_[g] <= few[g] for g in few) and all(taken[t] <= many[t] for t in many):
            yield list(table)


@settings(max_examples=300, deadline=None)
@given(cases())
@example(Case({}, {}, {}))
@example(Case({"A": 3, "B": 0}, {"A": 0, "B": 3}, {}))
# the nearer of two givers is served first, though it comes later by code
@example(
    Case(
        {"A": 2, "B": 0, "C": 0, "D": 2},
        {"A": 0, "B": 0, "C": 2, "D": 0},
        {"A": ("B",), "B": ("A", "C"), "C": ("B", "D"), "D": ("C",)},
    )
)
def test_it_is_the_first_in_order_of_all_best_ways(case: Case) -> None:
    few = {c: n - case.planned[c] for c, n in case.indicative.items() if n > case.planned[c]}
    many = {c: case.planned[c] - n for c, n in case.indicative.items() if n < case.planned[c]}
    length = hops({**dict.fromkeys(case.indicative, ()), **case.neighbours})
    pairs = [(giver, taker) for giver in sorted(few) for taker in sorted(many)]
    best = min(
        (
            -sum(table),
            sum(n for pair, n in zip(pairs, table, strict=True) if pair not in length),
            sum(n * length.get(pair, 0) for pair, n in zip(pairs, table, strict=True)),
            [-number for number in table],
        )
        for table in every_way(few, many)
    )
    found = case.exchange()
    handed = {(line.giver, line.taker): line.number for line in found.lines}
    assert [-handed.get(pair, 0) for pair in pairs] == best[3]
    assert found.crossings == best[2]
    assert all(line.borders == length.get((line.giver, line.taker)) for line in found.lines)
    assert list(handed) == [pair for pair in pairs if pair in handed]
    check(case.indicative, case.planned, case.neighbours, found)


SQUARE = Case(
    {"A": 5, "B": 5, "C": 5, "D": 5},
    {"A": 2, "B": 3, "C": 9, "D": 5},
    {"A": ("B", "C"), "B": ("A", "D"), "C": ("A", "D"), "D": ("B", "C")},
)


def test_who_is_nearer_hands_over_first() -> None:
    found = SQUARE.exchange()
    assert found.lines == (
        Handover("A", "C", 3, ("A", "C")),
        Handover("B", "C", 1, ("B", "A", "C")),
    )
    assert (found.short, found.beyond, found.crossings) == ({"B": 1}, {}, 5)
    assert found.changes == {"A": -3, "B": -1, "C": 4}


def test_what_is_carried_beyond_is_no_transfer() -> None:
    found = exchange({"A": 5, "B": 5}, {"A": 4, "B": 9}, {"A": ("B",), "B": ("A",)})
    assert found.lines == (Handover("A", "B", 1, ("A", "B")),)
    assert (found.short, found.beyond) == ({}, {"B": 3})


def test_islands_swap_where_no_border_leads_and_only_what_is_left() -> None:
    """A and B are neighbours; C is an island."""
    land = {"A": ("B",), "B": ("A",), "C": ()}
    found = exchange({"A": 5, "B": 5, "C": 5}, {"A": 0, "B": 7, "C": 9}, land)
    assert found.lines == (Handover("A", "B", 2, ("A", "B")), Handover("A", "C", 3, ()))
    assert found.lines[1].borders is None
    assert (found.crossings, found.beyond) == (2, {"C": 1})


def test_the_same_areas_are_asked_for() -> None:
    with pytest.raises(ValueError, match="same areas"):
        exchange({"A": 1}, {"B": 1}, {})


FOUND = SQUARE.exchange()
AC, BC = FOUND.lines


@pytest.mark.parametrize(
    "forged",
    [
        replace(FOUND, lines=(AC,)),
        replace(FOUND, lines=(AC, replace(BC, path=()))),
        replace(FOUND, short={}),
        replace(FOUND, short={"A": 1}),
        replace(FOUND, beyond={"D": 1}),
        exchange(SQUARE.indicative, SQUARE.indicative, SQUARE.neighbours),
        # the farther one hands over more: proven for another plan, not for this
        exchange(SQUARE.indicative, {**SQUARE.planned, "A": 3}, SQUARE.neighbours),
    ],
)
def test_forged_transfers_are_refused(forged: Exchange) -> None:
    check(SQUARE.indicative, SQUARE.planned, SQUARE.neighbours, FOUND)
    with pytest.raises(NotProven):
        check(SQUARE.indicative, SQUARE.planned, SQUARE.neighbours, forged)


def test_parts_above_their_whole_are_named() -> None:
    numbers = {("A", "places"): 3, ("A", "minors"): 4, ("B", "places"): 1, ("B", "minors"): 0}
    with pytest.raises(ValueError, match=r"above their whole in A$"):
        of_parts(PARTS, "places", numbers, "AB")


# --- Zeeland: 2,104 places of which 179 for minors, computed with approximate scores ---

ZEELAND = allocator.distribute(allocator.load("nl/reception-2024"))
NAMES = {
    code: ZEELAND.instance.division.by_code[code].name
    for code in ZEELAND.instance.division.members["PV29"]
}
CODE = {name: code for code, name in NAMES.items()}
BORDERS = neighbours("nl", ZEELAND.instance.division.day, NAMES, Place(""), Problems())
#: An invented plan: what municipalities carry otherwise than asked, places and of these for minors.
OTHERWISE = {
    "Veere": (-60, -12),
    "Noord-Beveland": (-45, -4),
    "Tholen": (-27, 0),
    "Goes": (70, 0),
    "Middelburg": (20, 14),
}


def planned(distribution: Distribution) -> dict[Cell, int]:
    found = {
        (code, stream): distribution.number(code, stream)
        for code in NAMES
        for stream in ("places", "minors")
    }
    for name, (places, minors) in OTHERWISE.items():
        found[CODE[name], "places"] += places
        found[CODE[name], "minors"] += minors
    return found


def zeeland() -> dict[str, Exchange]:
    streams = ZEELAND.instance.streams
    return exchanges(streams, "places", ZEELAND.numbers, planned(ZEELAND), BORDERS)


def told(found: Exchange) -> list[tuple[str, int]]:
    return [(" - ".join(NAMES[code] for code in line.path), line.number) for line in found.lines]


def test_zeeland() -> None:
    """Worked out by hand on the map.

    Minors: Middelburg takes 14; Veere beside it hands over all 12, so of Noord-Beveland's 4 it is
    2, over two borders. Regular: Goes takes 70 and Middelburg 6. Noord-Beveland, beside Goes, hands
    over all 41, Veere 6 to Middelburg beside it and the last 29 to Goes beyond; Tholen is farther.
    """
    assert sum(ZEELAND.number(code, "places") for code in NAMES) == 2104
    found = zeeland()
    assert list(found) == ["minors", "regular"]
    assert told(found["minors"]) == [
        ("Veere - Middelburg", 12),
        ("Noord-Beveland - Goes - Middelburg", 2),
    ]
    assert found["minors"].short == {CODE["Noord-Beveland"]: 2}
    assert told(found["regular"]) == [
        ("Veere - Middelburg - Goes", 29),
        ("Veere - Middelburg", 6),
        ("Noord-Beveland - Goes", 41),
    ]
    assert found["regular"].short == {CODE["Tholen"]: 27, CODE["Veere"]: 13}
    assert found["regular"].crossings == 29 * 2 + 6 + 41


def test_the_ledger_leads_to_what_was_agreed(tmp_path: Path) -> None:
    found = zeeland()
    ledger = entries(ZEELAND.instance.streams, found, "an invented plan")
    assert [(e.name, e.stream) for e in ledger][:3] == [
        ("minors 001", "minors"),
        ("minors 001 (places)", "places"),
        ("minors 002", "minors"),
    ]
    file = tmp_path / "ledger.csv"
    file.write_text(as_csv_table(COLUMNS, rows(ledger, NAMES)), "utf-8")
    read = with_balances(ZEELAND.instance, ledger=file)
    plain = [replace(each, place=Place("")) for each in read.balances.ledger]
    assert plain == list(ledger)
    after = account(replace(ZEELAND, instance=read))
    plan = planned(ZEELAND)
    for code in NAMES:
        minors = after.line(code, "minors").effective
        regular = after.line(code, "places").effective - minors
        assert minors - found["minors"].short.get(code, 0) == plan[code, "minors"]
        left = found["regular"].short.get(code, 0)
        assert regular - left == plan[code, "places"] - plan[code, "minors"]
    assert after.line("PV29", "places").changed == 0


def agreed(**other: object) -> Return:
    """Noord-Beveland takes over a permit holder for every two places for minors."""
    terms = {
        "name": "exchange",
        "who": CODE["Noord-Beveland"],
        "partner": "",
        "part": "minors",
        "other": "permit_holders",
        "rate": Fraction(1, 2),
        "place": Place("returns.csv", 2),
    }
    return Return(**{**terms, **other})  # type: ignore[arg-type]


def test_a_swap_across_tasks_is_read_as_one(tmp_path: Path) -> None:
    streams = ZEELAND.instance.streams
    ledger = across(streams, zeeland(), [agreed()], NAMES, "")
    halves = [entry for entry in ledger if entry.swap]
    assert [(e.name, e.stream, e.swap, e.rate) for e in halves] == [
        ("minors 002", "minors", "exchange, minors 002", 0),
        ("minors 002 in return", "permit_holders", "exchange, minors 002", Fraction(1, 2)),
    ]
    giver, taker = CODE["Noord-Beveland"], CODE["Middelburg"]
    assert halves[0].changes == {giver: -2, taker: 2}
    assert halves[1].changes == {giver: 1, taker: -1}
    file = tmp_path / "ledger.csv"
    file.write_text(as_csv_table(COLUMNS, rows(ledger, NAMES)), "utf-8")
    read = with_balances(ZEELAND.instance, ledger=file).balances.ledger
    assert len(read) == len(ledger) == 8


def test_who_takes_over_agrees_as_well_and_a_partner_may_be_named() -> None:
    streams, found = ZEELAND.instance.streams, zeeland()
    middelburg = agreed(who=CODE["Middelburg"])
    swaps = {entry.swap for entry in across(streams, found, [middelburg], NAMES, "")} - {""}
    assert swaps == {"exchange, minors 001", "exchange, minors 002"}
    veere = agreed(who=CODE["Middelburg"], partner=CODE["Veere"], rate=Fraction(1, 3))
    swaps = {entry.swap for entry in across(streams, found, [veere], NAMES, "")} - {""}
    assert swaps == {"exchange, minors 001"}


NO_TRANSFER = (
    "returns.csv:2: 'exchange' is in return for what {area} swaps, and the plan has no such "
    "transfer. Mend the municipalities or the stream, or leave it out."
)


@pytest.mark.parametrize(
    ("returns", "said"),
    [
        (
            [agreed(who=CODE["Veere"], rate=Fraction(3, 5))],
            "returns.csv:2: Veere hands over 12 (places for minors (amv)) to Middelburg; at 0.6 "
            "for 1 that would be 7.2 (permit_holders) in return. Whole numbers follow from 10 or "
            "15 at this rate; mend the plan or the rate.",
        ),
        (
            [agreed(rate=Fraction(1, 3))],
            "returns.csv:2: Noord-Beveland hands over 2 (places for minors (amv)) to Middelburg; "
            "at 1/3 for 1 that would be 2/3 (permit_holders) in return. Whole numbers follow from "
            "3 at this rate; mend the plan or the rate.",
        ),
        (
            [agreed(other="regular")],
            "returns.csv:2: 'exchange' gives 'regular' in return for 'minors': it is the same "
            "task. Name a stream of another task; the parts of one are planned as they are.",
        ),
        (
            [agreed(rate=Fraction(0))],
            "returns.csv:2: 0 is no rate ('exchange'). Write how many stand for one, such as 2, "
            "0.5 or 3/2.",
        ),
        ([agreed(who=CODE["Borsele"])], NO_TRANSFER.format(area="Borsele")),
        ([agreed(part="places")], NO_TRANSFER.format(area="Noord-Beveland")),
        (
            [agreed(), agreed(name="more", who=CODE["Middelburg"], place=Place("returns.csv", 3))],
            "returns.csv:3: 'more' and 'exchange' are both in return for what Noord-Beveland "
            "hands over to Middelburg. Keep one of them.",
        ),
    ],
)
def test_returns_that_cannot_be_kept(returns: list[Return], said: str) -> None:
    with pytest.raises(InputError) as caught:
        across(ZEELAND.instance.streams, zeeland(), returns, NAMES, "")
    assert str(caught.value) == said


def test_all_of_them_are_told_at_once() -> None:
    wrong = [agreed(rate=Fraction(1, 3)), agreed(name="b", who=CODE["Goes"], rate=Fraction(-1))]
    with pytest.raises(InputError) as caught:
        across(ZEELAND.instance.streams, zeeland(), wrong, NAMES, "")
    assert len(caught.value.problems) == 3
