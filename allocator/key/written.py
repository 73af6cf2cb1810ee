"""Writes a key out again with the values of one area put in."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from allocator.key.formula import Call, Formula, Name, Negative, Number, Operation
from allocator.words.numbers import exact, in_one

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "/"}


def with_values(formula: Formula, value_of: Callable[[Formula], Fraction], lang: str) -> str:
    """The formula with each indicator replaced by its value, and each sum over areas by its own.

    >>> from allocator.key.reader import read_key
    >>> key = read_key("(score + 1) * population")
    >>> values = {"score": Fraction("-0.2156"), "population": Fraction(238147)}
    >>> with_values(key, lambda part: values[part.name], "en")
    '(−0.2156 + 1) × 238,147'
    """
    match formula:
        case Number():
            return exact(formula.value, lang)
        case Name():
            return exact(value_of(formula), lang)
        case Negative():
            return f"−{_wrapped(formula.of, 3, value_of, lang)}"
        case Operation():
            strength = _STRENGTH[formula.sign]
            # a - (b - c) and a / (b * c) keep their parentheses on the right
            firm = strength + (formula.sign in "-/")
            left = _wrapped(formula.left, strength, value_of, lang)
            right = _wrapped(formula.right, firm, value_of, lang)
            return f"{left} {_SIGNS[formula.sign]} {right}"
        case Call(function="national"):
            return exact(value_of(formula), lang)
        case Call(function="share") if value_of(formula):
            part = formula.arguments[0]
            whole = value_of(part) / value_of(formula)
            return f"{_wrapped(part, 2, value_of, lang)} / {in_one(whole, lang)}"
        case Call():
            inside = ", ".join(with_values(part, value_of, lang) for part in formula.arguments)
            return f"{formula.function}({inside})"


def _wrapped(
    formula: Formula, least: int, value_of: Callable[[Formula], Fraction], lang: str
) -> str:
    said = with_values(formula, value_of, lang)
    match formula:
        case Operation():
            strength = _STRENGTH[formula.sign]
        case Call(function="share"):
            strength = 1  # it is written out as a quotient, and that is kept together
        case Number() | Name() | Call(function="national"):
            strength = 2 if "/" in said else 3  # a value may be a quotient
        case _:
            strength = 3
    return f"({said})" if strength < least else said
