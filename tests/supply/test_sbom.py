"""The list of parts has every dependency that pyproject.toml names, each with a licence."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.supply.sbom import licence, normal, parts, sbom

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DOCS = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()


def names(required: list[str]) -> set[str]:
    return {normal(match[0]) for each in required if (match := re.match(r"[\w.-]+", each))}


def test_every_dependency_is_in_the_list() -> None:
    listed = {each["name"] for each in sbom()["components"]}
    assert names(PROJECT["dependencies"]) <= listed


def test_every_part_has_a_licence() -> None:
    assert [name for name, package in parts().items() if not licence(package)] == []


def test_every_dependency_has_its_reason() -> None:
    """Those of an extra too; stubs of types and the tests' tools in a sentence together."""
    extras = PROJECT["optional-dependencies"]
    wanted = names(PROJECT["dependencies"]).union(*map(names, extras.values()))
    told = {
        "pyyaml": "pyyaml",
        "axe-playwright-python": "axe",
        "allocator": "",
    }
    lacking = [
        each
        for each in sorted(wanted)
        if not each.startswith("types-")
        and not each.endswith("-stubs")
        and told.get(each, each) not in DOCS
    ]
    assert lacking == []
