"""What any answer of the workbench must be: told in a page, with nothing in it as it was typed."""

from __future__ import annotations

import os
import re
import tempfile
import threading
from html.parser import HTMLParser
from pathlib import Path

from tests.fuzz.forms.line import Answer, line
from tests.fuzz.forms.requests import JOB, LAST, Asked, from_files
from tests.fuzz.reader import Files
from tests.fuzz.scratch import placed
from tests.fuzz.watch import Failure, Outcome

#: Answers that the workbench gives; 500 is none of them.
GIVEN = {200, 202, 206, 303, 400, 403, 404, 405, 413, 414, 416, 421, 422, 503}
ACCEPTED = {200, 202, 206, 303}

#: Signs of a page with what was typed in it raw.
RAW = re.compile(rb"<x9q|</x9q|\" onx9q=\"|' onx9q='")
#: Where a page says what it found: what is said first, or a problem.
TOLD = re.compile(r'class="problem"[^>]*>[^<]|id="said"[^>]*>\s*(<(p|li|strong)[^>]*>\s*)*[^<\s]')
#: The requests of one sitting use no more threads than the server's own.
THREADS = 60

_JOB = re.compile(rb"/taak/([\w-]{16,})")
_VOID = frozenset(
    ("br", "col", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "line")
)


def answered(files: Files) -> object:
    """Put the requests one after the other; whether all were answered with what was asked."""
    sitting = line()
    sitting.begin()
    where, number = "/", "x"
    outcome = Outcome.ACCEPTED
    with _NothingWritten():
        for each in from_files(files):
            asked = _followed(each, where, number)
            answer = sitting.ask(asked)
            check(asked, answer)
            if answer.status not in ACCEPTED:
                outcome = Outcome.REFUSED
            if "location" in answer.headers:
                where = answer.headers["location"].partition("?")[0]
            if found := _JOB.search(answer.body) or _JOB.search(where.encode()):
                number = found[1].decode()
    return outcome


def _followed(asked: Asked, where: str, number: str) -> Asked:
    path = asked.path.replace("@herkomst-last", where.replace("/controle/", "/herkomst/"))
    path = path.replace(LAST, where).replace(JOB, number)
    return Asked(path, asked.question, asked.method, asked.kind, asked.body, asked.headers)


def check(asked: Asked, answer: Answer) -> None:
    """Whether this may be the answer."""
    if answer.logged:
        raise Failure("traceback", answer.logged[0])
    if answer.status not in GIVEN:
        raise Failure("status", f"{answer.status}: {answer.body[:200]!r}")
    if "default-src 'none'" not in answer.headers.get("content-security-policy", ""):
        raise Failure("policy", str(answer.headers))
    location = answer.headers.get("location", "/")
    if not re.fullmatch(r"/(?!/)[!-~]*", location):
        raise Failure("location", repr(location))
    if (
        answer.kind in ("text/html", "image/svg+xml")
        and answer.headers.get("content-encoding") != "gzip"
    ):
        check_page(asked, answer)


def check_page(asked: Asked, answer: Answer) -> None:
    """A page is whole, in a language, and has nothing in it as it was typed."""
    body = answer.body
    if raw := RAW.search(body):
        raise Failure("raw", repr(body[max(0, raw.start() - 100) : raw.end() + 100]))
    try:
        written = body.decode()
    except UnicodeDecodeError as error:
        raise Failure("encoding", str(error)) from error
    if unfit := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", written):
        raise Failure(
            "sign", f"U+{ord(unfit[0]):04X} near {written[max(0, unfit.start() - 60) :][:80]!r}"
        )
    if answer.kind == "image/svg+xml" or asked.method == "HEAD":
        return
    attached = "attachment" in answer.headers.get("content-disposition", "")
    if not re.search(r'<html lang="(nl|en)"', written) or written.count("<h1") != 1:
        raise Failure("page", written[:300])
    told = TOLD.search(written) or answer.status in (*ACCEPTED, 404)
    if not told and not attached:
        raise Failure("not told", f"{answer.status} {written[-600:]}")
    if len(written) < 60_000:
        _Whole(written)


class _Whole(HTMLParser):
    """Every element that begins ends, and none bears a name that was typed."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(written)
        self.close()
        if self._open:
            raise Failure("page", f"never ends: {self._open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any("x9q" in name for name, _ in attrs):
            raise Failure("raw", str(attrs))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any("x9q" in name for name, _ in attrs):
            raise Failure("raw", str(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open.pop() != tag:
            raise Failure("page", f"</{tag}> where {self._open} are open")


class _NothingWritten:
    """No temporary file, and none where the program runs, is there afterwards."""

    def __enter__(self) -> None:
        self._earlier = tempfile.tempdir, Path.cwd()
        self._folder = placed({}, "forms")
        tempfile.tempdir = str(self._folder)
        os.chdir(self._folder)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        tempfile.tempdir, here = self._earlier
        os.chdir(here)
        if kind is None and (left := sorted(path.name for path in self._folder.iterdir())):
            raise Failure("left over", ", ".join(left))
        if kind is None and threading.active_count() > THREADS:
            raise Failure("threads", str(threading.active_count()))
