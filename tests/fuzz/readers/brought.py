"""What is brought to the workbench, before a page is asked: saved questions, and tables."""

from __future__ import annotations

from random import Random

from allocator.workbench import brought
from allocator.workbench.pages import saved
from tests.fuzz.draw import seeds
from tests.fuzz.draw.signs import encoded, noise, odd_text
from tests.fuzz.draw.tables import bent_table
from tests.fuzz.draw.trees import bent_json, tree_of
from tests.fuzz.draw.workbooks import drawn_workbook
from tests.fuzz.reader import Files, Reader
from tests.fuzz.watch import Failure, Outcome

_QUESTION = {
    "format": saved.FORMAT,
    "page": "vergelijken",
    "instance": "nl/reception-2024",
    "asked": [["key", "population"], ["total.places", "20000"], ["lang", "en"]],
}


def _question(source: Random) -> Files:
    return {"question.json": bent_json(source, tree_of(_QUESTION))}


def _open(files: Files) -> object:
    """An address of this workbench, or nothing."""
    address = saved._address(files["question.json"])
    if address is None:
        return Outcome.REFUSED
    if not address.startswith("/") or address.startswith("//") or not address.isascii():
        raise Failure("address", address)
    return address


def _upload(source: Random) -> Files:
    rows = seeds.rows(source.choice(seeds.tables()))[:8]
    if source.randrange(4):
        content = drawn_workbook(source, rows)
    else:
        content = noise(source, bent_table(source, rows))
    name = source.choice(("tabel.xlsx", "C:\\\\x\\\\tabel.CSV", "../x", odd_text(source)))
    return {"content": content, "name.txt": encoded(name)}


def _look(files: Files) -> object:
    """What it is, how many lines it has, and under which name it is shown."""
    content = files["content"]
    name = brought.shown_name(files["name.txt"].decode("utf-8", "surrogateescape"), content)
    if not name or len(name) > 100 or "/" in name or "\\" in name or not name.isprintable():
        raise Failure("name", repr(name))
    return Outcome.ACCEPTED if brought.lines_in(content) else Outcome.REFUSED


READERS = (
    Reader("saved-question", _question, _open),
    Reader("upload", _upload, _look, one_in=4),
)
