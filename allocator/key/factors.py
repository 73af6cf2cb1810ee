"""Lets a figure of a key count more or less: each name is replaced by so much of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from allocator.key.formula import Call, Formula, Name, Negative, Operation
from allocator.key.reader import read_key
from allocator.words.numbers import plain_decimals


def with_factors(written: str, factors: Mapping[str, Fraction]) -> str:
    """The key as text, with each named figure counting so much.

    >>> with_factors("(ses_woa + 1) * population", {"ses_woa": Fraction(1, 2)})
    '(0.5 * ses_woa + 1) * population'
    >>> with_factors("population / density", {"density": Fraction(1, 2)})
    'population / (0.5 * density)'
    """
    for name, bare in sorted(_names(read_key(written)), key=lambda each: -each[0].at):
        factor = factors.get(name.name, Fraction(1))
        if factor != 1:
            digits = plain_decimals(factor, 6).rstrip("0").rstrip(".")
            said = f"{digits} * {name.name}"
            end = name.at + len(name.name)
            written = written[: name.at] + (said if bare else f"({said})") + written[end:]
    return written


def _names(formula: Formula, bare: bool = True) -> Iterator[tuple[Name, bool]]:
    """Every name, and whether a product may stand in its place without parentheses."""
    match formula:
        case Name():
            yield formula, bare
        case Negative():
            yield from _names(formula.of, bare=False)
        case Operation():
            yield from _names(formula.left, bare=True)
            yield from _names(formula.right, bare=formula.sign in "+-*")
        case Call():
            for part in formula.arguments:
                yield from _names(part)
