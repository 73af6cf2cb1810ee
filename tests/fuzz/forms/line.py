"""The line to the workbench: a request put to the application itself, as a server would put it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

from allocator.workbench.app import application
from allocator.workbench.guard import App
from allocator.workbench.uploads import UPLOADS
from tests.fuzz.forms.requests import Asked
from tests.fuzz.forms.standing import Standing

HOST = "localhost:8765"
#: A body comes in pieces of so many bytes.
PIECE = 60_000

Message = MutableMapping[str, Any]


@dataclass
class Answer:
    """What came back, and what the log was told meanwhile."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    logged: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class _Log(logging.Handler):
    """Keeps what the workbench writes into its log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter().format(record))


@contextmanager
def _logged() -> Iterator[list[str]]:
    """What the workbench writes into its log meanwhile, which nobody else hears."""
    log = logging.getLogger("allocator.workbench")
    kept, earlier = _Log(), log.propagate
    log.addHandler(kept)
    log.propagate = False
    try:
        yield kept.lines
    finally:
        log.removeHandler(kept)
        log.propagate = earlier


class Line:
    """A workbench of its own, with nothing brought to it and no work done."""

    def __init__(self) -> None:
        self.jobs = Standing()
        self._app: App = application({HOST}, self.jobs)
        self._loop = asyncio.new_event_loop()

    def begin(self) -> None:
        """Forget what was brought and asked before."""
        self.jobs.forget_all()
        UPLOADS._kept.clear()

    def ask(self, asked: Asked) -> Answer:
        answer = Answer()
        with _logged() as answer.logged:
            self._loop.run_until_complete(self._put(asked, answer))
        return answer

    async def _put(self, asked: Asked, answer: Answer) -> None:
        pieces = [asked.body[at : at + PIECE] for at in range(0, len(asked.body), PIECE)] or [b""]
        given = {"host": HOST, "content-length": str(len(asked.body)), "content-type": asked.kind}
        headers = {**given, **{name.lower(): value for name, value in asked.headers}}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": asked.method,
            "scheme": "http",
            "path": unquote(asked.path),
            "raw_path": asked.path.encode("ascii", "backslashreplace"),
            "query_string": asked.question.encode("ascii", "backslashreplace"),
            "root_path": "",
            "headers": [
                (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
                for name, value in headers.items()
                if value or name == "host"
            ],
            "server": ("127.0.0.1", 8765),
            "client": ("127.0.0.1", 50_000),
        }

        async def receive() -> Message:
            if pieces:
                piece = pieces.pop(0)
                return {"type": "http.request", "body": piece, "more_body": bool(pieces)}
            never: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
            return await never  # nobody hangs up

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in message["headers"]
                }
            else:
                answer.body += message.get("body", b"")

        await self._app(scope, receive, send)


@cache
def line() -> Line:
    """That of this process."""
    return Line()
