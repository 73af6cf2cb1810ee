"""A comparison for machines: a csv with decimals, a json with fractions, a frame for notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from allocator.comparison.fairness import MEASURES, Fairness
from allocator.comparison.side_by_side import Alternative, Comparison
from allocator.comparison.tasks import Tasks
from allocator.model.distribution import Row
from allocator.report.comparison.keys import cautions_of
from allocator.report.comparison.tasks import task_data
from allocator.report.tables import as_csv_table
from allocator.words.numbers import plain_decimals

if TYPE_CHECKING:
    import pandas

FORMAT = "allocator-compare/1"
COLUMNS = (
    *("level", "code", "name", "parent", "stream", "key", "number"),
    *("difference", "percent", "per_1000", "per_1000_difference"),
)
PLACES = 6


def as_csv(comparison: Comparison) -> str:
    """A line per area, stream and key; the differences are those with the first key."""
    return as_csv_table(COLUMNS, _lines(comparison))


def _lines(comparison: Comparison) -> Iterator[tuple[object, ...]]:
    for alternative, row, difference, percent, per, per_difference in _cells(comparison):
        yield (
            *row.identity,
            _name(alternative, comparison),
            row.number,
            difference,
            *(_decimals(each) for each in (percent, per, per_difference)),
        )


def _cells(
    comparison: Comparison,
) -> Iterator[tuple[Alternative, Row, int, Fraction | None, Fraction | None, Fraction | None]]:
    inside = {area.code for area in comparison.areas}
    for alternative in comparison.all:
        for row in alternative.distribution.rows():
            if row.area.code in inside:
                change = comparison.change(alternative, (row.area.code, row.stream.name))
                part = None if change.part is None else change.part * 100
                per = change.per_1000(change.number)
                yield (
                    *(alternative, row, change.difference),
                    *(part, per, change.per_1000(change.difference)),
                )


def _decimals(number: Fraction | None) -> str:
    return "" if number is None else plain_decimals(number, PLACES)


def _name(alternative: Alternative, comparison: Comparison) -> str:
    """Its name; the first key is known by the version of its rule."""
    if alternative is comparison.reference:
        return alternative.distribution.instance.rule.version
    return alternative.name


def as_json(comparison: Comparison, tasks: Tasks | None) -> str:
    """Everything, with exact fractions."""
    reference = comparison.reference.distribution
    data = {
        "format": FORMAT,
        "instance": reference.instance.name,
        "within": comparison.within,
        "per": comparison.per.name if comparison.per else None,
        "keys": [_key(each, comparison) for each in comparison.all],
        "cells": [
            {
                "code": row.area.code,
                "stream": row.stream.name,
                "key": _name(alternative, comparison),
                "number": row.number,
                "difference": difference,
                "percent": _exact(percent),
                "per_1000": _exact(per),
                "per_1000_difference": _exact(per_difference),
            }
            for alternative, row, difference, percent, per, per_difference in _cells(comparison)
        ],
        "tasks": task_data(tasks) if tasks else None,
        "cautions": [str(caution) for caution in cautions_of(comparison)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _key(alternative: Alternative, comparison: Comparison) -> dict[str, Any]:
    distribution = alternative.distribution
    rule = distribution.instance.rule
    found = {}
    for stream in distribution.instance.streams.given:
        movement = comparison.movement(alternative, stream.name)
        fairness = comparison.fairness(alternative, stream.name)
        found[stream.name] = {
            "gaining": list(movement.gaining),
            "losing": list(movement.losing),
            "same": movement.same,
            "moved": movement.moved,
            "measures": _measures(fairness) if fairness else None,
        }
    return {
        "name": _name(alternative, comparison),
        "rule": rule.version,
        "steps": [{"level": step.level or None, "key": step.key.written} for step in rule.steps],
        "rounding": distribution.rounding.value,
        "drift": {drift.stream: drift.difference for drift in distribution.drift},
        "streams": found,
    }


def _measures(fairness: Fairness) -> dict[str, Any]:
    return {
        **{measure.name: _exact(measure.value(fairness)) for measure in MEASURES},
        "lorenz": [[str(people), str(places)] for people, places in fairness.lorenz],
        "furthest": [[pair.more, pair.fewer, str(pair.difference)] for pair in fairness.furthest],
        "left_out": list(fairness.left_out),
    }


def as_frame(comparison: Comparison) -> pandas.DataFrame:
    """A line per area, stream and key; fractions as floats, for looking at only."""
    import pandas  # half a second, and only notebooks want it

    def floated(number: Fraction | None) -> float | None:
        return None if number is None else float(number)

    frame = pandas.DataFrame(
        [
            (
                *row.identity,
                _name(alternative, comparison),
                row.number,
                difference,
                *(floated(each) for each in (percent, per, per_difference)),
            )
            for alternative, row, difference, percent, per, per_difference in _cells(comparison)
        ],
        columns=list(COLUMNS),
    )
    frame.attrs["cautions"] = [str(caution) for caution in cautions_of(comparison)]
    return frame
