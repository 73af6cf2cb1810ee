"""Puts the files of balances on an instance: those it names, or others given beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from allocator.model.balances import Balances, Cell, Origin
from allocator.model.half_year import HalfYear
from allocator.model.indicator import Quality
from allocator.model.instance import Instance
from allocator.model.problem import Place, Problems
from allocator.model.rule import Rule
from allocator.reading.balances.goals import read_agreed, read_carried_on
from allocator.reading.balances.ledger import read_ledger
from allocator.reading.balances.openings import read_openings
from allocator.reading.balances.realised import read_realised
from allocator.reading.balances.rows import Frame
from allocator.reading.country.tables import changes_of, other_names_of
from allocator.reading.formats.csv_table import Dialect, written_as
from allocator.reading.rules import read_rule, rule_names, versions
from allocator.words.text import LocalText, text

#: The files of balances that there are, by the key that names them.
FILES = ("opening", "realised", "ledger", "goal", "carried_on")

Given = Mapping[str, tuple[Path, Dialect, Origin]]


def read_balances(
    given: Given,
    known: Balances,
    frame: Frame,
    rule: Rule,
    half: HalfYear | None,
    place: Place,
) -> Balances:
    """What is known already, with what the given files say instead."""
    if given.keys() - {"ledger"} and half is None:
        frame.problems.add(
            place,
            text("Balances go from half-year to half-year, and the period is none."),
            text("Write the period like 2023-H1, or leave the balances out."),
        )
        return known
    found = known
    for key, (path, dialect, origin) in given.items():
        with frame.problems.collecting():
            if key == "opening":
                openings = read_openings(path, dialect, frame)
                found = replace(found, openings=openings, opening=origin)
            elif key == "realised":
                assert half is not None
                rows = read_realised(path, dialect, frame, half, rule.realised)
                found = replace(found, realised=rows, realising=origin)
            elif key == "ledger":
                ledger = read_ledger(path, dialect, frame, _streams_elsewhere(rule))
                found = replace(found, ledger=ledger, agreed=origin)
            elif key == "carried_on":
                found = replace(found, carried_on=read_carried_on(path, dialect, frame))
            else:
                found = replace(found, goals=read_agreed(path, dialect, frame, "goal"), goal=origin)
    return found


def with_balances(instance: Instance, **paths: Path | None) -> Instance:
    """The instance with files of a user's own: opening, realised, ledger, goal."""
    own = LocalText("eigen opgave", "the user's own figures")
    given = {
        key: (path, written_as(path), Origin(own, Quality.OWN))
        for key, path in paths.items()
        if path
    }
    frame = frame_of(instance)
    place = Place(instance.file)
    balances = read_balances(
        given, instance.balances, frame, instance.rule, instance.half_year, place
    )
    frame.problems.raise_any()
    return replace(instance, balances=balances)


def agreed_numbers(instance: Instance, path: Path) -> Mapping[Cell, int]:
    """Numbers that were agreed instead of those that follow from the rule, of some areas or all."""
    frame = frame_of(instance)
    numbers = read_agreed(path, written_as(path), frame, "number", partial=True)
    frame.problems.raise_any()
    return numbers


def frame_of(instance: Instance) -> Frame:
    problems = Problems()
    changes = changes_of(instance.country, problems)
    others = other_names_of(instance.country)
    return Frame(instance.division, instance.streams, changes, others, problems)


def _streams_elsewhere(rule: Rule) -> list[str]:
    """The streams of the country's other rules: a swap may be with one of them."""
    found: dict[str, None] = {}
    for name in rule_names():
        if name.partition("/")[0] == rule.name.partition("/")[0]:
            last = read_rule(list(versions(name).values())[-1])
            found |= dict.fromkeys(s.name for s in (last.streams.given if last.streams else ()))
    return list(found)
