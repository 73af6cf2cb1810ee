"""A sweep on a screen, as csv, as json and as a frame: how far each number moves with the key."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from allocator.comparison.sweep import PARTS, Grid, Spread, Swept
from allocator.model.areas import Area
from allocator.model.streams import Stream
from allocator.report.cautions import cautions, choice_in_words
from allocator.report.layout import aligned, capital, wrapped
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table
from allocator.report.paper.said import said_rows
from allocator.report.paper.tree import Tree
from allocator.report.tables import as_csv_table
from allocator.words.levels import level_name
from allocator.words.say import say
from allocator.words.text import Text, Value, counted, series, text

if TYPE_CHECKING:
    import pandas

FORMAT = "allocator-sweep/1"
#: So many keys are written out on a screen; the csv and the json have all that matter.
LISTED = 20


def as_screen(swept: Swept, lang: str) -> str:
    """The report for a screen: what moves, under which keys, and everybody's numbers."""
    instance = swept.question.instance
    parts = [
        say(instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in summary(swept)),
        "\n".join(wrapped(say(line, lang)) for line in tried(swept)),
        "\n".join(wrapped(capital(say(line, lang)), "! ") for line in cautions_of(swept)),
    ]
    for stream in instance.streams.all:
        parts.append(capital(say(stream.title, lang)))
        parts.append("\n".join(spans(swept, stream).lines(lang, swept.question.inside)))
    parts.append("\n".join(_keys(swept, lang)))
    parts.append("\n".join(wrapped(say(note, lang), "- ") for note in instance.notes))
    return "\n\n".join(part for part in parts if part) + "\n"


def cautions_of(swept: Swept) -> Iterator[Text]:
    """What goes with the numbers: of the figures of every formula, the rule's own among them."""
    question, reference = swept.question, swept.reference
    used = tuple(dict.fromkeys((*reference.used, *question.names)))
    yield from cautions(replace(reference, used=used, choice=swept.choice))
    if question.inside:
        yield text(
            "{area} keeps the number that {rule} gives it.",
            area=question.instance.division.by_code[question.inside].name,
            rule=question.instance.rule.version,
        )
    elif question.keep:
        yield text(
            "Each {level} keeps the number that {rule} gives it.",
            level=level_name(question.keep),
            rule=question.instance.rule.version,
        )


def summary(swept: Swept) -> Iterator[Text]:
    """Per stream who moves most, and how many do not move at all."""
    question = swept.question
    division = question.instance.division
    number = len(swept.design.points)
    keys = counted(number, "Under {number} key", "Under {number} keys")
    for stream in question.instance.streams.given:
        leaves = swept.leaves(stream.name)
        most = max(leaves, key=lambda each: each.highest - each.lowest)
        still = len(swept.still(stream.name))
        if not most.moves:
            yield text("{keys} no number of {stream} moves.", keys=keys, stream=stream.title)
            continue
        yield text(
            "{keys} {area} gets between {low} and {high} {stream}, the widest span of all; "
            "{still}.",
            keys=keys,
            area=most.area.name,
            low=most.lowest,
            high=most.highest,
            stream=stream.title,
            still=counted(
                still,
                "{number} of {areas} {level} never moves",
                "{number} of {areas} {level} never move",
                areas=len(leaves),
                level=level_name(division.leaf_level, len(leaves)),
            ),
        )


def tried(swept: Swept) -> Iterator[Text]:
    """Which keys, and what the columns mean."""
    design = swept.design
    ranges: list[Value] = [
        text(
            "share({formula}) from {low} to {high}",
            formula=weight.formula.written,
            low=Fraction(weight.low, PARTS),
            high=Fraction(weight.high, PARTS),
        )
        for weight in design.space.weights
    ]
    streams = swept.question.instance.streams
    ranges += [
        text(
            "{stream} from {low} to {high}",
            stream=streams.named(each.stream).title,
            low=each.low,
            high=each.high,
        )
        for each in design.space.totals
    ]
    if isinstance(design.made, Grid):
        yield text(
            "Tried: every key on a grid with steps of {step}; {ranges}.",
            step=Fraction(design.made.step, PARTS),
            ranges=series(ranges),
        )
    else:
        yield text(
            "Tried: a Latin hypercube with seed {seed}; {ranges}.",
            seed=str(design.made.seed),
            ranges=series(ranges),
        )
    yield text("Rounding: {rounding}.", rounding=choice_in_words(swept.choice))
    limits = swept.question.instance.limits
    if limits:
        told = [text("{name} ({source})", name=each.name, source=each.source) for each in limits]
        yield text("Under limits: {limits}.", limits=series(told))
    yield text(
        "The first quartile is the smallest number that a quarter of the keys do not exceed; the "
        "median and the third quartile are the same of half and of three quarters."
    )


def spans(swept: Swept, stream: Stream) -> Tree:
    """For every area between what its number moves, and by which key."""

    def cells(area: Area) -> list[Cell]:
        one = swept.of(area.code, stream.name)
        low, high = one.lowest_by + 1, one.highest_by + 1
        return [low, *_numbers(one), high, one.reference, one.distinct]

    titles = (
        *(text("by key"), text("lowest"), text("quartile 1"), text("median"), text("quartile 3")),
        *(text("highest"), text("by key"), text("by the rule"), text("numbers")),
    )
    return Tree(swept.question.instance.division, [Column(title) for title in titles], cells)


def _numbers(one: Spread) -> tuple[int, ...]:
    return one.lowest, one.lower_quartile, one.median, one.upper_quartile, one.highest


def _keys(swept: Swept, lang: str) -> Iterator[str]:
    """The keys that give somebody's lowest or highest number, those of most areas first."""
    yield wrapped(say(told_of_keys(swept), lang))
    table = keys(swept)
    heading, *lines = said_rows(replace(table, rows=table.rows[:LISTED]), lang)
    numbers = aligned([each[:-1] for each in (heading, *lines)], texts=0)
    for line, key in zip(numbers, ["", *(each[-1] for each in lines)], strict=True):
        yield f"{line}  {key}".rstrip()
    if len(table.rows) > LISTED:
        yield say(text("and {number} more.", number=len(table.rows) - LISTED), lang)


def told_of_keys(swept: Swept) -> Text:
    """What the keys are that are written out."""
    if swept.question.keep:
        return text(
            "Keys that give a lowest or highest number; `allocator run --keep {level} --key` makes "
            "their tables:",
            level=swept.question.keep,
        )
    return text(
        "Keys that give a lowest or highest number; `allocator run --key` makes their tables:"
    )


def keys(swept: Swept) -> Table:
    """Every key that gives a lowest or highest number, and how often; its formula comes last."""
    times = Counter(place for each in swept.spreads for place in (each.lowest_by, each.highest_by))
    space, points = swept.design.space, swept.design.points
    named = {stream.name: stream.title for stream in swept.question.instance.streams.all}
    columns = (
        *(Column(text("key")), Column(text("times"))),
        *(Column(named[each.stream]) for each in space.totals),
        Column(text("formula"), Kind.TEXT),
    )
    rows = [
        Row((place + 1, times[place], *points[place].totals, space.key(points[place]).written))
        for place in sorted(times, key=lambda place: (-times[place], place))
    ]
    return Table(text("The keys"), columns, tuple(rows), sorts=True)


#: The columns of the csv and of a frame; the totals stand there as `stream=number`.
COLUMNS = (
    *("level", "code", "name", "parent", "stream"),
    *("lowest", "lower_quartile", "median", "upper_quartile", "highest"),
    *("reference", "distinct", "lowest_by", "highest_by"),
    *("lowest_key", "lowest_totals", "highest_key", "highest_totals"),
)


def as_csv(swept: Swept) -> str:
    """A line per area of every level and stream, with the keys of its lowest and highest number."""
    return as_csv_table(COLUMNS, _lines(swept))


def to_frame(swept: Swept) -> pandas.DataFrame:
    """The same as a pandas frame."""
    import pandas  # half a second, and only notebooks want it

    return pandas.DataFrame(list(_lines(swept)), columns=list(COLUMNS))


def _lines(swept: Swept) -> Iterator[tuple[object, ...]]:
    for one in swept.spreads:
        area = one.area
        yield (
            *(area.level, area.code, area.name, area.parent, one.stream.name),
            *(*_numbers(one), one.reference, one.distinct),
            *(one.lowest_by + 1, one.highest_by + 1),
            *(*_key(swept, one.lowest_by), *_key(swept, one.highest_by)),
        )


def _key(swept: Swept, place: int) -> tuple[str, str]:
    """A key as it is typed, and its totals where these vary."""
    space, point = swept.design.space, swept.design.points[place]
    totals = " ".join(f"{name}={number}" for name, number in space.numbers(point).items())
    return space.key(point).written, totals


def as_json(swept: Swept) -> str:
    """What was asked, what every cell comes to, and the keys that matter."""
    question, design = swept.question, swept.design
    instance = question.instance
    extreme = sorted({n for each in swept.spreads for n in (each.lowest_by, each.highest_by)})
    document = {
        "format": FORMAT,
        "instance": instance.name,
        "rule": instance.rule.version,
        "rounding": str(choice_in_words(swept.choice)),
        "keep": question.keep or None,
        "inside": question.inside or None,
        "totals": {name: total.number for name, total in instance.totals.items()},
        "design": _design(swept),
        "cells": [_cell(each) for each in swept.spreads],
        "never_move": {
            stream.name: [area.code for area in swept.still(stream.name)]
            for stream in instance.streams.all
        },
        "keys": [
            {
                "number": place + 1,
                "key": design.space.key(design.points[place]).written,
                "totals": dict(design.space.numbers(design.points[place])),
            }
            for place in extreme
        ],
        "cautions": [str(caution) for caution in cautions_of(swept)],
        "notes": [note.both for note in instance.notes],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _design(swept: Swept) -> dict[str, Any]:
    design = swept.design
    made = (
        {"grid": str(Fraction(design.made.step, PARTS))}
        if isinstance(design.made, Grid)
        else {"sample": design.made.number, "seed": design.made.seed}
    )
    return {
        **made,
        "keys": len(design.points),
        "weights": [
            {
                "formula": weight.formula.written,
                "low": str(Fraction(weight.low, PARTS)),
                "high": str(Fraction(weight.high, PARTS)),
            }
            for weight in design.space.weights
        ],
        "totals": [
            {"stream": each.stream, "low": each.low, "high": each.high, "step": each.step}
            for each in design.space.totals
        ],
    }


def _cell(one: Spread) -> dict[str, Any]:
    """A key is named by its number in the design, counted from 1."""
    return {
        "code": one.area.code,
        "name": one.area.name,
        "level": one.area.level,
        "stream": one.stream.name,
        "lowest": one.lowest,
        "lower_quartile": one.lower_quartile,
        "median": one.median,
        "upper_quartile": one.upper_quartile,
        "highest": one.highest,
        "reference": one.reference,
        "distinct": one.distinct,
        "lowest_by": one.lowest_by + 1,
        "highest_by": one.highest_by + 1,
    }
