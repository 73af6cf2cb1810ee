"""How far areas are within a half-year, on a screen and as csv."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from allocator.model.areas import Area
from allocator.model.half_year import HalfYear
from allocator.model.streams import Stream
from allocator.periods.progress import Standings, State, standings
from allocator.report.layout import aligned, tree_table, wrapped
from allocator.report.periods.balances import remarks_on_balances
from allocator.report.tables import as_csv_table
from allocator.words.numbers import decimals, month_name, plain_decimals, whole
from allocator.words.say import say
from allocator.words.text import Text, counted, series, signed, text

STATES = {
    State.ON_SCHEDULE: text("on schedule"),
    State.SLIGHTLY_BEHIND: text("slightly behind"),
    State.BEHIND: text("behind schedule"),
}
COLUMNS = (
    *("level", "code", "name", "parent", "stream", "month", "number", "changed"),
    *("computed", "published", "opening", "excusable", "corrected"),
    *("norm", "realised", "state", "goal"),
    *("missed", "excused"),
)


def as_screen(now: Standings, half: HalfYear, lang: str, within: str = "") -> str:
    """The report for a screen, stream after stream."""
    instance = now.account.instance
    parts = [say(instance.title, lang)]
    for stream in instance.streams.given:
        summary = _summary(now, stream, half)
        parts.append("\n".join(wrapped(say(line, lang)) for line in summary))
        parts.append("\n".join(_months(now, stream, half, lang)))
        parts.append("\n".join(_table(now, stream, lang, within)))
    parts.append("\n".join(remarks_on_balances(now.account, lang)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _summary(now: Standings, stream: Stream, half: HalfYear) -> Iterator[Text]:
    root = now.account.instance.division.root.code
    standing = now.of[root, stream.name]
    line = standing.line
    yield text(
        "{stream}: {corrected} to do ({number} for the period{changed}, opening balance "
        "{opening}); {realised} realised by the end of month {month}, where the norm asks {norm}.",
        stream=stream.title,
        corrected=line.corrected,
        number=line.number,
        changed=text(", joint changes {changed}", changed=line.changed) if line.changed else "",
        opening=line.opening,
        realised=standing.realised,
        month=now.month,
        norm=Fraction(round(standing.norm * 10), 10),
    )
    counts = now.counts(stream.name)
    told = [text("{number} {state}", number=counts[state], state=STATES[state]) for state in State]
    yield text(
        "{states}; the bounds are {good}% and {slight}% of the norm ({source}).",
        states=signed(told, ", "),
        good=now.bounds.on_schedule * 100,
        slight=now.bounds.slightly_behind * 100,
        source=now.bounds.source,
    )
    behind = _furthest_behind(now, stream)
    if behind:
        yield text("Furthest behind the norm: {areas}.", areas=series(behind))
    met, asked = now.met_goal(stream.name)
    if asked:
        yield counted(
            met,
            "Of {asked} areas with an agreed goal {number} has met it.",
            "Of {asked} areas with an agreed goal {number} have met it.",
            asked=asked,
        )


def _furthest_behind(now: Standings, stream: Stream) -> list[Text]:
    """The leaves that lack most persons to the norm, the worst first."""
    leaves = now.account.instance.division.leaves
    lacking = [(now.of[leaf.code, stream.name], leaf) for leaf in leaves]
    worst = sorted(
        (
            (s.realised - s.norm, leaf.code, leaf.name, s)
            for s, leaf in lacking
            if s.realised < s.norm
        )
    )
    return [
        text(
            "{area} {realised} of {norm}",
            area=name,
            realised=standing.realised,
            norm=Fraction(round(standing.norm * 10), 10),
        )
        for _, _, name, standing in worst[:8]
    ]


def _months(now: Standings, stream: Stream, half: HalfYear, lang: str) -> Iterator[str]:
    """Month by month against the norm, where months are known."""
    if any(row.month is None for row in now.account.instance.balances.realised):
        return
    heading = (text("month"), text("realised"), text("norm"), *STATES.values())
    lines = [[say(each, lang) for each in heading]]
    for month in range(1, now.month + 1):
        then = standings(now.account, month, now.bounds)
        standing = then.of[now.account.instance.division.root.code, stream.name]
        counts = then.counts(stream.name)
        name = month_name(half.day.month + month - 1, lang)
        lines.append(
            [
                f"{month} {name}",
                whole(standing.realised, lang),
                decimals(standing.norm, 1, lang),
                *(whole(counts[state], lang) for state in State),
            ]
        )
    yield from aligned(lines)


def _table(now: Standings, stream: Stream, lang: str, within: str) -> Iterator[str]:
    goals = any(name == stream.name for _, name in now.account.instance.balances.goals)
    ledger = now.account.instance.balances.ledger
    heading = [
        text("number and joint changes") if ledger else text("number"),
        *(text("opening"), text("to do"), text("norm"), text("realised")),
        *((text("goal"),) if goals else ()),
        text("state"),
    ]

    def cells(area: Area) -> list[str]:
        standing = now.of[area.code, stream.name]
        line = standing.line
        numbers = [line.effective, line.opening, line.corrected]
        return [
            *(whole(number, lang) for number in numbers),
            decimals(standing.norm, 1, lang),
            whole(standing.realised, lang),
            *((_perhaps(standing.goal, lang),) if goals else ()),
            say(STATES[standing.state], lang),
        ]

    return tree_table(now.account.instance.division, heading, cells, lang, within)


def _perhaps(number: int | None, lang: str) -> str:
    return "–" if number is None else whole(number, lang)


def as_csv(now: Standings) -> str:
    """A line per area of every level and stream."""
    instance = now.account.instance
    lines = []
    for area in instance.division.areas:
        for stream in instance.streams.given:
            standing = now.of[area.code, stream.name]
            line = standing.line
            opening = instance.balances.openings.get((area.code, stream.name))
            lines.append(
                (
                    *(area.level, area.code, area.name, area.parent, stream.name, now.month),
                    *(line.number, line.changed, _or_empty(line.computed)),
                    *(_or_empty(line.published), line.opening, line.excusable, line.corrected),
                    *(plain_decimals(standing.norm, 3), standing.realised, standing.state.value),
                    _or_empty(standing.goal),
                    *((opening.missed, opening.excused) if opening else ("", "")),
                )
            )
    return as_csv_table(COLUMNS, lines)


def _or_empty(number: int | None) -> int | str:
    return "" if number is None else number
