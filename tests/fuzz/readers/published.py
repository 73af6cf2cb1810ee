"""Tables of numbers as people publish them, in CSV and in workbooks."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from unittest.mock import patch

from allocator.model.downloaded import Asked
from allocator.model.instance import Instance
from allocator.reading.country.gazetteer import gazetteer
from allocator.reading.downloaded import read
from allocator.reading.instances.read import load
from tests.fuzz.draw.signs import in_words, noise, odd_text
from tests.fuzz.draw.tables import Rows, as_csv, bent_rows
from tests.fuzz.draw.workbooks import drawn_workbook
from tests.fuzz.reader import Files, Reader
from tests.fuzz.scratch import placed

_INSTANCES = ("nl/housing-2023-h1", "nl/reception-2024", "nl/minors-2024-3660")

_TITLES: tuple[list[str], ...] = (
    ["Tabel 1"],
    [],
    ["Verdeling over gemeenten; voorlopig"],
    ["Bron: COA, januari 2024"],
)
_NAMES = ("Gemeente", "gemeentenaam", "Naam", "Gebied", "Provincie", "Municipality", "Regio")
_CODES = ("Gemeentecode", "code", "CBS-code", "GM-code")
_NUMBERS = {
    "permit_holders": ("Taakstelling", "Aantal vergunninghouders", "Taakstelling 2023-1"),
    "places": ("Opvangplaatsen", "Totaal opvangplaatsen", "Reception places"),
    "minors": ("waarvan amv", "AMV-plaatsen", "Aantal minderjarigen"),
}
_BESIDE = ("Inwoners", "Achterstand", "Realisatie", "Opmerking", "2021", "Verschil", "Provincie")
_TOTALS = ("Totaal", "Eindtotaal", "Subtotaal", "Totaal Nederland", "Nederland", "Overig")
_MARKS = (*[""] * 20, "*", "¹", " (a)", " (gem.)", ", Utrecht")

_gazetteer = cache(gazetteer)  # which is the same each time, and takes long


@cache
def _instance(name: str) -> Instance:
    return load(name)


def _good(source: Random, instance: Instance) -> Rows:
    """A table as somebody might write it, with a few of the areas or many."""
    division = instance.division
    level = source.choice(division.tree[1:])
    areas = source.sample(division.at(level), min(len(division.at(level)), source.randrange(1, 25)))
    streams = [stream.name for stream in instance.streams.all if stream.name in _NUMBERS]
    headings = [source.choice(_NUMBERS[stream]) for stream in streams]
    beside = source.sample(_BESIDE, source.choice((0, 0, 1, 2)))
    coded = source.randrange(3) == 0
    top = [*([source.choice(_CODES)] if coded else []), source.choice(_NAMES), *headings, *beside]
    rows: Rows = [list(source.choice(_TITLES)) for _ in range(source.choice((0, 0, 1, 3)))]
    rows.append(top)
    notation = source.choice(("{}", "{}", "{:,}", "{},0", "{}.0"))
    dotted = source.randrange(2)
    for area in areas:
        cells = [notation.format(source.randrange(3_000)) for _ in (*headings, *beside)]
        cells = [cell.replace(",", ".") if dotted else cell for cell in cells]
        name = area.name + source.choice(_MARKS)
        rows.append([*([area.code] if coded else []), name, *cells])
    if source.randrange(2):
        rows.append([*([""] if coded else []), source.choice(_TOTALS), *map(str, headings[:0])])
        rows[-1] += [str(source.randrange(40_000)) for _ in headings]
    return rows


def _asked(source: Random) -> dict[str, object]:
    """What whoever brings a table says of it, mostly nothing."""
    said: dict[str, object] = {"instance": source.choice(_INSTANCES)}
    if source.randrange(4) == 0:
        said["level"] = source.choice(("municipality", "province", "", "", odd_text(source)))
        said["notation"] = source.choice(("nl", "en", "", "nl", "en", "", "be"))
        said["sheet"] = source.choice(("Blad1", "", "", odd_text(source)))
        heading = source.choice((*_BESIDE, *_NUMBERS["places"], "B", "ZZ", odd_text(source)))
        stream = source.choice(("places", "permit_holders:corrected", "x", "places:x"))
        said["columns"] = {stream: heading}
        said["names"] = {source.choice((*_TOTALS, "Utrecht", odd_text(source))): "GM0344"}
    return said


def _drawn(source: Random) -> tuple[dict[str, object], Rows]:
    said = _asked(source)
    rows = _good(source, _instance(str(said["instance"])))
    if source.randrange(6) == 0:
        name = source.choice(rows)
        name[:1] = [in_words(source, cell) for cell in name[:1]]
    return said, rows


def _text(source: Random) -> Files:
    said, rows = _drawn(source)
    bent = bent_rows(source, rows, 2) if source.randrange(3) else rows
    content = as_csv(source, bent, source.choice((",", ";", "\t")))
    if source.randrange(6) == 0:
        content = noise(source, content)
    elif source.randrange(8) == 0:
        content = content.decode("utf-8", "replace").encode("cp1252", "replace")
    return {"table.csv": content, "asked.json": json.dumps(said).encode()}


def _book(source: Random) -> Files:
    said, rows = _drawn(source)
    return {"table.xlsx": drawn_workbook(source, rows), "asked.json": json.dumps(said).encode()}


def _read(files: Files) -> object:
    path = placed(files) / next(iter(files))
    said = json.loads(files["asked.json"])
    instance = _instance(said.pop("instance"))
    division = instance.division
    asked = Asked(instance.streams, (*division.tree, *division.also), **said)
    with patch.object(read, "gazetteer", _gazetteer):
        return read.read_downloaded(path, asked, division.day, instance.country)


READERS = (
    Reader("published", _text, _read, one_in=2),
    Reader("published-xlsx", _book, _read, one_in=8),
)
