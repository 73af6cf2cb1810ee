"""Finds an area by its name or code, as somebody types it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from allocator.model.areas import Area, Division
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.country.tables import other_names_of
from allocator.words.levels import level_name
from allocator.words.nearest import perhaps
from allocator.words.plain import plainly
from allocator.words.text import text


def areas_named(
    asked: str, division: Division, other_names: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Area, ...]:
    """The areas of this code or name: the name of a city may be that of its province too."""
    wanted = plainly(asked)
    others = (other_names or {}).get(wanted, ())
    found = tuple(
        area
        for area in division.areas
        if area.code.lower() == asked.strip().lower() or plainly(area.name) == wanted
    ) or tuple(area for area in division.areas if area.code in others)
    if found:
        return found
    names = {plainly(area.name): area.name for area in division.areas}
    near = [names[name] for name in get_close_matches(wanted, names, 3, 0.7)]
    raise InputError(
        Problem(
            Place(""),
            text("There is no area {name} on {day}.", name=f"'{asked}'", day=division.day),
            perhaps(
                near,
                text(
                    "Type the name or code of a {level} or a larger area, such as {code}.",
                    level=level_name(division.leaf_level),
                    code=division.leaves[0].code,
                ),
            ),
        )
    )


def larger_named(asked: str, instance: Instance) -> Area | None:
    """The larger area of this name, and not the city that has it as well; None without one."""
    division = instance.division
    found = areas_named(asked, division, other_names_of(instance.country))
    larger = [area for area in found if area.level != division.leaf_level]
    meant = [area for area in larger if area.level in division.tree] or larger
    return meant[-1] if meant else None
