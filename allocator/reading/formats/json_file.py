"""Reads JSON that somebody else may have written: every number as its text, nothing twice."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from allocator.model.problem import InputError, Place, Problem
from allocator.reading.formats.files import read_bytes
from allocator.reading.formats.yaml_text import DEEPEST, YamlFile
from allocator.reading.library import shown
from allocator.words.text import Text, text

UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class JsonFile(YamlFile):
    """What a file says; its entries have no line."""

    def place(self, *path: str | int) -> Place:
        return Place(self.name)


class _Twice(ValueError):
    """A key that stands in a mapping twice."""


def read_json(path: Path, largest: int) -> JsonFile:
    """The file, in the form that shapes read."""
    name = shown(path)
    content = read_bytes(path, largest)
    try:
        data = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_once,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
        )
    except _Twice as twice:
        raise _unreadable(
            name,
            text("The key {key} stands in one mapping twice.", key=f"'{str(twice)[:60]}'"),
            text("Keep one of the two."),
        ) from twice
    except RecursionError as error:
        raise _too_deep(name) from error
    except json.JSONDecodeError as error:
        raise InputError(
            Problem(
                Place(name, error.lineno),
                text("From here on this is not JSON (column {column}).", column=str(error.colno)),
                text("Give the file as it was written, in UTF-8."),
            )
        ) from error
    except UnicodeDecodeError as error:
        raise _unreadable(
            name,
            text("This is not a text in UTF-8."),
            text("Give the file as it was written, in UTF-8."),
        ) from error
    _check(data, name)
    return JsonFile(name, data, {})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(ascii(key)[1:-1])
        found[key] = value
    return found


def _check(data: Any, name: str) -> None:
    """No text in it moves a cursor or cannot be written, and nothing lies too deep to be read."""
    waiting = [(data, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep(name)
        if isinstance(value, dict):
            waiting.extend((each, depth + 1) for pair in value.items() for each in pair)
        elif isinstance(value, list):
            waiting.extend((each, depth + 1) for each in value)
        elif isinstance(value, str):
            unfit = UNFIT.search(value)
            if unfit:
                raise _unreadable(
                    name,
                    text(
                        "There is a sign that no text holds ({sign}).",
                        sign=f"U+{ord(unfit[0]):04X}",
                    ),
                    text("Give the file as it was written, in UTF-8."),
                )


def _too_deep(name: str) -> InputError:
    return _unreadable(
        name,
        text("This is nested more than {most} deep.", most=DEEPEST),
        text("Give the file as it was written, in UTF-8."),
    )


def _unreadable(name: str, found: Text, mend: Text) -> InputError:
    return InputError(Problem(Place(name), found, mend))
