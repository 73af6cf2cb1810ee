"""Other plans beside the best one: the next best, those without a site, the cost of a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from allocator.plan.question.problem import Problem
from allocator.plan.solving.answer import Apart, NoPlan, NothingFound, Plan, Stopped
from allocator.plan.solving.check import refuse_unsound
from allocator.plan.solving.solve import searched
from allocator.plan.solving.watch import Patience, Watch, watching


@dataclass(frozen=True)
class NextBest:
    """The next best plans, as far as the search came."""

    plans: tuple[Plan, ...] = ()
    stopped: Stopped = Stopped.NO  # why nobody looked further; NO: all that there are, or asked for


@dataclass(frozen=True)
class Without:
    """The best plan when some sites are not there."""

    names: tuple[str, ...]  # the sites that are left out, in order
    plan: Plan | None  # None: there is none, or none was found in time
    more: tuple[int, ...] | None  # per stage: how much more than with them; None without a plan
    stopped: Stopped  # why the search for it ended early, if it did


def alternatives(
    problem: Problem,
    best: Plan,
    number: int,
    differ: int = 1,
    patience: Patience | None = None,
) -> NextBest:
    """The next best plans, fewer where there are no more, in the same order of stages.

    Each differs in so many sites from the best and from every other one: a site counts where it is
    opened in one of two plans and not in the other. The search ends with the first plan that is
    not proven.

    Two sites of 100 would do as well as each other; the first by name was best, the other is next:

    >>> from allocator.plan.question.problem import Municipality, Site
    >>> from allocator.plan.solving.solve import solve
    >>> towns = (Municipality("GM0687", 100, 0, {}),)
    >>> sites = tuple(Site(n, ("GM0687",), "regular", 100, 100, None) for n in ("quay", "yard"))
    >>> asked = Problem(towns, sites, {"regular": 100, "minors": 16}, "minors", 100, 0, ())
    >>> [plan.opened for plan in alternatives(asked, solve(asked), number=1, differ=2).plans]
    [('yard',)]
    """
    refuse_unsound(problem)
    found = [best]
    with watching(patience or Patience()) as watch:
        while len(found) <= number and all(plan.proven for plan in found):
            watch.tell("", len(found) - 1, number)
            apart = [Apart(frozenset(plan.opened), differ) for plan in found]
            try:
                found.append(searched(problem, watch, apart, found[-1]))
            except NoPlan:
                break
            except NothingFound as nothing:
                return NextBest(tuple(found[1:]), nothing.stopped)
    return NextBest(tuple(found[1:]), found[-1].stopped)


def without_each(
    problem: Problem, best: Plan, patience: Patience | None = None
) -> tuple[Without, ...]:
    """For each opened site, in the order of names, the best plan if it falls out."""
    refuse_unsound(problem)
    found = []
    with watching(patience or Patience()) as watch:
        for i, name in enumerate(best.opened):
            if watch.stopped():
                found.append(Without((name,), None, None, watch.stopped()))
                continue
            watch.tell(name, i, len(best.opened))
            found.append(_without(problem, (name,), best, watch))
    return tuple(found)


def cost_of_refusal(
    problem: Problem, refused: Collection[str], best: Plan, patience: Patience | None = None
) -> Without:
    """The best plan without the sites that are refused, beside the best one with them."""
    refuse_unsound(problem)
    with watching(patience or Patience()) as watch:
        return _without(problem, refused, best, watch)


def _without(problem: Problem, names: Iterable[str], best: Plan, watch: Watch) -> Without:
    left_out = tuple(sorted(names))
    fewer = tuple(site for site in problem.sites if site.name not in left_out)
    try:
        plan = searched(replace(problem, sites=fewer), watch, at_best=best)
    except NoPlan:
        return Without(left_out, None, None, Stopped.NO)
    except NothingFound as nothing:
        return Without(left_out, None, None, nothing.stopped)
    more = tuple(n - before for n, before in zip(plan.values, best.values, strict=True))
    return Without(left_out, plan, more, plan.stopped)
