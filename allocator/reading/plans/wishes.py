"""Reads how small-scale the board wants reception to be, and what it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Protocol

from allocator.model.plan import Location, Wishes
from allocator.model.problem import Place, Problems
from allocator.reading.shapes.plans import WishesShape
from allocator.words.nearest import perhaps
from allocator.words.text import text


class WhereWritten(Protocol):
    """Says where a wish stands, by its key."""

    def __call__(self, key: str) -> Place: ...


def read_wishes(shape: WishesShape | None, place: WhereWritten, problems: Problems) -> Wishes:
    """The wishes, none of which contradict one another."""
    if shape is None:
        return Wishes()
    small, part = shape.small, shape.small_part
    if shape.smallest is not None and shape.largest is not None and shape.smallest > shape.largest:
        problems.add(
            place("smallest"),
            text(
                "The smallest size that is wished, {smallest}, is above the largest, {largest}.",
                smallest=shape.smallest,
                largest=shape.largest,
            ),
            text("Mend one of the two."),
        )
    if (small is None) != (part is None):
        problems.add(
            place("small" if part is None else "small_part"),
            text("`small` and `small_part` say something together only."),
            text(
                "Write below how many places a location is small, and which percentage is wished."
            ),
        )
    if part is not None and part > 1:
        problems.add(
            place("small_part"),
            text("A part of {percent} percent is more than all.", percent=part * 100),
            text("Write 0 to 100."),
        )
    if small is not None and part and small <= max(shape.smallest or 0, 1):
        problems.add(
            place("small"),
            text(
                "No location has fewer than {small} places and at least {smallest}.",
                small=small,
                smallest=max(shape.smallest or 0, 1),
            ),
            text("Wish a smaller `smallest`, or a larger `small`."),
        )
    return Wishes(shape.smallest, shape.largest, small, part)


def check_refused(
    refused: Sequence[str], locations: Sequence[Location], place: Place, problems: Problems
) -> tuple[str, ...]:
    """The names of refused candidates, as the table spells them."""
    spelt = {location.name.casefold(): location for location in locations}
    found = []
    for name in refused:
        location = spelt.get(name.casefold())
        if location is None:
            near = get_close_matches(name.casefold(), spelt, 3, 0.6)
            problems.add(
                place,
                text("There is no location {name} to refuse.", name=f"'{name}'"),
                perhaps(
                    [spelt[one].name for one in near],
                    text("Write the name of a candidate as it stands in the locations' table."),
                ),
            )
        elif location.existing:
            problems.add(
                place,
                text("{name} is there already and cannot be refused.", name=f"'{location.name}'"),
                text("Refuse candidates; a location that closes gets an end date."),
            )
        else:
            found.append(location.name)
    return tuple(dict.fromkeys(found))
