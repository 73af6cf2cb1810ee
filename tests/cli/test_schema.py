"""`allocator schema`: the schemas by name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import allocator
from allocator.cli.schema import FOLDER, described
from tests.cli.runner import run


def test_without_a_name_it_lists_every_schema_that_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcome = run(monkeypatch, "schema")
    names = [line.split()[0] for line in outcome.out.splitlines()]
    assert names == list(described())
    assert sorted(names) == sorted(path.stem for path in FOLDER.glob("*"))


@pytest.mark.parametrize("name", described())
def test_a_schema_is_printed_as_it_lies_there(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    outcome = run(monkeypatch, "schema", name)
    assert outcome.status == 0
    assert outcome.out == (FOLDER / f"{name}.json").read_text("utf-8")
    found = json.loads(outcome.out)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$id"] == f"urn:allocator:schema:{name}:1"


def test_another_name_is_told_which_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run(monkeypatch, "schema", "results")
    assert outcome.status == 2
    assert not outcome.out
    assert "There is no schema 'results'." in outcome.err
    assert "The schemas are: result, receipt," in outcome.err


def test_every_format_that_the_code_names_has_a_schema_and_a_line_in_the_docs() -> None:
    package = Path(allocator.__file__).parent
    code = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    formats = set(re.findall(r'"allocator-([a-z-]+)/1"', code))
    assert formats == described().keys()
    page = (package.parent / "docs" / "result-format.md").read_text("utf-8")
    for name in formats:
        assert f"| `{name}` | `allocator-{name}/1` |" in page
