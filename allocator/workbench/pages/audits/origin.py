"""What a published table may have been made from: years, map, key, rounding and total.

Hundreds of ways are tried, in a process of its own; until then the page shows how far that is.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allocator.model.problem import InputError
from allocator.report.paper import set_paper
from allocator.words.say import say
from allocator.words.text import text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.brought import audit_of, with_lines
from allocator.workbench.pages import job as job_page
from allocator.workbench.pages.asking import spoken
from allocator.workbench.pages.audits.audit import HERE as AUDIT
from allocator.workbench.pages.bringing import GONE, within_upload
from allocator.workbench.pages.taken import KINDS, attached
from allocator.workbench.render import page
from allocator.workbench.uploads import UPLOADS, Upload
from allocator.workbench.work.jobs import Full, Job, State
from allocator.workbench.work.origins import HERE, Origin, work_of

#: A request waits so many seconds for an answer, and for a file of it.
MOMENT = 1.0
FOR_A_FILE = 30.0

NO_TABLE = text("No published table of this distribution is known here.")
WORDS = {
    "title": text("What may this table have been made from?"),
    "back": text("Back to the table"),
    "only_own": text(
        "The command line asks this of the table that an instance brings: name this table under "
        "published: in an instance of your own."
    ),
}


def view(scenario: Scenario, request: Request) -> Response:
    """The page: of a table that was brought where the address has its number."""
    found = _asked(scenario, request, MOMENT)
    if isinstance(found, Response):
        return found
    job, number, upload = found
    if job.state is State.WRONG and job.error is not None:
        if upload and not _is_read(scenario, upload):
            return RedirectResponse(scenario.address(AUDIT, number), 303)
        told = [spoken(each, scenario.lang) for each in with_lines(job.error).problems]
        return _page(scenario, 422, number, upload, told=told)
    if job.state is not State.DONE:
        more = job_page.shown(job, job_page.jobs_of(request), scenario.lang)
        return _page(scenario, 202, number, upload, **more)
    origin: Origin = job.result
    return _page(
        scenario,
        200,
        number,
        upload,
        paper=origin.paper,
        link=scenario.with_(reading={}).to_areas("gemeente"),
        files=[
            (form, scenario.address(HERE, *within_upload(number), "bestand", form))
            for form in KINDS
        ],
        command=f"allocator infer {scenario.instance} --lang {scenario.lang}",
    )


def _is_read(scenario: Scenario, upload: Upload) -> bool:
    """Whether the table can be read; if not, the page of the table asks what is lacking."""
    try:
        audit_of(scenario, upload)
    except InputError:
        return False
    return True


def _asked(
    scenario: Scenario, request: Request, seconds: float
) -> tuple[Job, str, Upload | None] | Response:
    """The job that finds it, or the page that says why there is none."""
    number = request.path_params.get("number", "")
    upload = UPLOADS.of(number) if number else None
    if number and upload is None:
        return _page(scenario, 404, told=[say(GONE, scenario.lang)])
    if not upload and asked.instance_of(scenario.instance).published is None:
        return _page(scenario, 200, told=[say(NO_TABLE, scenario.lang)])
    try:
        job = job_page.jobs_of(request).waited(work_of(scenario, number, upload), seconds)
    except Full:
        return job_page.full(scenario.lang)
    return job, number, upload


def file(scenario: Scenario, request: Request) -> Response:
    """The same as a file; while there is none yet, the page."""
    form = request.path_params["form"]
    if form not in KINDS:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    found = _asked(scenario, request, FOR_A_FILE)
    if isinstance(found, Response):
        return found
    job, number, _ = found
    if job.state is not State.DONE:
        return RedirectResponse(scenario.address(HERE, *within_upload(number)), 303)
    content = _content(job.result, form, scenario.lang)
    return attached(content, form, f"{HERE}-{scenario.instance.replace('/', '-')}")


def _content(origin: Origin, form: str, lang: str) -> bytes:
    if form in ("csv", "json"):
        return (origin.csv if form == "csv" else origin.json).encode()
    return set_paper(origin.paper, form, lang)


def _page(
    scenario: Scenario,
    status: int,
    number: str = "",
    upload: Upload | None = None,
    **found: object,
) -> Response:
    return page(
        "origin.html",
        scenario.lang,
        status,
        here=HERE,
        within=within_upload(number),
        scenario=scenario,
        instance=asked.instance_of(scenario.instance),
        upload=upload,
        back=scenario.address(AUDIT, *within_upload(number)),
        says={name: say(sentence, scenario.lang) for name, sentence in WORDS.items()},
        **({"paper": None, "told": []} | found),
    )
