"""Pukelsheim's biproportional method: given row and column totals, a multiplier for each.

Every number is weight * row multiplier * column multiplier, rounded at the half. Floats suggest
first multipliers; from the numbers these give, units are carried along cheapest paths in exact
fractions until rows and columns fit, and the shortest distances are the final multipliers.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.whole.cost import Cost, Ratio, ratio
from allocator.core.whole.network import Network, Step, improve
from allocator.core.whole.problem import Cell, Refused
from allocator.core.whole.ties import settle, tied_arcs


@dataclass(frozen=True)
class Biproportional:
    """The table, and the multipliers that prove it."""

    numbers: Mapping[Cell, int]
    """A whole number for each row and column."""
    rows: Mapping[str, Fraction]
    """The multiplier of each row."""
    columns: Mapping[str, Fraction]
    """The multiplier of each column."""
    ties: tuple[tuple[Cell, ...], ...]
    """Groups of cells that another table with the same multipliers rounds otherwise."""


def biproportional(
    weights: Mapping[Cell, Fraction], rows: Mapping[str, int], columns: Mapping[str, int]
) -> Biproportional:
    """Divide row totals and column totals at once, with standard rounding.

    >>> votes = {("1", "A"): Fraction(123), ("1", "B"): Fraction(45),
    ...          ("2", "A"): Fraction(912), ("2", "B"): Fraction(714)}
    >>> dict(biproportional(votes, {"1": 4, "2": 6}, {"A": 6, "B": 4}).numbers)
    {('1', 'A'): 3, ('1', 'B'): 1, ('2', 'A'): 3, ('2', 'B'): 3}
    """
    if sum(rows.values()) != sum(columns.values()):
        raise Refused(f"rows add to {sum(rows.values())}, columns to {sum(columns.values())}")
    cells = [(r, c) for r in rows for c in columns if weights.get((r, c), 0) > 0]
    place = {("row", r): n for n, r in enumerate(rows)}
    place |= {("column", c): len(place) + n for n, c in enumerate(columns)}
    most = sum(rows.values()) + 1  # never reached, so every number has both its signposts
    net = Network(
        nodes=list(place),
        names=cells,
        ends=[(place["row", r], place["column", c]) for r, c in cells],
        limits=[(0, most)] * len(cells),
        step=lambda arc, number: ratio("webster", weights[cells[arc]], number),
        zero=Ratio(1, 1),
    )
    values = _suggested(weights, rows, columns, cells)
    _carry(net, values, [*rows.values()], [*columns.values()])
    prices, residual = improve(net, values)
    groups = tied_arcs(prices, residual)
    for group in groups:
        settle(net, values, prices, group, group)
    multipliers = [price.fraction for price in prices if isinstance(price, Ratio)]
    return Biproportional(
        dict.fromkeys(((r, c) for r in rows for c in columns), 0)
        | dict(zip(cells, values, strict=True)),
        {r: 1 / multipliers[place["row", r]] for r in rows},
        {c: multipliers[place["column", c]] for c in columns},
        tuple(tuple(cells[arc] for arc in group) for group in groups),
    )


def _suggested(
    weights: Mapping[Cell, Fraction],
    rows: Mapping[str, int],
    columns: Mapping[str, int],
    cells: list[Cell],
) -> list[int]:
    """Rounded products of multipliers from proportional fitting in floats; any would do."""
    near = {cell: float(weights[cell]) for cell in cells}
    factor = {0: dict.fromkeys(rows, 1.0), 1: dict.fromkeys(columns, 1.0)}
    for turn in range(60):
        side, totals = turn % 2, (rows, columns)[turn % 2]
        found = dict.fromkeys(totals, 0.0)
        for cell in cells:
            found[cell[side]] += near[cell] * factor[1 - side][cell[1 - side]]
        for name, total in totals.items():
            scaled = total / found[name] if found[name] else 1.0
            factor[side][name] = min(max(scaled, 1e-60), 1e60)
    half = Fraction(1, 2)
    exact = {side: {n: Fraction(f) for n, f in factor[side].items()} for side in factor}
    return [int(weights[r, c] * exact[0][r] * exact[1][c] + half) for r, c in cells]


def _carry(net: Network, values: list[int], rows: list[int], columns: list[int]) -> None:
    """Carry units along cheapest paths from where a total is missing to where it is exceeded."""
    while True:
        need = [*rows, *(-total for total in columns)]
        for (row, column), number in zip(net.ends, values, strict=True):
            need[row] -= number
            need[column] += number
        if not any(need):
            return
        came = _paths(net, values, need)
        ends = [n for n in came if need[n] < 0]
        if not ends:
            raise _impossible(net, came.keys(), rows, columns)
        node = min(ends, key=lambda n: came[n][0])
        while (step := came[node][2]) is not None:
            values[step[2]] += step[3]
            node = came[node][1]


def _paths(
    net: Network, values: list[int], need: list[int]
) -> dict[int, tuple[Cost, int, Step | None]]:
    """The cheapest way to every node from one that needs units: cost, node before, last step."""
    residual = net.residual(values)
    came: dict[int, tuple[Cost, int, Step | None]]
    came = {node: (Ratio(1, 1), node, None) for node, missing in enumerate(need) if missing > 0}
    reached = list(came)
    while reached:
        changed: dict[int, None] = {}  # a set that keeps its order
        for node in reached:
            for step in residual[node]:
                head, there = step[0], came[node][0] + step[1]
                if head not in came or there < came[head][0]:
                    came[head] = (there, node, step)
                    changed[head] = None
        reached = list(changed)
    return came


def _impossible(net: Network, reached: Set[int], rows: list[int], columns: list[int]) -> Refused:
    """Why the rows that can be reached want more than their columns can take."""
    inside = [n for n in range(len(net.nodes)) if n in reached]
    mine = [n for n in inside if n < len(rows)]
    theirs = [n for n in inside if n >= len(rows)]
    return Refused(
        f"rows {', '.join(str(net.nodes[n][1]) for n in mine)} need {sum(rows[n] for n in mine)}, "
        f"but have weight only in columns {', '.join(str(net.nodes[n][1]) for n in theirs)}, "
        f"which take {sum(columns[n - len(rows)] for n in theirs)}"
    )
