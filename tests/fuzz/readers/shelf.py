"""Rules, records and the shared tables of a country."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from allocator.model.problem import Place, Problems
from allocator.reading.balances.before import read_before
from allocator.reading.country.tables import check_table
from allocator.reading.instances.lots import read_lots
from allocator.reading.instances.records import read_record
from allocator.reading.library import instances_folder
from allocator.reading.rules import find_rule, read_rule
from tests.fuzz.draw import seeds
from tests.fuzz.draw.tables import bent_table
from tests.fuzz.draw.trees import bent_yaml
from tests.fuzz.draw.workbooks import drawn_workbook
from tests.fuzz.reader import Files, Reader
from tests.fuzz.scratch import placed

_TABLES = ("areas", "cartogram", "mergers", "names", "neighbours", "population", "value", "land")

_LOTS = """\
lots:
- drawn_for: 5d41402abc4b2a76b9719d911017c592ae2b1d4d7c1b1f0a3c1d8f9e0a7b6c5d
  order:
  - {area: GM0344, part: places}
  - {area: GM0363, part: places}
- drawn_for: 7d793037a0760186574b0282f2f435e7ae2b1d4d7c1b1f0a3c1d8f9e0a7b6c5d
  order:
  - {area: GM0344, part: minors}
"""

_BEFORE = """\
code,name,stream,number,changed,opening,realised,closing
A,Aalst,places,10,0,2,5,7
B,Boom,places,20,-3,0,17,0
C,Cuijk,minors,1,3,-4,0,0
"""


def _rule(source: Random) -> Files:
    chosen = seeds.rules()
    # rather small ones, which take less time
    path = chosen[min(source.randrange(len(chosen)), source.randrange(len(chosen)))]
    return {"rule.yaml": bent_yaml(source, seeds.tree(path))}


def _read_rule(files: Files) -> object:
    path = placed(files) / "rule.yaml"
    read_rule(path)
    return find_rule(str(path), date(2024, 2, 1), Place("--rule"))


def _record(source: Random) -> Files:
    path = instances_folder() / "nl" / "records" / "housing.yaml"
    return {"record.yaml": bent_yaml(source, seeds.tree(path))}


def _read_record(files: Files) -> object:
    return read_record(placed(files) / "record.yaml")


@cache
def _files_of(table: str) -> tuple[Path, ...]:
    return tuple(sorted((instances_folder() / "nl" / "tables" / table).glob("*.csv")))


def _table(source: Random) -> Files:
    name = source.choice(_TABLES)
    folder = instances_folder() / "nl" / "tables" / name
    path = source.choice(_files_of(name))
    described = (folder / "table.yaml").read_bytes()
    if source.randrange(3) == 0:
        described = bent_yaml(source, seeds.tree(folder / "table.yaml"))
    return {"table.yaml": described, path.name: bent_table(source, seeds.rows(path)[:15])}


def _read_table(files: Files) -> object:
    return check_table(placed(files, "table"))


def _lots(source: Random) -> Files:
    return {"lots.yaml": bent_yaml(source, seeds.yaml_tree(_LOTS))}


def _read_lots(files: Files) -> object:
    return read_lots(str(placed(files) / "lots.yaml"))


def _before(source: Random) -> Files:
    rows = seeds.written_rows(_BEFORE)
    if source.randrange(12) == 0:
        return {"before.xlsx": drawn_workbook(source, rows)}
    return {"before.csv": bent_table(source, rows)}


def _read_before(files: Files) -> object:
    problems = Problems()
    found = read_before(placed(files) / next(iter(files)), problems)
    problems.raise_any()
    return found


READERS = (
    Reader("rule", _rule, _read_rule, one_in=2),
    Reader("record", _record, _read_record, one_in=2),
    Reader("shared-table", _table, _read_table),
    Reader("lots", _lots, _read_lots),
    Reader("account-before", _before, _read_before),
)
