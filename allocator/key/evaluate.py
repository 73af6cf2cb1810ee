"""Computes a key for every area, in fractions.

Each part of the formula is computed for all areas at once, since `share` and `national` need the
sum over them. Divisions by zero and sums that mean nothing are problems that name the areas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log2

from allocator.key.formula import (
    TOTAL,
    Call,
    Formula,
    Name,
    Negative,
    Number,
    Operation,
    indicators,
    parts,
)
from allocator.key.reader import read_key
from allocator.model.indicator import Kind
from allocator.model.problem import InputError, Place, Problem
from allocator.model.streams import KeyText
from allocator.words.nearest import nearest
from allocator.words.text import Text, series, text
from allocator.words.visible import pointed

MOST_DIGITS = 4_000  # of an exact number; Python itself writes none of more than 4,300
_MOST_BITS = int(MOST_DIGITS * log2(10))


@dataclass(frozen=True)
class Figures:
    """What a key is computed from: an indicator's values and its kind, by name."""

    areas: tuple[str, ...]  # the names of the areas, for messages
    values: Mapping[str, Sequence[Fraction]]  # per indicator, in the order of the areas
    kinds: Mapping[str, Kind]
    within: tuple[str, ...] = ()  # what each area shares in; nothing where all share in the same
    total: Fraction | None = None  # the number that is divided, where there is one


def evaluate(
    formula: Formula, figures: Figures, written: str = "", place: Place | None = None
) -> list[Fraction]:
    """The key's value for every area.

    Two municipalities with 30,000 and 10,000 inhabitants and scores 0.5 and -0.5 get
    1.5 * 3/4 = 9/8 and 0.5 * 1/4 = 1/8:

    >>> from allocator.key.reader import read_key
    >>> people, score = [Fraction(30000), Fraction(10000)], [Fraction("0.5"), Fraction("-0.5")]
    >>> figures = Figures(("A", "B"), {"population": people, "score": score},
    ...                   {"population": Kind.COUNT, "score": Kind.RATE})
    >>> evaluate(read_key("(score + 1) * population / national(population)"), figures)
    [Fraction(9, 8), Fraction(1, 8)]
    """
    place = place or Place("")
    known = tuple(figures.values) if figures.total is None else (*figures.values, TOTAL)
    _refuse_unknown(formula, known, written, place)
    return _Computation(figures, written, place).values(formula)


def is_endless(number: Fraction) -> bool:
    """Whether a number has more digits than can be written out."""
    return max(number.numerator.bit_length(), number.denominator.bit_length()) > _MOST_BITS


def endless(place: Place, written: str) -> Problem:
    """That a key gives such numbers."""
    return Problem(
        place,
        text("The key gives exact numbers of more than {most} digits.", most=MOST_DIGITS),
        text("Multiply and divide by fewer figures, or by figures with fewer digits."),
        written,
    )


def refuse_unknown(key: KeyText, known: Sequence[str]) -> None:
    """Every name in a key is that of an indicator, or the total."""
    _refuse_unknown(read_key(key.written, key.place), (*known, TOTAL), key.written, key.place)


def _refuse_unknown(formula: Formula, known: Sequence[str], written: str, place: Place) -> None:
    problems = []
    for part in parts(formula):
        if isinstance(part, Name) and part.name not in known:
            all_known = text("The indicators here are: {names}.", names=", ".join(known) or "-")
            mend = nearest(part.name, known, all_known)
            found = text("There is no indicator {name}.", name=f"'{part.name}'")
            problems.append(Problem(place, found, mend, pointed(written, part.at)))
    if problems:
        raise InputError(*problems)


@dataclass(frozen=True)
class _Computation:
    figures: Figures
    written: str  # the formula as it was typed, for messages
    place: Place

    def values(self, formula: Formula) -> list[Fraction]:
        match formula:
            case Number():
                return [formula.value] * len(self.figures.areas)
            case Name(name=name) if name == TOTAL and self.figures.total is not None:
                return [self.figures.total] * len(self.figures.areas)
            case Name():
                return list(self.figures.values[formula.name])
            case Negative():
                return [-value for value in self.values(formula.of)]
            case Operation(sign="/"):
                return self._divided(
                    self.values(formula.left), self.values(formula.right), formula.at
                )
            case Operation():
                combine = _OPERATIONS[formula.sign]
                pairs = zip(self.values(formula.left), self.values(formula.right), strict=True)
                return [combine(left, right) for left, right in pairs]
            case Call():
                return self._called(formula)

    def _called(self, call: Call) -> list[Fraction]:
        first = self.values(call.arguments[0])
        if call.function == "inverse":
            return self._divided([Fraction(1)] * len(first), first, call.at)
        if call.function == "capped":
            low, high = self.values(call.arguments[1]), self.values(call.arguments[2])
            self._refuse_crossed(low, high, call.at)
            return [
                min(max(value, least), most)
                for value, least, most in zip(first, low, high, strict=True)
            ]
        if call.function == "share":
            return self._divided(first, self._sums(first), call.at)
        self._refuse_rate(call)
        return [self._sum(first)] * len(first)

    def _sums(self, values: list[Fraction]) -> list[Fraction]:
        """For every area the sum over those with which it shares."""
        within = self.figures.within or ("",) * len(values)
        inside: dict[str, list[Fraction]] = {}
        for upper, value in zip(within, values, strict=True):
            inside.setdefault(upper, []).append(value)
        sums = {upper: self._sum(each) for upper, each in inside.items()}
        return [sums[upper] for upper in within]

    def _sum(self, values: list[Fraction]) -> Fraction:
        found = sum(values, Fraction(0))
        if is_endless(found):
            raise InputError(endless(self.place, self.written))
        return found

    def _divided(
        self, numerators: list[Fraction], denominators: list[Fraction], at: int
    ) -> list[Fraction]:
        zero = [
            area for area, value in zip(self.figures.areas, denominators, strict=True) if value == 0
        ]
        if zero:
            raise self._error(
                at,
                text("The key divides by zero for {areas}.", areas=series(zero)),
                text("Change the key, or the figures of these areas."),
            )
        return [top / bottom for top, bottom in zip(numerators, denominators, strict=True)]

    def _refuse_crossed(self, low: list[Fraction], high: list[Fraction], at: int) -> None:
        crossed = [
            area
            for area, least, most in zip(self.figures.areas, low, high, strict=True)
            if least > most
        ]
        if crossed:
            raise self._error(
                at,
                text("The lowest is above the highest for {areas}.", areas=series(crossed)),
                text("Write capped(x, lowest, highest)."),
            )

    def _refuse_rate(self, call: Call) -> None:
        if self._kind(call.arguments[0]) is not Kind.RATE:
            return
        names = indicators(call.arguments[0])
        raise self._error(
            call.at,
            text(
                "{names} is not a count, and the sum of a rate over areas means nothing.",
                names=", ".join(names),
            ),
            text("Multiply it by a count first, such as population."),
        )

    def _kind(self, formula: Formula) -> Kind | None:
        """Whether a formula's values may be added up over areas; None for a plain number."""
        match formula:
            case Name():
                return self.figures.kinds.get(formula.name)
            case Number() | Call(function="national"):
                return None
            case Negative():
                return self._kind(formula.of)
            case Operation():
                return _combined(formula.sign, self._kind(formula.left), self._kind(formula.right))
            case Call(function="share"):
                return Kind.COUNT
            case Call(function="inverse"):
                return Kind.RATE if self._kind(formula.arguments[0]) else None
            case Call():
                return self._kind(formula.arguments[0])

    def _problem(self, at: int, found: Text, mend: Text) -> Problem:
        return Problem(self.place, found, mend, pointed(self.written, at))

    def _error(self, at: int, found: Text, mend: Text) -> InputError:
        return InputError(self._problem(at, found, mend))


def _combined(sign: str, left: Kind | None, right: Kind | None) -> Kind | None:
    """A rate times a count is a count; a count per count is a rate."""
    both = {left, right}
    if sign == "/":
        if right is Kind.COUNT or left is Kind.RATE:
            return Kind.RATE
        return left or right
    first, second = (Kind.COUNT, Kind.RATE) if sign == "*" else (Kind.RATE, Kind.COUNT)
    return first if first in both else second if second in both else None


_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
}
