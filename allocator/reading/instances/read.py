"""Reads an instance: its folder, the rule in force on its day, and the shared tables it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import index
from pathlib import Path

from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance, Total
from allocator.model.problem import InputError, Place, Problem
from allocator.model.rule import Rule
from allocator.model.streams import KeyText, Streams
from allocator.reading.country.shelf import asked_by
from allocator.reading.country.tables import changes_of
from allocator.reading.formats.files import inside, is_file
from allocator.reading.instances.folders import instance_names, no_instance
from allocator.reading.instances.opened import Opened, opened
from allocator.reading.instances.parts.areas import Ground, map_on
from allocator.reading.instances.parts.beside import balances_of, plan_of, published_of
from allocator.reading.instances.parts.figures import (
    check_existing,
    check_ties,
    figures_named,
    figures_read,
)
from allocator.reading.instances.parts.indicators import Missing
from allocator.reading.instances.parts.limits import limits_asked, on_areas
from allocator.reading.instances.parts.totals import own_totals, totals_of
from allocator.reading.instances.parts.uncertain import uncertain_of
from allocator.reading.rules import find_rule, read_streams, rule_file
from allocator.words.text import Text, text


def load(
    asked: str | Path,
    rule: str | None = None,
    totals: Mapping[str, int] | int | None = None,
    keys: Sequence[KeyText] = (),
    missing: Missing = Missing.ERROR,
) -> Instance:
    """An instance by name or folder, with another rule or other totals where these are given.

    What other rules and `keys` name and the instance has no figures of is taken from the shared
    tables of its country.
    """
    return put_together(opened(asked), _whole_totals(totals), rule, keys, missing)


def _whole_totals(totals: Mapping[str, int] | int | None) -> dict[str, int]:
    """Totals that a program hands over: whole numbers of 0 or more, as those of files are."""
    given = dict(totals) if isinstance(totals, Mapping) else {} if totals is None else {"": totals}
    found = {}
    for name, number in given.items():
        try:
            found[name] = index(number)  # int, or what numpy has for it; no float, no text
        except TypeError:
            found[name] = -1
        if isinstance(number, bool) or found[name] < 0:
            raise InputError(
                Problem(
                    Place("totals"),
                    text("A total cannot be {number}.", number=repr(number)),
                    text("Give a whole number of 0 or more."),
                )
            )
    return found


def put_together(
    opened: Opened,
    other_totals: Mapping[str, int],
    other_rule: str | None = None,
    keys: Sequence[KeyText] = (),
    missing: Missing = Missing.ERROR,
    own_rule: Rule | None = None,
) -> Instance:
    """The instance with all that it names; `own_rule` is its rule where that is there already."""
    shape, file, problems = opened.shape, opened.file, opened.problems
    day = _day(opened)
    with problems.collecting():
        own_rule = own_rule or _own_rule(opened, day)
    rule = own_rule
    if other_rule:
        with problems.collecting():
            rule = find_rule(other_rule, day, Place("--rule"))
    problems.raise_any()
    assert own_rule is not None
    assert rule is not None
    streams = _streams(opened, rule, own_rule)
    given = own_totals(opened, streams, day)
    problems.raise_any()
    totals = totals_of(opened, streams, given, other_totals)
    changes = changes_of(opened.country, problems)
    map_ = map_on(opened, day, changes)
    problems.raise_any()
    assert map_ is not None
    division = map_.division
    wanted = asked_by(rule) if rule is not own_rule else ()
    named = figures_named(opened, rule, day, wanted, keys)
    indicators = figures_read(rule, Ground(opened, map_, changes), named, missing)
    changed = tuple(_changed(rule, own_rule, given, totals))
    own_limits = limits_asked(shape.limits, file, problems, of_rule=False)
    check_ties(opened, rule, indicators)
    problems.raise_any()
    limits = on_areas((*rule.limits, *own_limits), division, indicators, streams, problems)
    published = None if changed else published_of(opened, division, streams)
    uncertain = uncertain_of(shape.uncertain, file, division, indicators, problems)
    balances = balances_of(opened, division, streams, rule, changes)
    plan = plan_of(opened, division, streams, rule, own_rule, changes)
    check_existing(opened, streams, indicators)
    _check_revision(opened)
    problems.raise_any()
    return Instance(
        name=shape.instance,
        title=shape.title.local(),
        day=day,
        period=shape.period,
        rule=rule,
        streams=streams,
        totals=totals,
        division=division,
        indicators=indicators,
        published=published,
        limits=limits,
        notes=tuple(note.local() for note in shape.notes),
        revision_of=shape.revision_of,
        changed=changed,
        uncertain=uncertain,
        balances=balances,
        existing=shape.existing,
        plan=plan,
        file=file.name,
    )


def _day(opened: Opened) -> date:
    """The first day of the period."""
    shape = opened.shape
    half = HalfYear.read(shape.period)
    if half:
        if shape.date in (None, half.day):
            return half.day
        opened.problem(
            text("{period} begins on {day}.", period=shape.period, day=half.day),
            text("Leave `date:` out, or mend the period."),
            "date",
        )
    elif shape.date:
        return shape.date
    else:
        opened.problem(
            text("{period} is no half-year.", period=f"'{shape.period}'"),
            text("Write it like 2023-H1, or add `date:` with the period's first day."),
            "period",
        )
    opened.problems.raise_any()
    raise AssertionError("a period without a day is a problem")


def _own_rule(opened: Opened, day: date) -> Rule:
    named, place = opened.shape.rule, opened.file.place("rule")
    if named.endswith((".yaml", ".yml")):
        return rule_file(inside(opened.folder, named, place), day)
    return find_rule(named, day, place)


def _streams(opened: Opened, rule: Rule, own_rule: Rule) -> Streams:
    """The rule's streams; where it leaves them open the instance's, or its own rule's."""
    own = read_streams(opened.shape.streams, opened.file, opened.problems)
    streams = rule.streams or own or own_rule.streams
    if rule.streams and own:
        opened.problem(
            text("The rule {rule} names the streams itself.", rule=rule.name),
            text("Leave `streams:` out."),
            "streams",
        )
    if streams is None:
        opened.problem(
            text("The rule {rule} leaves the streams open.", rule=rule.name),
            text("Name them here under `streams:`, each with a title."),
            "rule",
        )
    opened.problems.raise_any()
    assert streams is not None
    return streams


def _changed(
    rule: Rule, own_rule: Rule, own_totals: Mapping[str, Total], totals: Mapping[str, Total]
) -> Iterator[Text]:
    """What differs from the instance as it stands in its file."""
    if own_rule is not rule:
        yield text(
            "By another rule than the instance's: {rule} instead of {own}.",
            rule=rule.version,
            own=own_rule.version,
        )
    for name, total in own_totals.items():
        if name in totals and totals[name].number != total.number:
            yield text(
                "With another total of {name}: {number} instead of {own}.",
                name=f"'{name}'",
                number=totals[name].number,
                own=total.number,
            )


def _check_revision(opened: Opened) -> None:
    """The instance that this one replaces is there, on the shelf or beside it."""
    name = opened.shape.revision_of
    beside = opened.folder.parent / name.rpartition("/")[2] / "instance.yaml"
    if name and name not in instance_names() and not is_file(beside):
        opened.problem(*no_instance(name, most=2, alike=0.6), "revision_of")
