"""The manual is what the commands say of themselves, and its examples are what they do."""

from __future__ import annotations

import pytest

from allocator.cli.main import allocator
from tests.docs.commands import EXAMPLES, PAGES, index, page
from tests.docs.open_questions import PAGE
from tests.docs.open_questions import page as open_questions

MEND = "run `make words`"


def test_every_command_has_a_page_and_an_example() -> None:
    assert set(EXAMPLES) == set(allocator.commands)
    assert {path.stem for path in PAGES.glob("*.md")} == {"index", *allocator.commands}, MEND
    assert (PAGES / "index.md").read_text("utf-8") == index(), MEND


@pytest.mark.parametrize("name", allocator.commands)
def test_a_page_is_what_the_command_says(name: str) -> None:
    assert (PAGES / f"{name}.md").read_text("utf-8") == page(name), MEND


def test_the_open_questions_are_those_of_the_rules() -> None:
    assert PAGE.read_text("utf-8") == open_questions(), MEND
