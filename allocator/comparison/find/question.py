"""What is asked: components to weigh, a table to come near, how nearness is measured, and bounds.

A component is a key of which every leaf's exact share is known. The table may be a published one,
or one that gives everybody as much per inhabitant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from allocator.core.exact import added
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.words.text import series, text

ZERO, ONE = Fraction(0), Fraction(1)
PLACE = Place("--weights")


class Measure(StrEnum):
    """How far a table is from its targets."""

    LARGEST = "largest"  # the largest distance between a number and its target
    MEAN = "mean"  # the mean distance
    RATIO = "ratio"  # the largest distance in proportion to the target
    GINI = "gini"  # the Gini index of numbers per target, weighted by target


@dataclass(frozen=True, slots=True)
class Row:
    """One number of the table: an area of any level in one stream."""

    code: str  # the area
    stream: str  # what is counted
    target: Fraction  # the number to come near: published, or fair
    total: Fraction  # what the stream divides over all leaves
    leaves: tuple[str, ...]  # the leaves in the area


@dataclass(frozen=True, slots=True)
class Bounds:
    """The room of one weight."""

    low: Fraction = ZERO  # it is at least this
    high: Fraction = ONE  # and at most this


@dataclass(frozen=True)
class Question:
    """A table, and the components whose weights are looked for."""

    components: Mapping[
        str, Mapping[str, Fraction]
    ]  # per component each leaf's share; they add to 1
    rows: tuple[Row, ...]  # the table; for the Gini index every leaf stands in one row
    measure: Measure  # what is to be the least
    bounds: Mapping[str, Bounds] = field(default_factory=dict)  # from 0 to 1 where not given

    @property
    def names(self) -> tuple[str, ...]:
        """The components by name, so that their order decides nothing."""
        return tuple(sorted(self.components))

    def room(self, name: str) -> Bounds:
        return self.bounds.get(name, Bounds())


def fair_rows(total: Fraction, inhabitants: Mapping[str, int], stream: str = "") -> tuple[Row, ...]:
    """A row for each leaf with its inhabitants' part of a total as target.

    100 places over 3,000 and 1,000 inhabitants:

    >>> [row.target for row in fair_rows(Fraction(100), {"A": 3000, "B": 1000})]
    [Fraction(75, 1), Fraction(25, 1)]
    """
    everybody = sum(inhabitants.values())
    return tuple(
        Row(code, stream, total * number / (everybody or 1), total, (code,))
        for code, number in inhabitants.items()
    )


def refuse_unusable(question: Question) -> None:
    """Raise all that is wrong with the weights that are asked for."""
    problems = Problems()
    problems.found.extend(_wrong_components(question))
    problems.found.extend(_wrong_bounds(question))
    problems.found.extend(_wrong_rows(question))
    problems.raise_any()


def _wrong_components(question: Question) -> Iterator[Problem]:
    if not question.components:
        yield Problem(PLACE, text("There is no component to weigh."), text("Name at least one."))
    unknown = [name for name in question.bounds if name not in question.components]
    if unknown:
        yield Problem(
            PLACE,
            text(
                "Bounds are given for {names}, and no component is called so.",
                names=series(unknown),
            ),
            text("The components are: {names}.", names=", ".join(question.components) or "-"),
        )


def _wrong_bounds(question: Question) -> Iterator[Problem]:
    rooms = {name: question.room(name) for name in question.components}
    crossed = [name for name, room in rooms.items() if room.low > room.high]
    for name in crossed:
        yield Problem(
            PLACE,
            text(
                "The lowest weight of {name} is {low}, above its highest, {high}.",
                name=name,
                low=rooms[name].low,
                high=rooms[name].high,
            ),
            text("Write the lowest first."),
        )
    if crossed or not rooms:
        return
    low, high = added(room.low for room in rooms.values()), added(r.high for r in rooms.values())
    if low > 1:
        yield Problem(
            PLACE,
            text("The lowest weights add up to {sum}, and weights add up to 1.", sum=low),
            text("Lower some of them."),
        )
    if high < 1:
        yield Problem(
            PLACE,
            text("The highest weights add up to {sum}, and weights add up to 1.", sum=high),
            text("Raise some of them."),
        )


def _wrong_rows(question: Question) -> Iterator[Problem]:
    if not question.rows:
        yield Problem(
            PLACE,
            text("There is no number to come near."),
            text("Give a table with at least one row."),
        )
    if question.measure not in (Measure.RATIO, Measure.GINI):
        return
    without = [row.code for row in question.rows if row.target <= 0]
    if without:
        yield Problem(
            PLACE,
            text(
                "The measure '{measure}' divides by the target, which is not above 0 for {areas}.",
                measure=question.measure.value,
                areas=series(without),
            ),
            text("Leave these rows out, or choose '{other}'.", other=Measure.LARGEST.value),
        )


def refuse_other_sums(sums: set[Fraction]) -> None:
    """The Gini index is a straight line in the weights only where the sum of the rows is fixed."""
    if len(sums) > 1 or min(sums) <= 0:
        raise InputError(
            Problem(
                PLACE,
                text("The rows do not add up to one number above 0, the same for every component."),
                text("For the Gini index, let every smallest area lie in exactly one row."),
            )
        )
