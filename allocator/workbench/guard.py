"""What keeps the workbench safe: who may ask, how much, and what a page may do.

The Host header must be one of ours, so that no other site can have its name point at this machine
and read along; a page runs only our own script and style, and nothing is asked of any network.
A crash of one request is an answer with a number that stands in the log.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOG = logging.getLogger("allocator.workbench")

#: The longest address, with its question, that is read at all.
LONGEST = 16_000
#: The largest body of a request.
LARGEST = 12_000_000

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Guard:
    """Stands before the application."""

    def __init__(self, inner: App, hosts: frozenset[str]) -> None:
        self.inner = inner
        self.hosts = frozenset(name.lower() for name in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused:
            status, said = refused
            await PlainTextResponse(said, status, HEADERS)(scope, receive, send)
            return
        begun = False

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                given = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.lower().encode(), value.encode())
                        for name, value in HEADERS.items()
                        if name.lower().encode() not in given
                    ),
                ]
            await send(message)

        try:
            await self.inner(scope, _limited(receive), sending)
        except TooLarge:
            if not begun:
                await PlainTextResponse("Te groot. Too large.", 413, HEADERS)(scope, receive, send)
        except Exception as error:  # no request takes the server down
            if not begun:  # what went wrong in a page was told by `crashed`
                await told(scope["path"], error)(scope, receive, send)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is not answered, if so."""
        headers = {name.decode("latin-1").lower(): value for name, value in scope["headers"]}
        host = headers.get("host", b"").decode("latin-1").lower()
        if host not in self.hosts:
            return 421, "This name is not one of ours; start with --allow-host to add it.\n"
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > LONGEST:
            return 414, "The address is too long.\n"
        size = headers.get("content-length", b"0")
        if not size.isdigit() or int(size) > LARGEST:
            return 413, "Too large.\n"
        site = headers.get("sec-fetch-site", b"same-origin")
        followed = scope["method"] == "GET" and headers.get("sec-fetch-dest") == b"document"
        if site not in (b"same-origin", b"none") and not followed:
            return 403, "Another site may not ask this.\n"
        return None


def crashed(request: Request, error: Exception) -> PlainTextResponse:
    """What a reader is told of a page that went wrong."""
    return told(request.url.path, error)


def told(path: str, error: Exception) -> PlainTextResponse:
    """A number that stands in the log, beside what went wrong."""
    number = secrets.token_hex(4)
    LOG.error("request %s failed: %s", number, path, exc_info=error)
    said = (
        f"Er ging iets mis; nummer {number} staat in het logboek.\n"
        f"Something went wrong; number {number} stands in the log.\n"
    )
    return PlainTextResponse(said, 500, HEADERS)


class TooLarge(Exception):
    """A body that goes on beyond what is read."""


def _limited(receive: Receive) -> Receive:
    """The same body, until it is too large."""
    read = 0

    async def receiving() -> MutableMapping[str, Any]:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST:
            raise TooLarge
        return message

    return receiving
