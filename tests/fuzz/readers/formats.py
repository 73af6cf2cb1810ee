"""The readers of YAML, JSON, CSV and workbooks, before anybody asks what is in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from allocator.model.problem import Problems
from allocator.reading.formats.csv_table import read_csv, written_as
from allocator.reading.formats.json_file import read_json
from allocator.reading.formats.numerals import Numerals, balance, day, whole
from allocator.reading.formats.yaml_text import read_yaml
from allocator.reading.workbooks.workbook import read_sheets
from tests.fuzz.draw import seeds
from tests.fuzz.draw.tables import bent_table
from tests.fuzz.draw.trees import bent_json, bent_yaml
from tests.fuzz.draw.workbooks import drawn_workbook
from tests.fuzz.reader import Files, Reader
from tests.fuzz.scratch import placed


def _yaml(source: Random) -> Files:
    return {"file.yaml": bent_yaml(source, seeds.tree(source.choice(seeds.descriptions())))}


def _read_yaml(files: Files) -> object:
    return read_yaml(placed(files) / "file.yaml")


def _json(source: Random) -> Files:
    return {"file.json": bent_json(source, seeds.tree(source.choice(seeds.descriptions())))}


def _read_json(files: Files) -> object:
    return read_json(placed(files) / "file.json", 1_000_000)


#: The ways in which the figures of a column may be read.
_READERS: dict[str, Callable[[str, Numerals], object]] = {
    "balance": balance,
    "whole": whole,
    "any": lambda written, numerals: numerals.read(written, grouped=True),
    "day": lambda written, _: day(written),
    "text": lambda written, _: written,
}


def _csv(source: Random) -> Files:
    rows = seeds.rows(source.choice(seeds.tables()))
    separator = ";" if source.randrange(4) == 0 else ","
    readers = {name: source.choice((*_READERS, *["text"] * 20)) for name in rows[0]}
    return {
        "file.csv": bent_table(source, rows[: source.randrange(2, 20)], separator),
        "columns.json": json.dumps(readers).encode(),
    }


def _read_csv(files: Files) -> object:
    path = placed(files) / "file.csv"
    readers: dict[str, str] = json.loads(files["columns.json"])
    problems = Problems()
    first, *others = readers
    table = read_csv(path, written_as(path), problems, (first,), tuple(others))
    for record in table.once(first):
        for column, reader in readers.items():
            record.read(column, _READERS[reader])
    problems.raise_any()
    return table


def _workbook(source: Random) -> Files:
    rows = seeds.rows(source.choice(seeds.tables()))
    return {"file.xlsx": drawn_workbook(source, rows[: source.randrange(2, 12)])}


def _read_workbook(files: Files) -> object:
    return read_sheets(placed(files) / "file.xlsx")


READERS = (
    Reader("yaml", _yaml, _read_yaml),
    Reader("json", _json, _read_json),
    Reader("csv", _csv, _read_csv),
    Reader("xlsx", _workbook, _read_workbook, one_in=4),
)
