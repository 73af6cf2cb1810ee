"""Ties: which cells other optima round differently, and the one optimum that their order chooses.

Two optima differ by circles of steps that cost nothing under the proving prices. Where there is no
such circle the optimum is the only one. Where there are, their arcs fall into groups that can be
chosen apart from each other, and in each the earliest cells go up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from allocator.core.whole.cost import Cost
from allocator.core.whole.network import Network, Step


def tied_arcs(prices: Sequence[Cost], residual: Sequence[Sequence[Step]]) -> list[list[int]]:
    """Groups of arcs that differ between optima; none, when the optimum is the only one."""
    tight: dict[int, list[tuple[int, int]]] = {}
    for node, steps in enumerate(residual):
        here = prices[node]
        free = [(head, arc) for head, cost, arc, _ in steps if here + cost == prices[head]]
        if free:
            tight[node] = free
    onward = {node: [step for step in free if step[0] in tight] for node, free in tight.items()}
    component = _strong_components(onward)
    edges: dict[int, tuple[int, int]] = {}
    for node, free in onward.items():
        for head, arc in free:
            if component[node] == component[head]:
                edges[arc] = (node, head)
    return _blocks(edges)


def _strong_components(out: dict[int, list[tuple[int, int]]]) -> dict[int, int]:
    """The strongly connected component of every node (Kosaraju, without recursion)."""
    back: dict[int, list[int]] = {}
    for node, steps in out.items():
        for head, _ in steps:
            back.setdefault(head, []).append(node)
    finished: list[int] = []
    seen: set[int] = set()
    for start in out:
        trail = [] if start in seen else [(start, iter(out[start]))]
        seen.add(start)
        while trail:
            node, steps_left = trail[-1]
            head = next((h for h, _ in steps_left if h not in seen), -1)
            if head == -1:
                finished.append(node)
                trail.pop()
            else:
                seen.add(head)
                trail.append((head, iter(out.get(head, ()))))
    component: dict[int, int] = {}
    for start in reversed(finished):
        wave = [] if start in component else [start]
        component.setdefault(start, start)
        for node in wave:  # grows while it is walked
            fresh = [before for before in back.get(node, ()) if before not in component]
            component.update(dict.fromkeys(fresh, start))
            wave.extend(dict.fromkeys(fresh))
    return component


def _blocks(edges: dict[int, tuple[int, int]]) -> list[list[int]]:
    """Arcs grouped so that two share a group when a circle holds both; bridges are left out."""
    around: dict[int, list[tuple[int, int]]] = {}
    for arc, (one, other) in edges.items():
        around.setdefault(one, []).append((other, arc))
        around.setdefault(other, []).append((one, arc))
    depth: dict[int, int] = {}
    up: dict[int, tuple[int, int]] = {}
    for start in around:
        wave = [] if start in depth else [start]
        depth.setdefault(start, 0)
        for node in wave:
            for other, arc in around[node]:
                if other not in depth:
                    depth[other], up[other] = depth[node] + 1, (node, arc)
                    wave.append(other)
    group = {arc: arc for arc in edges}

    def first(arc: int) -> int:
        while group[arc] != arc:
            group[arc] = group[group[arc]]
            arc = group[arc]
        return arc

    tree = {arc for _, arc in up.values()}
    for arc, (one, other) in edges.items():
        if arc not in tree:  # it closes a circle with the two ways up to where they meet
            while one != other:
                if depth[one] < depth[other]:
                    one, other = other, one
                one, climbed = up[one]
                group[first(climbed)] = first(arc)
    groups: dict[int, list[int]] = {}
    for arc in edges:
        groups.setdefault(first(arc), []).append(arc)
    return sorted(sorted(arcs) for arcs in groups.values() if len(arcs) > 1)


@dataclass
class Settling:
    """One group of tied arcs, from which steps are taken out as their cells are decided."""

    net: Network
    values: list[int]
    prices: Sequence[Cost]
    out: dict[int, dict[int, int]] = field(default_factory=dict)
    into: dict[int, dict[int, int]] = field(default_factory=dict)

    def open(self, arc: int) -> None:
        """Write down the arc's steps that cost nothing from where it stands."""
        for node, (head, cost, _, _) in self.net.steps(arc, self.values[arc]):
            if self.prices[node] + cost == self.prices[head]:
                self.out.setdefault(node, {})[arc] = head
                self.into.setdefault(head, {})[arc] = node

    def close(self, arc: int) -> None:
        """Take the arc's steps out."""
        for node in self.net.ends[arc]:
            self.out.get(node, {}).pop(arc, None)
            self.into.get(node, {}).pop(arc, None)

    def raise_cell(self, arc: int) -> bool:
        """Raise an arc by one along a circle that costs nothing, if there is one."""
        tail, head = self.net.ends[arc]
        if self.out.get(tail, {}).get(arc) != head:
            return False
        came, wave = {head: (tail, arc)}, deque([head])
        while wave and tail not in came:
            node = wave.popleft()
            for step, there in self.out.get(node, {}).items():
                if there not in came and step != arc:
                    came[there] = (node, step)
                    wave.append(there)
        if tail not in came:
            self._cut(came.keys())
            return False
        node, circle = head, []
        while True:
            node, step = came[node]
            circle.append((node, step))
            if node == head:
                break
        for node, step in circle:
            self.values[step] += 1 if self.net.ends[step][0] == node else -1
            self.close(step)
            self.open(step)
        return True

    def _cut(self, closed: Set[int]) -> None:
        """Nothing leaves a set that was searched in vain, so no circle enters it either."""
        for node in closed:
            for arc, before in list(self.into.get(node, {}).items()):
                if before not in closed:
                    self.out[before].pop(arc, None)
                    self.into[node].pop(arc, None)


def settle(
    net: Network,
    values: list[int],
    prices: Sequence[Cost],
    group: Sequence[int],
    order: Sequence[int],
) -> None:
    """Change the values within a group of tied arcs so that the first in order are the highest."""
    settling = Settling(net, values, prices)
    for arc in group:
        settling.open(arc)
    for arc in order:
        while settling.raise_cell(arc):
            pass
        settling.close(arc)
