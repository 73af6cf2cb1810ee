"""Requests as an input holds them: one after the other, a later one using what an earlier gave."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

from tests.fuzz.draw.signs import encoded
from tests.fuzz.reader import Files

#: In an address: what the last answer led to, without its question; and the last job's number.
LAST, JOB = "@last", "@job"


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str  # as it goes over the line
    question: str = ""
    method: str = "GET"
    kind: str = ""  # of the body
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


def as_question(pairs: Sequence[tuple[str, str]]) -> str:
    """Names and values as a browser sends them; half a pair of surrogates stays half."""
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)


def quoted(written: str) -> str:
    return quote_from_bytes(encoded(written), safe="")


def as_files(asked: Sequence[Asked]) -> Files:
    """An input that holds these requests."""
    told = [
        {"path": a.path, "question": a.question, "method": a.method, "kind": a.kind}
        | {"headers": a.headers}
        for a in asked
    ]
    bodies = {f"body-{place}": each.body for place, each in enumerate(asked) if each.body}
    return {"requests.json": json.dumps(told, indent=1).encode(), **bodies}


def from_files(files: Files) -> list[Asked]:
    """The requests of an input."""
    return [
        Asked(
            each["path"],
            each["question"],
            each["method"],
            each["kind"],
            files.get(f"body-{place}", b""),
            tuple((name, value) for name, value in each["headers"]),
        )
        for place, each in enumerate(json.loads(files["requests.json"]))
    ]
