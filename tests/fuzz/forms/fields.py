"""What the forms of a page ask, read from the page itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from tests.fuzz.forms.line import line
from tests.fuzz.forms.requests import Asked


@dataclass
class Form:
    """The fields by name, each with the values that the page itself offers."""

    fields: dict[str, list[str]] = field(default_factory=dict)


class _Controls(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Form()
        self._chosen_in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag in ("input", "select", "textarea", "button") and name:
            values = self.found.fields.setdefault(name, [])
            if given.get("value"):
                values.append(given["value"])
            self._chosen_in = name if tag == "select" else self._chosen_in
        elif tag == "option" and self._chosen_in:
            self.found.fields[self._chosen_in].append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._chosen_in = ""


@cache
def form_of(path: str, question: str = "") -> Form:
    """The fields of a page."""
    reader = _Controls()
    answer = line().ask(Asked(path, question))
    assert answer.status in (200, 202), f"{path}?{question}: {answer.status}"
    reader.feed(answer.body.decode())
    return reader.found
