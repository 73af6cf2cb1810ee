"""Takes in a file that a reader brings to a page, and goes to that page with its number."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allocator.words.text import Text, text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.brought import shown_name
from allocator.workbench.guard import TooLarge
from allocator.workbench.render import page
from allocator.workbench.uploads import LARGEST, UPLOADS

#: What a form that brings a file may hold beside it.
MOST_FIELDS = 10
LARGEST_FIELD = 10_000

NO_FILE = text("No file was chosen, or it is empty. Choose a file with a table.")
NOT_TAKEN = text(
    "This cannot be taken in. Choose one file of at most {most} MB.", most=LARGEST // 1_000_000
)
GONE = text("This table is not here any more: it was kept for an hour. Bring it once more.")

#: What the form says that is alike on every page.
WORDS = {
    "forms": text("Excel (.xlsx) or csv; a PDF is not read."),
    "kept": text("The file stays in the memory of the workbench, for an hour; then it is gone."),
}

#: The page that says what is wrong with what was brought.
Refused = Callable[[Scenario, Text], Response]


def receiving(here: str, refused: Refused) -> Callable[[Request], Awaitable[Response]]:
    """What a page does with the form that brings a file."""

    async def receive(request: Request) -> Response:
        name = "{country}/{name}".format(**request.path_params)
        if not asked.known(name):
            return page("unknown.html", "nl", 404, scenario=None)
        scenario = Scenario(name)
        try:
            async with request.form(
                max_files=1, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD
            ) as form:
                scenario = _scenario(name, form)
                upload = form.get("file")
                content = await _content(upload)
                if isinstance(content, Text):
                    return await run_in_threadpool(refused, scenario, content)
        except (HTTPException, TooLarge):  # no form, or one that is not ours
            return await run_in_threadpool(refused, scenario, NOT_TAKEN)
        number = UPLOADS.keep(*content)
        return RedirectResponse(scenario.address(here, number), 303)

    return receive


def _scenario(name: str, form: FormData) -> Scenario:
    """The instance that the form names, of which the file is."""
    of = form.get("of")
    lang = "en" if form.get("lang") == "en" else "nl"
    return Scenario(of if isinstance(of, str) and asked.known(of) else name, lang)


def within_upload(number: str) -> tuple[str, ...]:
    """The part of an address that names what was brought, if anything was."""
    return (number,) if number else ()


async def _content(brought: UploadFile | str | None) -> tuple[str, bytes] | Text:
    """A file's name and content, or why it is not taken."""
    if not isinstance(brought, UploadFile) or not brought.filename:
        return NO_FILE
    content = await brought.read(LARGEST + 1)
    if len(content) > LARGEST:
        return NOT_TAKEN
    return (shown_name(brought.filename, content), content) if content else NO_FILE
