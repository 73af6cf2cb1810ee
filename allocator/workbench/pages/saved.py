"""A question as a file: for who cannot send so long an address, and to keep it.

The file holds what the address holds, and opening it goes to that address.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allocator.words.text import text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.guard import LONGEST, TooLarge
from allocator.workbench.pages import start
from allocator.workbench.render import SAVED

FORMAT = "allocator-question/1"
LARGEST = 100_000

NOT_READ = text("This is no question that was saved here. Choose a file that a page gave you.")
TOO_LONG = text("This question is too long to be asked here.")


def save(scenario: Scenario, request: Request) -> Response:
    """The question of a page as a file."""
    of = request.path_params["page"]
    if of not in SAVED:
        return start.view(request, status=404)
    pairs = list(request.query_params.multi_items())
    content = {"format": FORMAT, "page": of, "instance": scenario.instance, "asked": pairs}
    name = f"{of}-{scenario.instance.replace('/', '-')}.question.json"
    return Response(
        json.dumps(content, ensure_ascii=False, indent=1) + "\n",
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def open_(request: Request) -> Response:
    """From the file back to the page."""
    try:
        async with request.form(max_files=1, max_fields=2, max_part_size=LARGEST) as form:
            brought = form.get("file")
            content = await brought.read(LARGEST + 1) if isinstance(brought, UploadFile) else b""
    except (HTTPException, TooLarge):
        content = b""
    address = _address(content)
    if address is None:
        return await run_in_threadpool(start.view, request, 422, NOT_READ)
    if len(address) > LONGEST - 100:
        return await run_in_threadpool(start.view, request, 422, TOO_LONG)
    return RedirectResponse(address, 303)


def _address(content: bytes) -> str | None:
    """Where a saved question is answered; None of anything else."""
    if len(content) > LARGEST:
        return None
    try:
        saved = json.loads(content)
    except (ValueError, RecursionError):
        return None
    match saved:
        case {"format": format_, "page": str(page), "instance": str(name), "asked": list(pairs)}:
            known = format_ == FORMAT and page in SAVED and asked.known(name)
            if known and all(_is_pair(each) for each in pairs):
                question = urlencode([tuple(each) for each in pairs])
                return f"/{page}/{name}" + (f"?{question}" if question else "")
    return None


def _is_pair(each: object) -> bool:
    return (
        isinstance(each, list)
        and len(each) == 2
        and all(isinstance(part, str) and part.isprintable() for part in each)
    )
