"""Backlogs spread over the next half-years, on a screen and as csv."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from allocator.model.areas import Area
from allocator.periods.account import Account
from allocator.periods.spreading import Spread
from allocator.report.layout import tree_table, wrapped
from allocator.report.periods.balances import remarks_on_balances
from allocator.report.tables import as_csv_table
from allocator.words.numbers import decimals, plain_decimals, whole
from allocator.words.say import say
from allocator.words.text import Text, Value, counted, series, text

#: The part of the dwellings that fall vacant which is usual.
BAND = (Fraction(5, 100), Fraction(10, 100))


@dataclass(frozen=True)
class Spreading:
    """The answer with what it is about."""

    account: Account
    stream: str
    spread: Spread
    by_dwelling: bool  # whether loads are parts of the dwellings that fall vacant

    @property
    def half_years(self) -> list[str]:
        half = self.account.instance.half_year
        found = []
        for number in range(len(self.spread.remaining)):
            found.append(str(half) if half else str(number + 1))
            half = half.next if half else None
        return found

    def caught_up(self, area: Area) -> list[int]:
        """What an area of any level catches up in each half-year."""
        leaves = self.account.instance.division.members[area.code]
        return [
            sum(row) for row in zip(*(self.spread.numbers[leaf] for leaf in leaves), strict=True)
        ]

    def shortfall(self, area: Area) -> int:
        leaves = self.account.instance.division.members[area.code]
        return sum(self.spread.shortfall[leaf] for leaf in leaves)

    def highest_load(self, area: Area) -> Fraction | None:
        """The highest load of an area and of those in it, of those that have one."""
        leaves = self.account.instance.division.members[area.code]
        loads = [load for leaf in leaves for load in self.spread.loads[leaf] if load is not None]
        return max(loads, default=None)


def as_screen(found: Spreading, lang: str, within: str) -> str:
    """The report for a screen."""
    account = found.account
    heading: list[Value] = [text("number"), text("backlog"), *found.half_years]
    heading += [text("left"), text("highest load")]

    def cells(area: Area) -> list[str]:
        line = account.lines[area.code, found.stream]
        load = found.highest_load(area)
        numbers = [line.effective, line.backlog, *found.caught_up(area), found.shortfall(area)]
        said = [whole(number, lang) for number in numbers]
        return [*said, "–" if load is None else decimals(load, 3, lang)]

    parts = [
        say(account.instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in _summary(found)),
        "\n".join(tree_table(account.instance.division, heading, cells, lang, within)),
        "\n".join(remarks_on_balances(account, lang)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _summary(found: Spreading) -> Iterator[Text]:
    account, spread = found.account, found.spread
    root = account.instance.division.root.code
    yield counted(
        len(spread.remaining),
        "A backlog of {backlog} in {number} half-year, {first}: caught up is as much as leaves the "
        "load, the number of the period included, within {load} {unit}.",
        "A backlog of {backlog} over {number} half-years from {first} on: caught up is as much as "
        "leaves the load of each, the number of the period included, within {load} {unit}. Later "
        "half-years are reckoned with the same number.",
        backlog=account.lines[root, found.stream].backlog,
        first=found.half_years[0],
        load=spread.problem.highest_load,
        unit=text("of the dwellings that fall vacant (a part of 1)")
        if found.by_dwelling
        else text("persons per 1,000 inhabitants"),
    )
    left = [
        text("{number} after {half_year}", number=number, half_year=half_year)
        for half_year, number in zip(found.half_years, spread.remaining, strict=True)
    ]
    yield text("Left of it: {left}.", left=series(left, 10))
    if found.by_dwelling:
        yield _in_the_band(found)
    names = account.instance.division.by_code
    short = sorted(spread.shortfall.items(), key=lambda one: (-one[1], one[0]))
    lacking = [
        text("{area} {number}", area=names[code].name, number=number)
        for code, number in short
        if number
    ]
    if lacking:
        yield text("Not caught up in the end: {areas}.", areas=series(lacking))
    full = [
        names[area.code].name
        for area in spread.problem.areas
        if area.backlog and not any(spread.problem.rooms[area.code])
    ]
    if full:
        yield text("No room besides the number of the period in {areas}.", areas=series(full))


def _in_the_band(found: Spreading) -> Text:
    """How many areas come into the band that is usual, or above it."""
    leaves = found.account.instance.division.leaves
    loads = [load for leaf in leaves if (load := found.highest_load(leaf)) is not None]
    low, high = BAND
    return text(
        "Highest load of a half-year: below {low}% in {below}, {low} to {high}% in {within}, above "
        "it in {above} areas ({low} to {high}% is the usual band).",
        low=low * 100,
        high=high * 100,
        below=sum(load < low for load in loads),
        within=sum(low <= load <= high for load in loads),
        above=sum(load > high for load in loads),
    )


def as_csv(found: Spreading) -> str:
    """A line per area of every level, with a column per half-year."""
    account = found.account
    lines = []
    for area in account.instance.division.areas:
        line = account.lines[area.code, found.stream]
        load = found.highest_load(area)
        lines.append(
            (
                *(area.level, area.code, area.name, area.parent, found.stream),
                *(line.effective, line.backlog, *found.caught_up(area), found.shortfall(area)),
                "" if load is None else plain_decimals(load, 6),
            )
        )
    columns = ("level", "code", "name", "parent", "stream", "number", "backlog")
    return as_csv_table((*columns, *found.half_years, "left", "highest_load"), lines)
