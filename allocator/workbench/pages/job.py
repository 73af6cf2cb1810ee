"""The page of work under way: how far it is, a button that stops it, and then its answer.

Nobody has to stay on it: the work goes on, and its number leads back here for an hour.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allocator.words.text import Text, counted, text
from allocator.workbench.render import page
from allocator.workbench.work.jobs import Full, Job, Jobs, State

#: A request waits so many seconds for work to be done, and for a file of it.
MOMENT = 1.0
FOR_A_FILE = 20.0

#: The words of the part of a page that shows a job.
WORDS = {
    "stop": text("Stop, and show the best so far"),
    "break_off": text("Break it off"),
    "again": text("Compute it again"),
    "goes_on": text("It goes on if you close this page; this link leads back for an hour:"),
    "its_page": text("this computation"),
    "to_answer": text("The answer will stand here"),
    "working": text("Computing"),
    "full": text("So much is waiting that nothing more is taken on. Try it again in a minute."),
    "gone": text("This computation is not known here, or it ended more than an hour ago."),
}


def jobs_of(request: Request) -> Jobs:
    """Those of the server that was asked."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def lang_of(request: Request) -> str:
    return "en" if request.query_params.get("lang") == "en" else "nl"


def shown(job: Job, jobs: Jobs, lang: str) -> dict[str, Any]:
    """What a template needs to show a job."""
    asked = "?lang=en" if lang == "en" else ""
    return {
        "job": job,
        "job_said": said(job, jobs),
        "job_seconds": text("At work for {seconds} s.", seconds=int(jobs.seconds(job))),
        "job_words": WORDS,
        "job_address": f"/taak/{job.number}{asked}",
        "job_stop": f"/taak/{job.number}/stop{asked}",
        "job_again": again_address(job, lang),
    }


def again_address(job: Job, lang: str) -> str:
    """Where a button asks for the same from the beginning."""
    return f"/taak/{job.number}/opnieuw" + ("?lang=en" if lang == "en" else "")


def status_of(job: Job) -> int:
    """Accepted, while a page waits for its answer."""
    return 202 if job.under_way else 200


def said(job: Job, jobs: Jobs) -> Text:
    """How far it is, in a sentence."""
    match job.state:
        case State.WAITING:
            return counted(
                jobs.before(job),
                "Waiting: {number} other computation goes before this one.",
                "Waiting: {number} other computations go before this one.",
            )
        case State.DIED:
            return text("The computation broke down; nothing came of it, and nothing else is hurt.")
        case State.BROKEN_OFF:
            return text("The computation was broken off before there was an answer.")
        case State.RUNNING if job.stopping:
            return text("Stopping: the best so far is on its way.")
        case State.RUNNING if job.of:
            return text("Computing: {place} of {of} steps are done.", place=job.done, of=job.of)
        case State.RUNNING:
            return text("Computing: it has just begun.")
        case State.DONE | State.WRONG:
            return text("The computation is done.")


def view(request: Request) -> Response:
    """The page; once there is an answer, on to that."""
    lang, jobs = lang_of(request), jobs_of(request)
    job = jobs.find(request.path_params["number"])
    if job is None:
        return _gone(lang)
    if job.under_way:
        jobs.watch(job, MOMENT)
    job = jobs.seen(job)
    if job.state in (State.DONE, State.WRONG):
        return RedirectResponse(job.work.address(lang), 303)
    return page("job.html", lang, scenario=None, **shown(job, jobs, lang))


def stop(request: Request) -> Response:
    """What there is so far is asked for; asked again, it is broken off."""
    job = jobs_of(request).find(request.path_params["number"])
    if job is None:
        return _gone(lang_of(request))
    jobs_of(request).stop(job)
    return _to(job, request)


def again(request: Request) -> Response:
    """The same from the beginning, where it has ended."""
    job = jobs_of(request).find(request.path_params["number"])
    if job is None:
        return _gone(lang_of(request))
    try:
        return _to(jobs_of(request).again(job), request)
    except Full:
        return full(lang_of(request))


def full(lang: str) -> Response:
    """Nothing more is taken on."""
    return page("unknown.html", lang, 503, scenario=None, told=WORDS["full"])


def _gone(lang: str) -> Response:
    return page("unknown.html", lang, 404, scenario=None, told=WORDS["gone"])


def _to(job: Job, request: Request) -> Response:
    asked = "?lang=en" if lang_of(request) == "en" else ""
    return RedirectResponse(f"/taak/{job.number}{asked}", 303)
