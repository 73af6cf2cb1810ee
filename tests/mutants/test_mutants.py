"""Mutants are made inside functions, change what runs, and none of them is the program itself."""

from __future__ import annotations

from pathlib import Path
from types import FunctionType

import pytest

from tests.mutants.made import mutants_of
from tests.mutants.swapped import changed_functions, loaded_functions, swap
from tests.mutants.tried import ready

PROGRAM = '''
"""A file to change."""
from functools import cached_property

LIMIT: int | None = 3

class Box:
    """Says "two"."""

    @cached_property
    def half(self) -> int | None:
        return 10 - 2

def longest(words: list[str], least: int = 1) -> list[str]:
    if len(words) < least:
        raise ValueError("too few")
    return [word for word in words if word]
'''


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, "utf-8")
    return str(path)


def test_where_changes_are_made(program: str) -> None:
    made = mutants_of(program)
    lines = PROGRAM.splitlines()
    changed = {lines[one.first_line - 1].strip() for one in made}
    assert changed == {
        "return 10 - 2",
        "if len(words) < least:",
        'raise ValueError("too few")',
        "return [word for word in words if word]",
    }
    assert {one.function for one in made} == {"Box.half", "longest"}
    assert {lines[one.first_line - 1].strip() for one in made if one.only_wording} == {
        'raise ValueError("too few")'
    }
    assert len({one.name for one in made}) == len(made)


def test_each_changes_one_line_and_something_that_runs(program: str) -> None:
    for one in mutants_of(program):
        different = zip(PROGRAM.splitlines(), one.changed().splitlines(), strict=True)
        assert sum(before != after for before, after in different) == 1, one.name
        assert ready(one), one.name


def test_what_changes_nothing_that_runs_is_no_mutant(program: str) -> None:
    same = PROGRAM.replace("words: list[str], least", "words: list[int],\n  least")
    assert same != PROGRAM
    assert changed_functions(PROGRAM, same, program) == {}


def test_loaded_functions_change_wherever_they_are_held(program: str) -> None:
    names: dict[str, FunctionType] = {}
    exec(compile(PROGRAM, program, "exec"), names)
    held = names["longest"]
    box = names["Box"]()
    assert held(["a", ""]) == ["a"]
    other = PROGRAM.replace("if word]", "if not word]").replace("10 - 2", "10 - 7")
    changed = changed_functions(PROGRAM, other, program)
    assert swap(PROGRAM, program, changed, loaded_functions()) == 2
    assert held(["a", ""]) == [""]
    assert box.half == 3
