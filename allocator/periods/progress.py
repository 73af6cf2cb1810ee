"""How far areas are within a half-year: three states against the norm of n/6 after n months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from allocator.model.balances import Cell
from allocator.model.half_year import MONTHS
from allocator.model.rule import Progress
from allocator.periods.account import Account, Line, counted_by


class State(StrEnum):
    """The three states of the Dutch map of progress."""

    ON_SCHEDULE = "on schedule"
    SLIGHTLY_BEHIND = "slightly behind"
    BEHIND = "behind schedule"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an area stands at the end of a month."""

    line: Line
    realised: int  # by then
    norm: Fraction  # what the norm asks by then
    state: State
    goal: int | None  # what was agreed in all, or None

    @property
    def goal_met(self) -> bool:
        return self.goal is not None and self.realised >= self.goal


@dataclass(frozen=True)
class Standings:
    """All areas of all levels at the end of a month."""

    account: Account
    month: int
    bounds: Progress
    of: Mapping[Cell, Standing]

    def counts(self, stream: str) -> Counter[State]:
        """How many leaves are in each state."""
        leaves = self.account.instance.division.leaves
        return Counter(self.of[leaf.code, stream].state for leaf in leaves)

    def met_goal(self, stream: str) -> tuple[int, int]:
        """How many leaves have met their agreed goal, of how many that have one."""
        leaves = self.account.instance.division.leaves
        asked = [
            standing for leaf in leaves if (standing := self.of[leaf.code, stream]).goal is not None
        ]
        return sum(standing.goal_met for standing in asked), len(asked)


def standings(account: Account, month: int, bounds: Progress) -> Standings:
    """Every area at the end of a month, from 1 to 6."""
    instance = account.instance
    by_then = counted_by(instance, month)
    found = {}
    for (code, stream), line in account.lines.items():
        leaves = instance.division.members[code]
        realised = sum(by_then.get((leaf, stream), 0) for leaf in leaves)
        goals = [instance.balances.goals.get((leaf, stream)) for leaf in leaves]
        goal = None if None in goals else sum(each for each in goals if each is not None)
        norm = Fraction(line.corrected * month, MONTHS)
        found[code, stream] = Standing(line, realised, norm, state(realised, norm, bounds), goal)
    return Standings(account, month, bounds, found)


def state(realised: int, norm: Fraction, bounds: Progress) -> State:
    """The state of an area; one of which nothing is asked is on schedule.

    After two months a third of 30 is asked; nine is exactly 90% of that:

    >>> from allocator.model.rule import OWN_BOUNDS
    >>> state(9, Fraction(30 * 2, 6), OWN_BOUNDS)
    <State.SLIGHTLY_BEHIND: 'slightly behind'>
    """
    if realised >= bounds.on_schedule * norm:
        return State.ON_SCHEDULE
    if realised >= bounds.slightly_behind * norm:
        return State.SLIGHTLY_BEHIND
    return State.BEHIND


def last_month(account: Account) -> int | None:
    """The last month of which anything is known to be realised."""
    return max((row.by for row in account.instance.balances.realised), default=None)
