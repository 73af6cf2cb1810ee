"""Draws keys: formulas by their grammar, mostly good, and the same with something wrong in them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from allocator.key.formula import FUNCTIONS
from tests.fuzz.draw.signs import in_words, odd_number, odd_text

_NUMBERS = ("0", "1", "2", "0.5", "1000", "0.2156", "3.14159265358979323846", "9" * 29, "0.000001")


def formula(source: Random, names: Sequence[str], depth: int = 4) -> str:
    """A formula that can be read."""
    kind = source.randrange(9) if depth else source.randrange(3)
    if kind < 2:
        return source.choice(names)
    if kind == 2:
        return source.choice(_NUMBERS)
    if kind < 6:
        sign = source.choice("+-*/")
        return f"{formula(source, names, depth - 1)} {sign} {formula(source, names, depth - 1)}"
    if kind == 6:
        return f"({formula(source, names, depth - 1)})"
    if kind == 7:
        return f"-{formula(source, names, 0)}"
    function = source.choice(tuple(FUNCTIONS))
    inner = ", ".join(formula(source, names, depth - 1) for _ in range(FUNCTIONS[function]))
    return f"{function}({inner})"


def bent_formula(source: Random, names: Sequence[str]) -> str:
    """A formula, with something wrong in it more often than not."""
    written = formula(source, names, source.randrange(1, 6))
    kind = source.randrange(13)
    if kind == 12:  # as long as may be, and numbers of very many digits
        return source.choice("*/+").join([source.choice(names)] * source.randrange(2, 205))
    if kind < 3:
        return written
    if kind < 6:
        return in_words(source, written)
    if kind == 6:
        return _in_tokens(source, written)
    if kind == 7:
        times = source.choice((3, 40, 49, 50, 51, 200, 900))
        return "(" * times + written + ")" * (times - source.randrange(2))
    if kind == 8:
        sign = source.choice((" + ", "*", " / ", "-", ","))
        return sign.join([written] * source.choice((2, 20, 150, 190)))
    if kind == 9:
        return f"{written} {source.choice('+-*/')} {odd_number(source)}"
    if kind == 10:
        return f"{source.choice(tuple(FUNCTIONS))}({odd_text(source)})"
    return "-" * source.randrange(3) + odd_text(source) + written


def _in_tokens(source: Random, written: str) -> str:
    """The parts of a formula in another order, or with one of them gone or doubled."""
    tokens = written.replace("(", " ( ").replace(")", " ) ").split()
    for _ in range(source.randrange(1, 4)):
        at = source.randrange(len(tokens) + 1)
        kind = source.randrange(3)
        if kind == 0:
            del tokens[at : at + 1]
        elif kind == 1:
            tokens.insert(at, source.choice(tokens or ["1"]))
        else:
            tokens.insert(at, source.choice(("+", "*", "(", ")", ",", "1", "share", "x", "--")))
    return source.choice((" ", "", "\n", "\t")).join(tokens)
