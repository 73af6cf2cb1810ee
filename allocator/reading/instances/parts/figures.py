"""The figures of an instance: those it names itself, and those that other keys ask for besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from allocator.key.evaluate import refuse_unknown
from allocator.key.formula import TOTAL
from allocator.key.formula import indicators as named_in
from allocator.key.reader import read_key
from allocator.model.indicator import Indicator, Kind
from allocator.model.problem import Place
from allocator.model.rule import Rule
from allocator.model.streams import KeyText, Streams
from allocator.reading.country.shelf import figures_of, on_the_shelf
from allocator.reading.instances.opened import Opened
from allocator.reading.instances.parts.areas import Ground
from allocator.reading.instances.parts.indicators import Missing, read_indicator
from allocator.reading.instances.parts.sources import NOTHING_ASKED, check_year, source_of
from allocator.reading.rules import WHOLE_TABLE
from allocator.reading.shapes.instances import IndicatorShape
from allocator.words.text import text


def figures_named(
    opened: Opened, rule: Rule, day: date, wanted: Sequence[str], keys: Sequence[KeyText]
) -> dict[str, IndicatorShape]:
    """Where its figures stand: by its own file, and of other keys by the shared tables."""
    own = opened.shape.indicators
    places = dict.fromkeys(wanted, Place("--rule"))
    if keys or wanted:
        shelf = on_the_shelf(opened.country)
        for key in keys:
            with opened.problems.collecting():
                refuse_unknown(key, (*own, *sorted(shelf.keys() - own.keys())))
                for name in named_in(read_key(key.written, key.place)):
                    places.setdefault(name, key.place)
        lacking = [name for name in places if name not in own and name in shelf]
        with opened.problems.collecting():
            found = figures_of(opened.country, lacking, rule, day, {}, places)
            more = {name: IndicatorShape.model_validate(each) for name, each in found.items()}
            return {**own, **more}
    return dict(own)


def figures_read(
    rule: Rule, ground: Ground, shapes: Mapping[str, IndicatorShape], missing: Missing
) -> dict[str, Indicator]:
    """The figures on the map, held against what the rule asks."""
    opened, day = ground.opened, ground.map.division.day
    found = {}
    if TOTAL in shapes:
        opened.problem(
            text("{name} is what keys call the number that is divided.", name=f"'{TOTAL}'"),
            text("Give these figures another name."),
            "indicators",
            TOTAL,
        )
    for name, shape in shapes.items():
        with opened.problems.collecting():
            source = source_of(name, shape, opened.folder, opened.country, opened.file)
            asked = rule.indicators.get(name, NOTHING_ASKED)
            check_year(source, asked, rule, day, opened.file.place("indicators", name, "year"))
            found[name] = read_indicator(source, asked, rule, ground, missing)
    for name in rule.indicators:
        if name not in shapes:
            opened.problem(
                text("The rule asks for {name}, which is not given.", name=f"'{name}'"),
                text("Add it under `indicators:`."),
                "indicators",
            )
    for symbol in rule.formula.symbols if rule.formula else ():
        if symbol.is_.written not in WHOLE_TABLE:
            with opened.problems.collecting():
                refuse_unknown(symbol.is_, tuple(shapes))
    return found


def check_ties(opened: Opened, rule: Rule, indicators: Mapping[str, Indicator]) -> None:
    """What orders areas that tie is given."""
    for name in rule.ties:
        if name != "code" and name not in indicators:
            opened.problems.add(
                Place(rule.file),
                text("Ties are ordered by {name}, which is not given.", name=f"'{name}'"),
                text("Name `code`, or an indicator of the instance, under `ties:`."),
            )


def check_existing(opened: Opened, streams: Streams, indicators: Mapping[str, Indicator]) -> None:
    """What is there already is a count, and of a stream that there is."""
    for stream, name in opened.shape.existing.items():
        if stream not in streams.names:
            opened.problem(
                text("There is no stream {name} here.", name=f"'{stream}'"),
                text("The streams are: {names}.", names=", ".join(streams.names)),
                "existing",
                stream,
            )
        elif name not in indicators or indicators[name].kind is not Kind.COUNT:
            opened.problem(
                text("{name} is no count of what is there already.", name=f"'{name}'"),
                text("Name an indicator that counts, under `indicators:`."),
                "existing",
                stream,
            )
