"""Makes the sums of a published record, over ranges too, and sets them beside its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import add, mul, sub, truediv

from allocator.key.formula import (
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
from allocator.model.half_year import HalfYear
from allocator.model.problem import InputError, Place, Problem
from allocator.model.record import Figure, Range, Record, Statement
from allocator.model.streams import KeyText
from allocator.words.text import Text, text

Figures = Mapping[str, tuple[Figure, ...]]

_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
}
_PROGRAM = Place("")


def _check(says: Text, sum_: str, beside: str) -> Statement:
    return Statement(says, KeyText(sum_, _PROGRAM), KeyText(beside, _PROGRAM))


#: What is checked in every half-year of which enough was published.
CHECKS = (
    _check(text("the numbers by the rule and the published table"), "adds_up_to", "rows"),
    _check(text("number and opening balance"), "net + opening", "in_all"),
    _check(text("what is left at the end"), "net + opening - realised", "closing"),
    _check(
        text("what is left and what was carried on"), "net + opening - realised", "next_opening"
    ),
)


class Outcome(StrEnum):
    """How a published number stands to a sum."""

    HOLDS = "holds"  # they are the same
    WITHIN = "within"  # one of them is a range in which the other lies
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Sum:
    """A formula with what was put in and what came out."""

    formula: Formula
    inputs: Figures  # per name; the first figure was put in
    missing: tuple[str, ...]  # names without a figure
    result: Range | None  # None while something is missing


@dataclass(frozen=True, slots=True)
class Beside:
    """A published number, or another sum, beside a sum."""

    range: Range
    figure: Figure | None  # None: another sum
    low: Fraction  # how much more it is than the sum, at the low end
    high: Fraction  # and at the high end
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a statement."""

    period: HalfYear
    statement: Statement
    sum: Sum
    other: Sum | None  # what it is set beside
    besides: tuple[Beside, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The figures without which the statement says nothing."""
        other = self.other.missing if self.other else ()
        return tuple(dict.fromkeys((*self.sum.missing, *other)))

    @property
    def resting(self) -> tuple[str, ...]:
        """The figures in it that were not published, but follow from others."""
        inputs = {**self.sum.inputs, **(self.other.inputs if self.other else {})}
        return tuple(name for name, figures in inputs.items() if figures[0].implied)

    @property
    def holds(self) -> bool:
        return bool(self.besides) and all(b.outcome is not Outcome.OFF for b in self.besides)


@dataclass(frozen=True)
class Checked:
    """The figures of every half-year, the implied ones among them, and what came of the sums."""

    figures: Mapping[HalfYear, Figures]
    findings: tuple[Finding, ...]


def checked(record: Record, given: Mapping[HalfYear, Figures]) -> Checked:
    """Every sum of a record, with the figures that its instances give.

    The last half-year comes first, since the one before needs its opening balance.
    """
    figures: dict[HalfYear, Figures] = {}
    findings: list[Finding] = []
    for half in sorted({*record.periods, *given}, reverse=True):
        own = record.of(half)
        known = {**own.figures, **given.get(half, {})}
        following = figures.get(half.next, {}).get("opening")
        if following:
            known["next_opening"] = following
        by_rote = [_finding(half, check, known) for check in CHECKS]
        told = [found for found in by_rote if not (found.missing or found.resting)]
        for statement in own.statements:
            found = _finding(half, statement, known)
            told.append(found)
            if statement.implies and found.sum.result:
                implied = Figure(found.sum.result, statement.says, implied=True)
                known[statement.implies] = (implied,)
        findings[:0] = told
        figures[half] = known
    return Checked(figures, tuple(findings))


def _finding(half: HalfYear, statement: Statement, known: Figures) -> Finding:
    own = _sum(statement.sum, known)
    if statement.beside is None:
        return Finding(half, statement, own, None, ())
    other = _sum(statement.beside, known)
    return Finding(half, statement, own, other, _besides(own, other))


def _besides(own: Sum, other: Sum) -> tuple[Beside, ...]:
    """The other sum, or where it is a single name every figure of that name."""
    if own.result is None or other.result is None:
        return ()
    if isinstance(other.formula, Name):
        figures = other.inputs[other.formula.name]
        return tuple(_beside(own.result, figure.range, figure) for figure in figures)
    return (_beside(own.result, other.result, None),)


def _beside(own: Range, other: Range, figure: Figure | None) -> Beside:
    outcome = Outcome.OFF
    if own == other:
        outcome = Outcome.HOLDS
    elif own.within(other) or other.within(own):
        outcome = Outcome.WITHIN
    return Beside(other, figure, other.low - own.low, other.high - own.high, outcome)


def _sum(key: KeyText, known: Figures) -> Sum:
    formula = read_key(key.written, key.place)
    names = indicators(formula)
    missing = tuple(name for name in names if name not in known)
    inputs = {name: known[name] for name in names if name in known}
    _refuse_dependent(formula, inputs, key)
    values = {name: figures[0].range for name, figures in inputs.items()}
    return Sum(formula, inputs, missing, None if missing else reckoned(formula, values, key.place))


def _refuse_dependent(formula: Formula, inputs: Figures, key: KeyText) -> None:
    """A range that stands in a formula twice would be counted as two that differ."""
    names = [part.name for part in parts(formula) if isinstance(part, Name)]
    for name, figures in inputs.items():
        if names.count(name) > 1 and not figures[0].range.single:
            raise InputError(
                Problem(
                    key.place,
                    text("{name} is a range, and stands in the sum twice.", name=f"'{name}'"),
                    text("Write the sum so that each range stands in it once."),
                )
            )


def reckoned(formula: Formula, values: Mapping[str, Range], place: Place = _PROGRAM) -> Range:
    """The lowest and the highest that a formula can be, each name standing in it once.

    >>> values = {"expected": Range.of(17000, 18000), "in_all": Range.of(15330)}
    >>> found = reckoned(read_key("expected - in_all"), values)
    >>> int(found.low), int(found.high)
    (1670, 2670)
    """
    match formula:
        case Number():
            return Range(formula.value, formula.value)
        case Name():
            return values[formula.name]
        case Negative():
            of = reckoned(formula.of, values, place)
            return Range(-of.high, -of.low)
        case Operation():
            left = reckoned(formula.left, values, place)
            right = reckoned(formula.right, values, place)
            if formula.sign == "/" and right.low <= 0 <= right.high:
                raise InputError(
                    Problem(
                        place,
                        text("The sum divides by zero."),
                        text("Mend the sum, or the figure that it divides by."),
                    )
                )
            apply = _OPERATIONS[formula.sign]
            ends = [apply(a, b) for a in _ends(left) for b in _ends(right)]
            return Range(min(ends), max(ends))
        case Call():
            raise AssertionError("a function is refused where the record is read")


def _ends(range_: Range) -> tuple[Fraction, Fraction]:
    return range_.low, range_.high
