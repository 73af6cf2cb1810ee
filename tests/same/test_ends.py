"""Both ends of the versions that are allowed: what is installed there, and what counts as equal."""

from __future__ import annotations

import pytest

from tests.same.ends import Told, differing, lowest, required
from tests.same.kept import kept

KEPT = {
    f"{name}, {part}": each[part] for name, each in kept().items() for part in ("numbers", "result")
}


def test_every_requirement_has_an_oldest_version() -> None:
    """One without it could be of any age, and nobody would know that it works."""
    found = lowest(required())
    assert {"highspy", "pulp", "pydantic", "starlette"} <= found.keys()
    with pytest.raises(ValueError, match="names no lower bound"):
        lowest(["pulp<4"])


def test_only_answers_count_as_different() -> None:
    here = Told("here", {"pulp": "3.3.2"}, {**KEPT, "a plan": "1"}, 1.0)
    same = Told("newest", {"pulp": "3.9"}, here.answers, 2.0)
    other = Told("lowest", here.versions, {**KEPT, "a plan": "2"}, 2.0)
    silent = Told("lowest", here.versions, KEPT, 2.0)
    assert list(differing([here, same])) == []
    assert list(differing([here, same, other])) == ["a plan: here and lowest differ"]
    assert list(differing([here, silent])) == ["a plan: here and lowest differ"]


def test_a_result_that_is_not_the_kept_one_is_told() -> None:
    question = next(each for each in KEPT if each.endswith(", numbers"))
    changed = Told("here", {}, {**KEPT, question: "sha256:0"}, 1.0)
    (told,) = differing([changed])
    assert told == f"{question}: not what tests/same/hashes.json keeps"
