"""A table that is already the best: every area tells its parent what floor or ceiling would cost.

Between floor and ceiling an area has at most 2**parts states, so an exact list of offers (state ->
cost) can be made for leaves and handed up. To reach given sums its children start at the offers
they like best under a price per part, and are then moved by the cheapest exchanges, which is
successive shortest paths on a graph of parts + 1 nodes. Nothing rests on this module: the network's
distances prove what it found, or improve it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from heapq import heappop, heappush
from itertools import product

from allocator.core.whole.cost import Cost, pricing, zero_of
from allocator.core.whole.problem import Cell, Problem, Refused, name_of

Offers = dict[int, Cost]
"""The cost of each state an area can be in; bit p is set where part p stands at its ceiling."""


class Family:
    """The children of one area, the state each is in, and the cheapest way to other sums."""

    def __init__(self, children: Sequence[Offers], wanted: Sequence[int], zero: Cost) -> None:
        self.children, self.zero, self.parts = children, zero, len(wanted)
        self.spent = zero
        states = range(1 << self.parts)
        self.exchange = {(a, b): _exchange(a, b, self.parts) for a in states for b in states}
        price = self._price(wanted)
        owed = [zero] * (1 << self.parts)
        for state in states:
            for part in range(self.parts):
                if state >> part & 1:
                    owed[state] = owed[state] + price[part]
        self.at = [_cheapest(offers, owed) for offers in children]
        self.sums = [sum(state >> part & 1 for state in self.at) for part in range(self.parts)]
        ends = range(self.parts + 1)
        self.heaps: dict[tuple[int, int], list[tuple[Cost, int, int, int]]]
        self.heaps = {(give, take): [] for give in ends for take in ends if give != take}
        for child in range(len(children)):
            self._offer(child)

    def _price(self, wanted: Sequence[int]) -> list[Cost]:
        """A first guess: what the last unit costs when each part is rounded by itself."""
        found = []
        for part in range(self.parts):
            bit, always, costs = 1 << part, 0, []
            for offers in self.children:
                pair = next((s for s in offers if not s & bit and s | bit in offers), None)
                if pair is not None:
                    costs.append(offers[pair | bit] - offers[pair])
                elif all(state & bit for state in offers):
                    always += 1
            costs.sort()
            rank = min(max(wanted[part] - always, 0), len(costs) - 1)
            found.append(costs[rank] if costs else self.zero)
        return found

    def _offer(self, child: int) -> None:
        """Write down what the child's possible exchanges cost from where it stands."""
        offers, now = self.children[child], self.at[child]
        here = offers[now]
        for state, cost in offers.items():
            key = self.exchange[now, state]
            if key is not None:  # among equals the earliest goes up, the latest down
                first = -child if key[1] == self.parts else child
                heappush(self.heaps[key], (cost - here, first, now, state))

    def _best(self, give: int, take: int) -> tuple[Cost, int, int] | None:
        """The cheapest exchange of a unit of one part for another: (cost, child, change)."""
        heap = self.heaps[give, take]
        while heap:
            cost, first, before, after = heap[0]
            if self.at[abs(first)] == before:
                return cost, abs(first), before ^ after
            heappop(heap)
        return None

    def move_to(self, wanted: Sequence[int]) -> bool:
        """Reach the wanted sums at least cost; False where no table has them."""
        while True:
            need = [want - have for want, have in zip(wanted, self.sums, strict=True)]
            need.append(-sum(need))
            if not any(need):
                return True
            path = self._shortest(need)
            if path is None:
                return False
            for give, take, child, change in path:
                before, offers = self.at[child], self.children[child]
                self.at[child] = before ^ change
                self.spent = self.spent + offers[before ^ change] - offers[before]
                self._offer(child)
                if take < self.parts:
                    self.sums[take] += 1
                if give < self.parts:
                    self.sums[give] -= 1

    def _shortest(self, need: Sequence[int]) -> list[tuple[int, int, int, int]] | None:
        """The cheapest chain of exchanges, the shortest of equals, from a surplus to a need."""
        steps = [
            (give, take, *best)
            for give, take in self.heaps
            if (best := self._best(give, take)) is not None
        ]
        reach = {n: (self.zero, 0) for n, wanted in enumerate(need) if wanted < 0}
        came: dict[int, tuple[int, int, Cost, int, int]] = {}
        for _ in need:
            for step in steps:
                give, take = step[:2]
                if give in reach:
                    there = (reach[give][0] + step[2], reach[give][1] + 1)
                    if take not in reach or there < reach[take]:
                        reach[take], came[take] = there, step
        ends = [n for n, wanted in enumerate(need) if wanted > 0 and n in reach]
        if not ends:
            return None
        node, path = min(ends, key=lambda n: reach[n]), []
        while node in came:
            give, take, _, child, change = came[node]
            path.append((give, take, child, change))
            node = give
        return path


def _exchange(before: int, after: int, parts: int) -> tuple[int, int] | None:
    """Which part gives a unit for which, `parts` being the outside; None if more than one each."""
    gives, takes = before & ~after, after & ~before
    if before == after or gives.bit_count() > 1 or takes.bit_count() > 1:
        return None
    return (gives.bit_length() - 1) % (parts + 1), (takes.bit_length() - 1) % (parts + 1)


def _cheapest(offers: Offers, owed: Sequence[Cost]) -> int:
    best: tuple[Cost, int] | None = None
    for state, cost in offers.items():
        if best is None or cost - owed[state] < best[0]:
            best = cost - owed[state], state
    assert best is not None
    return best[1]


def suggest(problem: Problem) -> dict[Cell, int]:
    """The cheapest table, or `Refused` where limits leave none.

    >>> from fractions import Fraction
    >>> suggest(Problem({"NL": None, "A": "NL", "B": "NL"}, ("places",),
    ...     {("A", "places"): Fraction(5, 4), ("B", "places"): Fraction(7, 4)}))
    {('A', 'places'): 1, ('B', 'places'): 2}
    """
    offers: dict[str, Offers] = {}
    reached: dict[str, dict[int, list[int]]] = {}
    price = pricing(problem.method, problem.unit)
    for area in problem.upward:
        if area in problem.children:
            offers[area], reached[area] = _offers_of_family(problem, area, offers)
        else:
            offers[area] = _offers_of_leaf(problem, area, price)
        if not offers[area]:
            raise Refused(f"the limits in {area} cannot hold together with {_told(problem, area)}")
    root = problem.upward[-1]
    state = {root: _cheapest(offers[root], [zero_of(problem.method)] * (1 << len(problem.parts)))}
    for area in reversed(problem.upward):
        if area in problem.children:
            state.update(zip(problem.children[area], reached[area][state[area]], strict=True))
    return {
        (leaf, part): problem.bounds[leaf, part][0] + (state[leaf] >> bit & 1)
        for leaf in problem.leaves
        for bit, part in enumerate(problem.parts)
    }


def _states(problem: Problem, area: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The states whose parts and whole keep the area's bounds, each with the parts that go up."""
    bounds = problem.bounds
    least, most = bounds[area, None]
    room = []
    for part in problem.parts:
        low, high = bounds[area, part]
        room.append(high - low)
        least, most = least - low, most - low
    return _ups(tuple(room), least, most)


@cache
def _ups(room: tuple[int, ...], least: int, most: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """All ways to go up within the room of each part and from least to most in all."""
    return tuple(
        (sum(up << bit for bit, up in enumerate(ups)), ups)
        for ups in product(*(range(free + 1) for free in room))
        if least <= sum(ups) <= most
    )


def _offers_of_leaf(problem: Problem, leaf: str, price: Callable[[int, int], Cost]) -> Offers:
    least, most = problem.bounds[leaf, None]
    costs: Offers = {0: zero_of(problem.method)}
    for bit, part in enumerate(problem.parts):
        low, high = problem.bounds[leaf, part]
        least, most = least - low, most - low
        if low < high:
            up = price(problem.shares[leaf, part], low)
            costs |= {state | 1 << bit: before + up for state, before in costs.items()}
    return {state: cost for state, cost in costs.items() if least <= state.bit_count() <= most}


def _offers_of_family(
    problem: Problem, area: str, offers: dict[str, Offers]
) -> tuple[Offers, dict[int, list[int]]]:
    """What each state of an area costs, and the states of its children in it."""
    children, zero = problem.children[area], zero_of(problem.method)
    base = [
        problem.bounds[area, part][0] - sum(problem.bounds[child, part][0] for child in children)
        for part in problem.parts
    ]
    family: Family | None = None
    found: Offers = {}
    reached: dict[int, list[int]] = {}
    for state, ups in _states(problem, area):
        wanted = [least + up for least, up in zip(base, ups, strict=True)]
        if family is None:
            family = Family([offers[child] for child in children], wanted, zero)
        if family.move_to(wanted):
            if not found:
                family.spent = zero  # only differences between states matter
            found[state], reached[state] = family.spent, list(family.at)
    return found, reached


def _told(problem: Problem, area: str) -> str:
    told = []
    for part in (*problem.parts, None):
        low, high = problem.bounds[area, part]
        told.append(f"{name_of((area, part))} {low}" + (f" to {high}" if high > low else ""))
    return ", ".join(told)
