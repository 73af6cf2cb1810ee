"""Receipts from strangers: whatever stands in one, it is refused in words."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allocator.cli.distribution.kept import receipt_of, run
from allocator.model.problem import InputError
from allocator.model.receipt import Form
from allocator.reading.results.receipts import digests, find, read_receipt
from allocator.report.receipt import as_json


@pytest.fixture(scope="module")
def good() -> dict[str, Any]:
    """The receipt of a run, as data."""
    done = run(
        "nl/housing-2023-h1",
        rule=None,
        totals=("20000",),
        rounding="consistent",
        method=None,
        ties=None,
        fixed=("province",),
    )
    data: dict[str, Any] = json.loads(as_json(receipt_of(done, "x.csv", Form.CSV, "en")[0]))
    return data


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a json."""
    yield path
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))
        else:
            yield (*path, key)


def put(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(data)
    here = changed
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    return changed


def read(folder: Path, content: str | bytes) -> None:
    """Read a receipt and look for its inputs; only problems in words may come of it."""
    path = folder / "x.receipt.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    said = "good"
    try:
        find(read_receipt(path), folder, folder)
    except InputError as error:
        said = str(error)
    assert said.encode()


def test_a_receipt_is_read_as_it_was_written(good: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "x.receipt.json"
    path.write_text(json.dumps(good, indent=1) + "\n", "utf-8")
    assert as_json(read_receipt(path)) == path.read_text("utf-8")
    assert len(find(read_receipt(path), tmp_path, tmp_path)) == len(good["inputs"])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)
hostile = st.one_of(
    json_values,
    st.sampled_from(
        (
            *("../../../../etc/passwd", "/etc/passwd", "..", ".", "", "\\", "a\0b", "\ud800"),
            *("instances/../../x", "rules/", "~", "\x1b[2J", "x" * 100_000, "9" * 5_000, -1),
            *({"of": "shelf", "file": "rules/../../etc/passwd"}, {"of": "nowhere"}, 1e400),
        )
    ),
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_value_anywhere_breaks_the_reading(
    good: dict[str, Any], tmp_path: Path, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(places(good), key=str)))
    read(tmp_path, json.dumps(put(good, path, data.draw(hostile))))


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_bytes_break_the_reading(
    good: dict[str, Any], tmp_path: Path, data: st.DataObject
) -> None:
    content = json.dumps(good).encode()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    read(tmp_path, content[:start] + data.draw(st.binary(max_size=20)) + content[end:])


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("inputs", 0, "file"), "../../etc/passwd", "not among the inputs"),
        (("inputs", 1, "file"), "../../etc/passwd", "is missing"),
        (("inputs", 1, "file"), "rules/../../../etc/passwd", "leads out of the folder"),
        (("inputs", 1, "of"), "option", "is missing"),
        (("inputs", 0), {"of": "instance", "file": "/etc/passwd", "sha256": "0" * 64}, "not among"),
        (("question", "rule"), "/etc/own.yaml", "There is no rule"),
        (("question", "rule_file"), {"of": "shelf", "file": "x.yaml"}, "not among the inputs"),
        (("question", "instance", "file"), "instances/nl/tables/areas/2022.csv", "no instance"),
        (("question", "totals"), {"permit_holders": "1e9"}, "has an exponent"),
        (("written", "format"), "pdf", "cannot be 'pdf'"),
        (("result", "hash"), "md5:0", "is no name here"),
        (("format",), "allocator-receipt/2", "no receipt in the format"),
        (("surprise",), 1, "There is no key 'surprise' here"),
        ((), [], "no receipt in the format"),
    ],
)
def test_what_is_wrong_is_said(
    good: dict[str, Any], tmp_path: Path, path: tuple[Any, ...], value: Any, said: str
) -> None:
    file = tmp_path / "x.receipt.json"
    file.write_text(json.dumps(put(good, path, value)), "utf-8")
    with pytest.raises(InputError, match=said):
        find(read_receipt(file), tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[" * 900_000, "nested more than 30 deep"),
        (b'{"a":' * 50 + b"1" + b"}" * 50, "nested more than 30 deep"),
        (b" " * 1_000_001, "at most 1,000,000 are read"),
        (b'{"format": "allocator-receipt/1", "format": "x"}', "in one mapping twice"),
        (b"{", "this is not JSON"),
        (b"NaN", "no receipt in the format"),
    ],
)
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "x.receipt.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_receipt(file)


def test_a_name_longer_than_any_system_takes_is_that_of_no_file(tmp_path: Path) -> None:
    assert digests(["0" * 5_000], tmp_path) == {}
