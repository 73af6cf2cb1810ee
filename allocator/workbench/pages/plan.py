"""The plan of a province: which locations, how large, and what if one of them is left out.

It is looked for in a process of its own. What takes no more than a moment is shown at once; of the
rest the page shows how far it is, and then the answer in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from shlex import join
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allocator.model.instance import Instance
from allocator.model.plan import Location, PlanAsked
from allocator.model.problem import InputError, NoAnswer, Problem
from allocator.plan.after.planned import Planned
from allocator.plan.question.posing import KINDS
from allocator.report.layout import by_name
from allocator.report.paper import set_paper
from allocator.report.paper.paper import Section
from allocator.report.plan.annex import annex
from allocator.report.plan.chapter import as_chapter
from allocator.report.plan.data import as_csv, as_json, as_ledger
from allocator.report.plan.paper import chapter_of, paper_of
from allocator.report.plan.tables import locations
from allocator.words.text import Text, Value, text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.pages import job as job_page
from allocator.workbench.pages.asking import Choice, Field, spoken
from allocator.workbench.pages.job import FOR_A_FILE, MOMENT, jobs_of
from allocator.workbench.pages.taken import attached
from allocator.workbench.render import FRAME, page
from allocator.workbench.work.jobs import Full, Job, State
from allocator.workbench.work.plans import Found, wanted_by, work_of

#: The page's part of an address.
HERE = "plan"

#: What may be taken along, with what each is.
FORMS = ("xlsx", "html", "md", "csv", "ledger.csv", "json")

#: Cases that show how it works.
EXAMPLES = ("nl/plan-example-zeeland", "nl/plan-example-noord-brabant")

WORDS = {
    "leave_out": text("Leave these locations out"),
    "bounds": text("What municipalities pledge, and their caps"),
    "at_least": text("at least"),
    "at_most": text("at most"),
    "follow": text("Follow a location to see the plan without it."),
    "behind": text("The tables behind the plan"),
    "why_not": text("Why can the number not be met?"),
    "no_locations": text("This case brings no locations, so there is nothing to plan with."),
    "examples": text("Two cases show how it works, with invented locations:"),
    "bring": text(
        "A board brings one table of what is there and what could be: a line per location with its "
        "municipality, its kind, its smallest and largest size and the day it opens. Pledges, caps "
        "and agreements may stand in tables of their own. The page plan-format of the manual says "
        "how; on the command line such a table is used like this:"
    ),
    "own_key": text(
        "A plan follows the rule and the numbers of its case. What is asked otherwise of the "
        "distribution does not count here."
    ),
    "not_an_answer": text("There is no such plan."),
    "again": text("Compute it again, to the end"),
}


@dataclass(frozen=True)
class Candidate:
    """A location that may be left out."""

    name: str
    said: Text
    left_out: bool


@dataclass(frozen=True)
class Town:
    """A municipality with what it pledges and its cap, as typed."""

    code: str
    name: str
    bounds: tuple[Field, Field]

    @property
    def wrong(self) -> bool:
        return any(field.problems for field in self.bounds)


def view(scenario: Scenario, request: Request) -> Response:
    """The page."""
    instance = asked.instance_of(scenario.instance)
    if instance.plan is None:
        return _nothing_to_plan(scenario, instance)
    try:
        wanted_by(scenario)
        job = jobs_of(request).waited(work_of(scenario), MOMENT)
    except InputError as error:
        return _told(scenario, instance, error)
    except Full:
        return job_page.full(scenario.lang)
    if job.state is State.WRONG and job.error is not None:
        return _told(scenario, instance, job.error, job)
    if job.state is not State.DONE:
        more = job_page.shown(job, jobs_of(request), scenario.lang)
        return page(
            "plan.html", **_frame(scenario, instance), **more, status=job_page.status_of(job)
        )
    return page("plan.html", **_frame(scenario, instance), **_answer(scenario, job))


def file(scenario: Scenario, request: Request) -> Response:
    """The same plan as a file; while there is none yet, the page."""
    form = request.path_params["form"]
    if form not in FORMS or asked.instance_of(scenario.instance).plan is None:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    try:
        wanted_by(scenario)
        job = jobs_of(request).waited(work_of(scenario), FOR_A_FILE)
    except (InputError, Full):
        return view(scenario, request)
    if job.state is not State.DONE:
        return RedirectResponse(scenario.address(HERE), 303)
    content = _written(job.result, form, scenario.lang)
    return attached(content, form, scenario.instance.replace("/", "-"))


def _written(found: Found, form: str, lang: str) -> bytes:
    match form:
        case "md":
            return as_chapter(found.planned, found.others, lang).encode()
        case "csv":
            return as_csv(found.planned).encode()
        case "ledger.csv":
            return as_ledger(found.planned).encode()
        case "json":
            return as_json(found.planned, found.others, found.made_of).encode()
    return set_paper(paper_of(found.planned, found.others, lang), form, lang)


def _answer(scenario: Scenario, job: Job) -> dict[str, Any]:
    """What the page shows of a plan."""
    found: Found = job.result
    chapter = chapter_of(found.planned, found.others, scenario.lang)
    short = any(found.planned.plan.values[:2])
    must_meet = {**scenario.planning, "must_meet": "1"}
    return {
        "job": job,
        "summary": chapter.summary[1:],
        "plan_cautions": chapter.cautions,
        "sections": [_with_names(section, found.planned) for section in chapter.sections],
        "link": _links(scenario, found.planned),
        "behind": [Section(WORDS["behind"], tables=annex(found.planned, found.others))],
        "why_not": scenario.with_(planning=must_meet).address(HERE) if short else "",
        "files": [(form, scenario.address(HERE, "bestand", form)) for form in FORMS],
        "stopped": found.stopped,
        "job_again": job_page.again_address(job, scenario.lang),
    }


def _with_names(section: Section, planned: Planned) -> Section:
    """The locations' lines with what each is called by options, at which links point."""
    if section.tables != (locations(planned),):
        return section
    table = section.tables[0]
    rows = tuple(
        replace(row, code=location.name)
        for row, (location, _) in zip(table.rows, planned.opened, strict=True)
    )
    return replace(section, said=(WORDS["follow"],), tables=(replace(table, rows=rows),))


def _links(scenario: Scenario, planned: Planned) -> Callable[[str], str]:
    """From a municipality to why it gets its number, from a location to the plan without it."""
    names = {location.name for location in planned.asked.locations}
    to_area = scenario.to_areas("gemeente")

    def link(code: str) -> str:
        if code in names:
            return scenario.with_(without=(*scenario.without, code)).address(HERE)
        return to_area(code)

    return link


def _told(
    scenario: Scenario, instance: Instance, error: InputError, job: Job | None = None
) -> Response:
    """What is wrong, at the field that it is about; or why there is no such plan."""
    bad = error.status == InputError.status
    stopped = error.status not in (InputError.status, NoAnswer.status)
    return page(
        "plan.html",
        **_frame(scenario, instance, error),
        wrong=FRAME["mend"] if bad else "" if stopped else WORDS["not_an_answer"],
        job_again=job_page.again_address(job, scenario.lang) if job and stopped else "",
        told=[spoken(problem, scenario.lang) for problem in error.problems],
        status=422 if bad else 200,
    )


def _nothing_to_plan(scenario: Scenario, instance: Instance) -> Response:
    """What to bring."""
    examples = [
        (Scenario(name, scenario.lang).address(HERE), asked.instance_of(name).title)
        for name in EXAMPLES
    ]
    return page(
        "plan.html",
        scenario.lang,
        here=HERE,
        scenario=scenario,
        instance=instance,
        plan_words=WORDS,
        examples=examples,
        command=f"allocator plan {scenario.instance} --area NAAM --locations tabel.xlsx",
    )


def _frame(
    scenario: Scenario, instance: Instance, error: InputError | None = None
) -> dict[str, Any]:
    """The form, and what stands around the answer."""
    brought = instance.plan
    assert brought is not None
    candidates = list(_candidates(scenario, instance, brought))
    fields, towns = _fields(scenario), list(_towns(scenario, instance, brought))
    if error:
        fields = [_with_problems(each, error) for each in fields]
        towns = [
            replace(town, bounds=(_with_problems(low, error), _with_problems(high, error)))
            for town in towns
            for low, high in (town.bounds,)
        ]
    return {
        "lang": scenario.lang,
        "here": HERE,
        "scenario": scenario,
        "instance": instance,
        "plan_words": WORDS,
        "candidates": candidates,
        "fields": fields,
        "towns": towns,
        "bounded": any(field.value for town in towns for field in town.bounds),
        "cautions_of_page": [WORDS["own_key"]] if _asks_otherwise(scenario) else [],
        "command": _command(scenario),
    }


def _command(scenario: Scenario) -> str:
    """The command line that gives the same; nothing of what cannot be read."""
    try:
        words = wanted_by(scenario).words
    except InputError:
        return ""
    return join(["allocator", "plan", scenario.instance, *words, "--lang", scenario.lang])


def _asks_otherwise(scenario: Scenario) -> bool:
    """Whether another distribution is asked for than that of the instance."""
    otherwise = (scenario.rule, scenario.key, scenario.rounding, scenario.method, scenario.missing)
    return any((*otherwise, *scenario.totals.values(), *scenario.factors.values()))


def _candidates(scenario: Scenario, instance: Instance, brought: PlanAsked) -> Iterator[Candidate]:
    """The locations that may be left out, municipality by municipality."""
    names = instance.division.by_code
    refused = {name.casefold() for name in scenario.without}
    possible = [e for e in brought.locations if not e.existing and e.name not in brought.refused]
    for each in sorted(possible, key=lambda e: (by_name(names[e.areas[0]]), e.name)):
        yield Candidate(each.name, _said(each), each.name.casefold() in refused)


def _said(each: Location) -> Text:
    kind: Value = KINDS[each.kind]
    if each.smallest == each.largest:
        return text("{title}: {number} {kind}", title=each.title, number=each.largest, kind=kind)
    return text(
        "{title}: {least} to {most} {kind}",
        title=each.title,
        least=each.smallest,
        most=each.largest,
        kind=kind,
    )


def _fields(scenario: Scenario) -> list[Field]:
    """What else may be asked."""
    value = scenario.planning.get("fall_out", "")
    return [
        Field(
            "alternatives",
            text("How many other plans, the next best"),
            scenario.planning.get("alternatives", ""),
            number=True,
        ),
        Field(
            "fall_out",
            text("What if a location of the plan falls out"),
            value,
            choices=(
                Choice("", text("do not compute"), not value),
                Choice("1", text("compute it for each; this takes longer"), bool(value)),
            ),
        ),
        Field(
            "seconds",
            text("Time limit in seconds"),
            scenario.planning.get("seconds", ""),
            text("Empty: until it is proven that no plan is better."),
            number=True,
        ),
    ]


def _towns(scenario: Scenario, instance: Instance, brought: PlanAsked) -> Iterator[Town]:
    """The municipalities of the province, by name."""
    division = instance.division
    for area in sorted((division.by_code[c] for c in division.members[brought.area]), key=by_name):
        low, high = (
            Field(
                f"{name}.{area.code}",
                text("{area}, {which}", area=area.name, which=which),
                scenario.planning.get(f"{name}.{area.code}", ""),
                number=True,
            )
            for name, which in (("pledge", WORDS["at_least"]), ("cap", WORDS["at_most"]))
        )
        yield Town(area.code, area.name, (low, high))


def _with_problems(each: Field, error: InputError) -> Field:
    """A field with the problems that are about it."""
    options = {"seconds": "--time-limit", "fall_out": "--fall-out"}
    names = (each.name, options.get(each.name, f"--{each.name}"))

    def about(problem: Problem) -> bool:
        return problem.place.file in names

    return replace(each, problems=tuple(filter(about, error.problems)))
