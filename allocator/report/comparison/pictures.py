"""Keys side by side as pictures: how even each is, and where each other one differs."""

from __future__ import annotations

from dataclasses import replace

from allocator.comparison.side_by_side import Comparison
from allocator.model.areas import Area
from allocator.model.geography import Layout
from allocator.report.comparison.keys import lettered
from allocator.report.pictures.of import difference_map
from allocator.report.pictures.of_tables import lorenz_of
from allocator.report.pictures.svg import Picture
from allocator.words.say import say
from allocator.words.text import Value, text


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
    before = comparison.reference.distribution
    stream = before.instance.streams.all[0].name
    curves = curves_of(comparison, stream, lang)
    found = [curves] if curves else []
    if where is None:
        return tuple(found)
    for letter, each in lettered(comparison)[1:]:
        inside, per, prefix = looked_at(comparison), comparison.per, f"map-{letter}"
        drawn = difference_map(before, each.distribution, stream, lang, where, inside, per, prefix)
        found.append(replace(drawn, title=f"{letter}, {each.name}: {drawn.title}"))
    return tuple(found)


def looked_at(comparison: Comparison) -> Area | None:
    """The larger area that is looked at, where it is not the whole country."""
    division = comparison.reference.distribution.instance.division
    area = division.by_code[comparison.within]
    return None if area == division.root else area
