"""Which of several keys is more even, and who gains most, in a sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from allocator.comparison.fairness import Fairness
from allocator.comparison.side_by_side import Comparison
from allocator.model.streams import Stream
from allocator.report.comparison.evenness import SHOWN
from allocator.report.comparison.keys import lettered
from allocator.words.levels import level_name
from allocator.words.numbers import decimals, plain_decimals
from allocator.words.text import Text, Value, change, series, text


def verdict(found: Comparison, known: Mapping[str, Fairness], lang: str) -> Iterator[Text]:
    """The most even key by its Gini, then by how many areas lie near their share."""
    if len(known) < 2:
        return
    ginis = {letter: each.gini for letter, each in known.items() if each.gini is not None}
    near = {letter: each.within for letter, each in known.items() if each.within is not None}
    if ginis:
        yield _by_gini(found, _to_places(ginis, SHOWN["gini"][0]), lang)
    if near:
        yield _by_nearness(found, near, lang)


def _to_places(values: Mapping[str, Fraction], places: int) -> dict[str, Fraction]:
    """As readers see them, so that what looks the same is not told apart."""
    return {letter: Fraction(plain_decimals(each, places)) for letter, each in values.items()}


def _by_gini(found: Comparison, ginis: Mapping[str, Fraction], lang: str) -> Text:
    best = min(ginis.values())
    first = [letter for letter, gini in ginis.items() if gini == best]
    places = SHOWN["gini"][0]
    area = found.reference.distribution.instance.division.by_code[found.within].name
    gini = decimals(best, places, lang)
    others = [
        text("{letter} {value}", letter=letter, value=decimals(each, places, lang))
        for letter, each in ginis.items()
        if letter not in first
    ]
    if not others:
        return text(
            "In {area} all keys are equally even per inhabitant: their Gini is {gini}.",
            area=area,
            gini=gini,
        )
    return text(
        "Most even per inhabitant in {area} is {keys}: a Gini of {gini}, against {others} "
        "(0 is even).",
        area=area,
        keys=series([_named(found, letter) for letter in first]),
        gini=gini,
        others=series(others),
    )


def _named(found: Comparison, letter: str) -> Value:
    """A letter with the name of its key."""
    name: Value = dict(lettered(found))[letter].name or text("the key of the rule")
    return text("{letter} ({name})", letter=letter, name=name)


def _by_nearness(found: Comparison, near: Mapping[str, Fraction], lang: str) -> Text:
    level = found.reference.distribution.instance.division.leaf_level
    parts = [
        text("{part}% under {letter}", part=decimals(each * 100, 1, lang), letter=letter)
        for letter, each in near.items()
    ]
    return text(
        "Within a tenth of their share by inhabitants lie, of {all} {level}: {parts}.",
        all=len(found.people()),
        level=level_name(level, len(found.people())),
        parts=series(parts),
    )


def gains(found: Comparison, stream: Stream) -> Iterator[Text]:
    """Under each other key who gains most and who loses most."""
    names = found.reference.distribution.instance.division.by_code
    for letter, other in lettered(found)[1:]:
        movement = found.movement(other, stream.name)
        if not movement.gaining or not movement.losing:
            continue  # then everything that differs is told beside the table
        most, least = movement.gaining[0], movement.losing[0]
        yield text(
            "Under {letter} {gaining} gains most beside A ({more}), and {losing} loses most "
            "({fewer}).",
            letter=letter,
            gaining=names[most].name,
            more=change(found.change(other, (most, stream.name)).difference),
            losing=names[least].name,
            fewer=change(found.change(other, (least, stream.name)).difference),
        )
