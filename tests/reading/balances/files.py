"""Puts a bent file on the Dutch example and says what its reader is told."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from allocator.model.instance import Instance
from allocator.model.problem import InputError
from allocator.reading.balances.read import with_balances
from allocator.reading.instances.read import load

DUTCH = "nl/balances-2021-h2-example"


@cache
def dutch() -> Instance:
    return load(DUTCH)


def codes() -> list[str]:
    """The municipalities of the second half of 2021."""
    return [leaf.code for leaf in dutch().division.leaves]


def read(key: str, path: Path, content: str | bytes) -> Instance:
    """The Dutch example with a file in the place of its own."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return with_balances(dutch(), **{key: path})


def told(key: str, folder: Path, content: str | bytes) -> list[tuple[int | None, str, str]]:
    """Of every problem the line, what was found and what to do."""
    path = folder / f"{key}.csv"
    with pytest.raises(InputError) as caught:
        read(key, path, content)
    assert all(problem.place.file == str(path) for problem in caught.value.problems)
    assert str(caught.value)
    return [
        (problem.place.line, str(problem.found), str(problem.mend))
        for problem in caught.value.problems
    ]
