"""From what was typed to a sweep: its keys, and the instance with all that they name."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from allocator.asking.names import areas_named
from allocator.asking.question import choice_of
from allocator.asking.weights import part_of_one, read_weights
from allocator.comparison.sweep import (
    PARTS,
    Design,
    Question,
    Space,
    TotalRange,
    Weight,
    grid,
    sample,
)
from allocator.model.areas import Area
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.country.tables import other_names_of
from allocator.reading.formats.numerals import Unreadable, whole
from allocator.reading.instances.parts.indicators import Missing
from allocator.reading.instances.read import load
from allocator.words.levels import level_name
from allocator.words.numbers import plain_decimals
from allocator.words.text import Text, text

WEIGHTS, TOTAL, GRID = Place("--weights"), Place("--total"), Place("--grid")

#: The seed of a sample where none is typed.
SEED = 1


@dataclass(frozen=True)
class Typed:
    """The options that say what is tried."""

    weights: tuple[str, ...]
    grid: str | None
    sample: int | None
    seed: int | None
    totals: tuple[str, ...]
    inside: str | None
    keep: str | None
    missing: str | None
    rounding: str | None
    method: str | None
    ties: str | None
    fixed: tuple[str, ...]


def asked(name: str, typed: Typed) -> tuple[Question, Design]:
    """The instance with everything that is asked of it, and its keys."""
    problems = Problems()
    _refuse_together(typed, problems)
    weights: tuple[Weight, ...] = ()
    with problems.collecting():
        weights = _weights(typed.weights)
    read: tuple[dict[str, int], tuple[TotalRange, ...]] = {}, ()
    with problems.collecting():
        read = _totals(typed.totals)
    problems.raise_any()
    numbers, ranges = read
    keys = [weight.formula for weight in weights]
    instance = load(name, None, numbers, keys, Missing(typed.missing or Missing.ERROR))
    space = Space(weights, tuple(_with_stream(each, instance) for each in ranges))
    design = _design(space, typed)
    area = _area(typed.inside, instance) if typed.inside else None
    keep = area.level if area else typed.keep or ""
    plain = Question(instance, space, None, keep, area.code if area else "")
    if not (typed.rounding or typed.method or typed.ties or typed.fixed):
        return plain, design
    rule = plain.at(design.points[0], {}).rule
    choice = choice_of(rule, typed.rounding, typed.method, typed.ties, typed.fixed)
    return Question(instance, space, choice, plain.keep, plain.inside), design


def _refuse_together(typed: Typed, problems: Problems) -> None:
    """Options of which one says what the other says."""
    if (typed.grid is None) == (typed.sample is None):
        problems.add(
            GRID,
            text("Either a grid or a sample says which keys are tried."),
            text("Give --grid STEP, such as 0.05, or --sample N, such as 1000."),
        )
    if typed.seed is not None and typed.sample is None:
        problems.add(
            Place("--seed"), text("A seed is for a sample."), text("Leave it out of a grid.")
        )
    if typed.inside and typed.keep:
        problems.add(
            Place("--inside"),
            text("--keep is said beside --inside, which says it already."),
            text("Leave one of the two out."),
        )


def _weights(written: tuple[str, ...]) -> tuple[Weight, ...]:
    """The formulas with their bounds, in the parts that weights are made of."""
    problems = Problems()
    found = []
    for each in read_weights(written):
        with problems.collecting():
            low, high = _in_parts(each.low, WEIGHTS), _in_parts(each.high, WEIGHTS)
            found.append(Weight(each.formula, low, high))
    problems.raise_any()
    return tuple(found)


def _parts(written: str, place: Place) -> int:
    """A part of 1, as a number or a percentage, in the parts that weights are made of."""
    return _in_parts(part_of_one(written, place), place)


def _in_parts(number: Fraction, place: Place) -> int:
    if (number * PARTS).denominator != 1:
        raise _refused(
            place,
            text(
                "{number} has more than four decimals.",
                number=plain_decimals(number, 12).rstrip("0"),
            ),
            text("Write at most four, or two in a percentage."),
        )
    return int(number * PARTS)


def _totals(written: tuple[str, ...]) -> tuple[dict[str, int], tuple[TotalRange, ...]]:
    """Totals by stream that are another number, and those that lie between two."""
    problems = Problems()
    numbers: dict[str, int] = {}
    ranges: list[TotalRange] = []
    for one in written:
        stream, sign, bounds = one.rpartition("=")
        stream = stream.strip()
        if stream in (*numbers, *(each.stream for each in ranges)) or (sign and not stream):
            problems.add(
                TOTAL,
                text("{written} does not name a stream of its own.", written=f"'{one}'"),
                text("Write STREAM=LOW..HIGH, once for each stream."),
            )
            continue
        low, dots, rest = bounds.partition("..")
        high, slash, step = rest.partition("/")
        try:
            if dots:
                by = whole(step) if slash else None
                ranges.append(TotalRange(stream, whole(low), whole(high), by))
            else:
                numbers[stream] = whole(low)
        except Unreadable as error:
            problems.add(
                TOTAL, error.found, text("Write whole numbers such as 90000..96000, or one.")
            )
    problems.raise_any()
    return numbers, tuple(ranges)


def _with_stream(each: TotalRange, instance: Instance) -> TotalRange:
    """A range without a stream is of the only one."""
    if each.stream:
        return each
    given = [stream.name for stream in instance.streams.given]
    if len(given) > 1:
        raise _refused(
            TOTAL,
            text("There are several streams: {names}.", names=", ".join(given)),
            text("Say which: --total {name}=LOW..HIGH.", name=given[0]),
        )
    return TotalRange(given[0], each.low, each.high, each.step)


def _design(space: Space, typed: Typed) -> Design:
    if typed.sample is not None:
        return sample(space, typed.sample, SEED if typed.seed is None else typed.seed)
    assert typed.grid is not None
    return grid(space, _parts(typed.grid, GRID))


def _area(written: str, instance: Instance) -> Area:
    """The area that is looked at: a larger one, where the name is that of a city as well."""
    division = instance.division
    named = areas_named(written, division, other_names_of(instance.country))
    found = [area for area in named if area.level != division.leaf_level and area != division.root]
    if found:
        return found[-1]
    raise _refused(
        Place("--inside"),
        text("{name} is not an area that keeps its number.", name=f"'{written}'"),
        text(
            "Name one of a level between {country} and {level}.",
            country=division.root.name,
            level=level_name(division.leaf_level),
        ),
    )


def _refused(place: Place, found: Text, mend: Text) -> InputError:
    return InputError(Problem(place, found, mend))
