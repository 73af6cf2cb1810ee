"""A location to be bent in tests: Aalst's old barracks, 200 regular places that count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from allocator.model.plan import Counting, Location, PlaceKind
from allocator.model.problem import Place
from allocator.words.text import LocalText

DAY = date(2024, 2, 1)
COUNTING = Counting(
    least={PlaceKind.REGULAR: 100, PlaceKind.MINORS: 16, PlaceKind.SPECIAL: 16},
    least_article=LocalText("art. 3", "art. 3"),
    years=5,
    months=12,
    term_article=LocalText("art. 2", "art. 2"),
)
BARRACKS = Location(
    name="a-1",
    title="the old barracks",
    areas=("A",),
    kind=PlaceKind.REGULAR,
    smallest=200,
    largest=200,
    opens=None,
    ends=None,
    durable=True,
    cost=None,
    existing=True,
    source="an example",
    place=Place("locations.csv", 2),
)


def location(**changed: Any) -> Location:
    """The barracks with something changed; `size` sets both sizes."""
    if "size" in changed:
        size = changed.pop("size")
        changed |= {"smallest": size, "largest": size}
    return replace(BARRACKS, **changed)
