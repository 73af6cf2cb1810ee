"""All measures of one table, and the words in which screen, page and documents name them.

Where the total is 0 nobody is off their share, so the deviations are 0 and every area lies within
the margin; ratios, Ginis, the curve and the part to move mean nothing then, and are None or empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.comparison.fairness.apart import Apart, furthest_of, largest_difference
from allocator.comparison.fairness.concentration import Point, gini, gini_over_areas, lorenz
from allocator.comparison.fairness.deviation import (
    Extreme,
    highest,
    largest_deviation,
    lowest,
    mean_deviation,
    to_move,
    within,
)
from allocator.comparison.fairness.placed import placed
from allocator.words.text import Text, text

#: How far from its share by inhabitants an area may lie, as a part of that share.
TENTH = Fraction(1, 10)
#: How many pairs of areas are named.
PAIRS = 5


@dataclass(frozen=True)
class Fairness:
    """How even a distribution is, per inhabitant."""

    areas: int  # how many areas were measured
    total: int  # what they have together
    left_out: tuple[str, ...]  # the areas without inhabitants, which were not measured
    margin: Fraction  # for `within`, a part of the share by inhabitants
    highest: Extreme | None  # the largest ratio of a number to its share by inhabitants
    lowest: Extreme | None  # the smallest ratio
    gini: Fraction | None  # every inhabitant counted once
    gini_over_areas: Fraction | None  # every area counted once
    lorenz: tuple[Point, ...]  # the curve from (0, 0) to (1, 1); empty where the total is 0
    to_move: Fraction | None  # the part of the total in other areas than by inhabitants
    mean_deviation: Fraction | None  # from the share by inhabitants, on average over areas
    largest_deviation: Extreme | None  # above 0: more than the share; below 0: fewer
    within: Fraction | None  # the part of the areas that lies within the margin
    largest_difference: Fraction | None  # between two areas, per 1,000 inhabitants
    furthest: tuple[Apart, ...]  # the pairs that differ most per 1,000 inhabitants


def measured(
    numbers: Mapping[str, int],
    inhabitants: Mapping[str, Fraction],
    margin: Fraction = TENTH,
    pairs: int = PAIRS,
) -> Fairness:
    """Every measure of a table of numbers, beside the inhabitants of the same areas.

    10, 30 and 60 where the shares by inhabitants are 20, 30 and 50 (invented):

    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> found = measured({"a": 10, "b": 30, "c": 60}, lived)
    >>> for measure in MEASURES:
    ...     print(measure.name, measure.value(found))
    highest 6/5
    lowest 1/2
    gini 13/100
    gini_over_areas 14/81
    to_move 1/10
    mean_deviation 20/3
    largest_deviation 10
    within 1/3
    largest_difference 7/10
    """
    areas = placed(numbers, inhabitants)
    return Fairness(
        areas=len(areas.numbers),
        total=areas.total,
        left_out=areas.left_out,
        margin=margin,
        highest=highest(areas),
        lowest=lowest(areas),
        gini=gini(areas),
        gini_over_areas=gini_over_areas(areas),
        lorenz=lorenz(areas),
        to_move=to_move(areas),
        mean_deviation=mean_deviation(areas),
        largest_deviation=largest_deviation(areas),
        within=within(areas, margin),
        largest_difference=largest_difference(areas),
        furthest=furthest_of(areas, pairs),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What readers call something that is measured."""

    name: str  # as in files
    title: Text  # as above a column
    says: Text  # what it is, in one sentence


@dataclass(frozen=True, slots=True)
class Measure(Named):
    """A measure that is one number."""

    value: Callable[[Fairness], Fraction | None]  # None where it means nothing


def _size(extreme: Extreme | None) -> Fraction | None:
    """The outermost value without its sign."""
    return abs(extreme.value) if extreme else None


MEASURES: tuple[Measure, ...] = (
    Measure(
        "highest",
        text("Highest ratio"),
        text("The largest number of an area relative to its share of the total by inhabitants."),
        lambda fairness: _size(fairness.highest),
    ),
    Measure(
        "lowest",
        text("Lowest ratio"),
        text("The smallest number of an area relative to its share of the total by inhabitants."),
        lambda fairness: _size(fairness.lowest),
    ),
    Measure(
        "gini",
        text("Gini"),
        text(
            "How unequal inhabitants are in what their area has per inhabitant, from 0 (the same "
            "everywhere) to almost 1 (all in one small area)."
        ),
        lambda fairness: fairness.gini,
    ),
    Measure(
        "gini_over_areas",
        text("Gini over areas"),
        text(
            "The Gini with every area counted once however many inhabitants it has, from 0 (the "
            "same per inhabitant everywhere) to 1 − 1/n (all in one of n areas)."
        ),
        lambda fairness: fairness.gini_over_areas,
    ),
    Measure(
        "to_move",
        text("Part to move"),
        text(
            "The part of the total that would have to go to other areas before each has its share "
            "by inhabitants."
        ),
        lambda fairness: fairness.to_move,
    ),
    Measure(
        "mean_deviation",
        text("Mean deviation"),
        text("How far areas lie from their share of the total by inhabitants, on average."),
        lambda fairness: fairness.mean_deviation,
    ),
    Measure(
        "largest_deviation",
        text("Largest deviation"),
        text("How far the area lies that is furthest from its share of the total by inhabitants."),
        lambda fairness: _size(fairness.largest_deviation),
    ),
    Measure(
        "within",
        text("Within the margin"),
        text(
            "The part of the areas that lie no further from their share by inhabitants than a "
            "tenth of it, or than another margin that was asked."
        ),
        lambda fairness: fairness.within,
    ),
    Measure(
        "largest_difference",
        text("Largest difference"),
        text("How much two areas differ at most in what they have per 1,000 inhabitants."),
        lambda fairness: fairness.largest_difference,
    ),
)

LORENZ = Named(
    "lorenz",
    text("Lorenz curve"),
    text(
        "What part of the total the inhabitants with fewest have, for every part of the "
        "inhabitants: the further below the diagonal, the less even."
    ),
)
FURTHEST = Named(
    "furthest",
    text("Furthest apart"),
    text("The pairs of areas that differ most in what they have per 1,000 inhabitants."),
)
NEIGHBOURS = Named(
    "neighbours",
    text("Neighbours apart"),
    text("The same of areas that border on each other."),
)
CORRELATION = Named(
    "correlation",
    text("Correlation"),
    text(
        "How closely the number per 1,000 inhabitants follows another figure over the areas, from "
        "−1 (falls as that rises, on a line) through 0 to 1 (rises with it on a line)."
    ),
)
