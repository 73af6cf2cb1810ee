"""Who hands persons to whom, so that one table becomes another over the fewest borders.

An area with too many gives and one with too few takes; nobody does both. Of all plans with the
least persons × borders it is the one that gives the first pair in code order the most, then the
second, and so on; it has fewer lines than givers and takers together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import networkx

Neighbours = Mapping[str, tuple[str, ...]]
"""Per area those it borders on; each of two neighbours names the other."""

Flow = Counter[tuple[str, str]]
"""The persons who cross from one neighbour to the other."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line that two areas sign."""

    giver: str
    taker: str
    persons: int
    path: tuple[str, ...]  # from giver to taker over the fewest borders, the smallest codes first

    @property
    def borders(self) -> int:
        return len(self.path) - 1


@dataclass(frozen=True, slots=True)
class Plan:
    """All transfers, with prices that prove them the cheapest.

    Between neighbours the prices differ by at most one, and a transfer climbs one per border: no
    plan can do with less than the prices at the takers minus those at the givers.
    """

    lines: tuple[Transfer, ...]  # by giver, then by taker
    prices: Mapping[str, int]  # per area; the largest ones that prove it, none above nothing

    @property
    def crossings(self) -> int:
        """Persons × borders, all together."""
        return sum(line.persons * line.borders for line in self.lines)


class CutOff(Exception):
    """Areas that give or take, and cannot do so among those that they can reach."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(codes)
        self.codes = codes


class NotProven(ValueError):
    """The plan is not the one that leads from the one table to the other; it says where."""


def plan(before: Mapping[str, int], after: Mapping[str, int], neighbours: Neighbours) -> Plan:
    """The transfers that lead from before to after; both hold the same areas and add up alike.

    Of a row of three the outer ones differ, and hand over two persons across the middle:

    >>> row = {"A": ("B",), "B": ("A", "C"), "C": ("B",)}
    >>> found = plan({"A": 5, "B": 4, "C": 1}, {"A": 3, "B": 4, "C": 3}, row)
    >>> found.lines
    (Transfer(giver='A', taker='C', persons=2, path=('A', 'B', 'C')),)
    >>> found.crossings, found.prices
    (4, {'A': -2, 'B': -1, 'C': 0})
    """
    surplus = _surplus(before, after)
    _refuse_cut_off(surplus, neighbours)
    flow = _cheapest(surplus, neighbours)
    prices = _prices(flow, before, neighbours)
    return Plan(_first_in_order(surplus, flow, _Slope(prices, neighbours)), prices)


def _surplus(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """What each area that changes has too many, in code order."""
    if before.keys() != after.keys() or sum(before.values()) != sum(after.values()):
        raise ValueError("the tables must hold the same areas and add up alike")
    return {
        code: before[code] - after[code] for code in sorted(before) if before[code] != after[code]
    }


def _refuse_cut_off(surplus: Mapping[str, int], neighbours: Neighbours) -> None:
    """What hangs together must add up to nothing; of the parts the largest is not the cut off."""
    parts: list[set[str]] = []
    for code in sorted({*surplus, *neighbours}):
        if not any(code in part for part in parts):
            parts.append(_reached(code, neighbours))
    largest = max(parts, key=len, default=set())
    cut_off: set[str] = set()
    for part in parts:
        changing = part & surplus.keys()
        if part is not largest and sum(surplus[code] for code in changing) != 0:
            cut_off |= changing
    if cut_off:
        raise CutOff(tuple(sorted(cut_off)))


def _reached(start: str, onward: Neighbours) -> set[str]:
    """Everything that can be reached from somewhere, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        fresh = set(onward.get(waiting.pop(), ())) - seen
        seen |= fresh
        waiting.extend(fresh)
    return seen


def _cheapest(surplus: Mapping[str, int], neighbours: Neighbours) -> Flow:
    """A flow over the borders with the least crossings; a cheapest plan along its paths is one."""
    if not surplus:
        return Counter()
    graph = networkx.DiGraph()
    graph.add_nodes_from((code, {"demand": -persons}) for code, persons in surplus.items())
    graph.add_edges_from(_borders(neighbours), weight=1)
    _, found = networkx.network_simplex(graph)
    return Counter({(one, other): found[one][other] for one, other in graph.edges})


def _borders(neighbours: Neighbours) -> list[tuple[str, str]]:
    """Every border, once in each direction."""
    return [(one, other) for one, others in neighbours.items() for other in others]


def _prices(flow: Flow, areas: Iterable[str], neighbours: Neighbours) -> dict[str, int]:
    """The largest prices, none above nothing, that rise by one per border and along the flow.

    They are shortest distances (Bellman-Ford): a border costs one, and taking back a person who
    crosses it saves one. All cheapest flows share them; another one has no such prices.
    """
    steps = [(one, other, 1) for one, other in _borders(neighbours)]
    steps += [(other, one, -1) for (one, other), persons in flow.items() if persons]
    prices = dict.fromkeys(sorted({*areas, *neighbours}), 0)
    for _ in range(len(prices) + 1):
        changed = False
        for one, other, cost in steps:
            if prices[one] + cost < prices[other]:
                prices[other] = prices[one] + cost
                changed = True
        if not changed:
            return prices
    raise NotProven("the flow is not the cheapest")


class _Slope:
    """The borders along which the price rises; plans with the least crossings use no others."""

    def __init__(self, prices: Mapping[str, int], neighbours: Neighbours) -> None:
        self.up: dict[str, tuple[str, ...]] = {}
        self.down: dict[str, tuple[str, ...]] = {}
        for code, others in neighbours.items():
            self.up[code] = tuple(o for o in sorted(others) if prices[o] == prices[code] + 1)
            self.down[code] = tuple(o for o in sorted(others) if prices[o] == prices[code] - 1)

    def path(self, giver: str, taker: str) -> tuple[str, ...]:
        """The way up with the smallest codes."""
        below, path = _reached(taker, self.down), [giver]
        while path[-1] != taker:
            path.append(next(code for code in self.up[path[-1]] if code in below))
        return tuple(path)

    def ways_to(self, giver: str, flow: Flow) -> dict[str, str]:
        """The next step toward the giver from wherever persons can be sent back to it.

        Sending takes back persons who came up a border, or sends more up another.
        """
        following, reached = {giver: giver}, [giver]
        for here in reached:  # grows while it is walked
            back = [code for code in self.up[here] if flow[here, code]]
            for code in (*back, *self.down[here]):
                if code not in following:
                    following[code] = here
                    reached.append(code)
        return following


def _first_in_order(surplus: Mapping[str, int], flow: Flow, slope: _Slope) -> tuple[Transfer, ...]:
    """The plan that gives each pair in turn the most that those before it leave.

    A pair can have what can be sent back from taker to giver in the flow that remains. Who cannot
    have more now cannot later, so the smallest code that can is always next.
    """
    flow, left, lines = flow.copy(), dict(surplus), []
    for giver in surplus:
        above = sorted(code for code in _reached(giver, slope.up) if left.get(code, 0) < 0)
        taken: Counter[str] = Counter()
        while left[giver] > 0:
            following = slope.ways_to(giver, flow)
            taker = next(code for code in above if left[code] and code in following)
            way = [taker]
            while way[-1] != giver:
                way.append(following[way[-1]])
            down = [(low, high) for high, low in pairwise(way) if low in slope.down[high]]
            persons = min(left[giver], -left[taker], *(flow[step] for step in down))
            flow.subtract(dict.fromkeys(down, persons))
            flow.update({step: persons for step in pairwise(way) if step[1] in slope.up[step[0]]})
            left[giver] -= persons
            left[taker] += persons
            taken[taker] += persons
        lines += [
            Transfer(giver, taker, taken[taker], slope.path(giver, taker))
            for taker in sorted(taken)
        ]
    return tuple(lines)


def check(
    before: Mapping[str, int], after: Mapping[str, int], neighbours: Neighbours, found: Plan
) -> None:
    """Raise `NotProven` unless the plan leads from before to after, is cheapest, and is the one.

    No solver is asked: the prices prove the least crossings, and giving earlier pairs all that
    they can have must lead back to the plan.
    """
    surplus, prices = _surplus(before, after), found.prices
    if prices.keys() != {*before, *neighbours}:
        raise NotProven("the prices are not those of the areas")
    if any(abs(prices[one] - prices[other]) > 1 for one, other in _borders(neighbours)):
        raise NotProven("prices of neighbours differ by more than one")
    moved: Counter[str] = Counter()
    flow: Flow = Counter()
    for line in found.lines:
        _check_line(line, surplus, prices, neighbours)
        moved.update({line.giver: line.persons, line.taker: -line.persons})
        flow.update(dict.fromkeys(pairwise(line.path), line.persons))
    if moved != surplus:
        raise NotProven("the transfers do not lead from the one table to the other")
    if prices != _prices(flow, before, neighbours):
        raise NotProven("larger prices prove it as well")
    if found.lines != _first_in_order(surplus, flow, _Slope(prices, neighbours)):
        raise NotProven("an earlier pair could have more")


def _check_line(
    line: Transfer, surplus: Mapping[str, int], prices: Mapping[str, int], neighbours: Neighbours
) -> None:
    pair = f"{line.giver} -> {line.taker}"
    if surplus.get(line.giver, 0) <= 0 or surplus.get(line.taker, 0) >= 0 or line.persons <= 0:
        raise NotProven(f"{pair}: only who has too many gives, and only to who has too few")
    if (line.path[:1], line.path[-1:]) != ((line.giver,), (line.taker,)):
        raise NotProven(f"{pair}: the path leads elsewhere")
    if any(other not in neighbours.get(one, ()) for one, other in pairwise(line.path)):
        raise NotProven(f"{pair}: the path leaves the borders")
    if prices[line.taker] - prices[line.giver] != line.borders:
        raise NotProven(f"{pair}: the price does not rise by one per border")
