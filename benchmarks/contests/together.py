"""A tree of areas and several streams at once: floors or ceilings that add up at every level.

From exact quotas to numbers: by us, by networks of others, and by a plain PuLP program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from allocator.core.cells import split, wholes
from allocator.core.nesting import nested
from allocator.core.quotas import shared_out
from allocator.core.together import questions_of
from allocator.core.whole.certificate import values_of
from allocator.core.whole.network import network
from allocator.core.whole.problem import Cell, Problem
from allocator.core.whole.solve import solve
from benchmarks.contests.contest import OURS, Answer, Contest, Run, Solver, digest
from benchmarks.models.model import Model
from benchmarks.models.sizes import sized
from benchmarks.plain.network import Arcs, arcs_of

Numbers = Mapping[Cell, int]
MIN_COST_FLOW = "ortools.graph.python.min_cost_flow"


def problem_of(model: Model) -> Problem:
    """The question that the whole of a model is, around its quotas."""
    instance = model.read()
    streams = instance.streams
    quotas = {
        (leaf, stream.name): quota
        for stream in streams.given
        for leaf, quota in shared_out(instance, stream)[-1].quotas.items()
    }
    leaves = tuple(area.code for area in instance.division.leaves)
    cells = split(streams, wholes(streams)[0], quotas, leaves)
    (question,) = questions_of(instance, cells, instance.rule.choice, nested(instance, ()))
    return question[1]


def _question(size: str, streams: int) -> Callable[[], Problem]:
    return lambda: problem_of(sized(size, streams))


def ours(of: Problem) -> Run:
    """From a question that remembers nothing."""
    return lambda: solve(Problem(of.parents, of.parts, of.quotas, of.method)).numbers


def ortools_solving(of: Problem) -> Run:
    ready = _ortools(arcs_of(of.parents, of.parts, of.quotas))
    return lambda: _solved(*ready)


def ortools_from_quotas(of: Problem) -> Run:
    for imported in (MIN_COST_FLOW, "numpy"):  # not timed
        import_module(imported)
    return lambda: _solved(*_ortools(arcs_of(of.parents, of.parts, of.quotas)))


def networkx_from_quotas(of: Problem) -> Run:
    import networkx

    def run() -> Numbers:
        arcs = arcs_of(of.parents, of.parts, of.quotas)
        graph = networkx.DiGraph()
        for node, supply in enumerate(arcs.supplies):
            graph.add_node(node, demand=-supply)
        for tail, head, room, cost in zip(
            arcs.tails, arcs.heads, arcs.room, arcs.costs, strict=True
        ):
            graph.add_edge(tail, head, capacity=room, weight=cost)
        _, flows = networkx.network_simplex(graph)
        return {
            cell: arcs.low[arc] + flows[arcs.tails[arc]][arcs.heads[arc]]
            for cell, arc in arcs.cells.items()
        }

    return run


def by_pulp(of: Problem) -> Run:
    from benchmarks.plain.whole import rounded

    return lambda: rounded(of.parents, of.parts, of.quotas)


def _ortools(arcs: Arcs) -> tuple[Any, Any, Arcs]:
    """A solver that is ready, its arcs in a row, and what they stand for."""
    import numpy  # here, so that our own memory is without it

    solver = import_module(MIN_COST_FLOW).SimpleMinCostFlow()
    row = solver.add_arcs_with_capacity_and_unit_cost(
        *(numpy.array(each) for each in (arcs.tails, arcs.heads, arcs.room, arcs.costs))
    )
    solver.set_nodes_supplies(numpy.arange(len(arcs.nodes)), numpy.array(arcs.supplies))
    return solver, row, arcs


def _solved(solver: Any, row: Any, arcs: Arcs) -> Numbers:
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(str(status))
    flows = solver.flows(row).tolist()
    return {cell: arcs.low[arc] + flows[arc] for cell, arc in arcs.cells.items()}


def judged(of: Problem, numbers: Numbers) -> Answer:
    """Floor and ceiling of every sum are looked at; the cost counts where the best is not one."""
    values_of(of, numbers)
    net = network(of)
    lows = dict(zip(net.names, net.limits, strict=True))
    places = {name: arc for arc, name in enumerate(net.names)}
    cost = 0
    for cell in of.cells:
        low, _ = lows[cell]
        if numbers[cell] > low:
            step = net.step(places[cell], low)
            assert isinstance(step, int)
            cost += step
    return Answer(digest(numbers[cell] for cell in of.cells), cost / of.unit)


TOGETHER = Contest(
    "A tree and streams together",
    "From exact quotas to numbers that add up at every level, for every stream and for their sum.",
    {
        "342 × 2 in 12 provinces": _question("342", 2),
        "10,796 × 2 in 401 districts in 16 Länder": _question("10,796", 2),
        "35,000 × 2 in 100 departments in 13 regions": _question("35,000", 2),
        "100,000 × 2 in 100 departments in 13 regions": _question("100,000", 2),
    },
    {
        OURS: Solver(ours, "exact; ties named and decided; certificate"),
        "OR-Tools, its network finished": Solver(ortools_solving, "64-bit costs; numbers only"),
        "OR-Tools, from quotas": Solver(ortools_from_quotas, "64-bit costs; numbers only"),
        "networkx, from quotas": Solver(networkx_from_quotas, "rounded costs; numbers only"),
        "PuLP with HiGHS, from quotas": Solver(by_pulp, "floats; numbers only"),
    },
    judged,
    why=(
        "OR-Tools is compiled and counts costs rounded to 64 bits; ours is Python, in whole "
        "numbers of any length. Nearly half of our time goes into what it does not give: the check "
        "of the table, the prices that prove it, and a search for tables that are as good."
    ),
)
