"""The datapackage.json of a folder: its files with their columns, sources and licences.

The same files give the same bytes: there is no time in it, and nothing of the machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from allocator.report.package.licences import licence
from allocator.words.say import say
from allocator.words.text import Value, text

NAME = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures come from."""

    title: Value  # who published them, and what
    licence: str | None = ""  # as recorded; "" where it is not known, None where none is needed


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table."""

    name: str  # its heading
    kind: str  # string, integer or number
    says: Value  # what it holds


@dataclass(frozen=True)
class File:
    """A file of the folder that holds data."""

    path: str  # its name in the folder
    content: bytes
    title: Value  # what it is
    fields: tuple[Field, ...] = ()  # of a table
    key: tuple[str, ...] = ()  # the columns that tell its lines apart
    origins: tuple[Origin, ...] = ()  # what it was made of
    licence: str = ""  # as recorded, of figures that are passed on; what is computed has none


@dataclass(frozen=True)
class Folder:
    """A folder of files that belong together."""

    name: str  # as a program names it
    title: Value
    says: Value  # what is in it
    files: tuple[File, ...]
    origins: tuple[Origin, ...]  # what all of it was made of


def as_json(folder: Folder, lang: str) -> bytes:
    """The datapackage.json."""
    data = {
        "$schema": PROFILE,
        "name": folder.name,
        "title": say(folder.title, lang),
        "description": say(folder.says, lang),
        **_rights(folder.origins, lang),
        "resources": [_resource(file, lang) for file in folder.files],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(file: File, lang: str) -> dict[str, Any]:
    stem, _, ending = file.path.rpartition(".")
    found = licence(file.licence)
    table = {
        "type": "table",
        "schema": {
            "fields": [
                {"name": field.name, "type": field.kind, "description": say(field.says, lang)}
                for field in file.fields
            ],
            **({"primaryKey": list(file.key)} if file.key else {}),
        },
    }
    return {
        "name": stem.replace("_", "-").lower(),
        "path": file.path,
        **(table if file.fields else {}),
        "title": say(file.title, lang),
        "format": ending,
        **({"mediatype": MEDIA[ending]} if ending in MEDIA else {}),
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{sha256(file.content).hexdigest()}",
        **_rights(file.origins, lang),
        **({"licenses": [found]} if found else {}),
    }


def _rights(origins: Sequence[Origin], lang: str) -> dict[str, Any]:
    """The sources, each with its licence as recorded, and what is not known of these."""
    once = _once(origins, lang)
    sources = [{"title": say(one.title, lang), **_recorded(one)} for one in once]
    notes = [say(note, lang) for note in _unknown(once)]
    return {
        **({"sources": sources} if sources else {}),
        **({"licenceNotes": notes} if notes else {}),
    }


def _recorded(origin: Origin) -> dict[str, str | None]:
    return {} if origin.licence is None else {"licence": origin.licence or None}


def _once(origins: Iterable[Origin], lang: str) -> list[Origin]:
    """Each source once, by what is said of it."""
    return list({(say(one.title, lang), one.licence): one for one in origins}.values())


def _unknown(origins: Iterable[Origin]) -> Iterator[Value]:
    for one in origins:
        if one.licence == "":
            yield text(
                "It is not known under which licence this was published: {source}.",
                source=one.title,
            )
        elif one.licence and licence(one.licence) is None:
            yield text(
                "The licence of {source} is in words: {licence}.",
                source=one.title,
                licence=one.licence,
            )
