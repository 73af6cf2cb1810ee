"""The application: which page answers which address.

Every page is made anew from its address; only uploads and running jobs are kept, in memory, for an
hour, under a number that nobody can guess.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

import allocator.report.paper.page as page_folder
from allocator.model.problem import InputError
from allocator.workbench import asked
from allocator.workbench.address import Scenario, read
from allocator.workbench.guard import App, Guard, crashed
from allocator.workbench.pages import distribution, job, municipality, plan, saved, start
from allocator.workbench.pages.asking import spoken
from allocator.workbench.pages.audits import audit, origin, reconcile
from allocator.workbench.pages.bringing import receiving
from allocator.workbench.pages.comparison import compare, sweep
from allocator.workbench.pages.periods import progress, revise
from allocator.workbench.render import page
from allocator.workbench.work.jobs import Jobs

#: The style and script of reports, and those of the workbench itself.
STATIC = (Path(page_folder.__file__).parent, Path(__file__).parent / "static")
FILES = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "bench.css": "text/css",
    "bench.js": "text/javascript",
}

View = Callable[[Scenario, Request], Response]


def application(hosts: Iterable[str], jobs: Jobs | None = None) -> App:
    """The workbench, answering to these names only."""
    pages = Starlette(
        routes=_routes(),
        middleware=[Middleware(GZipMiddleware, compresslevel=4)],
        lifespan=_with_jobs,
        exception_handlers={Exception: crashed},
    )
    pages.state.jobs = jobs or Jobs()
    return Guard(pages, frozenset(hosts))


@asynccontextmanager
async def _with_jobs(pages: Starlette) -> AsyncIterator[None]:
    """A process stands ready from the start; all end with the server."""
    pages.state.jobs.ready()
    yield
    pages.state.jobs.close()


def _routes() -> list[BaseRoute]:
    instance = "{country:str}/{name:str}"
    return [
        Route("/", _start),
        Route("/vraag", saved.open_, methods=["POST"]),
        *(
            Route(f"/{path}/{instance}{rest}", _of_instance(view))
            for path, rest, view in (
                ("verdeling", "", distribution.view),
                ("kaart", "", distribution.picture),
                ("bestand", "/{form:str}", distribution.file),
                ("gemeente", "/{code:str}", municipality.view),
                ("vraag/{page:str}", "", saved.save),
                ("voortgang", "", progress.view),
                ("voortgang", "/{number:str}", progress.view),
                ("voortgang", "/bestand/{form:str}", progress.file),
                ("voortgang", "/{number:str}/bestand/{form:str}", progress.file),
                ("controle", "", audit.view),
                ("controle", "/{number:str}", audit.view),
                ("controle", "/bestand/{form:str}", audit.file),
                ("controle", "/{number:str}/bestand/{form:str}", audit.file),
                ("herkomst", "", origin.view),
                ("herkomst", "/{number:str}", origin.view),
                ("herkomst", "/bestand/{form:str}", origin.file),
                ("herkomst", "/{number:str}/bestand/{form:str}", origin.file),
                ("verzoenen", "", reconcile.view),
                ("verzoenen", "/bestand/{form:str}", reconcile.file),
                ("vergelijken", "", compare.view),
                ("vergelijken", "/kaart", compare.picture),
                ("vergelijken", "/lorenz", compare.curves),
                ("vergelijken", "/{form:str}", compare.file),
                ("doorrekening", "", sweep.view),
                ("doorrekening", "/bestand/{form:str}", sweep.file),
                ("plan", "", plan.view),
                ("plan", "/bestand/{form:str}", plan.file),
                ("herzien", "", revise.view),
                ("herzien", "/kaart", revise.picture),
                ("herzien", "/{form:str}", revise.file),
            )
        ),
        Route("/taak/{number:str}", job.view),
        Route("/taak/{number:str}/stop", job.stop, methods=["POST"]),
        Route("/taak/{number:str}/opnieuw", job.again, methods=["POST"]),
        *(
            Route(f"/{each.HERE}/{instance}", receiving(each.HERE, each.refused), methods=["POST"])
            for each in (audit, progress)
        ),
        *(Route(f"/static/{name}", _static(name, kind)) for name, kind in FILES.items()),
        Route("/{rest:path}", _unknown),
    ]


def _of_instance(view: View) -> Callable[[Request], Response]:
    """A page about an instance of the book; of any other name nothing is read."""

    def answer(request: Request) -> Response:
        name = "{country}/{name}".format(**request.path_params)
        scenario = read(name, request.query_params.multi_items())
        if not asked.known(name):
            return page("unknown.html", scenario.lang, 404, scenario=None)
        try:
            tidied = asked.tidied(scenario)
        except InputError as error:
            told = " ".join(spoken(problem, scenario.lang) for problem in error.problems)
            return page("unknown.html", scenario.lang, 422, scenario=None, told=told)
        return view(tidied, request)

    return answer


def _start(request: Request) -> Response:
    return start.view(request)


def _unknown(request: Request) -> Response:
    lang = "en" if request.query_params.get("lang") == "en" else "nl"
    return page("unknown.html", lang, 404, scenario=None)


def _static(name: str, kind: str) -> Callable[[Request], Response]:
    """One file by its own name: no path of a request is ever opened."""
    path = next(folder / name for folder in STATIC if (folder / name).is_file())
    return lambda request: FileResponse(path, media_type=kind)
