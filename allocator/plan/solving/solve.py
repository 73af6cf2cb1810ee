"""Finds the best plan: stage by stage, each fixed exactly before the next, then by the names.

What is found is counted and checked by itself before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from allocator.plan.question.problem import Problem
from allocator.plan.solving.answer import (
    Aim,
    Apart,
    NoPlan,
    NothingFound,
    Plan,
    Stage,
    Stopped,
    aims,
)
from allocator.plan.solving.by_name import largest_first
from allocator.plan.solving.check import check, faults, in_all, refuse_unsound, values
from allocator.plan.solving.openings import Openings
from allocator.plan.solving.program import Goal
from allocator.plan.solving.sizing import Sizing
from allocator.plan.solving.solver import Outcome, Solver, Unsolved
from allocator.plan.solving.watch import Patience, Watch, watching

#: Of the time there is, this part is kept for the stages after one that takes all of it.
KEPT = Fraction(1, 10)


def solve(
    problem: Problem,
    patience: Patience | None = None,
    apart: Sequence[Apart] = (),
    at_best: Plan | None = None,
) -> Plan:
    """The best plan, or the best that was found when the time was over.

    It differs from the plans that it is to be kept apart from. Where it is known that no plan is
    better than some other, because the same was asked with more freedom, that one saves time.

    With 300 places to find, 200 of them here, a site of 100 to 250 takes 200; the other place,
    whose number is 100, gets the remaining 100:

    >>> from allocator.plan.question.problem import Municipality, Site
    >>> towns = (Municipality("GM0687", 200, 0, {}), Municipality("GM0718", 100, 0, {}))
    >>> quay = Site("quay", ("GM0687",), "regular", 100, 250, 4_000_000)
    >>> yard = Site("yard", ("GM0718",), "regular", 100, 150, None)
    >>> least = {"regular": 100, "minors": 16}
    >>> found = solve(Problem(towns, (yard, quay), least, "minors", 300, 0, (Fraction(1, 2),)))
    >>> dict(found.sizes), found.values, found.proven
    ({'quay': 200, 'yard': 100}, (0, 0, 0, 0, 2, 4000000), True)
    """
    refuse_unsound(problem)
    with watching(patience or Patience()) as watch:
        return searched(problem, watch, apart, at_best, watch.tell)


def searched(
    problem: Problem,
    watch: Watch,
    apart: Sequence[Apart] = (),
    at_best: Plan | None = None,
    tell: Callable[[str, int, int], None] | None = None,
) -> Plan:
    """The same, in a search of several plans that one watch is kept over."""
    search = _Search(_in_order(problem), watch, apart, at_best, tell)
    search.run()
    plan = search.plan()
    check(problem, plan, apart)
    return plan


def _in_order(problem: Problem) -> Problem:
    """The same question, whatever order its rows came in."""
    return replace(
        problem,
        municipalities=tuple(sorted(problem.municipalities, key=lambda town: town.code)),
        sites=tuple(sorted(problem.sites, key=lambda site: site.name)),
        least=dict(sorted(problem.least.items())),
        bounds=tuple(sorted(problem.bounds, key=lambda bound: bound.name)),
    )


@dataclass(frozen=True)
class _Found:
    """Sizes and credits that keep to everything that is fixed so far."""

    sizes: dict[str, int]
    credits: dict[tuple[str, str], int]
    values: tuple[int, ...]


class _Search:
    """A question on its way to an answer."""

    def __init__(
        self,
        problem: Problem,
        watch: Watch,
        apart: Sequence[Apart],
        at_best: Plan | None,
        tell: Callable[[str, int, int], None] | None,
    ) -> None:
        self.problem = problem
        self.watch = watch
        self.apart = apart
        self.tell = tell or _nobody
        self.aims = aims(problem)
        self.openings = Openings(problem, apart)
        self.solver = Solver(self.openings.program, watch, self._holds)
        self.at_best = at_best.stages if at_best else ()
        self.fixed: list[int] = []  # no stage so far may have more than this
        self.bounds: list[int | None] = []  # nor can it have less; None: not known
        self.unique = False
        self.stopped = Stopped.NO
        self.best = self._nothing_new()

    def _nothing_new(self) -> _Found | None:
        """Opening nothing, if that is a plan: then there always is one."""
        sizes = {site.name: 0 for site in self.problem.sites}
        shared = [site for site in self.problem.sites if len(site.areas) > 1]
        credits = {(site.name, area): 0 for site in shared for area in site.areas}
        found = self._counted(sizes, credits)
        return None if self._wrong(found) else self._started(found)

    def _read(self) -> _Found:
        """The solver's answer as a plan."""
        return self._counted(self.openings.sizes(self.solver), self.openings.shares(self.solver))

    def _counted(self, sizes: dict[str, int], credits: dict[tuple[str, str], int]) -> _Found:
        return _Found(sizes, credits, values(self.problem, sizes, credits))

    def _started(self, found: _Found) -> _Found:
        """The solver goes on from here, with the number of every stage as low as it is."""
        for aim, value in zip(self.aims, found.values, strict=True):
            goal = self.openings.goals[aim]
            self.solver.put([(goal.variable, value // goal.unit), *goal.fixed(value)])
        return found

    def _wrong(self, found: _Found) -> bool:
        """Whether it breaks a wish or a bound, or has more of a stage than what is fixed."""
        broken = any(faults(self.problem, found.sizes, found.credits, self.apart))
        return broken or any(n > most for n, most in zip(found.values, self.fixed, strict=False))

    def _holds(self, best: bool) -> bool:
        """Whether the solver's answer is one when it is counted, and the best it can have."""
        found, place = self._read(), len(self.fixed)
        if best and place < len(self.aims):
            unit = self.openings.goals[self.aims[place]].unit
            if found.values[place] != (self.solver.bound or 0) * unit:
                return False
        return not self._wrong(found)

    def run(self) -> None:
        """All stages; then, if all is proven, the order of names."""
        for place in range(len(self.aims)):
            self._stage(place)
        if self._proven():
            self.tell(Aim.NAMES, len(self.aims), len(self.aims) + 1)
            self.unique = self._first_by_name()
        if not self.unique:
            self.stopped = Stopped.ASKED if self.watch.asked() else Stopped.TIME

    def _proven(self) -> bool:
        """Whether every stage so far is as small as can be."""
        return self.bounds == self.fixed

    def _stage(self, place: int) -> None:
        """One stage: as small as can be, fixed for those that follow."""
        aim, part = self.aims[place]
        goal = self.openings.goals[aim, part]
        self.tell(aim, place, len(self.aims) + 1)
        bound = self._known_bound(place)
        if (self.best is None or self.best.values[place] > bound) and not self.watch.stopped():
            bound = max(bound, self._smaller(goal, place, bound))
        if self.best is None:
            raise NothingFound(Stopped.ASKED if self.watch.asked() else Stopped.TIME)
        value = self.best.values[place]
        self.bounds.append(bound if self._proven() else None)
        self.fixed.append(value)
        for part, most in goal.fixed(value):
            self.solver.limit(part, 0, most)

    def _known_bound(self, place: int) -> int:
        """No plan has less: nothing is below 0, nor below a better plan that is as good so far."""
        known = self.at_best[: place + 1]
        if len(known) > place and [stage.value for stage in known[:place]] == self.fixed:
            return known[place].bound or 0
        return 0

    def _smaller(self, goal: Goal, place: int, bound: int) -> int:
        """Look for less in one stage, and keep it; below what no plan is, as far as is known."""
        start = self.solver.columns
        outcome = self.solver.minimise([(goal.variable, 1)], self._seconds(place))
        if outcome is Outcome.NONE and self.best is None:
            raise NoPlan
        if outcome is Outcome.NONE:
            raise Unsolved(f"{self.aims[place]}: there was a plan, and now there is none")
        if outcome is not Outcome.UNKNOWN:
            self._keep(place, start)
        while outcome is Outcome.BEST and self.best and self.best.values[place] > bound:
            # The solver has been seen to call an answer the best that was not.
            value, start = self.best.values[place], self.solver.columns
            again = self.solver.below(goal.variable, value // goal.unit, self._seconds(place))
            if again is Outcome.NONE:
                return value
            if again is Outcome.UNKNOWN:
                break
            self._keep(place, start)
        return (self.solver.bound or 0) * goal.unit

    def _keep(self, place: int, start: list[float]) -> None:
        """Go on from the solver's answer, or from where it started if that was better."""
        found = self._read()
        if self.best is None or found.values[place] <= self.best.values[place]:
            self.best = self._started(found)
        else:
            self.solver.columns = start

    def _seconds(self, place: int) -> float | None:
        """What a stage may take: all but what is kept, and once that is begun an equal share."""
        left, whole = self.watch.left(), self.watch.patience.seconds
        if left is None or whole is None:
            return None
        if self._proven():
            return max(0.0, left - float(KEPT) * whole)
        return left / (len(self.aims) - place)

    def _first_by_name(self) -> bool:
        """Among equally good plans the first by name; whether that is proven to be it."""
        proven = largest_first(self.solver, self.openings.opens.values())
        self.best = self._read()
        if not proven:
            return False
        opened = {name for name, size in self.best.sizes.items() if size}
        sizing = Sizing(self.problem, opened)
        solver = Solver(sizing.program, self.watch)
        for aim, value in zip(self.aims, self.fixed, strict=True):
            if aim in sizing.goals:
                solver.limit(sizing.goals[aim].variable, 0, value)
        if not largest_first(solver, [*sizing.sizes.values(), *sizing.credits.values()]):
            return False
        self.best = self._counted(
            self.best.sizes | {name: solver.value(size) for name, size in sizing.sizes.items()},
            self.best.credits | {key: solver.value(n) for key, n in sizing.credits.items()},
        )
        return True

    def plan(self) -> Plan:
        """What was found, counted."""
        assert self.best is not None
        here = in_all(self.problem, self.best.sizes, self.best.credits)
        return Plan(
            self.best.sizes,
            self.best.credits,
            here.carried,
            here.uncounted,
            tuple(self._stages(self.best.values)),
            self.unique,
            self.stopped,
        )

    def _stages(self, values: Sequence[int]) -> Iterator[Stage]:
        """What is proven, up to the first stage of which it is not."""
        claims = True
        for (aim, part), value, bound in zip(self.aims, values, self.bounds, strict=True):
            yield Stage(aim, part, value, bound if claims else None, claims and bound == value)
            claims = claims and bound == value


def _nobody(name: str, place: int, of: int) -> None:
    """Tell nobody."""
