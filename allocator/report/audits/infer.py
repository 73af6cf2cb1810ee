"""What explains a published table best, for a reader: the first, its equals, and what tells it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from allocator.audit.infer import Explanation, Inferred, Setting, Way
from allocator.audit.infer.ways import said as rounding_said
from allocator.core.quotas import steps_of
from allocator.model.rule import Rounding
from allocator.report.layout import aligned, wrapped
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table
from allocator.report.paper.said import said_rows
from allocator.report.tables import as_csv_table
from allocator.words.levels import level_name
from allocator.words.say import say
from allocator.words.text import Series, Text, Value, counted, series, signed, text

#: So many explanations are listed on a screen; the csv and the json have all.
LISTED = 10
#: So many ways that do equally well are told on a screen.
EQUALS = 20

EQUALLY = text(
    "Equally well, with the same number for every row, by what differs (the announced total "
    "first, then the instance's own key, rounding, years and map):"
)
RANKED = text(
    "Ranked by the rows matched, then the largest miss, then all misses together; those that do "
    "alike share a place."
)


def as_screen(inferred: Inferred, lang: str) -> str:
    """The report for a screen."""
    parts = [
        say(inferred.instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in summary(inferred)),
        "\n".join(_equals(inferred.explanations[0], lang)),
        "\n".join(_list(inferred, lang)),
        "\n".join(_told_apart(inferred, lang)),
        "\n".join(wrapped(say(line, lang)) for line in tried(inferred)),
        "\n".join(wrapped(say(line, lang), "- ") for line in not_tried(inferred)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def summary(inferred: Inferred) -> Iterator[Text]:
    """The best, and where the instance's own settings come if not there."""
    published = inferred.instance.published
    assert published is not None
    if inferred.with_balance:
        yield counted(
            inferred.with_balance,
            "{number} published number has a backlog in it and is not compared here.",
            "{number} published numbers have a backlog in them and are not compared here.",
        )
    first, rows = inferred.explanations[0], len(inferred.rows)
    yield counted(
        rows,
        "{matched} of {number} published number ({source}) is given by: {way}.",
        "{matched} of {number} published numbers ({source}) are given by: {way}.",
        matched=first.matched,
        source=published.source,
        way=_way(first.ways[0]),
    )
    if first.matched < rows:
        yield text(
            "The largest miss is {largest}; all misses add up to {missed}.",
            largest=first.largest,
            missed=first.missed,
        )
    announced = inferred.announced(first.ways[0])
    if announced is not None and announced is not first:
        yield text(
            "The same with what was announced ({totals}): {matched} of {rows}, largest miss "
            "{largest}, all misses {missed}.",
            totals=series([total.number for total in inferred.instance.totals.values()]),
            matched=announced.matched,
            rows=rows,
            largest=announced.largest,
            missed=announced.missed,
        )
    own = inferred.own
    if own is not None and own is not first and own is not announced:
        yield text(
            "What the instance itself says comes at place {place}: {matched} of {rows}, largest "
            "miss {largest}, all misses {missed}.",
            place=own.place,
            matched=own.matched,
            rows=rows,
            largest=own.largest,
            missed=own.missed,
        )


def _way(way: Way) -> Series:
    """Everything that makes a way, with the first of its settings."""
    return signed(list(_parts(way)), "; ")


def _parts(way: Way) -> Iterator[Text]:
    """Rounding, totals, key, figures and map."""
    yield rounding_said(way.choice)
    yield text("{totals}", totals=series([_total(way, name) for name in way.totals]))
    setting = way.sharing.settings[0]
    yield from _figures_and_key(setting)
    yield text("map of {days}", days=setting.day)


def _figures_and_key(setting: Setting) -> Iterator[Text]:
    yield text("key {key}", key=_key(setting))
    yield text("{figures}", figures=series([_of_year(setting, name) for name in setting.years]))


def _total(way: Way, name: str) -> Text:
    """A total with those at which as many rows match."""
    stream = way.sharing.instance.streams.named(name).title
    number = way.totals[name]
    runs = [run for run in way.as_well.get(name, ()) if run != range(number, number + 1)]
    if not runs:
        return text("{number} {stream}", number=number, stream=stream)
    return text(
        "{number} {stream} ({runs} do as well)", number=number, stream=stream, runs=_runs(runs)
    )


def _runs(runs: Sequence[range]) -> Series:
    return series(
        [
            text("{low} to {high}", low=run.start, high=run.stop - 1)
            if len(run) > 1
            else text("{number}", number=run.start)
            for run in runs
        ],
        at_most=3,
    )


def _key(setting: Setting) -> Series:
    """The formulas of the key, those of levels above the leaves with their level."""
    instance = setting.instance
    steps = [step for stream in instance.streams.given for step in steps_of(instance, stream)]
    return signed(
        [
            text("{level}: {key}", level=level_name(step.level), key=step.key.written)
            if step.level
            else step.key.written
            for step in dict.fromkeys(steps)
        ],
        "; ",
    )


def _of_year(setting: Setting, name: str) -> Text:
    return text(
        "{title} of {year}",
        title=setting.instance.indicators[name].title,
        year=str(setting.years[name]),
    )


def _equals(first: Explanation, lang: str) -> Iterator[str]:
    """The other ways to the same numbers, each by what differs from the first way."""
    lines = equals(first)
    if not lines:
        return
    yield wrapped(say(EQUALLY, lang))
    for line in lines[:EQUALS]:
        yield wrapped(say(line, lang), "- ")
    if len(lines) > EQUALS:
        yield wrapped(say(more_than(EQUALS, lines), lang), "- ")


def equals(first: Explanation) -> list[Value]:
    """What differs from the first way in each of the others to the same numbers."""
    return [*_same_shares(first.ways[0]), *_other_ways(first)]


def more_than(shown: int, lines: Sequence[object]) -> Text:
    """How many are not shown."""
    return text("and {number} more.", number=len(lines) - shown)


def _same_shares(way: Way) -> Iterator[Value]:
    """The other settings of a way's sharing: key and figures, with all their maps."""
    own = way.sharing.settings[0]
    days: dict[tuple[str, ...], tuple[Setting, list[date]]] = {}
    for setting in way.sharing.settings[1:]:
        label = tuple(str(part) for part in _figures_and_key(setting))
        days.setdefault(label, (setting, []))[1].append(setting.day)
    for setting, its_days in days.values():
        parts = _apart(_figures_and_key(setting), _figures_and_key(own))
        yield signed([*parts, text("map of {days}", days=series(sorted(its_days), 20))], "; ")


def _other_ways(first: Explanation) -> Iterator[Value]:
    for way in first.ways[1:]:
        yield signed(_apart(_parts(way), _parts(first.ways[0])), "; ")


def _apart(parts: Iterable[Text], others: Iterable[Text]) -> list[Text]:
    """The parts that are said otherwise than those of another."""
    return [one for one, other in zip(parts, others, strict=True) if str(one) != str(other)]


def _list(inferred: Inferred, lang: str) -> Iterator[str]:
    """The best explanations, a line for the first way of each."""
    yield wrapped(say(RANKED, lang))
    yield from aligned(said_rows(ranking(inferred), lang), texts=6)
    if len(inferred.explanations) > LISTED:
        yield say(more_than(LISTED, inferred.explanations), lang)


def ranking(inferred: Inferred) -> Table:
    """The best explanations, a line for the first way of each."""
    columns = (
        Column(text("place")),
        *(
            Column(title, Kind.TEXT)
            for title in (text("rounding"), text("total"), text("key"), text("figures"))
        ),
        Column(text("map of"), Kind.DAY),
        *(Column(text("ways")), Column(text("rows"))),
        *(Column(text("largest miss")), Column(text("all misses"))),
    )
    rows = []
    for each in inferred.explanations[:LISTED]:
        way = each.ways[0]
        setting = way.sharing.settings[0]
        cells: tuple[Cell, ...] = (
            *(each.place, rounding_said(way.choice), signed(list(way.totals.values()), " + ")),
            *(_key(setting), signed([str(year) for year in setting.years.values()], " + ")),
            *(setting.day, sum(len(equal.sharing.settings) for equal in each.ways)),
            *(each.matched, each.largest, each.missed),
        )
        rows.append(Row(cells))
    return Table(text("What gives the table best"), columns, tuple(rows))


def _told_apart(inferred: Inferred, lang: str) -> Iterator[str]:
    """The rows in which the first differs from the next."""
    if len(inferred.explanations) > 1:
        yield wrapped(say(next_best(inferred), lang))
        yield from aligned(said_rows(told_apart(inferred), lang), texts=2)


def next_best(inferred: Inferred) -> Text:
    """The way that comes after the first."""
    second = inferred.explanations[1].ways[0]
    return text("What tells the first from the next ({way}):", way=_way(second))


def told_apart(inferred: Inferred) -> Table:
    """The rows in which the first differs from the next."""
    instance = inferred.instance
    columns = (
        *(Column(text("area"), Kind.TEXT), Column(text("stream"), Kind.TEXT)),
        *(Column(text("published")), Column(text("first")), Column(text("next"))),
    )
    rows = [
        Row(
            (
                instance.division.by_code[row.code].name,
                instance.streams.named(row.stream).title,
                *(row.number, one, other),
            ),
            code=row.code,
        )
        for row, one, other in inferred.told_apart(*inferred.explanations[:2])
    ]
    return Table(text("First and next"), columns, tuple(rows), sorts=True)


def tried(inferred: Inferred) -> Iterator[Text]:
    """How many ways were worked out, and which were not."""
    settings = inferred.settings
    keys = len({setting.rule.version for setting in settings})
    years = len({tuple(setting.years.items()) for setting in settings})
    maps = len({setting.day for setting in settings})
    yield text(
        "Tried: {tried} ways ({product}, with every rounding). Rows are rounded by themselves at "
        "the announced total and, where more of them match, at the nearest total at which most "
        "do; together at the announced total and at what a complete table adds up to.",
        tried=inferred.tried,
        product=series(
            [
                counted(keys, "{number} key", "{number} keys"),
                counted(years, "{number} choice of years", "{number} choices of years"),
                counted(maps, "{number} map", "{number} maps"),
            ]
        ),
    )
    if inferred.set_aside:
        yield counted(
            inferred.set_aside,
            "{number} way over the table cannot come first, since too many published numbers are "
            "outside floor and ceiling of their quota; it was not worked out.",
            "{number} ways over the table cannot come first, since too many published numbers are "
            "outside floor and ceiling of their quota; they were not worked out.",
        )


def not_tried(inferred: Inferred) -> Iterator[Text]:
    """What was not tried, told once for each reason."""
    alike: dict[tuple[str, str], list[tuple[Text, Text]]] = {}
    for what, why in inferred.not_tried:
        alike.setdefault((what.sentence, str(why)), []).append((what, why))
    for refusals in alike.values():
        whats: dict[str, Value] = {str(what): what for what, _ in refusals}
        yield text(
            "Not tried: {what}. {why}", what=series(list(whats.values()), 3), why=refusals[0][1]
        )


COLUMNS = (
    *("place", "matched", "rows", "largest_miss", "all_misses", "rounding", "method", "key"),
    *("rule", "years", "map", "totals", "totals_as_well"),
)


def as_csv(inferred: Inferred) -> str:
    """A line for every way with every setting, the best first."""
    return as_csv_table(COLUMNS, _csv_lines(inferred))


def _csv_lines(inferred: Inferred) -> Iterator[tuple[object, ...]]:
    rows = len(inferred.rows)
    for each in inferred.explanations:
        for way in each.ways:
            totals = " ".join(f"{name}={total}" for name, total in way.totals.items())
            as_well = " ".join(
                f"{name}={run.start}-{run.stop - 1}"
                for name, runs in way.as_well.items()
                for run in runs
            )
            for setting in way.sharing.settings:
                yield (
                    *(each.place, each.matched, rows, each.largest, each.missed),
                    *(way.choice.rounding.value, _method(way) or "", say(_key(setting), "en")),
                    setting.rule.version,
                    " ".join(f"{name}={year}" for name, year in setting.years.items()),
                    *(setting.day.isoformat(), totals, as_well),
                )


def _method(way: Way) -> str | None:
    """The method, where leaves were rounded together."""
    together = way.choice.rounding in (Rounding.CONSISTENT, Rounding.TEXTBOOK)
    return way.choice.method.value if together else None


def as_json(inferred: Inferred) -> str:
    """Everything that was tried, with the numbers that it gives."""
    document = {
        "format": "allocator-infer/1",
        "instance": inferred.instance.name,
        "rows": [
            {"code": row.code, "stream": row.stream, "published": row.number}
            for row in inferred.rows
        ],
        "with_balance": inferred.with_balance,
        "tried": inferred.tried,
        "set_aside": inferred.set_aside,
        "explanations": [
            {
                "place": each.place,
                "matched": each.matched,
                "largest_miss": each.largest,
                "all_misses": each.missed,
                "numbers": list(each.numbers),
                "ways": [_way_data(way) for way in each.ways],
            }
            for each in inferred.explanations
        ],
        "not_tried": [{"what": str(what), "why": str(why)} for what, why in inferred.not_tried],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _way_data(way: Way) -> dict[str, Any]:
    return {
        "rounding": way.choice.rounding.value,
        "method": _method(way),
        "totals": dict(way.totals),
        "totals_as_well": {
            name: [[run.start, run.stop - 1] for run in runs] for name, runs in way.as_well.items()
        },
        "settings": [
            {
                "rule": setting.rule.version,
                "key": say(_key(setting), "en"),
                "years": dict(setting.years),
                "map": setting.day.isoformat(),
            }
            for setting in way.sharing.settings
        ],
    }
