"""The weights that were found, for a reader: how near they come, what proves it, and as a key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from allocator.comparison.find import Measure, rounded
from allocator.comparison.sought import Sought, as_key
from allocator.key.formula import indicators as named_in
from allocator.key.reader import read_key
from allocator.model.indicator import Quality
from allocator.model.rule import Rounding
from allocator.report.cautions import QUALITIES
from allocator.report.layout import aligned, capital, wrapped
from allocator.report.tables import as_csv_table
from allocator.words.numbers import decimals, plain_decimals
from allocator.words.say import say
from allocator.words.text import Text, series, text

FORMAT = "allocator-weights/1"
PLACES = 6  # decimals of a weight in the csv
SHOWN = 4  # on a screen
#: The decimals of weights that people write down.
ROUND = (2, 3)

MEASURES = {
    Measure.LARGEST: text("the largest distance of a number"),
    Measure.MEAN: text("the mean distance of numbers"),
    Measure.RATIO: text("the largest distance in proportion to the number"),
    Measure.GINI: text("the Gini per inhabitant"),
}


def as_screen(sought: Sought, lang: str) -> str:
    """The report for a screen."""
    parts = [
        say(sought.instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in _summary(sought, lang)),
        "\n".join(_weights(sought, lang)),
        "\n".join(wrapped(say(line, lang), "- ") for line in _rounded(sought, lang)),
        "\n".join(wrapped(capital(say(line, lang)), "! ") for line in _cautions(sought)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _summary(sought: Sought, lang: str) -> Iterator[Text]:
    found = sought.found
    measure, value = MEASURES[found.question.measure], decimals(found.value, 3, lang)
    rows = len(found.question.rows)
    if sought.fairest:
        yield text(
            "Fairest per inhabitant over {rows} areas: {measure} is {value} under the weights "
            "below. No other weights within their bounds bring it lower; that is proven.",
            measure=measure,
            value=value,
            rows=rows,
        )
    else:
        yield text(
            "Nearest to the {rows} published numbers: {measure} is {value} under the weights "
            "below, before rounding. No other weights within their bounds bring it lower; that is "
            "proven.",
            rows=rows,
            measure=measure,
            value=value,
        )
        if _rounded_alone(sought):
            yield _verdict(found.value)
    if not found.unique:
        yield text("Other weights do as well; the ranges say how far each can go.")
    names = sought.instance.division.by_code
    furthest = [
        text(
            "{area} ({stream})",
            area=names[code].name,
            stream=sought.instance.streams.named(stream).title,
        )
        for code, stream in found.worst
    ]
    if found.value:
        yield text("Furthest off: {areas}.", areas=series(furthest, 4))


def _rounded_alone(sought: Sought) -> bool:
    """Whether each number is a leaf's, rounded by itself to the nearest and under no limit."""
    question, instance = sought.found.question, sought.instance
    return (
        question.measure is Measure.LARGEST
        and all(len(row.leaves) == 1 for row in question.rows)
        and not instance.limits
        and instance.rule.choice.rounding in (Rounding.HALF_UP, Rounding.HALF_EVEN)
    )


def _verdict(value: Fraction) -> Text:
    """Whether numbers that were rounded to the nearest could have come from such a key."""
    if value <= Fraction(1, 2):
        return text("A key with these weights, rounded to the nearest, may have given the table.")
    return text(
        "With these totals no weights of these formulas within their bounds, each number rounded "
        "to the nearest, give the table as it is."
    )


def _weights(sought: Sought, lang: str) -> Iterator[str]:
    heading = [text("formula"), text("weight"), text("lowest"), text("highest")]
    lines: list[Sequence[str]] = [[say(each, lang) for each in heading]]
    for name, weight in sought.found.weights.items():
        low, high = sought.found.ranges[name]
        lines.append([name, *(decimals(each, SHOWN, lang) for each in (weight, low, high))])
    return aligned(lines)


def _rounded(sought: Sought, lang: str) -> Iterator[Text]:
    """The weights as people write them down, and how near these come."""
    for places in ROUND:
        found = rounded(sought.found, places)
        if found:
            yield text(
                "With {places} decimals, {key}: {value}.",
                places=places,
                key=as_key(_written(found.weights, places)),
                value=decimals(found.value, 3, lang),
            )


def _written(weights: Mapping[str, Fraction], places: int) -> dict[str, str]:
    """Weights without the zeros at the end."""
    return {
        name: plain_decimals(weight, places).rstrip("0").rstrip(".") or "0"
        for name, weight in weights.items()
    }


def _cautions(sought: Sought) -> Iterator[Text]:
    formulas = sought.found.question.components
    named = dict.fromkeys(name for each in formulas for name in named_in(read_key(each)))
    for indicator in (sought.instance.indicators[name] for name in named):
        if indicator.quality is not Quality.OFFICIAL:
            yield text(
                "{quality}: {name} ({source}). Every number here rests on it.",
                name=indicator.title,
                quality=QUALITIES[indicator.quality],
                source=indicator.source,
            )


def as_csv(sought: Sought) -> str:
    """A line per formula."""
    return as_csv_table(
        ("formula", "weight", "lowest", "highest"),
        [
            (name, *(plain_decimals(each, PLACES) for each in (weight, *sought.found.ranges[name])))
            for name, weight in sought.found.weights.items()
        ],
    )


def as_json(sought: Sought) -> str:
    """The weights, the value and its proof, in exact fractions."""
    found = sought.found
    data = {
        "format": FORMAT,
        "instance": sought.instance.name,
        "measure": found.question.measure.value,
        "fairest": sought.fairest,
        "rows": len(found.question.rows),
        "weights": {name: str(weight) for name, weight in found.weights.items()},
        "value": str(found.value),
        "proven_at_least": str(found.at_least),
        "unique": found.unique,
        "ranges": {name: [str(end) for end in ends] for name, ends in found.ranges.items()},
        "furthest": [list(cell) for cell in found.worst],
        "proof": {
            "level": str(found.proof.level),
            "lines": [
                {
                    "at": {name: str(weight) for name, weight in line.at.items()},
                    "line": {name: str(height) for name, height in line.line.items()},
                    "multiplier": str(line.multiplier),
                }
                for line in found.proof.lines
            ],
            "bounds": [
                {
                    "component": each.component,
                    "side": each.side,
                    "multiplier": str(each.multiplier),
                }
                for each in found.proof.bounds
            ],
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
