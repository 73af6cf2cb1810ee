"""Quotas, totals and limits as one network in which places flow.

Sums inside one part nest, and so do sums over several parts: two trees that meet in the cells.
Each sum is an arc between nested sums and carries what its cells add to, so that every cut of
the network is a sum of limits with signs +1 and -1. Cells that no limit tells apart are one
bundle: they keep one common ratio to their quotas, so the network is as large as the limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.shares.problem import (
    Cell,
    Limit,
    Problem,
    Total,
    added,
    shortfall_weights,
    single_part,
)

ROOT = 0
"""The vertex around both trees; a flow passes it once for each place."""


@dataclass(frozen=True)
class Arc:
    """A sum (limit or total), a bundle of cells, or a shortfall."""

    tail: int
    """The vertex from which places come."""
    head: int
    """The vertex to which places go."""
    low: Fraction | None
    """The least flow; None when nothing bounds it."""
    high: Fraction | None
    """The largest flow; None when nothing bounds it."""
    name: str = ""
    """The limit or total, for an arc that is a sum."""
    cells: tuple[Cell, ...] = ()
    """The cells of a bundle."""
    quota: Fraction = Fraction(0)
    """The quota of a bundle, or the units in which a shortfall is compared."""
    missing: frozenset[str] = frozenset()
    """The totals that miss it, for an arc that is a shortfall."""


@dataclass(frozen=True)
class Network:
    """The two trees and the cells between them."""

    size: int
    """The number of vertices; vertex v stands for the sum `arcs[v - 1]`."""
    arcs: tuple[Arc, ...]
    """Sums in the order totals, limits; then bundles; then shortfalls."""
    touching: tuple[tuple[int, ...], ...]
    """The arcs that end at each vertex."""


@dataclass(frozen=True)
class _Sum:
    """A total or limit on its way into a tree; a total also holds its shortfalls."""

    name: str
    cells: frozenset[Cell | frozenset[str]]
    low: Fraction | None
    high: Fraction | None


def network(problem: Problem, totals: Sequence[Total], limits: Sequence[Limit]) -> Network:
    """The network of the chosen totals and limits of a problem."""
    weights = shortfall_weights(problem)
    sums = [_of_total(total, weights) for total in totals] + [_of_limit(each) for each in limits]
    within_part = {total.name: single_part(total.cells) for total in totals}
    within_part |= {limit.name: single_part(limit.cells) for limit in limits}
    inner = [one for one in sums if within_part[one.name]]
    outer = [one for one in sums if not within_part[one.name]]
    vertex = {one.name: i for i, one in enumerate(sums, start=1)}
    above_in, part_of = _nest(inner, vertex)
    above_out, whole_of = _nest(outer, vertex)
    arcs = [
        Arc(above_in[one.name], vertex[one.name], one.low, one.high, one.name)
        if within_part[one.name]
        else Arc(vertex[one.name], above_out[one.name], one.low, one.high, one.name)
        for one in sums
    ]
    bundles: dict[tuple[int, int, bool], list[Cell]] = {}
    for cell, q in problem.quotas.items():
        ends = part_of.get(cell, ROOT), whole_of.get(cell, ROOT)
        bundles.setdefault((*ends, q > 0), []).append(cell)
    for (tail, head, _), cells in bundles.items():
        quota = added(problem.quotas[c] for c in cells)
        arcs.append(Arc(tail, head, Fraction(0), None, cells=tuple(cells), quota=quota))
    for names, weight in weights.items():
        ends = part_of.get(names, ROOT), whole_of.get(names, ROOT)
        arcs.append(Arc(*ends, Fraction(0), None, quota=weight, missing=names))
    return joined(len(sums) + 1, arcs)


def joined(size: int, arcs: Sequence[Arc]) -> Network:
    """A network of arcs between so many vertices."""
    touching: list[list[int]] = [[] for _ in range(size)]
    for i, arc in enumerate(arcs):
        touching[arc.tail].append(i)
        if arc.head != arc.tail:
            touching[arc.head].append(i)
    return Network(size, tuple(arcs), tuple(tuple(each) for each in touching))


def _of_total(total: Total, weights: dict[frozenset[str], Fraction]) -> _Sum:
    missing = {names for names in weights if total.name in names}
    number = Fraction(total.number)
    return _Sum(total.name, frozenset(total.cells | missing), number, number)


def _of_limit(limit: Limit) -> _Sum:
    low = None if limit.low is None else Fraction(limit.low)
    high = None if limit.high is None else Fraction(limit.high)
    return _Sum(limit.name, frozenset(limit.cells), low, high)


def _nest(
    sums: list[_Sum], vertex: dict[str, int]
) -> tuple[dict[str, int], dict[Cell | frozenset[str], int]]:
    """The vertex above each sum, and the vertex of the smallest sum around each cell.

    Placed from large to small: all cells of a sum must lie in one and the same sum before.
    """
    above: dict[str, int] = {}
    around: dict[Cell | frozenset[str], int] = {}
    by_vertex = {vertex[one.name]: one for one in sums}
    for one in sorted(sums, key=lambda one: (-len(one.cells), vertex[one.name])):
        holders = {around.get(cell, ROOT) for cell in one.cells}
        if len(holders) > 1:
            crossed = [by_vertex[v] for v in sorted(holders - {ROOT})]
            others = " and ".join(repr(s.name) for s in crossed if not one.cells <= s.cells)
            raise ValueError(f"{one.name!r} lies partly inside {others}: sums must nest")
        above[one.name] = holders.pop()
        around.update(dict.fromkeys(one.cells, vertex[one.name]))
    return above, around
