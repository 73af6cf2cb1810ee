"""Whole numbers for two parts that add up at every level: `python -m benchmarks.whole`.

Peers get the finished network and are timed on solving it alone, without ties or certificate.
OR-Tools adds costs in 64 bits: it gets them rounded, and so solves a slightly different problem.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from fractions import Fraction
from importlib import import_module
from random import Random
from typing import Any

from allocator.core.whole.cost import Cost
from allocator.core.whole.network import Network, network
from allocator.core.whole.problem import Problem
from allocator.core.whole.solve import solve
from allocator.reading.library import instances_folder
from benchmarks import repeat


def country(name: str, year: int, totals: Mapping[str, int]) -> Problem:
    """All municipalities of a country in their levels, in proportion to inhabitants."""
    above = {row["code"]: row["parent"] for row in _rows(name, "areas", year)}
    weights = {row["code"]: int(row["population"]) for row in _rows(name, "population", year)}
    parents: dict[str, str | None] = {}
    for leaf in weights:
        code = leaf
        while code and code not in parents:
            parents[code] = above[code] or None
            code = above[code]
    return _keyed(parents, dict.fromkeys(totals, weights), totals)


def random_country() -> Problem:
    """35,000 leaves in 100 departments in 13 regions, with a key of its own for each part."""
    draw = Random(1)
    parents: dict[str, str | None] = {"country": None}
    parents |= {f"R{n}": "country" for n in range(13)}
    parents |= {f"D{n}": f"R{n % 13}" for n in range(100)}
    leaves = [f"C{n}" for n in range(35_000)]
    parents |= {leaf: f"D{draw.randrange(100)}" for leaf in leaves}
    totals = {"minors": 50_000, "regular": 500_000}
    keys = {
        part: {leaf: int(draw.lognormvariate(6, 1.3)) + 1 for leaf in leaves} for part in totals
    }
    return _keyed(parents, keys, totals)


def _keyed(
    parents: Mapping[str, str | None],
    keys: Mapping[str, Mapping[str, int]],
    totals: Mapping[str, int],
) -> Problem:
    sums = {part: sum(weights.values()) for part, weights in keys.items()}
    quotas = {
        (leaf, part): Fraction(total * keys[part][leaf], sums[part])
        for leaf in next(iter(keys.values()))
        for part, total in totals.items()
    }
    return Problem(parents, tuple(totals), quotas)


def _rows(name: str, table: str, year: int) -> list[dict[str, str]]:
    file = instances_folder() / name / "tables" / table / f"{year}.csv"
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def ours(problem: Problem) -> repeat.Run:
    """Bounds, table, ties and certificate, from a question that remembers nothing."""
    return lambda: solve(Problem(problem.parents, problem.parts, problem.quotas, problem.method))


def by_networkx(problem: Problem) -> repeat.Run:
    import networkx  # here, so that our own memory is without it

    net = network(problem)
    graph = networkx.DiGraph()
    for arc, ((tail, head), (low, high)) in enumerate(zip(net.ends, net.limits, strict=True)):
        graph.add_edge(tail, head, capacity=high - low, weight=net.step(arc, low))
    for node, supply in enumerate(_supplies(net)):
        graph.add_node(node, demand=-supply)
    return lambda: networkx.network_simplex(graph)


def by_ortools(problem: Problem) -> repeat.Run:
    min_cost_flow: Any = import_module("ortools.graph.python.min_cost_flow")
    import numpy

    net = network(problem)
    tails, heads = numpy.array(net.ends).T
    low, high = numpy.array(net.limits).T
    costs = [(_whole(net.step(arc, int(n))) << 40) // problem.unit for arc, n in enumerate(low)]
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, high - low, numpy.array(costs))
    solver.set_nodes_supplies(numpy.arange(len(net.nodes)), numpy.array(_supplies(net)))

    def run() -> None:
        assert solver.solve() == solver.OPTIMAL

    return run


def _whole(cost: Cost) -> int:
    assert isinstance(cost, int)  # by largest remainder
    return cost


def _supplies(net: Network) -> list[int]:
    """What must leave each node above the lower limits of its arcs."""
    supplies = [0] * len(net.nodes)
    for (tail, head), (low, _) in zip(net.ends, net.limits, strict=True):
        supplies[tail] -= low
        supplies[head] += low
    return supplies


QUESTIONS: dict[str, Callable[[], Problem]] = {
    "342 × 2 in 12 provinces": lambda: country("nl", 2023, {"minors": 8_140, "regular": 87_860}),
    "10,796 × 2 in 401 districts in 16 Länder": lambda: country(
        "de", 2019, {"minors": 84_790, "regular": 915_210}
    ),
    "35,000 × 2 in 100 departments in 13 regions, random": random_country,
}
SOLVERS: dict[str, Callable[[Problem], repeat.Run]] = {
    "ours": ours,
    "OR-Tools SimpleMinCostFlow": by_ortools,
    "networkx network_simplex": by_networkx,
}

if __name__ == "__main__":
    repeat.main(QUESTIONS, SOLVERS)
