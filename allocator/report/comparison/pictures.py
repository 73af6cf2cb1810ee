"""Keys side by side as pictures: how even each is, and where each other one differs."""

from __future__ import annotations

from dataclasses import replace

from allocator.comparison.side_by_side import Alternative, Comparison
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.geography import Layout
from allocator.report.comparison.keys import lettered
from allocator.report.pictures.charts.of_tables import lorenz_of
from allocator.report.pictures.maps.of import difference_map
from allocator.report.pictures.svg import Picture
from allocator.words.say import say
from allocator.words.text import LocalText, Value, text


def curves_of(comparison: Comparison, stream: str, lang: str) -> Picture | None:
    """The Lorenz curve of every key, where inhabitants are known."""
    if comparison.per is None:
        return None
    tables = {}
    for letter, each in lettered(comparison):
        name: Value = each.name or text("the key of the rule")
        tables[say(text("{letter}: {name}", letter=letter, name=name), lang)] = each.distribution
    return lorenz_of(tables, stream, lang, comparison.per, looked_at(comparison))


def pictures_of(comparison: Comparison, lang: str, where: Layout | None) -> tuple[Picture, ...]:
    """Of the first stream its curves, and a map of what each other key changes."""
    stream = comparison.reference.distribution.instance.streams.all[0].name
    curves = curves_of(comparison, stream, lang)
    maps = [
        difference_of(comparison, other, stream, lang, where, f"map-{other[0]}")
        for other in lettered(comparison)[1:]
        if where
    ]
    return (*([curves] if curves else []), *maps)


def difference_of(
    comparison: Comparison,
    other: tuple[str, Alternative],
    stream: str,
    lang: str,
    where: Layout,
    prefix: str = "map",
) -> Picture:
    """What another key changes, on a map, with the names of both keys."""
    before, after = (_titled(*each, lang) for each in (lettered(comparison)[0], other))
    inside, per = looked_at(comparison), comparison.per
    return difference_map(before, after, stream, lang, where, inside, per, prefix)


def _titled(letter: str, key: Alternative, lang: str) -> Distribution:
    """The table under the name of its key instead of the title of the instance."""
    told = f"{letter}: {key.name or say(text('the key of the rule'), lang)}"
    instance = replace(key.distribution.instance, title=LocalText(told, told))
    return replace(key.distribution, instance=instance)


def looked_at(comparison: Comparison) -> Area | None:
    """The larger area that is looked at, where it is not the whole country."""
    division = comparison.reference.distribution.instance.division
    area = division.by_code[comparison.within]
    return None if area == division.root else area
