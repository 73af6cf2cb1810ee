"""From tables to maps: one table, or what it differs from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from allocator.model.areas import Area, Division
from allocator.model.distribution import Distribution
from allocator.model.geography import Borders, Layout
from allocator.model.indicator import Indicator
from allocator.report.cautions import cautions
from allocator.report.pictures.maps.borders import choropleth
from allocator.report.pictures.maps.cartogram import cartogram
from allocator.report.pictures.maps.marks import MapOf, Mark, Scale
from allocator.report.pictures.maps.scales import classes, differences
from allocator.report.pictures.svg import Heading, Picture
from allocator.words.levels import level_name
from allocator.words.text import Text, Value, text

#: Under this name stand the inhabitants of an instance.
INHABITANTS = "population"

_WHITE = text("White: how many live there is not known, or nobody does.")


def map_of(
    distribution: Distribution,
    stream: str,
    lang: str,
    where: Layout | Borders,
    inside: Area | None = None,
    per: Indicator | None = None,
    prefix: str = "map",
) -> Picture:
    """The numbers of a stream on a map: as circles from a layout, or inside borders.

    `inside` is the larger area that is drawn, otherwise the whole country; `per` are the
    inhabitants, where the instance does not have them itself.
    """
    division = distribution.instance.division
    leaves = _leaves(division, inside)
    numbers = {leaf.code: distribution.numbers[leaf.code, stream] for leaf in leaves}
    per = per or distribution.instance.indicators.get(INHABITANTS)
    title = distribution.instance.streams.named(stream).title
    values = _values(numbers, per)
    shown = _map(
        Heading(_in(title, inside), distribution.instance.title, tuple(cautions(distribution))),
        title,
        _per_1000(title, per),
        division,
        _marks(leaves, numbers, values),
        classes([value for value in values.values() if value is not None]),
    )
    return _drawn(shown, where, lang, prefix)


def difference_map(
    before: Distribution,
    after: Distribution,
    stream: str,
    lang: str,
    where: Layout | Borders,
    inside: Area | None = None,
    per: Indicator | None = None,
    prefix: str = "map",
) -> Picture:
    """How many more or fewer each area has in one table than in another of the same areas."""
    division = after.instance.division
    leaves = _leaves(division, inside)
    numbers = {
        leaf.code: after.numbers[leaf.code, stream] - before.numbers[leaf.code, stream]
        for leaf in leaves
    }
    per = per or after.instance.indicators.get(INHABITANTS)
    title = after.instance.streams.named(stream).title
    values = _values(numbers, per)
    shown = _map(
        Heading(
            _in(text("{stream}: the difference", stream=title), inside),
            _beside(before.instance.title, after.instance.title),
            cautions_of_both(before, after),
        ),
        text("difference in {stream}", stream=title),
        _per_1000(text("difference in {stream}", stream=title), per),
        division,
        _marks(leaves, numbers, values),
        differences([value for value in values.values() if value is not None]),
    )
    return _drawn(shown, where, lang, prefix)


def cautions_of_both(before: Distribution, after: Distribution) -> tuple[Text, ...]:
    """What is to be told of two tables, each thing once."""
    found = list(cautions(after))
    return (*found, *(each for each in cautions(before) if each not in found))


def _map(
    heading: Heading,
    counted: Value,
    measure: Value,
    division: Division,
    marks: tuple[Mark, ...],
    scale: Scale,
) -> MapOf:
    """What the two kinds of map have in common."""
    groups = {
        code: division.by_code[code].name
        for code in sorted({mark.group for mark in marks})
        if code in division.by_code and code != division.root.code
    }
    if any(mark.value is None for mark in marks):
        heading = replace(heading, notes=(*heading.notes, _WHITE))
    return MapOf(
        heading=heading,
        counted=counted,
        measure=measure,
        level=level_name(division.leaf_level, len(marks)),
        marks=marks,
        groups=groups,
        scale=scale,
    )


def _marks(
    leaves: tuple[Area, ...], numbers: Mapping[str, int], values: Mapping[str, Fraction | None]
) -> tuple[Mark, ...]:
    return tuple(
        Mark(leaf.code, leaf.name, leaf.parent, numbers[leaf.code], values[leaf.code])
        for leaf in leaves
    )


def _beside(before: Value, after: Value) -> Text:
    """Which two tables are held beside each other; what was asked otherwise stands in the notes."""
    if before == after:
        return text("{title}: as asked here, beside the same by its own rule", title=after)
    return text("{after}, beside {before}", after=after, before=before)


def _in(title: Value, inside: Area | None) -> Value:
    """A title with the area that is drawn, where that is not the whole country."""
    return title if inside is None else text("{title}, {area}", title=title, area=inside.name)


def _leaves(division: Division, inside: Area | None) -> tuple[Area, ...]:
    """The smallest areas that are drawn."""
    codes = division.members[(inside or division.root).code]
    return tuple(division.by_code[code] for code in codes)


def _values(numbers: Mapping[str, int], per: Indicator | None) -> dict[str, Fraction | None]:
    """Per area its number per 1,000 inhabitants; the number itself where they are not known."""
    if per is None:
        return {code: Fraction(number) for code, number in numbers.items()}
    return {
        code: Fraction(number * 1000) / per.values[code]
        if code not in per.lacking and per.values.get(code)
        else None
        for code, number in numbers.items()
    }


def _per_1000(title: Value, per: Indicator | None) -> Value:
    """What a value counts."""
    if per is None:
        return title
    return text("{stream} per 1,000 {inhabitants}", stream=title, inhabitants=per.title)


def _drawn(shown: MapOf, where: Layout | Borders, lang: str, prefix: str) -> Picture:
    if isinstance(where, Layout):
        return cartogram(shown, where, lang, prefix)
    return choropleth(shown, where, lang, prefix)
