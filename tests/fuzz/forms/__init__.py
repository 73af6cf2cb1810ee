"""Every form of the workbench, and every address of it."""

from __future__ import annotations

from tests.fuzz.forms.answers import answered
from tests.fuzz.forms.draw import DRAWN
from tests.fuzz.reader import Reader

#: Where work is done on the spot, or pages are large, so many times fewer inputs are tried.
SLOW = {"job": 4, "plan": 2, "herkomst": 2, "voortgang": 2, "brought-half-year": 2}

READERS: tuple[Reader, ...] = tuple(
    Reader(f"forms-{name}", draw, answered, SLOW.get(name, 1)) for name, draw in DRAWN.items()
)
