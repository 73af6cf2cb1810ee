"""A paper as one html file: it needs no network, opens by double-click and prints on A4.

The file carries its style, and a small script that sorts and filters its tables; without the
script everything is there all the same. What words go where stands in `page.html`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from allocator.report.layout import capital
from allocator.report.paper.page.parts import (
    by_within,
    explained_codes,
    groups,
    name_of_section,
)
from allocator.report.paper.paper import Cell, Column, Kind, Paper
from allocator.report.paper.said import said_cell
from allocator.words.say import say
from allocator.words.text import Text, text

_FOLDER = Path(__file__).parent
#: The class of a cell that holds no text.
_NUMBER = ' class="n"'

#: The words of the frame around a paper.
WORDS = {
    "to_text": text("To the text"),
    "contents": text("Contents"),
    "beware": text("Beware"),
    "alike": text("The same for every area"),
    "on_paper": text("The explanation of each number is in the file itself, on a screen."),
    "filter": text("Show only lines with"),
    "ascending": text("sorted from low to high"),
    "descending": text("sorted from high to low"),
    "own_order": text("in their own order"),
    "shown": text("lines shown"),
    "table": text("Table"),
}


def as_page(paper: Paper, lang: str) -> str:
    """The whole file."""
    script = (_FOLDER / "page.js").read_text("utf-8")
    explained = explained_codes(paper)
    return (
        environment()
        .get_template("page.html")
        .render(
            paper=paper,
            **speaking(lang, WORDS),
            anchor=name_of_section,
            link=lambda code: f"#why-{code}" if code in explained else "",
            style=Markup((_FOLDER / "page.css").read_text("utf-8")),
            script=Markup(script),
            digest=b64encode(sha256(script.encode()).digest()).decode(),
        )
    )


def speaking(lang: str, words: Mapping[str, Text]) -> dict[str, Any]:
    """What a template needs to say its words, sentences and cells in one language."""
    return {
        "lang": lang,
        "say": lambda value: say(value, lang),
        "capital": lambda value: capital(say(value, lang)),
        "cell": lambda value, column: said_cell(value, column, lang),
        "others": lambda cells, columns: _others(cells, columns, lang),
        "words": {name: say(sentence, lang) for name, sentence in words.items()},
    }


def _others(cells: Sequence[Cell], columns: Sequence[Column], lang: str) -> Markup:
    """The cells of a line behind its first: thousands in a page, too many for a template's loop."""
    return Markup(
        "".join(
            f"<td{'' if column.kind is Kind.TEXT else _NUMBER}>"
            f"{escape(said_cell(cell, column, lang))}</td>"
            for cell, column in zip(cells[1:], columns[1:], strict=True)
        )
    )


@cache
def environment(*folders: Path) -> Environment:
    """Templates here, and in other folders; whatever they write is escaped."""
    found = Environment(
        loader=FileSystemLoader([*folders, _FOLDER]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    found.filters |= {"by_within": by_within, "groups": groups, "drawn": Markup}
    found.globals["text_kind"] = Kind.TEXT
    return found
