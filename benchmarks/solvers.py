"""How a model is solved: by ourselves with ties and certificate, or by a peer without.

Peers get the finished network and are timed on solving it alone. OR-Tools adds costs in 64 bits, so
it gets them rounded and solves a slightly different problem.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import networkx
import numpy

from allocator.core.shares.problem import Problem as SharesProblem
from allocator.core.shares.programs import settle_by_programs
from allocator.core.shares.solve import fair_shares, fair_shares_by
from allocator.core.whole.cost import Cost
from allocator.core.whole.network import Network, network
from allocator.core.whole.problem import Problem
from allocator.core.whole.solve import solve

Run = Callable[[], object]
"""Does the work once; everything that is not timed was done before."""


def whole_by_ourselves(problem: Problem) -> Run:
    """Bounds, table, ties and certificate, from a question that remembers nothing."""
    return lambda: solve(Problem(problem.parents, problem.parts, problem.quotas, problem.method))


def whole_by_networkx(problem: Problem) -> Run:
    net = network(problem)
    graph = networkx.DiGraph()
    for arc, ((tail, head), (low, high)) in enumerate(zip(net.ends, net.limits, strict=True)):
        graph.add_edge(tail, head, capacity=high - low, weight=net.step(arc, low))
    for node, supply in enumerate(_supplies(net)):
        graph.add_node(node, demand=-supply)
    return lambda: networkx.network_simplex(graph)


def whole_by_ortools(problem: Problem) -> Run:
    min_cost_flow: Any = import_module("ortools.graph.python.min_cost_flow")
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


def shares_by_ourselves(problem: SharesProblem) -> Run:
    """Water-filling where limits nest, cuts where they couple the parts; with the proof."""
    return lambda: fair_shares(problem)


def shares_by_highs(problem: SharesProblem) -> Run:
    """One linear program after the other, warm, with the same proof."""
    return lambda: fair_shares_by(problem, settle_by_programs)
