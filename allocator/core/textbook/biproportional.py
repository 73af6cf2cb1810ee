"""Pukelsheim's biproportional method: given row and column totals, a multiplier for each.

Every number is weight * row multiplier * column multiplier, rounded at the half. Floats suggest
first multipliers; from the numbers these give, units are carried along cheapest paths in exact
fractions until rows and columns fit, and the shortest distances are the final multipliers.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heapreplace

from allocator.core.whole.cost import Cost, Ratio, ratio
from allocator.core.whole.network import Network, Step, improve
from allocator.core.whole.problem import Cell, Refused
from allocator.core.whole.ties import settle, tied_arcs

TURNS = 100
"""So often at most the multipliers of rows or columns are suggested anew; any would do."""


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
    """Rounded products of multipliers that are found in floats, row by row and column by column."""
    near = {cell: float(weights[cell]) for cell in cells}
    totals = (rows, columns)
    lines: tuple[dict[str, list[Cell]], ...] = ({}, {})
    for cell in cells:
        for side in (0, 1):
            lines[side].setdefault(cell[side], []).append(cell)
    factor = [dict.fromkeys(rows, 1.0), dict.fromkeys(columns, 1.0)]
    changed, turn = 2, 0
    while changed and turn < TURNS:
        side, others = turn % 2, factor[1 - turn % 2]
        moved = False
        for name, line in lines[side].items():
            shares = [min(max(near[cell] * others[cell[1 - side]], 1e-200), 1e200) for cell in line]
            low, high = _multipliers(shares, totals[side][name])
            if not low <= factor[side][name] <= high:
                factor[side][name] = min(max((low + high) / 2, 1e-60), 1e60)
                moved = True
        changed, turn = 2 if moved else changed - 1, turn + 1
    exact = [{name: f.as_integer_ratio() for name, f in each.items()} for each in factor]
    found = []
    for cell in cells:
        top, bottom = weights[cell].as_integer_ratio()
        for side in (0, 1):
            up, down = exact[side][cell[side]]
            top, bottom = top * up, bottom * down
        found.append((2 * top + bottom) // (2 * bottom))
    return found


def _multipliers(shares: list[float], total: int) -> tuple[float, float]:
    """The smallest and the largest multiplier by which rounded shares add to the total, nearly."""
    start = total / sum(shares)
    numbers = [int(start * share + 0.5) for share in shares]
    over = sum(numbers) - total
    claims = [(number + 0.5) / share for number, share in zip(numbers, shares, strict=True)]
    held = [-(number - 0.5) / share for number, share in zip(numbers, shares, strict=True)]
    if over:
        change = -1 if over > 0 else 1
        heap = [(cost, n) for n, cost in enumerate(held if over > 0 else claims)]
        heapify(heap)
        for _ in range(abs(over)):
            n = heap[0][1]
            numbers[n] += change
            claims[n] = (numbers[n] + 0.5) / shares[n]
            held[n] = -(numbers[n] - 0.5) / shares[n]
            heapreplace(heap, (held[n] if over > 0 else claims[n], n))
    return max(0.0, -min(held)), min(claims)


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
