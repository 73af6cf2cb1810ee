"""Figures near those of an instance from which its published numbers follow exactly.

Finding them takes seconds, in a process of its own; until then the page shows how far that is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allocator.model.instance import Instance
from allocator.model.problem import InputError
from allocator.report.audits.reconciled import PLACES
from allocator.report.paper import set_paper
from allocator.words.numbers import plain_decimals
from allocator.words.say import say
from allocator.words.text import Text, text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.pages import job as job_page
from allocator.workbench.pages.asking import Choice, Field, elsewhere, spoken, with_problems
from allocator.workbench.pages.audits.audit import HERE as AUDIT
from allocator.workbench.pages.audits.origin import NO_TABLE
from allocator.workbench.pages.job import FOR_A_FILE, MOMENT, jobs_of
from allocator.workbench.pages.taken import KINDS, attached
from allocator.workbench.render import page
from allocator.workbench.work.jobs import Full, State
from allocator.workbench.work.reconciliations import (
    HERE,
    TITLE,
    Reconciliation,
    bounds_asked,
    command_of,
    work_of,
)

NOT_SAID = text(
    "It is not known which figures of this case may be off. Choose them, and say how far each may "
    "be off: then this looks for figures from which the published numbers follow."
)
WORDS = {
    "title": TITLE,
    "about": text(
        "Rounded or outdated figures may be why a published table is not quite what the rule "
        "gives. This looks for the smallest change of figures from which it follows."
    ),
    "back": text("Back to the table"),
}


def view(scenario: Scenario, request: Request) -> Response:
    """The page."""
    instance = asked.instance_of(scenario.instance)
    if instance.published is None:
        return _page(scenario, 200, told=[say(NO_TABLE, scenario.lang)], fields=[])
    if not (instance.uncertain or scenario.indicator or scenario.tolerance):
        return _page(scenario, 200, told=[say(NOT_SAID, scenario.lang)])
    try:
        bounds_asked(scenario, instance)
        job = jobs_of(request).waited(work_of(scenario), MOMENT)
    except InputError as error:
        return _wrong(scenario, error)
    except Full:
        return job_page.full(scenario.lang)
    if job.state is State.WRONG and job.error is not None:
        return _wrong(scenario, job.error)
    if job.state is not State.DONE:
        more = job_page.shown(job, jobs_of(request), scenario.lang)
        return _page(scenario, job_page.status_of(job), **more)
    found: Reconciliation = job.result
    return _page(
        scenario,
        200,
        paper=found.paper,
        link=Scenario(scenario.instance, scenario.lang).to_areas("gemeente"),
        files=[
            (form, scenario.address(HERE, "bestand", form))
            for form in KINDS
            if form != "csv" or found.csv
        ],
        command=command_of(scenario),
        wider=_wider(scenario, found),
    )


def _wider(scenario: Scenario, found: Reconciliation) -> tuple[str, Text] | None:
    """Where the same is asked with a tolerance that is wide enough, if one is known."""
    if not found.enough:
        return None
    tolerance = plain_decimals(found.enough, PLACES)
    said = text("Look for figures that are off by {tolerance} at most", tolerance=found.enough)
    return scenario.with_(tolerance=tolerance).address(HERE), said


def file(scenario: Scenario, request: Request) -> Response:
    """The same as a file; while there is none, the page."""
    form = request.path_params["form"]
    instance = asked.instance_of(scenario.instance)
    if form not in KINDS:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    if instance.published is None:
        return view(scenario, request)
    try:
        bounds_asked(scenario, instance)
        job = jobs_of(request).waited(work_of(scenario), FOR_A_FILE)
    except (InputError, Full):
        return view(scenario, request)
    content = _content(job.result, form, scenario.lang) if job.state is State.DONE else b""
    if not content:
        return RedirectResponse(scenario.address(HERE), 303)
    return attached(content, form, f"{HERE}-{scenario.instance.replace('/', '-')}")


def _content(found: Reconciliation, form: str, lang: str) -> bytes:
    if form in ("csv", "json"):
        return (found.csv if form == "csv" else found.json).encode()
    return set_paper(found.paper, form, lang)


def _wrong(scenario: Scenario, error: InputError) -> Response:
    """What is wrong, at the field where it can be mended."""
    form = with_problems(_fields(scenario), error)
    # which of the areas a problem is about is not known: it stands at the first
    form = [each if each.place < 2 else replace(each, problems=()) for each in form]
    lines = [spoken(problem, scenario.lang) for problem in elsewhere(form, error)]
    return _page(scenario, 422, told=lines, wrong=True, fields=form)


def _fields(scenario: Scenario) -> list[Field]:
    """What may be asked."""
    instance = asked.instance_of(scenario.instance)
    return [
        _indicator(scenario, instance),
        Field(
            "tolerance",
            text("How far each figure may be off"),
            scenario.tolerance,
            text("Such as 0.02. Empty: as far as this case says.")
            if instance.uncertain
            else text("Such as 0.02, in the unit of the figure itself."),
            number=True,
        ),
        *(_free(place, code, instance) for place, code in enumerate((*scenario.free, ""))),
    ]


def _indicator(scenario: Scenario, instance: Instance) -> Field:
    """Which figures; where only one is uncertain, that is asked without its name."""
    own = next(iter(instance.uncertain)) if len(instance.uncertain) == 1 else ""
    chosen = scenario.indicator or own
    several = [
        Choice("" if name == own else name, figure.title, name == chosen)
        for name, figure in instance.indicators.items()
    ]
    if not own:
        several.insert(0, Choice("", text("none"), not chosen))
    label = text("Figures that may be off")
    return Field("indicator", label, scenario.indicator, choices=tuple(several))


def _free(place: int, code: str, instance: Instance) -> Field:
    """An area held to no tolerance; only the last, for one more, lists them all."""
    leaves = [area for area in instance.division.leaves if code in ("", area.code)]
    leaves.sort(key=lambda area: area.name)
    several = [Choice(area.code, area.name, area.code == code) for area in leaves]
    label = text("Area {place} held to no tolerance", place=str(place + 1))
    choices = (Choice("", text("none"), not code), *several)
    return Field("free", label, code, choices=choices, place=place + 1)


def _page(scenario: Scenario, status: int, **found: Any) -> Response:
    return page(
        "reconcile.html",
        scenario.lang,
        status,
        here=HERE,
        scenario=scenario,
        instance=asked.instance_of(scenario.instance),
        back=scenario.address(AUDIT),
        action=f"/{HERE}/{scenario.instance}",
        says={name: say(sentence, scenario.lang) for name, sentence in WORDS.items()},
        **({"paper": None, "told": [], "wrong": False, "fields": _fields(scenario)} | found),
    )
