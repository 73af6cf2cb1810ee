"""How often the laws are tried: as each test says, or as LAW_EXAMPLES asks (`make laws N=100000`).

In CI the examples are the same each time, so that a change is never blamed for an old slip.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

settings.register_profile(
    "the same each time",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
if os.environ.get("CI"):
    settings.load_profile("the same each time")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    asked = os.environ.get("LAW_EXAMPLES")
    if not asked:
        return
    for item in items:
        law = getattr(item, "obj", None)
        if law and is_hypothesis_test(law):
            try_often(law, int(asked))


def try_often(law: Callable[..., Any], count: int) -> None:
    """Another number of examples than the test names; Hypothesis has no public way to say so."""
    own: settings = law._hypothesis_internal_use_settings  # type: ignore[attr-defined]
    law._hypothesis_internal_use_settings = settings(  # type: ignore[attr-defined]
        own,
        max_examples=count,
        derandomize=False,
        deadline=None,
        suppress_health_check={*own.suppress_health_check, HealthCheck.too_slow},
    )


@pytest.fixture(autouse=True)
def no_language_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What whoever runs the tests prefers, and what an earlier test asked for, reach no test."""
    monkeypatch.delenv("ALLOCATOR_LANG", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
