"""Rounding together as one PuLP program with HiGHS, in floats, as written in an hour."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

import pulp

from benchmarks.plain.network import EPSILON, Key, sums


def rounded(
    parents: Mapping[str, str | None], parts: tuple[str, ...], quotas: Mapping[Key, Fraction]
) -> dict[Key, int]:
    """Each cell its floor or one more; each sum its floor or ceiling; least squared deviation.

    Between floor and ceiling the square of the deviation changes by 1 - 2 * remainder.
    """
    by_part, whole = sums(parents, quotas)
    low = {cell: floor(by_part[cell] + EPSILON) for cell in quotas}
    program = pulp.LpProblem("plain", pulp.LpMinimize)
    extra = {
        cell: program.add_variable(f"x{n}", 0, ceil(by_part[cell] - EPSILON) - low[cell], "Integer")
        for n, cell in enumerate(quotas)
    }
    program.setObjective(
        pulp.lpSum((1 - 2 * (by_part[cell] - low[cell])) * up for cell, up in extra.items())
    )
    inside: dict[Key, list[Key]] = {}
    for leaf, part in quotas:
        area = parents[leaf]
        while area is not None:
            inside.setdefault((area, part), []).append((leaf, part))
            area = parents[area]
    leaves: dict[str, list[Key]] = {}
    for cell in quotas:
        leaves.setdefault(cell[0], []).append(cell)
    wholes: dict[str, list[Key]] = dict(leaves)
    for (area, _), cells in inside.items():
        wholes.setdefault(area, []).extend(cells)
    bounded = [(by_part[key], cells) for key, cells in inside.items()]
    bounded += [(whole[area], cells) for area, cells in wholes.items()]
    for amount, cells in bounded:
        number = pulp.lpSum(extra[cell] for cell in cells)
        least = sum(low[cell] for cell in cells)
        program += number >= floor(amount + EPSILON) - least
        program += number <= ceil(amount - EPSILON) - least
    program.solve(pulp.HiGHS(msg=False, threads=1))
    if program.sol_status != pulp.LpSolutionOptimal:
        raise ArithmeticError(pulp.LpSolution[program.sol_status])
    return {cell: low[cell] + round(up.value()) for cell, up in extra.items()}
