"""Finds an area by its name or code, as somebody types it."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches

from allocator.model.areas import Area, Division
from allocator.model.problem import InputError, Place, Problem
from allocator.words.levels import level_name
from allocator.words.text import either, text


def plainly(name: str) -> str:
    """A name without accents, capitals, hyphens and quotes, to compare with.

    >>> plainly("Súdwest-Fryslân"), plainly("'s-Gravenhage")
    ('sudwest fryslan', 's gravenhage')
    """
    apart = unicodedata.normalize("NFKD", name)
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign)).lower()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def areas_named(asked: str, division: Division) -> tuple[Area, ...]:
    """The areas of this code or name: the name of a city may be that of its province too."""
    wanted = plainly(asked)
    found = tuple(
        area
        for area in division.areas
        if area.code.lower() == asked.strip().lower() or plainly(area.name) == wanted
    )
    if found:
        return found
    names = {plainly(area.name): area.name for area in division.areas}
    near = [names[name] for name in get_close_matches(wanted, names, 3, 0.7)]
    raise InputError(
        Problem(
            Place(""),
            text("There is no area {name} on {day}.", name=f"'{asked}'", day=division.day),
            text("Did you mean {near}?", near=either(near))
            if near
            else text(
                "Type the name or code of a {level} or a larger area, such as {code}.",
                level=level_name(division.leaf_level),
                code=division.leaves[0].code,
            ),
        )
    )
