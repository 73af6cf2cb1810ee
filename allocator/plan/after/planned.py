"""A plan with everything that follows from it: what each carries, swaps, the rest and the grant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.model.distribution import Cell, Distribution
from allocator.model.plan import Location, PlanAsked, PlanRule
from allocator.periods.transfers import Neighbours
from allocator.plan.after.grant import Grant, grant
from allocator.plan.after.rest_task import RestTask, Standing, rest_task
from allocator.plan.after.swaps import Exchange, exchanges
from allocator.plan.question.agreed import Places
from allocator.plan.question.posing import Posed
from allocator.plan.solving.answer import Plan


@dataclass(frozen=True)
class Planned:
    """The plan of a province."""

    distribution: Distribution  # the indicative numbers
    asked: PlanAsked
    rule: PlanRule
    posed: Posed
    plan: Plan
    swaps: Mapping[str, Exchange]  # per part, from the tasks to what is carried
    rest: RestTask  # what nobody carries
    grant: Grant

    @property
    def codes(self) -> tuple[str, ...]:
        """The municipalities of the province."""
        return self.distribution.instance.division.members[self.posed.area]

    def carried(self, code: str) -> Places:
        """What a municipality or the province carries: what counts already, and what is planned."""
        codes = self.codes if code == self.posed.area else (code,)
        minors = self.posed.problem.minors
        found = Places(0, 0)
        for (area, kind), number in self.plan.carried.items():
            if area in codes:
                found += Places(number, number if kind == minors else 0)
        return found

    def task(self, code: str) -> Places:
        """What a municipality was asked after agreements, or the province."""
        if code == self.posed.area:
            return self.posed.numbers[code]
        return self.posed.tasks[code]

    def planned_in(self, code: str) -> Places:
        """What the plan adds to what counts already, in a municipality or the province."""
        return self.carried(code) - self.posed.already[code]

    def uncounted_in(self, code: str) -> int:
        """Durable places that shelter people and are too few of their kind to count."""
        codes = self.codes if code == self.posed.area else (code,)
        return sum(n for (area, _), n in self.plan.uncounted.items() if area in codes)

    @property
    def opened(self) -> tuple[tuple[Location, int], ...]:
        """The locations that are opened, by name, each with its places."""
        by_name = {location.name: location for location in self.asked.locations}
        return tuple((by_name[name], self.plan.sizes[name]) for name in self.plan.opened)


def planned(
    distribution: Distribution,
    asked: PlanAsked,
    rule: PlanRule,
    posed: Posed,
    plan: Plan,
    neighbours: Neighbours,
) -> Planned:
    """The plan with what follows from it."""
    streams = distribution.instance.streams
    codes = distribution.instance.division.members[posed.area]
    carried: dict[Cell, int] = dict.fromkeys(
        ((code, stream) for code in codes for stream in (rule.whole, rule.minors)), 0
    )
    for (code, kind), number in plan.carried.items():
        carried[code, rule.whole] += number
        carried[code, rule.minors] += number if kind == posed.problem.minors else 0
    tasks = {
        (code, stream): number
        for code in codes
        for stream, number in (
            (rule.whole, posed.tasks[code].whole),
            (rule.minors, posed.tasks[code].minors),
        )
    }
    standing = Standing(posed.area, rule.whole, tasks, carried)
    offered = {code: carried[code, rule.whole] for code in codes}
    return Planned(
        distribution,
        asked,
        rule,
        posed,
        plan,
        exchanges(streams, rule.whole, tasks, carried, neighbours),
        rest_task(distribution, standing),
        grant(distribution.instance, standing, rule.grant_above, offered),
    )


def part_of(number: int, of: int) -> Fraction | None:
    """A number as a part of another; None of nothing.

    >>> part_of(90, 120)
    Fraction(3, 4)
    """
    return Fraction(number, of) if of else None
