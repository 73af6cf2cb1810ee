"""How much a figure must change before a number becomes another, for a reader and for machines.

A few areas are told in words; of many, those that are nearest to another number. Then a table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction

from allocator.comparison.margins import TOTAL, Margin, Step
from allocator.comparison.margins.limits import not_followed
from allocator.core.keeping import kept_figures
from allocator.core.rounding import ROUND
from allocator.model.distribution import Distribution
from allocator.model.indicator import Kind as FigureKind
from allocator.model.indicator import Uncertain
from allocator.report.cautions import cautions
from allocator.report.distribution.screen import beware, notes
from allocator.report.layout import aligned, wrapped
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table
from allocator.report.tables import as_csv_table
from allocator.words.numbers import decimals, exact, machine_decimals, whole
from allocator.words.say import say
from allocator.words.text import Text, Value, counted, series, signed, text

FORMAT = "allocator-margins/1"
#: The margins of so many areas are told in words.
TOLD = 4
#: Of more areas so many are named per figure.
NEAREST = 3


def as_screen(distribution: Distribution, margins: Sequence[Margin], lang: str) -> str:
    """The report for a screen."""
    summary = [*told(distribution, margins, lang), *within_bounds(distribution, margins)]
    parts = [
        say(distribution.instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in summary),
        beware(distribution, lang),
        "\n".join(_table(distribution, margins, lang)),
        "\n".join(wrapped(say(line, lang), "- ") for line in reading(distribution, margins)),
        notes(distribution, lang),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def told(distribution: Distribution, margins: Sequence[Margin], lang: str) -> Iterator[Text]:
    cells: dict[tuple[str, str], list[Margin]] = {}
    for margin in margins:
        cells.setdefault((margin.area.code, margin.stream), []).append(margin)
    if len({code for code, _ in cells}) <= TOLD:
        for each in cells.values():
            yield from _in_words(distribution, each, lang)
    else:
        yield from _nearest(distribution, margins, lang)


def _in_words(distribution: Distribution, margins: Sequence[Margin], lang: str) -> Iterator[Text]:
    """What an area gets in a stream, and with which changes it would be another number."""
    first = margins[0]
    yield counted(
        first.number,
        "{area}, {stream}: {number}.",
        "{area} gets {number} {stream}.",
        area=first.area.name,
        stream=distribution.instance.streams.named(first.stream).title,
    )
    changes = [_changes(distribution, each, lang) for each in margins if any(_steps(each))]
    if changes:
        yield text("It would be {changes}.", changes=signed(changes, "; "))
    unmoved = [title_of(distribution, m.what) for m in margins if not any(_steps(m))]
    if unmoved:
        yield text(
            "No change that was looked at makes it another: {figures}.", figures=series(unmoved)
        )


def _steps(margin: Margin) -> Iterator[Step]:
    if margin.up:
        yield margin.up
    if margin.down:
        yield margin.down


def _changes(distribution: Distribution, margin: Margin, lang: str) -> Value:
    """The changes of one figure: "277 with 98 more inhabitants (+0.2%) and 275 with 41 fewer"."""
    told: list[Text] = []
    for step in _steps(margin):
        change = _change(distribution, margin, step, again=bool(told))
        percent = _percent(distribution, margin, step, lang)
        if percent:
            change = text("{change} ({percent})", change=change, percent=percent)
        told.append(change)
    return series(told)


def _change(distribution: Distribution, margin: Margin, step: Step, again: bool) -> Text:
    """One change in words; what it is a change of is not named again."""
    values: dict[str, Value] = {"number": step.becomes, "change": abs(step.change)}
    if not again:
        values["figure"] = title_of(distribution, margin.what)
    more = step.change > 0
    if margin.what == TOTAL:
        return (
            text("{number} if {change} more were divided", **values)
            if more
            else text("{number} if {change} fewer were divided", **values)
        )
    if is_rate(distribution, margin.what):
        if again:
            return text("{number} if it were {change} lower", **values)
        return (
            text("{number} if {figure} were {change} higher", **values)
            if more
            else text("{number} if {figure} were {change} lower", **values)
        )
    if again:
        return text("{number} with {change} fewer", **values)
    return (
        text("{number} with {change} more {figure}", **values)
        if more
        else text("{number} with {change} fewer {figure}", **values)
    )


def _nearest(distribution: Distribution, margins: Sequence[Margin], lang: str) -> Iterator[Text]:
    """Per figure the numbers that the smallest change makes another."""
    for what in dict.fromkeys(margin.what for margin in margins):
        every = [(m, step) for m in margins if m.what == what for step in _steps(m)]
        rate = is_rate(distribution, what)

        def size(each: tuple[Margin, Step], rate: bool = rate) -> Fraction:
            margin, step = each
            return abs(step.change if rate else margin.part(step) or step.change)

        named = [
            text(
                "{area} ({stream}: {number} becomes {becomes} with {change})",
                area=margin.area.name,
                stream=distribution.instance.streams.named(margin.stream).title,
                number=margin.number,
                becomes=step.becomes,
                change=_with_sign(step.change, lang),
            )
            for margin, step in sorted(every, key=size)[:NEAREST]
        ]
        if named:
            yield text(
                "Nearest to another number, by {figure}: {areas}.",
                figure=title_of(distribution, what),
                areas=series(named),
            )


def within_bounds(distribution: Distribution, margins: Sequence[Margin]) -> Iterator[Text]:
    """Of figures that are known only roughly: how many numbers rest on what is not known."""
    for name, bounds in distribution.instance.uncertain.items():
        behind = [margin for margin in margins if margin.what == name]
        if behind:
            yield counted(
                len(behind),
                "{within} of {number} number would be another within the bounds on {figure} "
                "({source}).",
                "{within} of {number} numbers would be another within the bounds on {figure} "
                "({source}).",
                within=sum(1 for margin in behind if _reached(margin, bounds)),
                figure=title_of(distribution, name),
                source=bounds.source,
            )


def _reached(margin: Margin, bounds: Uncertain) -> bool:
    """Whether a change within the bounds makes another number; a free figure has no bounds."""
    code = margin.area.code
    steps = list(_steps(margin))
    if code in bounds.free:
        return bool(steps)
    return any(abs(step.change) <= bounds.tolerances[code] for step in steps)


def _table(distribution: Distribution, margins: Sequence[Margin], lang: str) -> Iterator[str]:
    heading = (
        text("area"),
        text("stream"),
        text("what changes"),
        text("number"),
        text("now"),
        text("down by"),
        "%",
        text("becomes"),
        text("up by"),
        "%",
        text("becomes"),
    )
    lines = [[say(each, lang) for each in heading]]
    for margin in margins:
        lines.append(
            [
                margin.area.name,
                say(distribution.instance.streams.named(margin.stream).title, lang),
                say(title_of(distribution, margin.what), lang),
                whole(margin.number, lang),
                exact(margin.figure, lang),
                *_cells(distribution, margin, margin.down, lang),
                *_cells(distribution, margin, margin.up, lang),
            ]
        )
    return aligned(lines, texts=3)


def _cells(
    distribution: Distribution, margin: Margin, step: Step | None, lang: str
) -> tuple[str, str, str]:
    if step is None:
        return "–", "", ""
    percent = _percent(distribution, margin, step, lang)
    return _with_sign(step.change, lang), percent, whole(step.becomes, lang)


def _percent(distribution: Distribution, margin: Margin, step: Step, lang: str) -> str:
    """A change in percents of the figure, to the first decimal that is not 0; not of rates."""
    part = margin.part(step)
    if part is None or is_rate(distribution, margin.what):
        return ""
    places = next((p for p in range(1, 6) if abs(part) * 100 * 10**p >= 1), 6)
    sign = "+" if part > 0 else ""
    return f"{sign}{decimals(part * 100, places, lang)}%"


def margins_by(distribution: Distribution, margins: Sequence[Margin], what: str) -> Table:
    """The margins of one figure, with as many decimals as it has."""
    some = [margin for margin in margins if margin.what == what]
    rate = is_rate(distribution, what)
    every = [f for m in some for f in (m.figure, m.resolution, *(s.change for s in _steps(m)))]
    places = max((_places(figure) for figure in every), default=0)
    columns = [
        *(Column(text("area"), Kind.TEXT), Column(text("stream"), Kind.TEXT)),
        *(Column(text("number")), Column(text("now"), Kind.DECIMAL, places)),
        Column(text("in steps of"), Kind.DECIMAL, places),
    ]
    for by in (text("down by"), text("up by")):
        columns.append(Column(by, Kind.DECIMAL, places, signed=True))
        columns += [] if rate else [Column("%", Kind.PERCENT, 3, signed=True)]
        columns.append(Column(text("becomes")))
    rows = []
    for margin in some:
        cells: list[Cell] = [
            *(margin.area.name, distribution.instance.streams.named(margin.stream).title),
            *(margin.number, margin.figure, margin.resolution),
        ]
        for step in (margin.down, margin.up):
            cells.append(step.change if step else None)
            cells += [] if rate else [margin.part(step) if step else None]
            cells.append(step.becomes if step else None)
        rows.append(Row(tuple(cells), code=margin.area.code))
    return Table(title_of(distribution, what), tuple(columns), tuple(rows), sorts=True)


def _places(number: Fraction) -> int:
    """The decimals of a number, six at most.

    >>> _places(Fraction(-2156, 10000)), _places(Fraction(1, 3)), _places(Fraction(7))
    (4, 6, 0)
    """
    return next((n for n in range(6) if 10**n % number.denominator == 0), 6)


def _with_sign(change: Fraction, lang: str) -> str:
    return ("+" if change > 0 else "") + exact(change, lang)


def is_rate(distribution: Distribution, what: str) -> bool:
    indicator = distribution.instance.indicators.get(what)
    return indicator is not None and indicator.kind is FigureKind.RATE


def title_of(distribution: Distribution, what: str) -> Value:
    """What readers call the figure that changes."""
    return text("national total") if what == TOTAL else distribution.instance.indicators[what].title


def reading(distribution: Distribution, margins: Sequence[Margin]) -> Iterator[Text]:
    """How the answers were found, and how far was looked."""
    instance = distribution.instance
    yield text(
        "One figure of one area changes at a time, by its last decimal; the figures of all other "
        "areas stay, and sums over the country follow."
    )
    yield text(
        "Every change was computed: with it the number is another, and with one step less it is "
        "not. A number is taken to move one way only as its figure grows."
    )
    if distribution.rounding not in ROUND:
        yield text(
            "Areas are rounded together, so a number may also change and change back before."
        )
    unknown = not_followed(instance)
    if unknown:
        yield text(
            "Limits of the instance's own follow from {figures}; what a change of these does is "
            "not computed.",
            figures=series([title_of(distribution, name) for name in unknown]),
        )
    if any(margin.up is None or margin.down is None for margin in margins):
        yield text(
            "–: no other number as far as was looked, or the rule refuses the change. A figure "
            "goes down to 0, or below where some are, and up to ten times itself or to the largest "
            "of all areas; a rate goes up by ten times the largest. A total stays within its whole."
        )
    if kept_figures(instance):
        yield text(
            "Larger areas keep the numbers they have, so the national total is not looked at."
        )


#: The columns of the csv.
COLUMNS = ("code", "name", "stream", "number", "what", "figure", "resolution")
STEPS = ("down", "down_becomes", "up", "up_becomes")


def as_csv(margins: Sequence[Margin]) -> str:
    """One line per area, stream and figure; nothing where there is no other number."""
    return as_csv_table(
        (*COLUMNS, *STEPS),
        [
            (
                margin.area.code,
                margin.area.name,
                margin.stream,
                margin.number,
                margin.what,
                machine_decimals(margin.figure),
                machine_decimals(margin.resolution),
                *_columns(margin.down),
                *_columns(margin.up),
            )
            for margin in margins
        ],
    )


def _columns(step: Step | None) -> tuple[object, object]:
    return (machine_decimals(step.change), step.becomes) if step else ("", "")


def as_json(distribution: Distribution, margins: Sequence[Margin]) -> str:
    """The margins with exact fractions, and what to beware of."""
    instance = distribution.instance
    found = {
        "format": FORMAT,
        "instance": instance.name,
        "rule": instance.rule.version,
        "rounding": distribution.rounding.value,
        "margins": [
            {
                "code": margin.area.code,
                "name": margin.area.name,
                "stream": margin.stream,
                "number": margin.number,
                "what": margin.what,
                "figure": str(margin.figure),
                "resolution": str(margin.resolution),
                "down": _object(margin.down),
                "up": _object(margin.up),
            }
            for margin in margins
        ],
        "reading": [str(line) for line in reading(distribution, margins)],
        "cautions": [str(caution) for caution in cautions(distribution)],
        "notes": [note.both for note in instance.notes],
        "gaps": [gap.both for gap in instance.rule.gaps],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _object(step: Step | None) -> dict[str, object] | None:
    return {"change": str(step.change), "becomes": step.becomes} if step else None
