"""The sums as one network, and shortest distances in what is left of it.

Every part flows down the tree of areas, meets the other parts in the leaf, and flows back up as
the whole. The arc of a sum carries that sum, so a table is a circulation, and another table differs
from it by circles. The distances either prove that no circle is cheaper, or show one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from allocator.core.whole.cost import Cost, pricing, zero_of
from allocator.core.whole.problem import Problem, Sum

OUTSIDE: Sum = ("", None)
"""The point above the root, where all parts start and the whole ends."""


Step = tuple[int, Cost, int, int]
"""One unit more or less on an arc, seen from where it starts: (end, cost, arc, +1 or -1)."""


class ImprovingCircle(ValueError):
    """The numbers are not the optimum: these changes together cost less than nothing."""

    def __init__(self, changes: list[tuple[Sum, int]]) -> None:
        self.changes = changes
        told = ", ".join(f"{'+' if up > 0 else '-'}1 {area} {part}" for (area, part), up in changes)
        super().__init__(f"not the optimum; better: {told}")


@dataclass(frozen=True)
class Network:
    """Arcs between nodes, each with limits and a convex cost per unit."""

    nodes: Sequence[Sum]
    """What each node stands for: (area, part) where a part is divided, (area, None) for a whole."""
    names: Sequence[Sum]
    """The sum that each arc carries."""
    ends: Sequence[tuple[int, int]]
    """Where each arc starts and ends."""
    limits: Sequence[tuple[int, int]]
    """The least and the largest number on each arc."""
    step: Callable[[int, int], Cost]
    """The cost of raising arc a from n to n+1."""
    zero: Cost
    """Nothing, in the costs' own numbers."""

    def steps(self, arc: int, number: int) -> list[tuple[int, Step]]:
        """What can still change on an arc: (node, step), at most one unit up and one down."""
        tail, head = self.ends[arc]
        low, high = self.limits[arc]
        found = []
        if number < high:
            found.append((tail, (head, self.step(arc, number), arc, 1)))
        if number > low:
            found.append((head, (tail, -self.step(arc, number - 1), arc, -1)))
        return found

    def residual(self, numbers: Sequence[int]) -> list[list[Step]]:
        """All possible steps, by the node where they start."""
        found: list[list[Step]] = [[] for _ in self.nodes]
        for arc, (number, (low, high)) in enumerate(zip(numbers, self.limits, strict=True)):
            if low < high:
                for node, step in self.steps(arc, number):
                    found[node].append(step)
        return found

    def distances(self, residual: list[list[Step]]) -> list[Cost]:
        """The largest prices, none above nothing, under which no step pays (Bellman-Ford).

        They are the shortest distances from a root that reaches every node free of cost. All
        optima share them, for the prices that prove one optimum prove all.
        """
        distance = [self.zero] * len(self.nodes)
        came: list[tuple[int, Step] | None] = [None] * len(self.nodes)
        reached, rounds = list(range(len(self.nodes))), 0
        while reached:
            changed = set()
            for node in reached:
                here = distance[node]
                for step in residual[node]:
                    there = here + step[1]
                    if there < distance[step[0]]:
                        distance[step[0]] = there
                        came[step[0]] = (node, step)
                        changed.add(step[0])
            reached = sorted(changed)
            rounds += 1
            if rounds % 8 == 0:
                self._refuse_circle(came)
        return distance

    def _refuse_circle(self, came: list[tuple[int, Step] | None]) -> None:
        """Raise when the ways by which nodes were reached close on themselves."""
        seen = [-1] * len(came)
        for start in range(len(came)):
            node, before = start, came[start]
            while before is not None and seen[node] == -1:
                seen[node] = start
                node = before[0]
                before = came[node]
            if before is not None and seen[node] == start:
                raise ImprovingCircle(self._circle(node, came))

    def _circle(self, start: int, came: list[tuple[int, Step] | None]) -> list[tuple[Sum, int]]:
        changes, node = [], start
        while True:
            before = came[node]
            assert before is not None
            node, (_, _, arc, change) = before
            changes.append((self.names[arc], change))
            if node == start:
                return changes[::-1]


def improve(net: Network, numbers: list[int]) -> tuple[list[Cost], list[list[Step]]]:
    """Change the numbers along improving circles until distances prove them.

    The answer is these distances, and the steps that the final numbers leave possible.
    """
    while True:
        residual = net.residual(numbers)
        try:
            return net.distances(residual), residual
        except ImprovingCircle as circle:
            for name, change in circle.changes:
                numbers[net.names.index(name)] += change


def network(problem: Problem) -> Network:
    """The network of a problem: its arcs are the sums, bounded by floor and ceiling."""
    nodes: list[Sum] = [OUTSIDE]
    at: dict[Sum, int] = {}
    for area in reversed(problem.upward):
        parts = (*problem.parts, None) if area in problem.children else (None,)
        for part in parts:
            at[area, part] = len(nodes)
            nodes.append((area, part))
    names: list[Sum] = []
    ends: list[tuple[int, int]] = []
    for area in reversed(problem.upward):
        leaf = at[area, None] if area not in problem.children else None
        parent = problem.parents[area]
        for part in (*problem.parts, None):
            above = 0 if parent is None else at[parent, part]
            here = at[area, part] if leaf is None else leaf
            names.append((area, part))
            ends.append((here, above) if part is None else (above, here))
    leaves = set(problem.leaves)
    price, zero = pricing(problem.method, problem.unit), zero_of(problem.method)
    shares = [
        problem.shares[area, part] if part is not None and area in leaves else None
        for area, part in names
    ]

    def step(arc: int, number: int) -> Cost:
        share = shares[arc]
        return zero if share is None else price(share, number)

    return Network(nodes, names, ends, [problem.bounds[name] for name in names], step, zero)
