"""Why there is no plan: demands that cannot hold together, though they could without any one.

Demands are left out one by one, in an order, as long as those that remain still collide. What is
left then is a cause that a board can talk about; there may be others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from allocator.plan.question.problem import Problem
from allocator.plan.solving.answer import Aim, NothingFound
from allocator.plan.solving.check import WrongPlan, faults, refuse_unsound, values
from allocator.plan.solving.openings import Openings
from allocator.plan.solving.program import small_part
from allocator.plan.solving.solver import Outcome, Solver
from allocator.plan.solving.watch import Patience, Watch, watching


class DemandKind(StrEnum):
    """What is demanded."""

    BOUND = "bound"  # a pledge or a cap
    SMALLEST = "smallest"  # no new site below so many places
    LARGEST = "largest"  # none above
    SMALL_PART = "small part"  # a part of the new places in small sites
    MINORS = "minors"  # the province reaches its number for minors
    PLACES = "places"  # the province reaches its number


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that a plan must keep to."""

    kind: DemandKind
    name: str = ""  # of a bound: what messages call it


def collision(
    problem: Problem, must_meet: bool = False, patience: Patience | None = None
) -> tuple[Demand, ...]:
    """Demands that collide, of which none can be left out; empty where all hold together.

    The numbers of the province are among the demands where they must be met. Bounds are tried
    first, by name, then wishes, and the numbers last: what comes first is left out where it can be.

    A pledge of 150 and a wish that no new site is above 100, with one site of 80 to 200:

    >>> from allocator.plan.question.problem import Bound, Municipality, Site
    >>> towns = (Municipality("GM0687", 146, 0, {}),)
    >>> sites = (Site("quay", ("GM0687",), "regular", 80, 200, None),)
    >>> pledge = Bound("Middelburg promises", "GM0687", False, 150, None)
    >>> asked = Problem(towns, sites, {"regular": 100, "minors": 16}, "minors", 146, 0, (),
    ...     bounds=(pledge,), largest=100)
    >>> [str(demand.name or demand.kind) for demand in collision(asked)]
    ['Middelburg promises', 'largest']
    """
    refuse_unsound(problem)
    kept = list(_demands(problem, must_meet))
    with watching(patience or Patience()) as watch:
        if _hold(problem, kept, watch):
            return ()
        for i, demand in enumerate(tuple(kept)):
            watch.tell(demand.name or demand.kind, i, len(kept))
            fewer = [other for other in kept if other is not demand]
            if not _hold(problem, fewer, watch):
                kept = fewer
    return tuple(kept)


def _demands(problem: Problem, must_meet: bool) -> Iterator[Demand]:
    """All of them, in the order in which they are tried."""
    for name in sorted({bound.name for bound in problem.bounds}):
        yield Demand(DemandKind.BOUND, name)
    if problem.smallest is not None:
        yield Demand(DemandKind.SMALLEST)
    if problem.largest is not None:
        yield Demand(DemandKind.LARGEST)
    if small_part(problem):
        yield Demand(DemandKind.SMALL_PART)
    if must_meet:
        yield Demand(DemandKind.MINORS)
        yield Demand(DemandKind.PLACES)


def _hold(problem: Problem, demands: Collection[Demand], watch: Watch) -> bool:
    """Whether some plan keeps to these demands; if so, one was found and checked."""
    asked = _only(problem, demands)
    openings = Openings(asked)
    solver = Solver(openings.program, watch)
    met = [aim for kind, aim in _MET.items() if Demand(kind) in demands]
    for aim in met:
        solver.limit(openings.goals[aim, None].variable, 0, 0)
    outcome = solver.minimise([], watch.left())
    if outcome is Outcome.NONE:
        return False
    if outcome is Outcome.UNKNOWN:
        raise NothingFound(watch.stopped())
    sizes, credits = openings.sizes(solver), openings.shares(solver)
    lacking = values(asked, sizes, credits)[: len(_MET)]
    missed = [aim for aim, n in zip(_MET.values(), lacking, strict=True) if n and aim in met]
    if found := [*faults(asked, sizes, credits), *missed]:
        raise WrongPlan("; ".join(found))
    return True


#: The demands that are stages of a plan, in the stages' order.
_MET = {DemandKind.PLACES: Aim.PLACES, DemandKind.MINORS: Aim.MINORS}


def _only(problem: Problem, demands: Collection[Demand]) -> Problem:
    """The same question with no other demands than these."""
    kinds = {demand.kind for demand in demands}
    names = {demand.name for demand in demands if demand.kind is DemandKind.BOUND}
    return replace(
        problem,
        bounds=tuple(bound for bound in problem.bounds if bound.name in names),
        smallest=problem.smallest if DemandKind.SMALLEST in kinds else None,
        largest=problem.largest if DemandKind.LARGEST in kinds else None,
        small_part=problem.small_part if DemandKind.SMALL_PART in kinds else None,
    )
