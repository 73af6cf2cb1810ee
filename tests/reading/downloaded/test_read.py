"""A table is read as it was meant, or asked about; never otherwise."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings

from allocator.model.downloaded import Downloaded
from allocator.model.problem import InputError
from allocator.reading.country.gazetteer import gazetteer
from allocator.reading.downloaded import read as reading
from tests.reading.downloaded.tables import Written, as_read, tables

NO_LIMIT = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True, scope="module")
def _one_gazetteer_a_day() -> Iterator[None]:
    """The areas of a day are read once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "gazetteer", cache(gazetteer))
        yield


def read(table: Written) -> Downloaded:
    with tempfile.TemporaryDirectory() as folder:
        path = table.save(Path(folder))
        return reading.read_downloaded(path, table.asked, table.instance.day, "nl")


@NO_LIMIT
@given(tables(coded=False))
def test_names_are_read_right_or_asked_about(table: Written) -> None:
    try:
        found = read(table)
    except InputError:
        event("asked")
    else:
        event("read")
        assert as_read(found) == table.expected


@NO_LIMIT
@given(tables(coded=True, decoys=False))
def test_with_codes_and_a_notation_it_is_read_whole(table: Written) -> None:
    assert as_read(read(table)) == table.expected
