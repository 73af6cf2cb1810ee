"""The parts of a key: numbers, indicators, the four operations and a few named functions.

A formula is a tree of these. It is made by `allocator.key.reader` and computed by
`allocator.key.evaluate`; nothing of it is ever handed to the interpreter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written."""

    written: str  # "0.2156"
    at: int  # its place in the formula, counted from 0

    @property
    def value(self) -> Fraction:
        return Fraction(self.written)


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Negative:
    """The opposite of a formula."""

    of: Formula
    at: int


@dataclass(frozen=True, slots=True)
class Operation:
    """Two formulas with `+`, `-`, `*` or `/` between them."""

    sign: str
    left: Formula
    right: Formula
    at: int  # the place of the sign


@dataclass(frozen=True, slots=True)
class Call:
    """A named function with what it is applied to."""

    function: str
    arguments: tuple[Formula, ...]
    at: int


Formula = Number | Name | Negative | Operation | Call

#: The name by which a key speaks of the number that is divided.
TOTAL = "total"

#: The functions of the language, with the number of things each is applied to.
FUNCTIONS = {"share": 1, "national": 1, "inverse": 1, "capped": 3}


def parts(formula: Formula) -> Iterator[Formula]:
    """A formula and everything in it."""
    yield formula
    match formula:
        case Negative():
            yield from parts(formula.of)
        case Operation():
            yield from parts(formula.left)
            yield from parts(formula.right)
        case Call():
            for argument in formula.arguments:
                yield from parts(argument)


def names_total(formula: Formula) -> bool:
    """Whether a formula speaks of the number that is divided."""
    return any(isinstance(part, Name) and part.name == TOTAL for part in parts(formula))


def indicators(formula: Formula) -> tuple[str, ...]:
    """The indicators that a formula names, each once, in the order of the formula."""
    names = (part.name for part in parts(formula) if isinstance(part, Name))
    return tuple(dict.fromkeys(name for name in names if name != TOTAL))
