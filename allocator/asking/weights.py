"""Reads `--weights FORMULA[=LOW..HIGH]`: formulas with bounds of their weights, in parts of 1."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.streams import KeyText
from allocator.reading.formats.numerals import Unreadable, amount
from allocator.words.text import text

PLACE = Place("--weights")


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
        formula, sign, bounds = (part.strip() for part in one.partition("="))
        low, dots, high = bounds.partition("..")
        if not formula or (sign and not bounds):
            problems.add(
                PLACE,
                text("{written} is no formula with bounds of its weight.", written=f"'{one}'"),
                text("Write FORMULA, FORMULA=0.3 or FORMULA=0.2..0.8; percentages do as well."),
            )
        elif formula in [each.formula.written for each in found]:
            problems.add(
                PLACE,
                text("{formula} is weighed twice.", formula=f"'{formula}'"),
                text("Name each formula once."),
            )
        else:
            with problems.collecting():
                least = part_of_one(low, PLACE) if sign else Fraction(0)
                most = part_of_one(high, PLACE) if dots else least if sign else Fraction(1)
                found.append(Weighed(KeyText(formula, PLACE), least, most))
    problems.raise_any()
    return tuple(found)


def part_of_one(written: str, place: Place) -> Fraction:
    """A part of 1, as a number or a percentage.

    >>> part_of_one("2.5%", PLACE)
    Fraction(1, 40)
    """
    number = written.strip()
    try:
        return amount(number.removesuffix("%").strip()) / (100 if number.endswith("%") else 1)
    except Unreadable as error:
        raise InputError(
            Problem(
                place,
                error.found,
                text("Write a number such as 0.25, or a percentage such as 25%."),
            )
        ) from error
