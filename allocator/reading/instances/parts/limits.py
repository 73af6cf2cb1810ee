"""Reads limits and puts them on the areas of an instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from fractions import Fraction
from math import ceil, floor

from allocator.model.areas import Division
from allocator.model.indicator import Indicator, Kind
from allocator.model.limits import Limit, LimitAsked
from allocator.model.problem import Problems
from allocator.model.streams import Streams
from allocator.reading.formats.yaml_text import YamlFile
from allocator.reading.shapes.rules import LimitShape
from allocator.words.nearest import perhaps
from allocator.words.text import text


def limits_asked(
    shapes: list[LimitShape], file: YamlFile, problems: Problems, of_rule: bool
) -> tuple[LimitAsked, ...]:
    """The limits that a file writes, each sound in itself."""
    found = []
    for number, shape in enumerate(shapes):
        place = file.place("limits", number)
        low = shape.exactly if shape.exactly is not None else shape.at_least
        high = shape.exactly if shape.exactly is not None else shape.at_most
        kinds = [
            shape.exactly is not None,
            shape.nothing_or is not None,
            shape.at_least is not None or shape.at_most is not None,
        ]
        if sum(kinds) != 1:
            problems.add(
                place,
                text("The limit {name} does not say one thing.", name=f"'{shape.name}'"),
                text("Write at_least and/or at_most, or exactly, or nothing_or."),
            )
        if shape.exactly is not None and shape.per_1000:
            problems.add(
                place,
                text(
                    "The limit {name} is exactly so many per 1,000, which is seldom whole.",
                    name=f"'{shape.name}'",
                ),
                text("Write at_least and at_most."),
            )
        if bool(shape.areas) == bool(shape.each):
            problems.add(
                place,
                text("The limit {name} does not say on which areas.", name=f"'{shape.name}'"),
                text("Write `areas:` with codes, or `each:` with a level."),
            )
        found.append(
            LimitAsked(
                shape.name,
                shape.source.local(),
                shape.stream,
                tuple(shape.areas),
                shape.each,
                low,
                high,
                shape.nothing_or,
                shape.per_1000 or "",
                place,
                of_rule,
            )
        )
    return tuple(found)


def on_areas(
    asked: tuple[LimitAsked, ...],
    division: Division,
    indicators: Mapping[str, Indicator],
    streams: Streams,
    problems: Problems,
) -> tuple[Limit, ...]:
    """The limits on the areas that they name, in whole numbers."""
    found: list[Limit] = []
    names: set[str] = set()
    for limit in asked:
        before = len(problems.found)
        _check(limit, division, indicators, streams, problems)
        if limit.name in names:
            problems.add(
                limit.place,
                text("Two limits are named {name}.", name=f"'{limit.name}'"),
                text("Give each a name of its own, so that messages can tell them apart."),
            )
        names.add(limit.name)
        if len(problems.found) == before:
            found.extend(_placed(limit, division, indicators))
    return tuple(found)


def _check(
    limit: LimitAsked,
    division: Division,
    indicators: Mapping[str, Indicator],
    streams: Streams,
    problems: Problems,
) -> None:
    if limit.stream not in streams.names:
        problems.add(
            limit.place,
            text("There is no stream {name} here.", name=f"'{limit.stream}'"),
            text("The streams are: {names}.", names=", ".join(streams.names)),
        )
    for code in limit.areas:
        if code not in division.by_code:
            near = get_close_matches(code, division.by_code, 1)
            problems.add(
                limit.place,
                text("There is no area {code} on {day}.", code=code, day=division.day),
                perhaps(near[:1], text("Mend the code.")),
            )
    leaves = [leaf for code in limit.areas for leaf in division.members.get(code, ())]
    if len(leaves) > len(set(leaves)):
        problems.add(
            limit.place,
            text("The areas of {name} overlap.", name=f"'{limit.name}'"),
            text("Name each area once, and none that lies in another."),
        )
    parts = limit.name.split(" ", 1)
    if parts[0] in division.by_code and len(parts) > 1:
        problems.add(
            limit.place,
            text("The name {name} begins with the code of an area.", name=f"'{limit.name}'"),
            text("Name it otherwise, so that it is not taken for a total."),
        )
    if limit.each and limit.each not in (*division.tree, *division.also):
        problems.add(
            limit.place,
            text("No area has the level {levels}.", levels=limit.each),
            text("The levels are: {names}.", names=", ".join((*division.tree, *division.also))),
        )
    count = indicators.get(limit.per_1000)
    if limit.per_1000 and (count is None or count.kind is not Kind.COUNT):
        problems.add(
            limit.place,
            text(
                "{name} is no count that numbers can be per 1,000 of.", name=f"'{limit.per_1000}'"
            ),
            text("Name an indicator that counts, such as population."),
        )


def _placed(
    limit: LimitAsked, division: Division, indicators: Mapping[str, Indicator]
) -> Iterator[Limit]:
    """One limit for the areas together, or one for each area of the level."""
    groups = (
        [
            (f"{limit.name} ({area.name}, {area.code})", (area.code,))
            for area in division.at(limit.each)
        ]
        if limit.each
        else [(limit.name, limit.areas)]
    )
    for name, codes in groups:
        yield Limit(
            name,
            limit.source,
            limit.stream,
            codes,
            _number(limit, limit.at_least, codes, division, indicators, up=True),
            _number(limit, limit.at_most, codes, division, indicators, up=False),
            _number(limit, limit.nothing_or, codes, division, indicators, up=True),
            limit.per_1000,
            limit.of_rule,
        )


def _number(
    limit: LimitAsked,
    number: int | None,
    codes: tuple[str, ...],
    division: Division,
    indicators: Mapping[str, Indicator],
    up: bool,
) -> int | None:
    """The number itself, or so many per 1,000, made whole inward."""
    if number is None or not limit.per_1000:
        return number
    values = indicators[limit.per_1000].values
    leaves = {leaf for code in codes for leaf in division.members[code]}
    count = sum((values[leaf] for leaf in leaves), Fraction(0))
    exact = number * count / 1000
    return ceil(exact) if up else floor(exact)
