"""All readers by name: those of files, and the forms of the workbench."""

from __future__ import annotations

from functools import cache

from tests.fuzz.forms import READERS as FORMS
from tests.fuzz.reader import Reader
from tests.fuzz.readers import READERS as FILES


@cache
def every() -> dict[str, Reader]:
    """Each reader by its name."""
    found = {reader.name: reader for reader in (*FILES, *FORMS)}
    assert len(found) == len(FILES) + len(FORMS), "two readers have one name"
    return found
