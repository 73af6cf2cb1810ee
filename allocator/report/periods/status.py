"""How far areas are within a half-year, on a screen and as csv."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from allocator.model.areas import Area
from allocator.model.half_year import HalfYear
from allocator.model.streams import Stream
from allocator.periods.progress import Standings, State, standings
from allocator.report.layout import wrapped
from allocator.report.paper.paper import Cell, Column, Kind, Row, Table
from allocator.report.paper.said import as_lines
from allocator.report.paper.tree import Tree
from allocator.report.periods.balances import remarks_on_balances
from allocator.report.tables import as_csv_table
from allocator.words.numbers import month_name, plain_decimals
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
        told = summary(now, stream, half)
        parts.append("\n".join(wrapped(say(line, lang)) for line in told))
        parts.append("\n".join(as_lines(months(now, stream, half, lang), lang)))
        parts.append("\n".join(standing_of(now, stream).lines(lang, within)))
    parts.append("\n".join(remarks_on_balances(now.account, lang)))
    return "\n\n".join(part for part in parts if part) + "\n"


def summary(now: Standings, stream: Stream, half: HalfYear) -> Iterator[Text]:
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


def months(now: Standings, stream: Stream, half: HalfYear, lang: str) -> Table:
    """Month by month against the norm, where months are known."""
    columns = (
        *(Column(text("month"), Kind.TEXT), Column(text("realised"))),
        *(Column(text("norm"), Kind.DECIMAL, 1), *(Column(title) for title in STATES.values())),
    )
    known = all(row.month is not None for row in now.account.instance.balances.realised)
    rows = []
    for month in range(1, now.month + 1) if known else ():
        then = standings(now.account, month, now.bounds)
        standing = then.of[now.account.instance.division.root.code, stream.name]
        counts = then.counts(stream.name)
        name = f"{month} {month_name(half.day.month + month - 1, lang)}"
        states = (counts[state] for state in State)
        rows.append(Row((name, standing.realised, standing.norm, *states)))
    return Table(text("Month by month"), columns, tuple(rows))


def standing_of(now: Standings, stream: Stream) -> Tree:
    """What every area has to do, what is done, and how that stands to the norm."""
    goals = any(name == stream.name for _, name in now.account.instance.balances.goals)
    ledger = now.account.instance.balances.ledger
    columns = [
        Column(text("number and joint changes") if ledger else text("number")),
        *(Column(text("opening")), Column(text("to do"))),
        *(Column(text("norm"), Kind.DECIMAL, 1), Column(text("realised"))),
        *((Column(text("goal")),) if goals else ()),
        Column(text("state"), Kind.TEXT),
    ]

    def cells(area: Area) -> list[Cell]:
        standing = now.of[area.code, stream.name]
        line = standing.line
        return [
            *(line.effective, line.opening, line.corrected),
            *(standing.norm, standing.realised),
            *((standing.goal,) if goals else ()),
            STATES[standing.state],
        ]

    return Tree(now.account.instance.division, columns, cells)


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
