"""Reads `--weights FORMULA[=LOW..HIGH]`: formulas with bounds of their weights, in parts of 1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from allocator.model.problem import Place, Problems
from allocator.model.streams import KeyText
from allocator.words.text import text

PLACE = Place("--weights")

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A formula and the room of its weight."""

    formula: KeyText
    low: Fraction
    high: Fraction


def read_weights(written: tuple[str, ...]) -> tuple[Weighed, ...]:
    """The formulas with their bounds; from 0 to 1 where none are typed.

    >>> read_weights(("population=30%..0.7",))[0].low
    Fraction(3, 10)
    """
    problems = Problems()
    found: list[Weighed] = []
    for one in written:
        formula, sign, bounds = one.partition("=")
        low, dots, high = bounds.partition("..")
        ends = [_number(end) for end in ((low, high) if dots else (low, low))]
        if not sign:
            ends = [Fraction(0), Fraction(1)]
        least, most = ends
        if not formula.strip() or least is None or most is None:
            problems.add(
                PLACE,
                text("{written} is no formula with bounds of its weight.", written=f"'{one}'"),
                text("Write FORMULA, FORMULA=0.3 or FORMULA=0.2..0.8; percentages do as well."),
            )
        elif formula.strip() in [each.formula.written for each in found]:
            problems.add(
                PLACE,
                text("{formula} is weighed twice.", formula=f"'{formula.strip()}'"),
                text("Name each formula once."),
            )
        else:
            found.append(Weighed(KeyText(formula.strip(), PLACE), least, most))
    problems.raise_any()
    return tuple(found)


def _number(written: str) -> Fraction | None:
    found = _NUMBER.fullmatch(written.strip())
    if not found:
        return None
    return Fraction(found[1]) / (100 if found[2] else 1)
