"""Many keys at once: between which numbers each area moves, when the weights of a key move.

The work is done in a process of its own; the page is the report of `allocator sweep`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allocator.comparison.sweep import Swept
from allocator.model.problem import InputError
from allocator.report.comparison import sweep as report
from allocator.report.comparison.paper import sweep_paper
from allocator.report.paper import set_paper
from allocator.words.text import text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.pages import job as job_page
from allocator.workbench.pages.asking import (
    Field,
    elsewhere,
    keep_field,
    missing_field,
    rounding_field,
    spoken,
    total_fields,
    with_problems,
)
from allocator.workbench.pages.comparison.compare_form import inside_field
from allocator.workbench.pages.job import FOR_A_FILE, MOMENT, jobs_of
from allocator.workbench.pages.taken import KINDS, attached
from allocator.workbench.render import page
from allocator.workbench.work.jobs import Full, State
from allocator.workbench.work.sweeps import USUAL, command_of, typed_by, work_of

#: The page's part of an address.
HERE = "doorrekening"

#: So many formulas are mixed at most.
MOST = 3

WORDS = {
    "type_two": text(
        "Type at least two formulas with the bounds of their weights: then this shows between "
        "which numbers each area moves."
    ),
    "such_as": text("Such as this: inhabitants and land, each between a fifth and four fifths"),
}


def view(scenario: Scenario, request: Request) -> Response:
    """The page."""
    if not scenario.weights:
        example = scenario.with_(weights=("population=20%..80%", "land_ha=20%..80%"))
        return _page(scenario, 200, example=example.address(HERE))
    try:
        typed_by(scenario)
        job = jobs_of(request).waited(work_of(scenario), MOMENT)
    except InputError as error:
        return _page(scenario, 422, error)
    except Full:
        return job_page.full(scenario.lang)
    if job.state is State.WRONG and job.error is not None:
        return _page(scenario, 422 if job.error.status == InputError.status else 200, job.error)
    if job.state is not State.DONE:
        more = job_page.shown(job, jobs_of(request), scenario.lang)
        return _page(scenario, job_page.status_of(job), **more)
    return _page(
        scenario,
        200,
        paper=sweep_paper(job.result, scenario.lang),
        link=scenario.to_areas("gemeente"),
        files=[(form, scenario.address(HERE, "bestand", form)) for form in KINDS],
        command=command_of(scenario),
    )


def file(scenario: Scenario, request: Request) -> Response:
    """The same as a file; while there is none yet, the page."""
    form = request.path_params["form"]
    if form not in KINDS:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    try:
        typed_by(scenario)
        job = jobs_of(request).waited(work_of(scenario), FOR_A_FILE)
    except (InputError, Full):
        return view(scenario, request)
    if job.state is not State.DONE:
        return RedirectResponse(scenario.address(HERE), 303)
    name = f"{scenario.instance.replace('/', '-')}-{HERE}"
    return attached(_written(job.result, form, scenario.lang), form, name)


def _written(swept: Swept, form: str, lang: str) -> bytes:
    if form == "csv":
        return report.as_csv(swept).encode()
    if form == "json":
        return report.as_json(swept).encode()
    return set_paper(sweep_paper(swept, lang), form, lang)


def _page(
    scenario: Scenario, status: int, error: InputError | None = None, **more: Any
) -> Response:
    # which of the formulas a problem is about is not known: it stands at the first
    found = [
        each if each.place < 2 else replace(each, problems=())
        for each in with_problems(_fields(scenario), error)
    ]
    at_no_field = elsewhere(found, error) if error else []
    return page(
        "sweep.html",
        scenario.lang,
        status,
        here=HERE,
        scenario=scenario,
        instance=asked.instance_of(scenario.instance),
        fields=found,
        told=[spoken(problem, scenario.lang) for problem in at_no_field],
        wrong=[spoken(problem, scenario.lang) for problem in error.problems] if error else [],
        sweep_words=WORDS,
        **more,
    )


def _fields(scenario: Scenario) -> list[Field]:
    """What may be asked."""
    instance = asked.instance_of(scenario.instance)
    found = [_formula(place, scenario) for place in range(MOST)]
    label = text("How many keys are tried")
    found.append(Field("sample", label, scenario.sample or str(USUAL), own=str(USUAL), number=True))
    found.append(inside_field(scenario, instance))
    found += [keep_field(scenario, instance)] if len(instance.division.tree) > 2 else []
    found += [*total_fields(scenario, instance), rounding_field(scenario, instance)]
    return [*found, missing_field(scenario)]


def _formula(place: int, scenario: Scenario) -> Field:
    value = scenario.weights[place] if place < len(scenario.weights) else ""
    about = text("A formula and the bounds of its weight, such as population=20%..80%.")
    label = text("Formula {place}", place=str(place + 1))
    return Field("weights", label, value, "" if place else about, place=place + 1)
