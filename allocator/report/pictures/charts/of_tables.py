"""From tables, series and sweeps to the pictures that are no maps."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from allocator.comparison.fairness import gini, lorenz, placed
from allocator.model.areas import Area, Division
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator
from allocator.model.instance import Instance
from allocator.periods.series import Series
from allocator.report.cautions import cautions
from allocator.report.pictures.charts.dots import Dot, dot_plot
from allocator.report.pictures.charts.lines import LineOf, line_chart
from allocator.report.pictures.charts.lorenz import Curve, lorenz_curves
from allocator.report.pictures.charts.ranges import RangeOf, range_bars
from allocator.report.pictures.svg import Heading, Picture
from allocator.words.levels import level_name
from allocator.words.text import Text, Value, text

if TYPE_CHECKING:
    from allocator.comparison.sweep import Swept

#: The columns of a series that are drawn, where any number of them is known.
DRAWN = {
    "in_force": text("in force"),
    "announced": text("announced"),
    "realised": text("realised"),
    "corrected": text("corrected"),
}


def lorenz_of(
    tables: Mapping[str, Distribution],
    stream: str,
    lang: str,
    per: Indicator,
    inside: Area | None = None,
    prefix: str = "lorenz",
) -> Picture:
    """How even the numbers of the smallest areas are in each of these tables, by name.

    The curve and the Gini are those of `allocator.comparison.fairness`.
    """
    first = next(iter(tables.values())).instance
    title = first.streams.named(stream).title
    curves = []
    for name, table in tables.items():
        areas = placed(*_populated(table, stream, per, inside))
        found = gini(areas)
        if found is not None:
            curves.append(Curve(name, lorenz(areas), found))
    told = [each for table in tables.values() for each in cautions(table)]
    told = [each for place, each in enumerate(told) if each not in told[:place]]
    heading = _where(text("{stream}: how even per inhabitant", stream=title), inside)
    return lorenz_curves(Heading(heading, first.title, tuple(told)), title, curves, lang, prefix)


def _populated(
    table: Distribution, stream: str, per: Indicator, inside: Area | None
) -> tuple[dict[str, int], dict[str, Fraction]]:
    """The numbers and the inhabitants of the smallest areas of which both are known."""
    division = table.instance.division
    codes = [c for c in division.members[(inside or division.root).code] if c not in per.lacking]
    return {c: table.numbers[c, stream] for c in codes}, {c: per.values[c] for c in codes}


def dots_of(
    distribution: Distribution,
    stream: str,
    lang: str,
    per: Indicator,
    inside: Area | None = None,
    prefix: str = "dots",
) -> Picture:
    """The parts of the country or of an area, each beside its share by inhabitants."""
    instance = distribution.instance
    area = inside or instance.division.root
    people = {p: _people(p, instance.division, per) for p in _parts(area, instance)}
    known = {part: persons for part, persons in people.items() if persons is not None}
    total = sum(distribution.numbers[part.code, stream] for part in known)
    everyone = sum(known.values())
    dots = [
        Dot(
            part.code,
            part.name,
            distribution.numbers[part.code, stream],
            total * persons / everyone if everyone else Fraction(0),
        )
        for part, persons in known.items()
    ]
    title = instance.streams.named(stream).title
    told = tuple(cautions(distribution))
    heading = _where(text("{stream} beside inhabitants", stream=title), inside)
    return dot_plot(Heading(heading, instance.title, told), title, dots, lang, prefix)


def _parts(area: Area, instance: Instance) -> tuple[Area, ...]:
    """What an area consists of; a smallest area is all that there is of itself."""
    division = instance.division
    return (area,) if area.level == division.leaf_level else division.parts(area)


def _people(area: Area, division: Division, per: Indicator) -> Fraction | None:
    """The inhabitants of an area, or None where those of a part are not known."""
    members = division.members[area.code]
    if not per.lacking.isdisjoint(members):
        return None
    return sum((per.values[leaf] for leaf in members), Fraction(0))


def lines_of(found: Series, lang: str, prefix: str = "lines") -> Picture:
    """A series over the half-years: the number in force, as announced, realised, corrected."""
    lines = [
        LineOf(name, tuple(entry.number(column) for entry in found.entries))
        for column, name in DRAWN.items()
    ]
    known = [line for line in lines if any(n is not None for n in line.numbers)]
    where = text("{level} {area}", level=level_name(found.area.level), area=found.area.name)
    periods = [str(entry.period) for entry in found.entries]
    return line_chart(Heading(found.record.title, where), periods, known, lang, prefix)


def ranges_of(
    swept: Swept, stream: str, lang: str, inside: Area | None = None, prefix: str = "ranges"
) -> Picture:
    """Between what the numbers of the parts of the country or of an area move in a sweep."""
    instance = swept.question.instance
    area = inside or instance.division.root
    spreads = [swept.of(part.code, stream) for part in _parts(area, instance)]
    ranges = [
        RangeOf(
            each.area.code,
            each.area.name,
            each.lowest,
            each.lower_quartile,
            each.median,
            each.upper_quartile,
            each.highest,
            each.reference,
        )
        for each in spreads
    ]
    title = instance.streams.named(stream).title
    told = tuple(cautions(swept.reference))
    heading = _where(
        text("{stream} under {keys} keys", stream=title, keys=len(swept.design.points)), inside
    )
    return range_bars(Heading(heading, instance.title, told), title, ranges, lang, prefix)


def _where(title: Text, inside: Area | None) -> Value:
    """A title with the area that it is of, where that is not the whole country."""
    return title if inside is None else text("{title}, {area}", title=title, area=inside.name)
