"""From what was typed to a plan: the instance's own, with locations refused and pledges added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from allocator.asking.names import areas_named
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.plan import PlanAsked, PlanRule, Pledge
from allocator.model.problem import InputError, NoAnswer, Place, Problem, Problems
from allocator.periods.transfers import Neighbours
from allocator.plan.after.planned import Planned, planned
from allocator.plan.beside.alternatives import NextBest, Without, without_each
from allocator.plan.beside.alternatives import alternatives as next_best
from allocator.plan.beside.collide import collision
from allocator.plan.question.posing import Posed, posed
from allocator.plan.solving.answer import NoPlan, NothingFound, Plan
from allocator.plan.solving.solve import solve
from allocator.plan.solving.watch import Patience
from allocator.reading.country.neighbours import neighbours
from allocator.reading.country.tables import other_names_of
from allocator.reading.formats import numerals
from allocator.reading.instances.folders import folder_of
from allocator.reading.instances.read import load
from allocator.reading.library import shown
from allocator.reading.plans.read import with_plan
from allocator.reading.results.receipts import sources, versions_here
from allocator.report.plan.others import Others, demands
from allocator.words.text import Text, series, text


@dataclass(frozen=True)
class Typed:
    """The options as typed."""

    area: str | None
    locations: Path | None
    pledges: Path | None
    agreements: Path | None
    without: tuple[str, ...]
    pledge: tuple[str, ...]
    cap: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """What is asked beside the best plan."""

    alternatives: int = 0  # so many of the next best
    differ: int = 2  # in how many locations these differ at least
    fall_out: bool = False  # what if each opened location falls out
    must_meet: bool = False  # why the number cannot be met, if it cannot


@dataclass(frozen=True)
class Asked:
    """A plan's question, with all that it was made of."""

    distribution: Distribution
    asked: PlanAsked
    rule: PlanRule
    posed: Posed
    neighbours: Neighbours

    def with_plan(self, plan: Plan) -> Planned:
        """A plan that answers it, with what follows from it."""
        return planned(self.distribution, self.asked, self.rule, self.posed, plan, self.neighbours)


def asked(name: str, typed: Typed) -> Asked:
    """The question that the instance and the options put."""
    instance = load(name)
    own = typed.area or typed.locations or typed.pledges or typed.agreements or typed.without
    if own or instance.plan is None:
        instance = with_plan(
            instance,
            typed.area,
            typed.locations,
            typed.pledges,
            typed.agreements,
            typed.without,
        )
    brought, rule = instance.plan, instance.rule.plan
    assert brought is not None
    assert rule is not None
    brought = replace(brought, pledges=(*brought.pledges, *_pledges(typed, instance, rule)))
    distribution = distribute(instance)
    problems = Problems()
    codes = [leaf.code for leaf in instance.division.leaves]
    graph = neighbours(instance.country, instance.day, codes, Place("neighbours"), problems)
    problems.raise_any()
    return Asked(distribution, brought, rule, posed(distribution, brought, rule), graph)


def _pledges(typed: Typed, instance: Instance, rule: PlanRule) -> list[Pledge]:
    """What `--pledge AREA=N` and `--cap AREA=N` say."""
    problems = Problems()
    found = []
    for option, written in (("--pledge", typed.pledge), ("--cap", typed.cap)):
        for one in written:
            with problems.collecting():
                found.append(_pledge(option, one, instance, rule))
    problems.raise_any()
    return found


def _pledge(option: str, written: str, instance: Instance, rule: PlanRule) -> Pledge:
    place = Place(option)
    area, sign, number = written.rpartition("=")
    name, _, part = area.partition(":")
    if not sign or not name.strip() or part.strip() not in ("", rule.whole, rule.minors):
        raise _refused(
            place,
            text("{written} names no municipality with a number.", written=f"'{written}'"),
            text("Write AREA=N, or AREA:{minors}=N for places for minors.", minors=rule.minors),
        )
    try:
        places = numerals.whole(number)
    except numerals.Unreadable as error:
        raise _refused(
            place,
            text("{written} is no whole number of places.", written=f"'{number.strip()}'"),
            text("Write AREA=N, with a whole number."),
        ) from error
    division = instance.division
    leaves = [
        each
        for each in areas_named(name.strip(), division, other_names_of(instance.country))
        if each.level == division.leaf_level
    ]
    inside = division.members[instance.plan.area] if instance.plan else ()
    if len(leaves) != 1 or leaves[0].code not in inside:
        raise _refused(
            place,
            text("{name} is no municipality of the plan's province.", name=f"'{name}'"),
            text(
                "Name one of: {areas}.",
                areas=series([division.by_code[code].name for code in inside], 60),
            ),
        )
    at_least, at_most = (places, None) if option == "--pledge" else (None, places)
    stream = part.strip() or rule.whole
    said = f"{option} {written}"
    return Pledge(said, leaves[0].code, stream, at_least, at_most, said, place)


class _Stopped(NoAnswer):
    """The search was ended before there was any plan."""

    status = 3  # stopped before the end


def best(question: Asked, patience: Patience) -> Plan:
    """The best plan, or why there is none."""
    try:
        return solve(question.posed.problem, patience)
    except NoPlan as nothing:
        raise colliding(question, False, patience) from nothing
    except NothingFound as nothing:
        raise _Stopped(
            Problem(
                Place(question.distribution.instance.file),
                text("No plan was found before the search was stopped; there may be one."),
                text("Give it more time."),
            )
        ) from nothing


def colliding(question: Asked, must_meet: bool, patience: Patience) -> NoAnswer:
    """The demands that do not go together, of which none can be left out."""
    posed, division = question.posed, question.distribution.instance.division
    number = posed.numbers[posed.area]
    found = collision(posed.problem, must_meet, patience)
    names = demands(
        found,
        division.by_code[posed.area].name,
        number.whole,
        number.minors,
        question.asked.wishes,
    )
    place = Place(question.distribution.instance.file)
    if len(names) == 1:
        return NoAnswer(
            Problem(
                place,
                text(
                    "This cannot be met with the locations that are given: {name}.", name=names[0]
                ),
                text("Change it, or bring more locations."),
            )
        )
    return NoAnswer(
        Problem(
            place,
            text("These do not go together: {names}.", names=series(list(names), 20)),
            text("Without any one of them the others do; change one."),
        )
    )


def answered(
    question: Asked, typed: Typed, beside: Beside, patience: Patience
) -> tuple[Planned, Others]:
    """The best plan with what was asked beside it, all within the seconds that there are."""
    began = monotonic()

    def left() -> Patience:
        if patience.seconds is None:
            return patience
        return replace(patience, seconds=max(0.0, patience.seconds - (monotonic() - began)))

    plan, problem = best(question, patience), question.posed.problem
    if beside.must_meet and any(plan.values[:2]):
        raise colliding(question, True, left())
    wanted = beside.alternatives
    others = Others(
        next_best(problem, plan, wanted, beside.differ, left()) if wanted else NextBest(),
        wanted,
        without_each(problem, plan, left()) if beside.fall_out else (),
        cost_of_refused(question, typed, plan, left()),
    )
    return question.with_plan(plan), others


def cost_of_refused(
    question: Asked, typed: Typed, plan: Plan, patience: Patience
) -> Without | None:
    """What the locations that `--without` names cost, beside the best plan with them."""
    typed_names = {name.casefold() for name in typed.without}
    names = tuple(name for name in question.asked.refused if name.casefold() in typed_names)
    if not names:
        return None
    kept = tuple(name for name in question.asked.refused if name not in names)
    free = posed(question.distribution, replace(question.asked, refused=kept), question.rule)
    try:
        with_them = solve(free.problem, patience)
    except NothingFound as nothing:
        return Without(names, plan, None, nothing.stopped)
    pairs = zip(plan.values, with_them.values, strict=True)
    stopped = plan.stopped or with_them.stopped
    return Without(names, plan, tuple(n - before for n, before in pairs), stopped)


def receipt(name: str, read: Mapping[Path, str], typed: Typed) -> dict[str, Any]:
    """The versions, the options and every file that was read, with its SHA-256."""
    named = sources(read, folder_of(name))
    return {
        "versions": versions_here(),
        "options": {
            key: [str(each) for each in value] if isinstance(value, tuple) else str(value)
            for key, value in asdict(typed).items()
            if value
        },
        "inputs": sorted(
            (
                {
                    "of": named[shown(path)].of.value,
                    "file": named[shown(path)].file,
                    "sha256": digest,
                }
                for path, digest in read.items()
            ),
            key=lambda each: (each["of"], each["file"]),
        ),
    }


def _refused(place: Place, found: Text, mend: Text) -> InputError:
    return InputError(Problem(place, found, mend))
