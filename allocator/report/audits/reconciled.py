"""What a reconciliation found: figures from which the published numbers follow, or why none do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import Any

from allocator.audit.reconcile import CannotBe, Interval, Reconciled
from allocator.core.exact import to_a_thousandth
from allocator.model.indicator import Uncertain
from allocator.model.instance import Instance, PublishedRow
from allocator.report.layout import wrapped
from allocator.report.paper.paper import Column, Kind, Row, Table, wider
from allocator.report.paper.said import as_lines
from allocator.report.tables import as_csv_table
from allocator.report.yaml_files import written_yaml
from allocator.words.levels import level_name
from allocator.words.numbers import decimals, plain_decimals
from allocator.words.say import say
from allocator.words.text import Text, counted, series, text

#: Decimals of figures, as they are fitted.
PLACES = 6
MOST_PLACES = 20


WITHIN = text("its number allows")


def as_screen(found: Reconciled, instance: Instance, bounds: Uncertain, lang: str) -> str:
    """The report for a screen: how far figures must move, then which."""
    return _screen(
        instance,
        summary(found, instance),
        rests_on(found, instance, bounds),
        as_lines(_with_allowed(fitted(found, instance, bounds), found, lang), lang),
        lang,
    )


def refusal_on_screen(found: CannotBe, instance: Instance, bounds: Uncertain, lang: str) -> str:
    """Why no figures within their tolerance give the published numbers."""
    return _screen(instance, refusal(found, instance), held(instance, bounds), (), lang)


def _screen(
    instance: Instance,
    sentences: Iterable[Text],
    notes: Iterable[Text],
    lines: Iterable[str],
    lang: str,
) -> str:
    parts = [
        say(instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in sentences),
        "\n".join(wrapped(say(line, lang), "- ") for line in notes),
        "\n".join(lines),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def summary(found: Reconciled, instance: Instance) -> Iterator[Text]:
    """How many numbers follow, and how much has to change for that."""
    leaves = len(instance.division.leaves)
    yield counted(
        len(found.rows),
        "There are figures within their tolerances ({name}) from which the {number} published "
        "number follows: the rule was run on them and gives it.",
        "There are figures within their tolerances ({name}) from which all {number} published "
        "numbers follow: the rule was run on them and gives each.",
        name=found.indicator.title,
    )
    if not found.changes:
        yield text("They are the figures as given.")
        return
    yield text(
        "Of {leaves} {level} {changed} have another figure. The largest change is {largest} times "
        "its tolerance; all changes add up to {total} tolerances.",
        leaves=leaves,
        level=level_name(instance.division.leaf_level, leaves),
        changed=len(found.changes),
        largest=to_a_thousandth(found.largest),
        total=to_a_thousandth(found.total),
    )


def held(instance: Instance, bounds: Uncertain) -> Iterator[Text]:
    """How far figures may be off, and who said so."""
    yield text("Tolerances: {source}.", source=bounds.source)
    if bounds.free:
        names = [instance.division.by_code[code].name for code in bounds.free]
        yield text(
            "Held to no tolerance, but to at most twice the weight as given: {areas}.",
            areas=series(names),
        )


def rests_on(found: Reconciled, instance: Instance, bounds: Uncertain) -> Iterator[Text]:
    """What is proven, what rests on the solver, and what was chosen."""
    yield from held(instance, bounds)
    if found.changes:
        if least := _below(found.at_least):
            yield text(
                "Proven exactly: where every change is below {least} times its tolerance, these "
                "numbers do not all follow.",
                least=least,
            )
        if not found.least_largest:
            yield text("Figures with a largest change between the two may do as well.")
        yield (
            text("That no others change less in all, at this sum of weights, is the solver's word.")
            if found.least_total
            else text("Others may change less in all: the solver did not come to an end.")
        )
        yield text(
            "The weights added up to {given} with the figures as given, and to {scale} with these. "
            "Weights that are all multiplied by one number give the same table, so figures could "
            "also be told on another scale.",
            given=Fraction(round(found.given_scale * 10**PLACES), 10**PLACES),
            scale=Fraction(round(found.scale * 10**PLACES), 10**PLACES),
        )
        yield text("Other figures may give these numbers too: this does not show which were used.")
    if found.as_totals:
        yield counted(
            len(found.as_totals),
            "{number} national number repeats the total and was left alone.",
            "{number} national numbers repeat the total and were left alone.",
        )


def fitted(found: Reconciled, instance: Instance, bounds: Uncertain) -> Table:
    """The figures that change, and those whose published number says in what range they lie."""
    columns = (
        Column(text("area"), Kind.TEXT),
        Column(text("given"), Kind.DECIMAL, PLACES),
        Column(text("fitted"), Kind.DECIMAL, PLACES),
        Column(text("change"), Kind.DECIMAL, PLACES),
        Column(text("times tolerance"), Kind.DECIMAL, 3),
    )
    given = instance.indicators[found.indicator.name].values
    rows = []
    for area in instance.division.leaves:
        code = area.code
        change = found.changes.get(code, Fraction(0))
        if not change and code not in found.intervals:
            continue
        tolerance = None if code in bounds.free else bounds.tolerances.get(code)
        times = abs(change) / tolerance if tolerance else None
        cells = (area.name, given[code], found.indicator.values[code], change, times)
        rows.append(Row(cells, code=code))
    return Table(text("Figures as given and as fitted"), columns, tuple(rows))


def _with_allowed(table: Table, found: Reconciled, lang: str) -> Table:
    """On a screen a range is one column."""
    ranges = [(_allowed(found.intervals.get(row.code), lang),) for row in table.rows]
    return wider(table, (Column(WITHIN, Kind.TEXT),), ranges)


def _allowed(interval: Interval | None, lang: str) -> str:
    if interval is None:
        return ""
    ends = [decimals(end, PLACES, lang) for end in (interval.low, interval.high)]
    return say(text("{low} to {high}", low=ends[0], high=ends[1]), lang)


def refusal(found: CannotBe, instance: Instance) -> Iterator[Text]:
    """That there are none, what is in the way, and how much further figures would have to go."""
    yield (
        text("No figures within their tolerance give all published numbers; this is proven.")
        if found.proven
        else text("No figures within their tolerance were found that give all published numbers.")
    )
    if found.rows and not found.proven:
        yield text(
            "The solver finds none that give these together: {rows}.",
            rows=series([_row(row, instance) for row in found.rows], 12),
        )
    elif found.rows:
        yield counted(
            len(found.rows),
            "This number cannot come out: {rows}.",
            "These cannot come out together, and without any one of them the others may: {rows}.",
            rows=series([_row(row, instance) for row in found.rows], 12),
        )
    if found.at_least and (least := _below(found.at_least)):
        yield text("It would take {times} times the tolerance, or more.", times=least)
    if found.beyond:
        yield text(
            "With {times} times the tolerance there are such figures.",
            times=-_below(-found.beyond.largest),
        )


def _below(number: Fraction) -> Fraction:
    """A bound to three decimals, never above what it bounds.

    >>> _below(Fraction(2, 3))
    Fraction(333, 500)
    """
    return Fraction(floor(number * 1000), 1000)


def _row(row: PublishedRow, instance: Instance) -> Text:
    return text(
        "{area} {stream} {number}",
        area=instance.division.by_code[row.code].name,
        stream=instance.streams.named(row.stream).title,
        number=row.number,
    )


def as_csv(found: Reconciled, instance: Instance) -> str:
    """A line per leaf: the figure as given, as fitted, and what its own number allows."""
    name = found.indicator.name
    given = instance.indicators[name].values
    lines = []
    for area in instance.division.leaves:
        interval = found.intervals.get(area.code)
        ends = (interval.low, interval.high) if interval else ()
        lines.append(
            (
                *(area.code, area.name),
                *(plain_decimals(v[area.code], 12) for v in (given, found.indicator.values)),
                *([plain_decimals(end, 12) for end in ends] or ["", ""]),
            )
        )
    return as_csv_table(("code", "name", "given", "fitted", "lowest", "highest"), lines)


def as_json(found: Reconciled, instance: Instance) -> str:
    """The same with what is proven."""
    given = instance.indicators[found.indicator.name].values
    document = {
        "format": "allocator-reconciled/1",
        "instance": instance.name,
        "indicator": found.indicator.name,
        "at_least": str(found.at_least),
        "largest": str(found.largest),
        "total": str(found.total),
        "least_largest": found.least_largest,
        "least_total": found.least_total,
        "scale": str(found.scale),
        "given_scale": str(found.given_scale),
        "rows": len(found.rows),
        "figures": {
            code: {
                "given": str(given[code]),
                "fitted": str(value),
                "allowed": [str(i.low), str(i.high)] if (i := found.intervals.get(code)) else None,
            }
            for code, value in found.indicator.values.items()
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def refusal_as_json(found: CannotBe, instance: Instance, name: str) -> str:
    """Why there are none, with the size beyond the tolerance at which there are."""
    document = {
        "format": "allocator-reconciled/1",
        "instance": instance.name,
        "indicator": name,
        "proven": found.proven,
        "in_the_way": [
            {"code": row.code, "stream": row.stream, "published": row.number} for row in found.rows
        ],
        "at_least": None if found.at_least is None else str(found.at_least),
        "largest": str(found.beyond.largest) if found.beyond else None,
        "figures": None,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def files_of(
    found: Reconciled, instance: Instance, written: Mapping[str, Any], name: str
) -> dict[str, bytes]:
    """The folder of an instance with the fitted figures; `written` is the given instance.yaml."""
    indicator = found.indicator
    title = {"nl": f"{instance.title.nl}, bijgesteld", "en": f"{instance.title.en}, fitted"}
    source = {"nl": indicator.source.nl, "en": indicator.source.en}
    shape = {
        "file": _file(indicator.name),
        "year": str(indicator.year),
        "division": instance.day.isoformat(),
        "kind": indicator.kind.value,
        "quality": indicator.quality.value,
        "title": {"nl": indicator.title.nl, "en": indicator.title.en},
        "source": source,
    }
    note = {
        "nl": f"De cijfers ({indicator.title.nl}) zijn bijgesteld tot de regel de gepubliceerde "
        f"aantallen geeft; andere cijfers kunnen dat ook. De opmerkingen bij {instance.name} gaan "
        "over de gegeven cijfers.",
        "en": f"The figures ({indicator.title.en}) are fitted until the rule gives the published "
        f"numbers; other figures may give them too. The remarks at {instance.name} are about the "
        "figures as given.",
    }
    data = {**written, "instance": name, "title": title, "notes": [note]}
    data["indicators"] = {**written["indicators"], indicator.name: shape}
    lines = [
        (area.code, area.name, _in_full(indicator.values[area.code]))
        for area in instance.division.leaves
    ]
    figures = as_csv_table(("code", "name", indicator.name), lines)
    return {"instance.yaml": written_yaml(data).encode(), _file(indicator.name): figures.encode()}


def _file(indicator: str) -> str:
    return f"fitted-{indicator}.csv"


def _in_full(value: Fraction) -> str:
    """All decimals where they end; else so many that the rest hardly matters.

    >>> _in_full(Fraction(1, 8)), _in_full(Fraction("0.3333334"))
    ('0.125000', '0.3333334')
    """
    places = PLACES
    while places < MOST_PLACES and (value * 10**places).denominator != 1:
        places += 1
    return plain_decimals(value, places)
