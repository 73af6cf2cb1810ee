"""Which keys a sweep tries: every one on a grid, or so many spread evenly over all there are.

A key is `w1 * share(FORMULA1) + w2 * share(FORMULA2) + ...`, with weights of at most four decimals
that add up to 1. National totals may lie between bounds as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from random import Random

from allocator.comparison.sweep.lattice import Lattice, by_how_much, count, listed
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.streams import KeyText
from allocator.words.text import Text, text

#: Weights are whole numbers of these parts of 1.
PARTS = 10_000
#: More keys are not tried.
MOST_KEYS = 1_000_000
#: Larger totals are none of persons or places.
LARGEST = 10**12
#: What the generator gives at a time; its `random()` is the same in every version of Python.
_BITS = 53


@dataclass(frozen=True, slots=True)
class Weight:
    """A formula and the bounds of its weight, in parts of 1."""

    formula: KeyText
    low: int
    high: int

    @property
    def fixed(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class TotalRange:
    """A national total that is not certain."""

    stream: str
    low: int
    high: int
    step: int | None = None  # on a grid: how far the totals are apart; None: both ends, the middle

    @property
    def on_grid(self) -> tuple[int, ...]:
        """The totals that a grid tries: from the lowest on in steps, and always the highest.

        >>> TotalRange("places", 90_000, 96_000).on_grid
        (90000, 93000, 96000)
        >>> TotalRange("places", 90_000, 96_000, 4_000).on_grid
        (90000, 94000, 96000)
        """
        if self.step is None:
            tried: Sequence[int] = (self.low, (self.low + self.high) // 2, self.high)
        else:
            tried = (*range(self.low, self.high, self.step), self.high)
        return tuple(dict.fromkeys(tried))

    @property
    def how_many(self) -> int:
        """How many totals a grid tries, without making them."""
        if self.step is None:
            return len(self.on_grid)
        return -((self.low - self.high) // self.step) + 1


@dataclass(frozen=True, slots=True)
class Grid:
    """All weights that are multiples of a step."""

    step: int  # in parts of 1


@dataclass(frozen=True, slots=True)
class Sample:
    """So many keys by a Latin hypercube."""

    number: int
    seed: int


@dataclass(frozen=True, slots=True)
class Point:
    """One key of a sweep, with its totals."""

    weights: tuple[int, ...]  # in parts of 1, in the order of the formulas
    totals: tuple[int, ...]  # in the order of the ranges


@dataclass(frozen=True)
class Space:
    """The formulas and totals of a sweep, within their bounds."""

    weights: tuple[Weight, ...]
    totals: tuple[TotalRange, ...] = ()

    def key(self, point: Point) -> KeyText:
        """The key as it is typed, weights of 0 included.

        Areas without a figure are so left out of every key alike, whatever its weights.
        """
        terms = [
            f"{weight_written(part)} * share({weight.formula.written})"
            for part, weight in zip(point.weights, self.weights, strict=True)
        ]
        return KeyText(" + ".join(terms), self.weights[0].formula.place)

    def numbers(self, point: Point) -> Mapping[str, int]:
        """The totals of a point by stream."""
        return {each.stream: n for each, n in zip(self.totals, point.totals, strict=True)}


@dataclass(frozen=True)
class Design:
    """The keys of a sweep in their order."""

    space: Space
    made: Grid | Sample
    points: tuple[Point, ...]


def weight_written(parts: int) -> str:
    """A weight as a key writes it, without zeros at its end.

    >>> weight_written(3500), weight_written(10_000), weight_written(0)
    ('0.35', '1', '0')
    """
    whole, rest = divmod(parts, PARTS)
    return f"{whole}.{rest:04}".rstrip("0").rstrip(".")


def grid(space: Space, step: int) -> Design:
    """Every key whose weights are multiples of a step, with every total.

    A fixed weight stays what it is; the others share in steps what it leaves. The smallest first
    weights come first, and under each key the totals from low to high. With a step of a half, two
    formulas have the weights 0 and 1, a half each, and 1 and 0:

    >>> place = Place("")
    >>> both = [Weight(KeyText(name, place), 0, PARTS) for name in ("population", "land_ha")]
    >>> [point.weights for point in grid(Space(tuple(both)), 5_000).points]
    [(0, 10000), (5000, 5000), (10000, 0)]
    """
    weights, totals = space.weights, space.totals
    _refuse_bad(space)
    _refuse_step(step)
    free = [weight for weight in weights if not weight.fixed]
    left = PARTS - sum(weight.low for weight in weights if weight.fixed)
    bounds = [(-(-weight.low // step), weight.high // step) for weight in free]
    place = weights[0].formula.place
    number = 0 if left % step else count(bounds, left // step)
    if not number:
        raise InputError(
            Problem(
                place,
                text(
                    "No weights between these bounds are multiples of {step} and add up to {left}.",
                    step=Fraction(step, PARTS),
                    left=Fraction(left, PARTS),
                ),
                text("Take a smaller step, or other bounds."),
            )
        )
    for each in totals:
        number *= each.how_many
    _refuse_many(number, place)
    lines = (_with_fixed(weights, steps, step) for steps in listed(bounds, left // step))
    numbers = list(product(*(each.on_grid for each in totals)))
    points = tuple(Point(line, each) for line in lines for each in numbers)
    return Design(space, Grid(step), points)


def _with_fixed(weights: Sequence[Weight], steps: Sequence[int], step: int) -> tuple[int, ...]:
    """The weights of all formulas, from the steps of those that are not fixed."""
    waiting = iter(steps)
    return tuple(weight.low if weight.fixed else next(waiting) * step for weight in weights)


def sample(space: Space, number: int, seed: int) -> Design:
    """So many keys by a Latin hypercube, the same for a seed on every machine.

    There is a dimension for every weight but the last, which follows, and one for every total. Each
    dimension is cut into as many parts as there are keys; each key has one part of it, in a drawn
    order, and a drawn place inside. `Lattice.at` turns places into weights, so that of all weights
    of four decimals that keep the bounds and add up to 1 each is as likely as any other.
    """
    weights, totals = space.weights, space.totals
    _refuse_bad(space)
    _refuse_many(number, Place("--sample"))
    ranged = [each for each in totals if each.step is not None]
    if ranged:
        raise _refused(
            Place("--total"),
            text("A step of totals is for a grid; a sample takes any whole number between."),
            text("Leave the step out, or use --grid."),
        )
    lattice = Lattice.of([(weight.low, weight.high) for weight in weights], PARTS)
    generator = Random(seed)
    dimensions = [_places(number, generator) for _ in (*weights[1:], *totals)]
    shares = len(weights) - 1
    points = []
    for places in zip(*dimensions, strict=True) if dimensions else [()] * number:
        numbers = (_between(each, at) for each, at in zip(totals, places[shares:], strict=True))
        points.append(Point(lattice.at(places[:shares]), tuple(numbers)))
    return Design(space, Sample(number, seed), tuple(points))


def _places(number: int, generator: Random) -> list[Fraction]:
    """A place in each of so many equal parts of a line from 0 to 1, in a drawn order."""
    order = list(range(number))
    for last in range(number - 1, 0, -1):  # by ourselves: `shuffle` may change with Python
        other = _drawn(generator) * (last + 1) >> _BITS
        order[last], order[other] = order[other], order[last]
    whole = number << _BITS
    return [Fraction((part << _BITS) + _drawn(generator), whole) for part in order]


def _drawn(generator: Random) -> int:
    """A whole number below 2 to the 53rd, exactly what the generator drew."""
    return int(generator.random() * (1 << _BITS))


def _between(each: TotalRange, place: Fraction) -> int:
    return each.low + (each.high - each.low + 1) * place.numerator // place.denominator


def _refuse_bad(space: Space) -> None:
    problems = Problems()
    if not space.weights:
        problems.add(
            Place("--weights"), text("There are no weights."), text("Give --weights FORMULA=0..1.")
        )
        problems.raise_any()
    for weight in space.weights:
        if not 0 <= weight.low <= weight.high <= PARTS:
            problems.add(
                weight.formula.place,
                text(
                    "The weight of {formula} cannot be from {low} to {high}.",
                    formula=f"'{weight.formula.written}'",
                    low=Fraction(weight.low, PARTS),
                    high=Fraction(weight.high, PARTS),
                ),
                text("Write the lowest first, between 0 and 1."),
            )
    for each in space.totals:
        if not 0 <= each.low <= each.high <= LARGEST or (each.step is not None and each.step < 1):
            problems.add(
                Place("--total"),
                text(
                    "A total of {stream} cannot be from {low} to {high}.",
                    stream=f"'{each.stream}'",
                    low=each.low,
                    high=each.high,
                ),
                text(
                    "Write the lowest first, at most {most}, and a step of 1 or more.", most=LARGEST
                ),
            )
    formulas = ["".join(weight.formula.written.split()) for weight in space.weights]
    for place, names in (
        (space.weights[0].formula.place, formulas),
        (Place("--total"), [each.stream for each in space.totals]),
    ):
        for name in _twice(names):
            problems.add(
                place, text("{name} is named twice.", name=f"'{name}'"), text("Name it once.")
            )
    problems.raise_any()
    _refuse_no_sum(space.weights)


def _twice(names: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]


def _refuse_no_sum(weights: Sequence[Weight]) -> None:
    """The weights can add up to 1."""
    over = by_how_much([(weight.low, weight.high) for weight in weights], PARTS)
    if not over:
        return
    sum_ = Fraction(PARTS + over, PARTS)
    found = (
        text(
            "The lowest weights add up to {sum}, {over} too much.",
            sum=sum_,
            over=Fraction(over, PARTS),
        )
        if over > 0
        else text(
            "The highest weights add up to {sum}, {short} too little.",
            sum=sum_,
            short=Fraction(-over, PARTS),
        )
    )
    raise _refused(weights[0].formula.place, found, text("Weights add up to 1: change the bounds."))


def _refuse_step(step: int) -> None:
    if not 0 < step <= PARTS:
        raise _refused(
            Place("--grid"),
            text("{step} is no step between weights.", step=Fraction(step, PARTS)),
            text("Write one between 0 and 1, such as 0.05."),
        )


def _refuse_many(number: int, place: Place) -> None:
    if not 1 <= number <= MOST_KEYS:
        raise _refused(
            place,
            text("These are {number} keys.", number=number),
            text("Between 1 and {most} are tried.", most=MOST_KEYS),
        )


def _refused(place: Place, found: Text, mend: Text) -> InputError:
    return InputError(Problem(place, found, mend))
