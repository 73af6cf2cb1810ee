"""Fair shares the slow way: an exact simplex, one program after the other, no cuts, no prices.

It shares nothing with the package but the problem's own classes, and is only for tiny problems.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction

from allocator.core.shares.problem import Cell, Problem, meeting_totals

Row = tuple[dict[Hashable, Fraction], Fraction]
"""Coefficients and a right-hand side that their sum must not exceed."""
SIZE = "t"


class Infeasible(ValueError):
    """No table at all."""


def minimum(goal: dict[Hashable, Fraction], rows: list[Row]) -> dict[Hashable, Fraction]:
    """A point x >= 0 within the rows at which the goal is smallest (Bland's rule, two phases)."""
    names = sorted({v for row, _ in rows for v in row} | set(goal), key=repr)
    n, m = len(names), len(rows)
    zero, one = Fraction(0), Fraction(1)
    # Columns: names, slacks, one artificial, right-hand side.
    table = []
    for r, (row, most) in enumerate(rows):
        line = [row.get(v, zero) for v in names] + [zero] * m + [-one, most]
        line[n + r] = one
        table.append(line)
    basis = [n + r for r in range(m)]
    last = n + m
    worst = min(range(m), key=lambda r: table[r][-1], default=0)
    if m and table[worst][-1] < 0:
        _pivot(table, basis, worst, last)
        _improve(table, basis, [zero] * last + [one])
        if any(b == last and table[r][-1] for r, b in enumerate(basis)):
            raise Infeasible
        if last in basis:
            r = basis.index(last)
            _pivot(table, basis, r, next(j for j in range(last) if table[r][j]))
    for line in table:
        line[last] = zero
    _improve(table, basis, [goal.get(v, zero) for v in names] + [zero] * (m + 1))
    point = dict.fromkeys(names, zero)
    for r, b in enumerate(basis):
        if b < n:
            point[names[b]] = table[r][-1]
    return point


def _improve(table: list[list[Fraction]], basis: list[int], goal: list[Fraction]) -> None:
    cost = [*goal, Fraction(0)]
    for r, b in enumerate(basis):
        if cost[b]:
            cost = [c - cost[b] * a for c, a in zip(cost, table[r], strict=True)]
    while True:
        column = next((j for j, c in enumerate(cost[:-1]) if c < 0), None)
        if column is None:
            return
        ratios = [
            (line[-1] / line[column], basis[r], r)
            for r, line in enumerate(table)
            if line[column] > 0
        ]
        if not ratios:
            raise ArithmeticError("unbounded")
        r = min(ratios)[2]
        _pivot(table, basis, r, column)
        cost = [c - cost[column] * a for c, a in zip(cost, table[r], strict=True)]


def _pivot(table: list[list[Fraction]], basis: list[int], r: int, column: int) -> None:
    pivot = table[r][column]
    table[r] = [a / pivot for a in table[r]]
    for s, line in enumerate(table):
        if s != r and line[column]:
            factor = line[column]
            table[s] = [a - factor * b if b else a for a, b in zip(line, table[r], strict=True)]
    basis[r] = column


Gap = tuple[Hashable, Fraction, Fraction]
"""A variable that is compared, its centre and its weight."""


def _leximax(gaps: list[Gap], rows: list[Row]) -> list[Row]:
    """The rows, and those that keep every gap at its leximax size."""
    rows = list(rows)
    free = list(gaps)
    one = Fraction(1)
    while free:
        within = [row for gap in free for row in _within(gap, {SIZE: -gap[2]}, Fraction(0))]
        size = minimum({SIZE: one}, rows + within)[SIZE]
        at = [row for gap in free for row in _within(gap, {}, gap[2] * size)]
        stay = []
        for gap in free:
            own = _within(gap, {"own": -gap[2]}, Fraction(0))
            if minimum({"own": one}, rows + at + own)["own"] == size:
                rows += _within(gap, {}, gap[2] * size)
            else:
                stay.append(gap)
        free = stay
    return rows


def _within(gap: Gap, extra: dict[Hashable, Fraction], room: Fraction) -> list[Row]:
    variable, centre, _ = gap
    one = Fraction(1)
    return [({variable: one} | extra, room + centre), ({variable: -one} | extra, room - centre)]


def slow_shares(problem: Problem) -> tuple[dict[Cell, Fraction], dict[frozenset[str], Fraction]]:
    """Every cell's share, and every shortfall by the totals that miss it."""
    meets = meeting_totals(problem)
    missing = list(dict.fromkeys(meets.values()))
    one, zero = Fraction(1), Fraction(0)
    rows: list[Row] = []
    for total in problem.totals:
        inside: Iterable[Hashable] = [*total.cells, *(k for k in missing if total.name in k)]
        rows.append((dict.fromkeys(inside, one), Fraction(total.number)))
        rows.append((dict.fromkeys(inside, -one), -Fraction(total.number)))
    for limit in problem.limits:
        if limit.high is not None:
            rows.append((dict.fromkeys(limit.cells, one), Fraction(limit.high)))
        if limit.low is not None:
            rows.append((dict.fromkeys(limit.cells, -one), -Fraction(limit.low)))
    minimum({}, rows)
    rows = _leximax([(cell, zero, one) for cell, q in problem.quotas.items() if not q], rows)
    least = minimum(dict.fromkeys(missing, one), rows)
    rows.append((dict.fromkeys(missing, one), sum((least[k] for k in missing), zero)))
    weight = {k: sum((problem.quotas[c] for c in meets if meets[c] == k), zero) for k in missing}
    number = {total.name: Fraction(total.number) for total in problem.totals}
    gaps = [(k, zero, weight[k] or min(number[name] for name in k)) for k in missing]
    rows = _leximax([gap for gap in gaps if gap[2]], rows)
    rows = _leximax([(cell, q, q) for cell, q in problem.quotas.items() if q], rows)
    point = minimum({}, rows)
    shares = {cell: point.get(cell, q) for cell, q in problem.quotas.items()}
    return shares, {k: point[k] for k in missing if point[k]}
