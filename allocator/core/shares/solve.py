"""Fair shares under limits, stage by stage: zero quotas, shortfall, deviation.

Each stage settles what it compares and leaves the rest to the next. A share that no limit
touches is its quota, and then nothing at all is solved.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from allocator.core.shares.conflict import Conflict, conflicts, conflicts_in_full, crossed
from allocator.core.shares.cuts import settle_by_cuts
from allocator.core.shares.flow import stuck
from allocator.core.shares.levels import ZERO, Compared
from allocator.core.shares.network import ROOT, Arc, Network, joined, network
from allocator.core.shares.problem import Cell, Level, Problem, Shares, Shortfall, Stage, added
from allocator.core.shares.water import fill

Settle = Callable[[Network, dict[int, Fraction], dict[int, Compared], Stage], list[Level]]


class LimitsCollide(ValueError):
    """Some limits cannot hold together."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        """Keep the conflicts for whoever words them."""
        super().__init__("; ".join(str(each) for each in conflicts))
        self.conflicts = conflicts


def fair_shares(problem: Problem) -> Shares:
    """The shares that keep the largest relative deviation smallest, then the next, and so on.

    Three towns with quotas 6, 3 and 1; a cap of 4 on the first leaves 6 for the others, who both
    rise by one ratio, 6/4, to 4.5 and 1.5:

    >>> from allocator.core.shares.problem import Limit, Total
    >>> a, b, c = ("A", "places"), ("B", "places"), ("C", "places")
    >>> cap = Limit("cap of A", "council", frozenset({a}), high=4)
    >>> total = Total("places", "letter", frozenset({a, b, c}), 10)
    >>> quotas = {a: Fraction(6), b: Fraction(3), c: Fraction(1)}
    >>> [str(x) for x in fair_shares(Problem(quotas, (total,), (cap,))).shares.values()]
    ['4', '9/2', '3/2']
    """
    return fair_shares_by(problem, settle_by_cuts)


def fair_shares_by(problem: Problem, settle: Settle) -> Shares:
    """The fair shares with a chosen method for limits that couple parts."""
    if any(crossed(limit) for limit in problem.limits):
        raise LimitsCollide(conflicts(problem))
    if _quotas_fit(problem):
        return Shares(dict(problem.quotas), (), ())
    net = network(problem, problem.totals, problem.limits)
    zero = [i for i, arc in enumerate(net.arcs) if arc.cells and not arc.quota]
    missing = [i for i, arc in enumerate(net.arcs) if arc.missing]
    settled = dict.fromkeys((*zero, *missing), ZERO)
    levels: list[Level] = []
    if _stuck(net, settled):
        settled = {}
        if _stuck(net, settled):
            raise LimitsCollide(conflicts(problem) or conflicts_in_full(problem))
        alike = {i: Compared(ZERO, Fraction(len(net.arcs[i].cells))) for i in zero}
        levels += settle(net, settled, alike, "zero quota")
        if _stuck(net, settled | dict.fromkeys(missing, ZERO)):
            levels += _least_shortfall(net, settled, settle)
            gaps = {i: Compared(ZERO, net.arcs[i].quota) for i in missing}
            levels += settle(net, settled, gaps, "shortfall")
        settled |= {i: ZERO for i in missing if i not in settled}
    filled = fill(net, settled)
    if filled is None:
        cells = {i: arc.quota for i, arc in enumerate(net.arcs) if arc.quota and arc.cells}
        levels += settle(net, settled, {i: Compared(q, q) for i, q in cells.items()}, "deviation")
    else:
        settled |= filled[0]
        levels += filled[1]
    return _told(problem, net, settled, levels)


def _quotas_fit(problem: Problem) -> bool:
    def of(cells: frozenset[Cell]) -> Fraction:
        return added(problem.quotas[cell] for cell in cells)

    return all(of(total.cells) == total.number for total in problem.totals) and all(
        (limit.low is None or limit.low <= x) and (limit.high is None or x <= limit.high)
        for limit in problem.limits
        for x in (of(limit.cells),)
    )


def _stuck(net: Network, settled: dict[int, Fraction]) -> bool:
    arcs = [
        (arc.tail, arc.head, settled.get(i, arc.low), settled.get(i, arc.high))
        for i, arc in enumerate(net.arcs)
    ]
    return stuck(arcs, {}) is not None


def _least_shortfall(net: Network, settled: dict[int, Fraction], settle: Settle) -> list[Level]:
    """Place as much as can be placed, and settle what every such way has in common.

    Totals become caps, shortfalls vanish, and one arc from the end of the outer tree back to
    the root carries all that is placed: it would like to carry everything.
    """
    end = net.size
    totals = {i for i, arc in enumerate(net.arcs) if arc.name and arc.low == arc.high is not None}
    totals = {i for i in totals if net.arcs[i].name in {n for a in net.arcs for n in a.missing}}
    arcs = [
        replace(arc, low=None if i in totals else arc.low, head=arc.head or end)
        for i, arc in enumerate(net.arcs)
    ]
    everything = sum(
        (arc.high or ZERO for i, arc in enumerate(net.arcs) if i in totals and arc.tail == ROOT),
        ZERO,
    )
    back = len(arcs)
    placing = joined(end + 1, [*arcs, Arc(end, ROOT, ZERO, None)])
    known = settled | {i: ZERO for i, arc in enumerate(arcs) if arc.missing}
    known = {i: flow for i, flow in known.items() if i not in totals}
    before = known.keys() | {back}
    levels = settle(placing, known, {back: Compared(everything, Fraction(1))}, "least shortfall")
    met = {net.arcs[i].name for i in known.keys() & totals}
    settled |= {i: flow for i, flow in known.items() if i not in before and i not in totals}
    settled |= {i: ZERO for i, arc in enumerate(net.arcs) if met.intersection(arc.missing)}
    return levels


def _told(
    problem: Problem, net: Network, settled: dict[int, Fraction], levels: list[Level]
) -> Shares:
    """Every cell's share: its part of its bundle's flow, by quota."""
    shares = dict(problem.quotas)
    shortfalls = []
    for i, arc in enumerate(net.arcs):
        if arc.missing and settled[i]:
            names = tuple(t.name for t in problem.totals if t.name in arc.missing)
            shortfalls.append(Shortfall(names, settled[i]))
        elif not arc.quota:
            shares |= {cell: settled[i] / len(arc.cells) for cell in arc.cells}
        elif settled[i] != arc.quota:
            ratio = settled[i] / arc.quota
            shares |= {cell: ratio * problem.quotas[cell] for cell in arc.cells}
    return Shares(shares, tuple(shortfalls), tuple(levels))
