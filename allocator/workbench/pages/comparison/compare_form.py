"""The form of the page that compares keys: up to four keys, inside what, and how they are tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_uppercase

from allocator.model.instance import Instance
from allocator.model.problem import InputError, Problem
from allocator.words.levels import level_name
from allocator.words.text import text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.pages.asking import (
    SUGGESTED,
    Choice,
    Field,
    keep_field,
    missing_field,
    rounding_field,
    shown_field,
    total_fields,
    with_problems,
)

#: So many keys stand beside that of the rule.
MOST = 4


def form_of(
    scenario: Scenario,
    keys: Sequence[str],
    alone: Sequence[tuple[Problem, ...]] = (),
    error: InputError | None = None,
) -> list[Field]:
    """What may be asked; `alone` are the problems that each key has by itself."""
    instance = asked.instance_of(scenario.instance)
    found = [_key(place, keys, instance) for place in range(MOST)]
    found = [replace(each, problems=own) for each, own in _beside(found, alone)]
    others = [inside_field(scenario, instance)]
    others += [keep_field(scenario, instance)] if len(instance.division.tree) > 2 else []
    others += [*total_fields(scenario, instance), rounding_field(scenario, instance)]
    others.append(missing_field(scenario))
    if len(instance.streams.given) > 1:
        others.append(shown_field(scenario, instance))
    return [*found, *with_problems(others, error)]


def _beside(
    found: Sequence[Field], alone: Sequence[tuple[Problem, ...]]
) -> list[tuple[Field, tuple[Problem, ...]]]:
    return [(each, alone[n] if n < len(alone) else ()) for n, each in enumerate(found)]


def _key(place: int, keys: Sequence[str], instance: Instance) -> Field:
    value = keys[place] if place < len(keys) else ""
    about = text(
        "A is that of the rule: {key}. Type a formula, or NAME=FORMULA.",
        key=asked.key_of_rule(instance),
    )
    return Field(
        "with",
        text("Key {letter}", letter=ascii_uppercase[place + 1]),
        value,
        "" if place else about,
        suggested=tuple(Choice(key, said, key == value) for key, said in SUGGESTED),
        place=place + 1,
    )


def inside_field(scenario: Scenario, instance: Instance) -> Field:
    """The country, a province or region, or the list of one's own that the address has."""
    division = instance.division
    several = [Choice("", division.root.name, not scenario.inside)]
    for level in (*division.tree[1:-1], *division.also):
        for area in sorted(division.at(level), key=lambda area: area.name):
            said = text("{level} {area}", level=level_name(level), area=area.name)
            several.append(Choice(area.code, said, area.code == scenario.inside))
    if not any(choice.chosen for choice in several):
        several.append(Choice(scenario.inside, scenario.inside, True))
    about = text("A province or region keeps its number; the keys divide it inside.")
    return Field("inside", text("Inside"), scenario.inside, about, tuple(several))
