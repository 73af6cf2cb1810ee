"""What whoever runs the tests prefers for himself does not reach them."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_language_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLOCATOR_LANG", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
