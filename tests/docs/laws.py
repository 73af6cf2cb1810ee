"""Writes the page of the laws, from the top of each file and the names of its tests.

`make words` renews it; the test beside this file tells when that was forgotten.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import is_hypothesis_test

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "laws.md"
BEFORE = """\
# The laws

What holds of every instance, whatever its figures. Each law is a test that looks for an instance
of which it does not hold. Behind it stands how many random instances each run of the tests tries;
where it says *its own cases*, the test lists them or draws them itself. To try every law more
often: `make laws N=100000`, or those of one file: `make laws N=100000 LAW=tests/laws/test_sums.py`.
"""


def page() -> str:
    """Every file of laws: its words, and its tests."""
    sections = [section for path in files() for section in _section(path)]
    return "\n".join([BEFORE, *sections])


def files() -> list[Path]:
    """The laws of the whole, one file for each, and those of the two parts of the mathematics."""
    return [*sorted(TESTS.glob("laws/test_*.py")), *sorted(TESTS.glob("*/*/test_laws.py"))]


def _section(path: Path) -> Iterator[str]:
    name = path.relative_to(TESTS.parent).with_suffix("")
    module = import_module(".".join(name.parts))
    yield f"## {_title(path)}"
    yield ""
    yield inspect.getdoc(module) or ""
    yield ""
    yield from (f"- {_words(law.__name__)} ({_often(law)})" for law in laws(module))
    yield ""


def laws(module: ModuleType) -> list[Callable[..., Any]]:
    """The tests of a file, in its order."""
    found = [law for name, law in vars(module).items() if name.startswith("test_")]
    return [law for law in found if law.__module__ == module.__name__]


def _title(path: Path) -> str:
    if path.stem == "test_laws":
        return {"shares": "Fair shares", "whole": "Whole numbers"}[path.parent.name]
    return _words(path.stem).capitalize()


def _words(name: str) -> str:
    return name.removeprefix("test_").replace("_", " ")


def _often(law: Callable[..., Any]) -> str:
    if not is_hypothesis_test(law):
        return "its own cases"
    return str(law._hypothesis_internal_use_settings.max_examples)  # type: ignore[attr-defined]


def main() -> None:
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
