"""The page of the laws is what their files say, and they can be tried as often as one asks."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys

from tests.docs.laws import PAGE, TESTS, files, page


def test_the_page_is_what_the_files_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make words`"


def test_every_file_says_its_law_in_words() -> None:
    for path in files():
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path.name


def test_a_law_is_tried_as_often_as_is_asked() -> None:
    """Also where the test names a number of its own, as this one does."""
    count, law = "7", "laws/test_periods_progress.py"
    assert "max_examples" in (TESTS / law).read_text("utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", str(TESTS / law), "--hypothesis-show-statistics", "-x"],
        env={**os.environ, "LAW_EXAMPLES": count},
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
    )
    tried = re.findall(r"(\d+) passing", told.stdout)
    assert told.returncode == 0, told.stdout
    assert tried.count(count) > 1
    assert all(int(each) <= int(count) for each in tried)
