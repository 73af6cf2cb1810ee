"""A share of the hostile requests; `python -m tests.fuzz --only forms` tries as many as asked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from tests.fuzz.forms import READERS
from tests.fuzz.forms.answers import answered
from tests.fuzz.forms.requests import Asked, as_files
from tests.fuzz.reader import Reader
from tests.fuzz.watch import Failure, watched

FIRST = "allocator.workbench.pages.start.page"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(source=st.randoms(use_true_random=False))
def test_whatever_is_asked_is_answered_in_a_page(reader: Reader, source: Random) -> None:
    files = reader.draw(source)
    watched(lambda: reader.read(files))


def crash() -> None:
    raise ZeroDivisionError("planted")


def leave_a_file() -> None:
    Path(tempfile.mkdtemp(), "table.csv").write_bytes(b"")


@pytest.mark.parametrize(
    ("does", "found"), [(crash, "traceback: .*failed"), (leave_a_file, "left over: ")]
)
def test_a_page_that_goes_wrong_is_found(
    monkeypatch: pytest.MonkeyPatch, does: Callable[[], None], found: str
) -> None:
    from allocator.workbench.render import page

    def wrong(*told: object, **more: object) -> object:
        does()
        return page(*told, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(FIRST, wrong)
    with pytest.raises(Failure, match=found):
        watched(lambda: answered(as_files([Asked("/")])))


def test_what_stands_in_a_page_as_it_was_typed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = "<x9q onmouseover=1>"
    page = "allocator.workbench.pages.distribution.spoken"
    monkeypatch.setattr(page, lambda problem, lang: Markup(typed))
    files = as_files([Asked("/verdeling/nl/minors-2024-3660", "counts.nothing=x")])
    with pytest.raises(Failure, match="raw"):
        watched(lambda: answered(files))
