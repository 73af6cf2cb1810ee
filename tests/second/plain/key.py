"""A key, read by Python's own reader and computed in fractions.

>>> figures = {"people": {"A": Fraction(30), "B": Fraction(10)}}
>>> values("1.5 * people / national(people)", figures, Fraction(0), {"A": "P", "B": "P"})
{'A': Fraction(9, 8), 'B': Fraction(3, 8)}
"""

from __future__ import annotations

import ast
from fractions import Fraction

from tests.second.plain.question import Refused

Values = dict[str, Fraction]


def values(key: str, figures: dict[str, Values], total: Fraction, around: dict[str, str]) -> Values:
    """The key's value for every area; a share is that inside the area around it."""
    return _of(ast.parse(key, mode="eval").body, key, figures, total, around)


def _of(
    node: ast.expr, key: str, figures: dict[str, Values], total: Fraction, around: dict[str, str]
) -> Values:
    def of(inner: ast.expr) -> Values:
        return _of(inner, key, figures, total, around)

    areas = list(around)
    if isinstance(node, ast.Constant):
        return dict.fromkeys(areas, Fraction(ast.get_source_segment(key, node) or ""))
    if isinstance(node, ast.Name):
        if node.id != "total" and node.id not in figures:
            raise Refused
        return dict.fromkeys(areas, total) if node.id == "total" else figures[node.id]
    if isinstance(node, ast.UnaryOp):
        return {area: -value for area, value in of(node.operand).items()}
    if isinstance(node, ast.BinOp):
        left, right = of(node.left), of(node.right)
        if isinstance(node.op, ast.Add):
            return {area: left[area] + right[area] for area in areas}
        if isinstance(node.op, ast.Sub):
            return {area: left[area] - right[area] for area in areas}
        if isinstance(node.op, ast.Mult):
            return {area: left[area] * right[area] for area in areas}
        return _divided(left, right)
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    first, *others = [of(argument) for argument in node.args]
    if node.func.id == "national":
        return dict.fromkeys(areas, sum(first.values(), Fraction(0)))
    if node.func.id == "share":
        sums = {area: sum(first[x] for x in areas if around[x] == around[area]) for area in areas}
        return _divided(first, {area: Fraction(of_all) for area, of_all in sums.items()})
    if node.func.id == "inverse":
        return _divided(dict.fromkeys(areas, Fraction(1)), first)
    low, high = others
    if any(low[area] > high[area] for area in areas):
        raise Refused
    return {area: max(low[area], min(high[area], first[area])) for area in areas}


def _divided(top: Values, bottom: Values) -> Values:
    if any(value == 0 for value in bottom.values()):
        raise Refused
    return {area: top[area] / bottom[area] for area in top}
