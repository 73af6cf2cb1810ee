"""Every sentence has its Dutch, and the compiled catalogue is the one of the text."""

from __future__ import annotations

import ast
from gettext import GNUTranslations
from io import BytesIO
from string import Formatter

import pytest
from babel.messages.catalog import Message

from tests.words.catalogue import PACKAGE, PO, compiled, renewed, written

MEND = "run `make words`, fill in the Dutch, and run it again"


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def forms(message: Message) -> list[tuple[str, str]]:
    """Each English form with its Dutch."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string or ("", ""), strict=True))


def spoken(compiled_catalogue: bytes) -> dict[str, str]:
    """What a compiled catalogue says, without the versions in its heading."""
    info = GNUTranslations(BytesIO(compiled_catalogue))
    return {
        str(message.id): info.gettext(message.id)
        if isinstance(message.id, str)
        else "".join(info.ngettext(message.id[0], message.id[1], count) for count in (1, 2))
        for message in renewed()
        if message.id
    }


MESSAGES = [message for message in renewed() if message.id]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.id)[:50])
def test_every_sentence_has_its_dutch(message: Message) -> None:
    for english, dutch in forms(message):
        assert dutch, MEND
        assert places(dutch) == places(english)


def test_the_files_are_those_of_the_code() -> None:
    assert PO.read_bytes() == written(renewed()), MEND
    shipped, fresh = PO.with_suffix(".mo").read_bytes(), compiled(renewed())
    assert spoken(shipped) == spoken(fresh), MEND


def test_sentences_are_written_where_they_are_said() -> None:
    """What is not a plain text cannot be found by the catalogue."""
    for path in PACKAGE.glob("*/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                wanted = {"text": [0], "counted": [1, 2]}.get(node.func.id, [])
                for position in wanted:
                    sentence = node.args[position]
                    assert isinstance(sentence, ast.Constant), f"{path}:{node.lineno}"
