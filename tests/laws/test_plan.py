"""Laws of plans: the first of all plans that there are, whatever order its rows came in.

A search that tries every plan finds the same. What is in a municipality adds up. One more candidate
never makes a plan worse, one fewer never better. Alternatives come in order, differ, and none is
passed over. Demands that collide do so together and not without any one. Without time nothing is
claimed that is not so.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TypeVar

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from allocator.plan.beside.alternatives import alternatives, cost_of_refusal, without_each
from allocator.plan.beside.collide import Demand, DemandKind, collision
from allocator.plan.question.problem import Problem
from allocator.plan.solving.answer import NoPlan, NothingFound, Plan, Stopped
from allocator.plan.solving.check import check
from allocator.plan.solving.solve import solve
from allocator.plan.solving.watch import Patience
from tests.plan.brute_force import Tried, best, every
from tests.plan.small_plans import problems

calm = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(calm, max_examples=20)
Row = TypeVar("Row")


def found(problem: Problem) -> Plan | None:
    try:
        return solve(problem)
    except NoPlan:
        return None


def shuffled(lot: Random, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(lot.sample(rows, len(rows)))


def same(plan: Plan | None, tried: Tried | None) -> bool:
    if plan is None or tried is None:
        return plan is None and tried is None
    return (plan.values, plan.sizes, plan.credits) == (tried.values, tried.sizes, tried.credits)


@calm
@given(problems())
def test_the_first_of_all_plans(problem: Problem) -> None:
    plan = found(problem)
    assert same(plan, best(problem))
    assert plan is None or plan.proven


@calm
@given(problems())
def test_the_places_in_a_municipality_add_up(problem: Problem) -> None:
    plan = found(problem)
    assume(plan is not None)
    assert plan is not None
    for town in problem.municipalities:
        for kind, least in problem.least.items():
            in_sites = sum(
                plan.credits[site.name, town.code] if len(site.areas) > 1 else plan.sizes[site.name]
                for site in problem.sites
                if town.code in site.areas and site.kind == kind
            )
            carried, too_few = plan.carried[town.code, kind], plan.uncounted[town.code, kind]
            assert carried + too_few == town.there.get(kind, 0) + in_sites
            assert too_few < least


@calm
@given(problems(), st.randoms())
def test_the_order_of_rows_decides_nothing(problem: Problem, lot: Random) -> None:
    other = replace(
        problem,
        municipalities=shuffled(lot, problem.municipalities),
        sites=shuffled(lot, problem.sites),
        bounds=shuffled(lot, problem.bounds),
        least=dict(shuffled(lot, tuple(problem.least.items()))),
    )
    assert found(problem) == found(other)


@calm
@given(problems(shared=False), st.permutations("ABCD"))
def test_codes_decide_nothing(problem: Problem, codes: list[str]) -> None:
    """The solver meets the municipalities in another order; sites keep their names."""
    new = dict(zip("ABCD", codes, strict=True))
    other = replace(
        problem,
        municipalities=tuple(replace(m, code=new[m.code]) for m in problem.municipalities),
        sites=tuple(replace(s, areas=tuple(new[a] for a in s.areas)) for s in problem.sites),
        bounds=tuple(replace(bound, area=new[bound.area]) for bound in problem.bounds),
    )
    plan, again = found(problem), found(other)
    assert (plan and plan.sizes) == (again and again.sizes)


@calm
@given(problems(), st.data())
def test_one_more_candidate_never_makes_it_worse(problem: Problem, data: st.DataObject) -> None:
    assume(problem.sites)
    site = data.draw(st.sampled_from(problem.sites))
    fewer = found(replace(problem, sites=tuple(s for s in problem.sites if s is not site)))
    more = found(problem)
    if fewer is not None:
        assert more is not None
        assert more.values <= fewer.values


@few
@given(problems(), st.integers(1, 3))
def test_alternatives_are_the_next_in_order(problem: Problem, differ: int) -> None:
    plan = found(problem)
    assume(plan is not None)
    assert plan is not None
    row = [plan, *alternatives(problem, plan, 3, differ).plans]
    for i, each in enumerate(row[1:], 1):
        others = [frozenset(other.opened) for other in row[:i]]
        assert same(each, best(problem, others, differ))
        assert each.values >= row[i - 1].values
    if len(row) < 4:
        assert best(problem, [frozenset(each.opened) for each in row], differ) is None


@few
@given(problems())
def test_what_falls_out_is_replaced_as_well_as_can_be(problem: Problem) -> None:
    plan = found(problem)
    assume(plan is not None and plan.opened)
    assert plan is not None
    for each in without_each(problem, plan):
        sites = tuple(site for site in problem.sites if site.name not in each.names)
        assert same(each.plan, best(replace(problem, sites=sites)))
        if each.plan is not None:
            assert each.more is not None
            assert each.more >= (0,) * len(each.more)
            assert each.plan.values == tuple(map(sum, zip(plan.values, each.more, strict=True)))


@few
@given(problems(), st.data())
def test_a_refusal_costs_what_the_plans_differ_by(problem: Problem, data: st.DataObject) -> None:
    plan = found(problem)
    assume(plan is not None and problem.sites)
    assert plan is not None
    refused = data.draw(st.sets(st.sampled_from([site.name for site in problem.sites]), min_size=1))
    cost = cost_of_refusal(problem, refused, plan)
    sites = tuple(site for site in problem.sites if site.name not in refused)
    assert same(cost.plan, best(replace(problem, sites=sites)))


def only(problem: Problem, demands: tuple[Demand, ...]) -> Problem:
    """A question with these demands alone; the province's numbers are not said in it."""
    kinds = {demand.kind for demand in demands}
    names = {demand.name for demand in demands}
    return replace(
        problem,
        bounds=tuple(bound for bound in problem.bounds if bound.name in names),
        smallest=problem.smallest if DemandKind.SMALLEST in kinds else None,
        largest=problem.largest if DemandKind.LARGEST in kinds else None,
        small=problem.small if DemandKind.SMALL_PART in kinds else None,
    )


def possible(problem: Problem, demands: tuple[Demand, ...]) -> bool:
    kinds = {demand.kind for demand in demands}
    return any(
        (DemandKind.PLACES not in kinds or tried.values[0] == 0)
        and (DemandKind.MINORS not in kinds or tried.values[1] == 0)
        for tried in every(only(problem, demands))
    )


def few_enough(problem: Problem) -> bool:
    """Without the wishes for sizes there are more plans to try."""
    plans = 1
    for site in problem.sites:
        plans *= 2 + site.largest - site.smallest if len(site.areas) == 1 else 12
    return plans < 5000


@calm
@given(problems(), st.booleans())
def test_demands_collide_together_and_not_without_any_one(problem: Problem, meet: bool) -> None:
    assume(few_enough(problem))
    colliding = collision(problem, must_meet=meet)
    if not colliding:
        everything = [Demand(kind) for kind in DemandKind if kind is not DemandKind.BOUND]
        numbers = (DemandKind.PLACES, DemandKind.MINORS)
        demands = [demand for demand in everything if meet or demand.kind not in numbers]
        bounds = [Demand(DemandKind.BOUND, bound.name) for bound in problem.bounds]
        assert possible(problem, (*bounds, *demands))
        return
    assert not possible(problem, colliding)
    for demand in colliding:
        assert possible(problem, tuple(other for other in colliding if other is not demand))


@calm
@given(problems())
def test_without_time_nothing_is_claimed(problem: Problem) -> None:
    first = best(problem)
    try:
        plan = solve(problem, Patience(seconds=0))
    except NothingFound as nothing:
        plan, stopped = None, nothing.stopped
    if plan is None:
        assert stopped is Stopped.TIME
        return
    assert first is not None
    check(problem, plan)
    assert plan.stopped is (Stopped.NO if plan.proven else Stopped.TIME)
    for stage, least in zip(plan.stages, first.values, strict=True):
        if stage.proven:
            assert stage.value == least
        else:
            assert stage.bound is None or stage.bound <= least
            break
    assert not plan.unique or same(plan, first)
