"""A difference on a screen, as csv and as json: what changed, and what each change did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from allocator.audit.differ import Amount, Cause, Difference, Part
from allocator.audit.kin import Kin
from allocator.core.exact import added
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.indicator import Kind as FigureKind
from allocator.report.cautions import cautions, choice_in_words
from allocator.report.distribution.exact_json import as_data
from allocator.report.distribution.tidy import PLACES
from allocator.report.layout import capital, wrapped
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table
from allocator.report.paper.said import as_lines
from allocator.report.paper.tree import Tree
from allocator.report.tables import as_csv_table
from allocator.words.levels import level_name
from allocator.words.numbers import plain_decimals
from allocator.words.say import say
from allocator.words.text import LocalText, Text, Value, series, signed, text

FORMAT = "allocator-diff/1"
GROUPS = text("Merged, split, new or gone, as groups:")
TITLES = {
    Part.DIVISION: text("division"),
    Part.RULE: text("rule"),
    Part.ROUNDING: text("rounding"),
    Part.LIMITS: text("limits"),
}


def as_screen(found: Difference, lang: str) -> str:
    """The report for a screen: the changes, then stream after stream what they did."""
    parts = [
        "\n".join(wrapped(say(line, lang)) for line in titles(found)),
        "\n".join(wrapped(say(line, lang)) for line in introduction(found)),
        "\n".join(wrapped(say(line, lang), "  ") for line in changes(found)),
        "\n".join(wrapped(say(line, lang)) for line in same(found)),
        "\n".join(wrapped(say(line, lang), "- ") for line in not_compared(found)),
    ]
    for stream in found.streams:
        parts.append(capital(say(stream_title(found, stream), lang)))
        parts.append("\n".join(as_lines(effects(found, stream, lang), lang)))
        parts.append("\n".join(numbers(found, stream).lines(lang)))
        in_groups = groups(found, stream)
        if in_groups.rows:
            parts.append("\n".join((say(GROUPS, lang), *as_lines(in_groups, lang))))
    told = ((sign, capital(say(line, lang))) for sign, line in beware(found))
    parts.append("\n".join(wrapped(f"{sign}: {line}", "! ") for sign, line in told))
    return "\n\n".join(part for part in parts if part) + "\n"


def titles(found: Difference) -> Iterator[Text]:
    for sign, each in (("A", found.before), ("B", found.after)):
        instance = each.instance
        yield text("{sign}: {title} ({name})", sign=sign, title=instance.title, name=instance.name)


def introduction(found: Difference) -> Iterator[Text]:
    if not found.steps:
        yield text("Nothing that numbers depend on is another.")
        return
    yield text(
        "What changed from A to B, one change at a time in this order; the effects add up to the "
        "difference:"
    )
    if any(len(step.causes) > 1 for step in found.steps):
        yield text("Changes under one sign are made at once: one alone has no answer.")
    if Cause(Part.DIVISION) in found.causes:
        yield text(
            "With the division, figures are carried in proportion to the persons who moved; where "
            "that cannot be done, the later figures come with it."
        )


def changes(found: Difference) -> Iterator[Text]:
    """Every change with what it was before and after, under the sign of its step."""
    for place, step in enumerate(found.steps, 1):
        for cause in step.causes:
            yield text(
                "({place}) {cause}: {before} → {after}",
                place=str(place),
                cause=_title(found, cause),
                before=_state(found, cause, found.before),
                after=_state(found, cause, found.after),
            )


def _title(found: Difference, cause: Cause) -> Value:
    if cause.part is Part.TOTAL:
        return text("total of {stream}", stream=stream_title(found, cause.name))
    if cause.part is Part.INDICATOR:
        return found.indicators[cause.name].title
    return TITLES[cause.part]


def _state(found: Difference, cause: Cause, distribution: Distribution) -> Value:
    """A part of the question of one of the two, in a few words."""
    instance = distribution.instance
    match cause.part:
        case Part.DIVISION:
            number, level = len(instance.division.leaves), instance.division.leaf_level
            name, day = level_name(level, number), instance.division.day
            return text("{number} {level} on {day}", number=number, level=name, day=day)
        case Part.INDICATOR:
            return _figures(found, cause.name, distribution)
        case Part.RULE:
            keys = signed([step.key.written for step in instance.rule.steps], "; ")
            return text("{rule}: {keys}", rule=instance.rule.version, keys=keys)
        case Part.ROUNDING:
            return choice_in_words(distribution.choice)
        case Part.LIMITS:
            names = [limit.name for limit in instance.limits]
            return series(names, at_most=4) if names else text("none")
    total = instance.totals.get(cause.name)
    return total.number if total else text("none")


def _figures(found: Difference, name: str, distribution: Distribution) -> Value:
    """Their sum, where they have one, and date; and their source, where it is another."""
    indicator = distribution.instance.indicators.get(name)
    if indicator is None:
        return text("none")
    told: Value = indicator.reference
    if indicator.kind is FigureKind.COUNT:
        told = text("{number} in all, {date}", number=added(indicator.values.values()), date=told)
    both = [each.instance.indicators.get(name) for each in (found.before, found.after)]
    if len({each.source for each in both if each}) > 1:
        return text("{figures} ({source})", figures=told, source=indicator.source)
    return told


def same(found: Difference) -> Iterator[Text]:
    """What both have alike."""
    both = [Cause(Part.DIVISION), *(Cause(Part.INDICATOR, name) for name in found.indicators)]
    both += [Cause(Part.RULE), Cause(Part.ROUNDING), Cause(Part.LIMITS)]
    both += [Cause(Part.TOTAL, name) for name in found.streams]
    alike = [
        text(
            "{cause} ({state})", cause=_title(found, cause), state=_state(found, cause, found.after)
        )
        for cause in both
        if cause not in found.causes and _state(found, cause, found.after) != text("none")
    ]
    if alike:
        yield text("The same in both: {parts}.", parts=series(alike, at_most=12))


def not_compared(found: Difference) -> Iterator[Text]:
    """Streams and larger areas that only one of the two has."""
    for sign, streams, areas in (
        ("A", found.streams_only_in(found.before), found.areas_only_in(found.before)),
        ("B", found.streams_only_in(found.after), found.areas_only_in(found.after)),
    ):
        names: list[Value] = [stream_title(found, name) for name in streams]
        names += [area.name for area in areas]
        if names:
            yield text("Only in {sign}, and not compared: {names}.", sign=sign, names=series(names))


def stream_title(found: Difference, name: str) -> LocalText:
    streams = found.after.instance.streams
    if name not in streams.names:
        streams = found.before.instance.streams
    return streams.named(name).title


def effects(found: Difference, stream: str, lang: str) -> Table:
    """A line per step: what it does in all, and how many leaves it raises and lowers."""
    leaf_level = found.after.instance.division.leaf_level
    leaves = [each for each in found.kin if each.level == leaf_level]
    root = found.after.instance.division.root.code
    columns = (
        *(Column(text("change"), Kind.TEXT), Column(text("in all"), Kind.CHANGE)),
        *(Column(text("rise")), Column(text("fall"))),
    )
    rows = []
    for place, step in enumerate(found.steps, 1):
        made = [step.effects[each.code, stream].number for each in leaves]
        causes = signed([_title(found, cause) for cause in step.causes], " + ")
        in_all = step.effects.get((root, stream))
        cells: tuple[Cell, ...] = (
            f"({place}) {say(causes, lang)}",
            in_all.number if in_all else sum(made),
            sum(number > 0 for number in made),
            sum(number < 0 for number in made),
        )
        rows.append(Row(cells))
    return Table(text("What each change did"), columns, tuple(rows))


def numbers(found: Difference, stream: str) -> Tree:
    """For every area of B: before, after, the difference, and the effect of every step."""
    single = {each.code for each in found.kin if each.one}
    after = found.after.numbers
    empty: list[Cell] = [""] * (len(found.steps) + 1)

    def cells(area: Area) -> Sequence[Cell]:
        if area.code in single:
            return _line(found, area.code, stream)
        return ["", after[area.code, stream], *empty]

    return Tree(found.after.instance.division, _columns(found), cells)


def _columns(found: Difference) -> list[Column]:
    steps = [Column(f"({place})", Kind.CHANGE) for place in range(1, len(found.steps) + 1)]
    return [Column("A"), Column("B"), Column(text("difference"), Kind.CHANGE), *steps]


def _line(found: Difference, code: str, stream: str) -> list[Cell]:
    before, after = found.numbers[code, stream]
    made = [step.effects[code, stream].number for step in found.steps]
    return [before.number, after.number, after.number - before.number, *made]


def groups(found: Difference, stream: str) -> Table:
    """A line per group of leaves that only one of the two has, with their kin."""
    columns = (Column(text("areas"), Kind.TEXT), *_columns(found))
    several = [each for each in found.kin if not each.one]
    rows = [Row((name_of(each), *_line(found, each.code, stream))) for each in several]
    return Table(GROUPS, columns, tuple(rows))


def name_of(each: Kin) -> str:
    """The name of an area, or those of a group before and after."""
    if each.one:
        return each.after[0].name
    sides = (" + ".join(area.name for area in side) for side in (each.before, each.after))
    return " → ".join(side or "-" for side in sides)


def beware(found: Difference) -> Iterator[tuple[str, Text]]:
    """What to beware of in each of the two."""
    for sign, each in (("A", found.before), ("B", found.after)):
        for caution in cautions(each):
            yield sign, caution


def as_csv(found: Difference) -> str:
    """A line per area, group and stream, with a column for the effect of every step."""
    names = ["+".join(map(str, step.causes)) for step in found.steps]
    lines = []
    for each in found.kin:
        for stream in found.streams:
            cell = each.code, stream
            before, after = found.numbers[cell]
            lines.append(
                (
                    *(each.level, each.code, name_of(each), stream),
                    *(plain_decimals(amount.quota, PLACES) for amount in (before, after)),
                    *(before.number, after.number, after.number - before.number),
                    *(step.effects[cell].number for step in found.steps),
                )
            )
    heading = ("level", "code", "name", "stream", "quota_before", "quota_after")
    return as_csv_table((*heading, "before", "after", "difference", *names), lines)


def as_json(found: Difference) -> str:
    """The difference as json, the same bytes for the same two distributions."""
    before, after = as_data(found.before), as_data(found.after)
    data = {
        "format": FORMAT,
        "before": _identity(before),
        "after": _identity(after),
        "changes": [
            {
                "cause": str(cause),
                "before": _section(cause, before),
                "after": _section(cause, after),
            }
            for cause in found.causes
        ],
        "steps": [[str(cause) for cause in step.causes] for step in found.steps],
        "only_before": _only_in(found, found.before),
        "only_after": _only_in(found, found.after),
        "cells": list(_cells(found)),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _identity(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in ("instance", "title", "period", "date")}


def _section(cause: Cause, data: Mapping[str, Any]) -> Any:
    """A part of the question, as the result of a run writes it."""
    match cause.part:
        case Part.DIVISION:
            return {key: data[key] for key in ("date", "tree", "also")}
        case Part.INDICATOR:
            return _named(data["indicators"], "name", cause.name)
        case Part.RULE:
            rule = {key: data["rule"][key] for key in ("name", "valid_from", "steps", "ties")}
            return {**rule, "streams": data["streams"]}
        case Part.ROUNDING:
            return data["choice"]
        case Part.LIMITS:
            return data["limits"]
    return _named(data["totals"], "stream", cause.name)


def _named(entries: Iterable[Mapping[str, Any]], key: str, name: str) -> Any:
    return next((entry for entry in entries if entry[key] == name), None)


def _only_in(found: Difference, one: Distribution) -> dict[str, list[str]]:
    return {
        "streams": list(found.streams_only_in(one)),
        "areas": [area.code for area in found.areas_only_in(one)],
    }


def _cells(found: Difference) -> Iterator[dict[str, Any]]:
    for each in found.kin:
        for stream in found.streams:
            cell = each.code, stream
            before, after = found.numbers[cell]
            yield {
                "code": each.code,
                "level": each.level,
                "codes_before": [area.code for area in each.before],
                "codes_after": [area.code for area in each.after],
                "stream": stream,
                "before": _amount(before),
                "after": _amount(after),
                "effects": [_amount(step.effects[cell]) for step in found.steps],
            }


def _amount(amount: Amount) -> dict[str, Any]:
    return {"quota": str(amount.quota), "number": amount.number}
