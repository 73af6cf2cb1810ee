"""Transfers against all plans that there are, and the national map within a second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from random import Random

import networkx
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import allocator
from allocator.model.problem import Place, Problems
from allocator.periods.transfers import (
    CutOff,
    Neighbours,
    NotProven,
    Plan,
    Transfer,
    check,
    plan,
)
from allocator.reading.country.neighbours import neighbours
from allocator.reading.country.tables import tables_folder
from allocator.reading.formats.csv_table import PLAIN, read_csv

Table = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Case:
    before: dict[str, int]
    after: dict[str, int]
    neighbours: Neighbours

    def plan(self) -> Plan:
        return plan(self.before, self.after, self.neighbours)

    @property
    def surplus(self) -> dict[str, int]:
        return {code: self.before[code] - self.after[code] for code in sorted(self.before)}

    @property
    def givers(self) -> list[str]:
        return [code for code, persons in self.surplus.items() if persons > 0]

    @property
    def takers(self) -> list[str]:
        return [code for code, persons in self.surplus.items() if persons < 0]


def mutual(codes: str, borders: set[tuple[int, int]]) -> Neighbours:
    found: dict[str, set[str]] = {code: set() for code in codes}
    for one, other in borders:
        if one != other:
            found[codes[one]].add(codes[other])
            found[codes[other]].add(codes[one])
    return {code: tuple(sorted(others)) for code, others in found.items()}


@st.composite
def cases(draw: st.DrawFn, most: int = 4) -> Case:
    """Up to six areas with any borders, and tables that differ by a few persons."""
    codes = "ABCDEF"[: draw(st.integers(1, 6))]
    ends = st.integers(0, len(codes) - 1)
    borders = draw(st.sets(st.tuples(ends, ends), max_size=10))
    before = dict.fromkeys(codes, most)
    after = dict(before)
    for _ in range(draw(st.integers(0, 2 * most))):
        one, other = codes[draw(ends)], codes[draw(ends)]
        if after[one] > 0:
            after[one] -= 1
            after[other] += 1
    return Case(before, after, mutual(codes, borders))


def hops(found: Neighbours) -> Mapping[tuple[str, str], int]:
    """The fewest borders between any two areas, where there is a way."""
    graph = networkx.Graph()
    graph.add_nodes_from(found)
    graph.add_edges_from((one, other) for one, others in found.items() for other in others)
    return {
        (one, other): length
        for one, lengths in networkx.all_pairs_shortest_path_length(graph)
        for other, length in lengths.items()
    }


def every_plan(case: Case) -> Iterator[Table]:
    """All tables of whole numbers from givers to takers, each written in code order."""

    def fill(pairs: list[tuple[str, str]], left: Mapping[str, int]) -> Iterator[Table]:
        if not pairs:
            if not any(left.values()):
                yield {}
            return
        giver, taker = pairs[0]
        for persons in range(min(left[giver], -left[taker]) + 1):
            rest = {**left, giver: left[giver] - persons, taker: left[taker] + persons}
            if any(rest[g] and not any(p[0] == g for p in pairs[1:]) for g in case.givers):
                continue
            for table in fill(pairs[1:], rest):
                yield {(giver, taker): persons, **table}

    yield from fill([(g, t) for g in case.givers for t in case.takers], case.surplus)


@given(cases())
@example(Case({"A": 1}, {"A": 1}, {"A": ()}))
@example(Case({"A": 1}, {"A": 1}, {}))
@example(Case({}, {}, {}))
def test_it_is_the_first_in_order_of_all_cheapest_plans(case: Case) -> None:
    length = hops(case.neighbours)
    best: tuple[int, list[int]] | None = None
    for table in every_plan(case):
        if all(pair in length for pair, persons in table.items() if persons):
            cost = sum(persons * length[pair] for pair, persons in table.items() if persons)
            key = (cost, [-persons for persons in table.values()])
            best = key if best is None else min(best, key)
    if best is None:
        with pytest.raises(CutOff) as caught:
            case.plan()
        assert caught.value.codes == tuple(sorted(set(caught.value.codes)))
        for code in caught.value.codes:
            assert case.surplus[code]
            assert sum(n for other, n in case.surplus.items() if (code, other) in length)
        return
    found = case.plan()
    check(case.before, case.after, case.neighbours, found)
    given_ = {(line.giver, line.taker): line.persons for line in found.lines}
    pairs = [(giver, taker) for giver in case.givers for taker in case.takers]
    assert (found.crossings, [-given_.get(pair, 0) for pair in pairs]) == best
    assert list(given_) == [pair for pair in pairs if pair in given_]


@given(cases(most=40))
def test_lines_keep_the_sums_and_are_few(case: Case) -> None:
    try:
        found = case.plan()
    except CutOff:
        assume(False)
    after = dict(case.before)
    for line in found.lines:
        after[line.giver] -= line.persons
        after[line.taker] += line.persons
        assert line.persons > 0
    assert after == case.after
    assert {line.giver for line in found.lines} == set(case.givers)
    assert {line.taker for line in found.lines} == set(case.takers)
    assert len(found.lines) <= max(len(case.givers) + len(case.takers) - 1, 0)


@given(cases())
def test_the_path_is_the_shortest_with_the_smallest_codes(case: Case) -> None:
    try:
        found = case.plan()
    except CutOff:
        assume(False)
    graph = networkx.Graph(case.neighbours)
    for line in found.lines:
        ways = networkx.all_shortest_paths(graph, line.giver, line.taker)
        assert list(line.path) == min(ways)


@given(cases(most=40), st.randoms())
def test_the_order_of_rows_does_not_matter(case: Case, random: Random) -> None:
    def shuffled(codes: Mapping[str, int] | Neighbours) -> list[str]:
        return random.sample(list(codes), len(codes))

    other = Case(
        {code: case.before[code] for code in shuffled(case.before)},
        {code: case.after[code] for code in shuffled(case.after)},
        {
            code: tuple(random.sample(case.neighbours[code], len(case.neighbours[code])))
            for code in shuffled(case.neighbours)
        },
    )
    assert outcome(other) == outcome(case)


@given(cases(most=40), st.permutations("ABCDEF"))
def test_other_codes_change_who_signs_and_not_how_much_is_moved(
    case: Case, codes: list[str]
) -> None:
    later = outcome(renamed(case, {code: f"X{code}" for code in "ABCDEF"}))
    here, there = outcome(case), outcome(renamed(case, dict(zip("ABCDEF", codes, strict=True))))
    if not isinstance(here, Plan):
        assert not isinstance(there, Plan)
        return
    assert isinstance(there, Plan)
    assert isinstance(later, Plan)
    assert there.crossings == here.crossings
    assert sorted(there.prices.values()) == sorted(here.prices.values())
    # codes in the same order: the same plan under other names
    assert [line.persons for line in later.lines] == [line.persons for line in here.lines]
    assert [line.path for line in later.lines] == [
        tuple(f"X{code}" for code in line.path) for line in here.lines
    ]


def outcome(case: Case) -> Plan | tuple[str, ...]:
    try:
        return case.plan()
    except CutOff as cut_off:
        return cut_off.codes


def renamed(case: Case, names: Mapping[str, str]) -> Case:
    return Case(
        {names[code]: persons for code, persons in case.before.items()},
        {names[code]: persons for code, persons in case.after.items()},
        {
            names[code]: tuple(names[other] for other in others)
            for code, others in case.neighbours.items()
        },
    )


def test_islands_that_do_not_add_up_are_named() -> None:
    row = mutual("ABCDE", {(0, 1), (1, 2), (3, 4)})
    before = dict.fromkeys("ABCDE", 5)
    with pytest.raises(CutOff) as caught:
        plan(before, {"A": 4, "B": 5, "C": 5, "D": 7, "E": 4}, row)
    assert caught.value.codes == ("D", "E")
    within = plan(before, {"A": 4, "B": 5, "C": 6, "D": 7, "E": 3}, row)
    assert [line.path for line in within.lines] == [("A", "B", "C"), ("E", "D")]


@pytest.mark.parametrize("after", [{"A": 2}, {"A": 1, "B": 1}])
def test_other_areas_or_another_sum_are_refused(after: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="add up alike"):
        plan({"A": 1}, after, {})


# --- A square A-B-D-C-A: A has 2 and B 1 too many, C wants 1 and D 2 ---

SQUARE = Case(
    {"A": 2, "B": 1, "C": 0, "D": 0},
    {"A": 0, "B": 0, "C": 1, "D": 2},
    mutual("ABCD", {(0, 1), (0, 2), (1, 3), (2, 3)}),
)
BEST = SQUARE.plan()


def test_a_square() -> None:
    assert BEST.lines == (
        Transfer("A", "C", 1, ("A", "C")),
        Transfer("A", "D", 1, ("A", "B", "D")),
        Transfer("B", "D", 1, ("B", "D")),
    )
    assert BEST.crossings == 4
    assert BEST.prices == {"A": -2, "B": -1, "C": -1, "D": 0}


AC, AD, BD = BEST.lines


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        (replace(BEST, lines=(AC, AD)), "do not lead"),
        (replace(BEST, lines=(AC, AD, replace(BD, persons=2))), "do not lead"),
        (replace(BEST, lines=(AC, AD, BD, replace(BD, persons=0))), "B -> D: only who"),
        (replace(BEST, lines=(AC, AD, BD, Transfer("D", "B", 1, ("D", "B")))), "D -> B: only who"),
        (replace(BEST, lines=(AC, AD, replace(BD, path=()))), "B -> D: the path leads elsewhere"),
        (replace(BEST, lines=(AC, replace(AD, path=("A", "D")), BD)), "the path leaves"),
        (replace(BEST, lines=(AC, replace(AD, path=("A", "C", "D")), BD)), "an earlier pair"),
        (replace(BEST, lines=(AD, AC, BD)), "an earlier pair"),
        (
            replace(
                BEST,
                lines=(
                    replace(AD, persons=2),
                    Transfer("B", "C", 1, ("B", "A", "C")),
                ),
            ),
            "the price does not rise",
        ),
        (replace(BEST, prices={**BEST.prices, "A": -3}), "differ by more than one"),
        (replace(BEST, prices={code: p - 1 for code, p in BEST.prices.items()}), "larger prices"),
        (replace(BEST, prices={"A": -2}), "not those of the areas"),
    ],
)
def test_forged_plans_are_refused(forged: Plan, said: str) -> None:
    check(SQUARE.before, SQUARE.after, SQUARE.neighbours, BEST)
    with pytest.raises(NotProven, match=said):
        check(SQUARE.before, SQUARE.after, SQUARE.neighbours, forged)


def test_another_plan_that_is_as_cheap_is_refused() -> None:
    """A and B stand in the middle of four; each could serve either taker."""
    star = mutual("ABCD", {(0, 2), (0, 3), (1, 2), (1, 3)})
    before, after = {"A": 1, "B": 1, "C": 0, "D": 0}, {"A": 0, "B": 0, "C": 1, "D": 1}
    found = plan(before, after, star)
    assert [line.path for line in found.lines] == [("A", "C"), ("B", "D")]
    other = (Transfer("A", "D", 1, ("A", "D")), Transfer("B", "C", 1, ("B", "C")))
    with pytest.raises(NotProven, match="an earlier pair could have more"):
        check(before, after, star, replace(found, lines=other))


# --- The map of the Netherlands ---

DAY = date(2023, 1, 1)


def municipalities(province: str = "") -> dict[str, str]:
    table = read_csv(
        tables_folder("nl") / "areas" / "2023.csv",
        PLAIN,
        Problems(),
        ("code", "name", "level", "parent"),
        ("safety_region", "corop_region", "labour_market_region"),
    )
    return {
        record["code"]: record["name"]
        for record in table.records
        if record["level"] == "municipality" and record["parent"].startswith(province)
    }


def least(case: Case) -> int:
    """The least persons × borders, as a table from givers to takers instead of over borders."""
    length, graph = hops(case.neighbours), networkx.DiGraph()
    for code, persons in case.surplus.items():
        graph.add_node(code, demand=-persons)
    for giver in case.givers:
        for taker in case.takers:
            graph.add_edge(giver, taker, weight=length[giver, taker])
    return int(networkx.network_simplex(graph)[0])


def test_zeeland_from_equal_numbers_to_those_of_the_first_half_of_2023() -> None:
    """Of thirteen eight give and five take; nineteen persons cross the Scheldt to Terneuzen."""
    names = municipalities("PV29")
    distribution = allocator.distribute(allocator.load("nl/housing-2023-h1"))
    after = {code: distribution.number(code, "permit_holders") for code in names}
    equal, more = divmod(sum(after.values()), len(names))
    before = {code: equal + (place < more) for place, code in enumerate(sorted(names))}
    case = Case(before, after, neighbours("nl", DAY, names, Place(""), Problems()))
    found = case.plan()
    check(before, after, case.neighbours, found)
    assert found.crossings == least(case)
    assert found.crossings == 177
    assert [
        (" - ".join(names[code] for code in line.path), line.persons) for line in found.lines
    ] == [
        ("Borsele - Middelburg", 9),
        ("Hulst - Terneuzen", 3),
        ("Kapelle - Goes", 10),
        ("Kapelle - Borsele - Middelburg", 11),
        ("Reimerswaal - Kapelle - Borsele - Middelburg", 4),
        ("Reimerswaal - Kapelle - Borsele - Vlissingen - Sluis - Terneuzen", 2),
        ("Reimerswaal - Tholen - Schouwen-Duiveland", 2),
        ("Tholen - Schouwen-Duiveland", 4),
        ("Veere - Vlissingen - Sluis - Terneuzen", 9),
        ("Noord-Beveland - Veere - Vlissingen - Sluis - Terneuzen", 8),
        ("Noord-Beveland - Veere - Vlissingen", 18),
        ("Sluis - Terneuzen", 8),
    ]


@pytest.mark.parametrize("largest", [5, 300, 100_000])
def test_all_municipalities_change(largest: int) -> None:
    random, names = Random(largest), municipalities()
    before = {code: random.randrange(largest) for code in names}
    rows = random.sample(list(before.values()), len(before))
    after = dict(zip(names, rows, strict=True))
    case = Case(before, after, neighbours("nl", DAY, names, Place(""), Problems()))
    found = case.plan()
    check(before, after, case.neighbours, found)
    assert found.crossings == least(case)
    assert len(found.lines) < len(case.givers) + len(case.takers)
    assert all(
        there in case.neighbours[here]
        for line in found.lines
        for here, there in pairwise(line.path)
    )
