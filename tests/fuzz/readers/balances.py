"""Files of balances: openings, realised numbers, joint changes, goals, and agreed numbers."""

from __future__ import annotations

from functools import cache
from random import Random

from allocator.core.distribute import distribute
from allocator.model.instance import Instance
from allocator.periods.account import account
from allocator.reading.balances.read import agreed_numbers, with_balances
from allocator.reading.instances.read import load
from tests.fuzz.draw import seeds
from tests.fuzz.draw.tables import bent_table
from tests.fuzz.draw.whole_instance import BALANCES
from tests.fuzz.draw.workbooks import drawn_workbook
from tests.fuzz.reader import Files, Reader
from tests.fuzz.scratch import placed

_AGREED = "code,name,stream,number\nA,Aalst,places,14\nB,Boom,places,14\nC,Cuijk,minors,2\n"


@cache
def example() -> Instance:
    """The small instance of the tests."""
    return load(placed(seeds.small(), "example"))


def _drawn(source: Random, key: str, written: str) -> Files:
    rows = seeds.written_rows(written)
    if source.randrange(12) == 0:
        return {f"{key}.xlsx": drawn_workbook(source, rows)}
    return {f"{key}.csv": bent_table(source, rows, source.choice((",", ",", ",", ";")))}


def _balances(source: Random) -> Files:
    key = source.choice(tuple(BALANCES))
    return _drawn(source, key, BALANCES[key])


def _read(files: Files) -> object:
    """Read, and accounted for where they are good."""
    path = placed(files) / next(iter(files))
    instance = with_balances(example(), **{path.stem: path})
    return account(distribute(instance))


def _agreed(source: Random) -> Files:
    return _drawn(source, "agreed", _AGREED)


def _read_agreed(files: Files) -> object:
    return agreed_numbers(example(), placed(files) / next(iter(files)))


READERS = (
    Reader("balances", _balances, _read),
    Reader("agreed", _agreed, _read_agreed),
)
