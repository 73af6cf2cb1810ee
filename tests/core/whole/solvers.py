"""The least cost of a table by solvers of others: networkx, HiGHS, and CBC through PuLP.

They get the network of `allocator.core.whole.network` above its lower limits, and only their
objective is compared, since tables of least cost need not be the only ones.
"""

from __future__ import annotations

import warnings
from math import log

import networkx
import pulp

from allocator.core.whole.cost import LARGEST_REMAINDER, Cost, Ratio
from allocator.core.whole.network import Network, network
from allocator.core.whole.problem import Problem

ADDABLE = (LARGEST_REMAINDER, "webster", "jefferson")
"""The methods whose costs are one float each; the others rank first units before all else."""


def as_float(problem: Problem, cost: Cost) -> float:
    """A cost as a solver adds it: in units of one, or as a logarithm."""
    if isinstance(cost, Ratio):
        assert cost.zeros == 0
        return log(cost.fraction)
    assert isinstance(cost, int)
    return cost / problem.unit


def by_network_simplex(problem: Problem) -> int:
    """The least cost above all cells rounded down, in Python integers."""
    net = network(problem)
    graph = networkx.DiGraph()
    for arc, ((tail, head), (low, high)) in enumerate(zip(net.ends, net.limits, strict=True)):
        graph.add_edge(tail, head, capacity=high - low, weight=net.step(arc, low))
    for node, demand in enumerate(_demands(net)):
        graph.add_node(node, demand=-demand)
    return int(networkx.network_simplex(graph)[0])


def by_highs(problem: Problem) -> float:
    """The same as a linear program by HiGHS, in floats."""
    return _by_program(problem, pulp.HiGHS(msg=False, threads=1))


def by_cbc(problem: Problem) -> float:
    """The same by CBC, which reads the program from a file."""
    return _by_program(problem, cbc())


def cbc_is_there() -> bool:
    """Whether PuLP brought the program of CBC for this machine."""
    return bool(cbc().available())


def cbc(**gaps: float) -> pulp.PULP_CBC_CMD:
    """The CBC that PuLP brings until its version 4; constraints hold PuLP at 3.

    `gapRel` and `gapAbs` say how far from the best it may end.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return pulp.PULP_CBC_CMD(msg=False, threads=1, **gaps)


def _by_program(problem: Problem, solver: pulp.LpSolver) -> float:
    net = network(problem)
    program = pulp.LpProblem("table", pulp.LpMinimize)
    flows = [
        program.add_variable(f"x{arc}", 0, high - low) for arc, (low, high) in enumerate(net.limits)
    ]
    program += pulp.lpDot(_costs(problem, net), flows)
    at: list[list[tuple[pulp.LpVariable, int]]] = [[] for _ in net.nodes]
    for flow, (tail, head) in zip(flows, net.ends, strict=True):
        if tail != head:
            at[tail].append((flow, 1))
            at[head].append((flow, -1))
    for signs, demand in zip(at, _demands(net), strict=True):
        program += pulp.LpConstraint(pulp.LpAffineExpression(signs), rhs=demand)
    program.solve(solver)
    assert program.status == pulp.LpStatusOptimal
    return float(pulp.value(program.objective) or 0)


def _demands(net: Network) -> list[int]:
    """What must leave each node above the lower limits of its arcs."""
    demands = [0] * len(net.nodes)
    for (tail, head), (low, _) in zip(net.ends, net.limits, strict=True):
        demands[tail] -= low
        demands[head] += low
    return demands


def _costs(problem: Problem, net: Network) -> list[float]:
    """The cost of the one unit that an arc can still carry; nothing where it can carry none."""
    return [
        as_float(problem, net.step(arc, low)) if low < high else 0.0
        for arc, (low, high) in enumerate(net.limits)
    ]
