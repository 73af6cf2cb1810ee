"""From what was typed to a comparison: keys with names, inside an area or over the country."""

from __future__ import annotations

import re
from dataclasses import dataclass

from allocator.asking.names import areas_named, larger_named
from allocator.asking.question import choice_of
from allocator.asking.totals import read_totals
from allocator.comparison.regions import REGION, on_map, with_region
from allocator.comparison.side_by_side import Alternative, Comparison
from allocator.comparison.tasks import Tasks, together
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each
from allocator.model.areas import Area, Division
from allocator.model.indicator import Kind
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import Choice
from allocator.model.streams import KeyText
from allocator.reading.country.neighbours import neighbours
from allocator.reading.country.tables import NEIGHBOURS, changes_of, other_names_of, tables_folder
from allocator.reading.instances.parts.indicators import Missing
from allocator.reading.instances.read import load
from allocator.reading.rules import YAML, rule_names
from allocator.words.levels import level_name
from allocator.words.text import series, text

PLACE = Place("--key")

#: What the numbers are so many per 1,000 of, where nothing else is asked.
INHABITANTS = "population"

#: A rule by name and perhaps date; whatever else is typed is a formula.
_RULE = re.compile(r"[a-z]+/[a-z0-9-]*(@.*)?")


@dataclass(frozen=True)
class Typed:
    """The options as typed."""

    keys: tuple[str, ...]
    rule: str | None
    totals: tuple[str, ...]
    inside: str | None
    keep: str | None
    per: str | None
    missing: str | None
    rounding: str | None
    method: str | None
    ties: str | None
    fixed: tuple[str, ...]


@dataclass(frozen=True)
class _Key:
    """One key as typed: a formula, or a rule by name or file."""

    name: str
    written: str

    @property
    def is_rule(self) -> bool:
        known = self.written.partition("@")[0] in rule_names()
        return known or self.written.endswith(YAML) or bool(_meant_as_rule(self.written))


def _meant_as_rule(written: str) -> bool:
    """Whether it begins with a country of the rule book, as `nl/popluation`."""
    countries = {name.partition("/")[0] for name in rule_names()}
    return bool(_RULE.fullmatch(written)) and written.partition("/")[0] in countries


def compared(asked: str, typed: Typed) -> Comparison:
    """The instance by its own rule, beside every key that was typed."""
    keys = _keys(typed.keys)
    formulas = [KeyText(key.written, PLACE) for key in keys if not key.is_rule]
    per = KeyText(typed.per or INHABITANTS, Place("--per"))
    own, by_rule = _read(asked, typed, keys, (*formulas, *([per] if typed.per else [])))
    region = _region(typed, own)
    reference = distribute(own, _choice(own, typed))
    if region:
        own = with_region(own, *region)
        reference = on_map(reference, own.division)
    area = own.division.by_code[REGION] if region else _area(typed.inside, own)
    level = _level(typed, area, own.division)
    problems = Problems()
    others = []
    for key in keys:
        with problems.collecting():
            if key.is_rule:
                instance = by_rule[key.name]
                _refuse_other_streams(key, instance, own)
                instance = with_region(instance, *region) if region else instance
            else:
                instance = another_key(own, KeyText(key.written, PLACE))
            if level:
                instance = inside_each(instance, level, reference)
            others.append(Alternative(key.name, distribute(instance, _choice(instance, typed))))
    problems.raise_any()
    indicator = own.indicators.get(per.written)
    if indicator is None or indicator.kind is not Kind.COUNT:
        _refuse_no_count(typed.per)
        indicator = None
    borders = _borders(own, problems)
    problems.raise_any()
    return Comparison(Alternative("", reference), tuple(others), area.code, indicator, borders)


def _borders(instance: Instance, problems: Problems) -> tuple[tuple[str, str], ...]:
    """The pairs of leaves that border on each other, where the country has a table of them."""
    if not (tables_folder(instance.country) / NEIGHBOURS / "table.yaml").is_file():
        return ()
    division = instance.division
    codes = [leaf.code for leaf in division.leaves]
    graph = neighbours(instance.country, division.day, codes, Place(NEIGHBOURS), problems)
    return tuple((one, other) for one, around in graph.items() for other in around if one < other)


def _read(
    asked: str, typed: Typed, keys: tuple[_Key, ...], formulas: tuple[KeyText, ...]
) -> tuple[Instance, dict[str, Instance]]:
    """The instance with the figures of every formula, and the same by every rule that was typed."""
    problems = Problems()
    own: list[Instance] = []
    by_rule: dict[str, Instance] = {}
    with problems.collecting():
        own.append(_loaded(asked, typed, typed.rule, formulas))
    for key in keys:
        if key.is_rule:
            with problems.collecting():
                by_rule[key.name] = _by_rule(asked, typed, key)
    problems.raise_any()
    return own[0], by_rule


def _by_rule(asked: str, typed: Typed, key: _Key) -> Instance:
    """The instance by a rule that was typed; what is wrong is told where it was typed."""
    try:
        return _loaded(asked, typed, key.written, ())
    except InputError as error:
        if key.written.endswith(YAML) and all(each.place.line for each in error.problems):
            raise
        first = error.problems[0]
        told = first.found
        if first.place != Place("--rule"):
            told = text("{key}: {found}", key=key.written, found=first.found)
        raise InputError(Problem(PLACE, told, first.mend)) from error


def _loaded(asked: str, typed: Typed, rule: str | None, keys: tuple[KeyText, ...]) -> Instance:
    missing = Missing(typed.missing or Missing.ERROR)
    return load(asked, rule, read_totals(typed.totals), keys, missing)


def _choice(instance: Instance, typed: Typed) -> Choice:
    return choice_of(instance.rule, typed.rounding, typed.method, typed.ties, typed.fixed)


def _keys(written: tuple[str, ...]) -> tuple[_Key, ...]:
    """The keys, each with a name that is typed before it, or that it is itself."""
    problems = Problems()
    found: list[_Key] = []
    for one in written:
        name, sign, key = one.partition("=")
        key = key.strip() if sign else one.strip()
        name = name.strip() if sign else key
        if not key or not name or not name.isprintable():
            problems.add(
                PLACE,
                text("{written} is no key with a name.", written=ascii(one)),
                text("Write a formula or a rule, or NAME=FORMULA."),
            )
        elif name in [each.name for each in found]:
            problems.add(
                PLACE,
                text("Two keys are named {name}.", name=f"'{name}'"),
                text("Give each a name of its own: NAME=FORMULA."),
            )
        else:
            found.append(_Key(name, key))
    problems.raise_any()
    return tuple(found)


def _region(typed: Typed, instance: Instance) -> tuple[str, tuple[str, ...]] | None:
    """A list of municipalities with a name, where one was typed."""
    name, sign, written = (typed.inside or "").partition("=")
    if not sign:
        return None
    problems = Problems()
    if not name.strip() or not name.isprintable():
        problems.add(Place("--inside"), text("The region has no name."), text("Write NAME=A,B,C."))
    if typed.keep:
        problems.add(
            Place("--keep"),
            text("A region of one's own keeps its number itself."),
            text("Leave --keep out."),
        )
    leaves: list[str] = []
    for one in written.split(","):
        with problems.collecting():
            leaves += _leaf(one.strip(), instance)
    if len(set(leaves)) < len(leaves):
        problems.add(
            Place("--inside"),
            text("The region {name} names an area twice.", name=f"'{name}'"),
            text("Name each once."),
        )
    problems.raise_any()
    return name.strip(), tuple(leaves)


def _leaf(written: str, instance: Instance) -> list[str]:
    division = instance.division
    areas = areas_named(written, division, other_names_of(instance.country))
    found = [area for area in areas if area.level == division.leaf_level]
    if found:
        return [area.code for area in found]
    raise InputError(
        Problem(
            Place("--inside"),
            text(
                "{name} is no {level}.", name=f"'{written}'", level=level_name(division.leaf_level)
            ),
            text("A region of one's own is a list of the smallest areas: NAME=A,B,C."),
        )
    )


def _area(written: str | None, instance: Instance) -> Area:
    """The area that is looked at: a larger one, where the name is that of a city as well."""
    division = instance.division
    if written is None:
        return division.root
    if found := larger_named(written, instance):
        return found
    raise InputError(
        Problem(
            Place("--inside"),
            text(
                "{name} is a {level}, and nothing is divided inside it.",
                name=f"'{written}'",
                level=level_name(division.leaf_level),
            ),
            text("Name a larger area, or a list of the smallest: NAME=A,B,C."),
        )
    )


def _level(typed: Typed, area: Area, division: Division) -> str:
    """The level whose areas keep their number, or none."""
    inside = area.level if area != division.root else ""
    if typed.keep and inside:
        raise InputError(
            Problem(
                Place("--keep"),
                text("--keep is said beside --inside, which says it already."),
                text("Leave one of the two out."),
            )
        )
    if typed.keep and not typed.keys:
        raise InputError(
            Problem(
                Place("--keep"),
                text("It is not said by which key the numbers that areas keep are divided."),
                text("Add --key with a formula, such as --key population."),
            )
        )
    return typed.keep or inside


def _refuse_other_streams(key: _Key, instance: Instance, own: Instance) -> None:
    if instance.streams.names != own.streams.names:
        raise InputError(
            Problem(
                PLACE,
                text(
                    "{rule} distributes {streams}, and the instance {own}.",
                    rule=key.written,
                    streams=series(list(instance.streams.names)),
                    own=series(list(own.streams.names)),
                ),
                text("Compare rules that distribute the same."),
            )
        )


def _refuse_no_count(asked: str | None) -> None:
    if asked:
        raise InputError(
            Problem(
                Place("--per"),
                text("{name} is no count that numbers can be per 1,000 of.", name=f"'{asked}'"),
                text("Name an indicator that counts, such as population."),
            )
        )


def _refuse_later(other: Instance, first: Instance) -> None:
    """What is compared gives the map; numbers of an earlier one are carried to it."""
    same = {a.code for a in other.division.leaves} == {a.code for a in first.division.leaves}
    if other.division.day > first.division.day and not same:
        raise InputError(
            Problem(
                Place("--with"),
                text(
                    "{name} follows the map of {day}, later than that of {first}.",
                    name=other.name,
                    day=other.division.day,
                    first=first.name,
                ),
                text("Compare {name}, and add the earlier one with --with.", name=other.name),
            )
        )


def tasks_of(comparison: Comparison, beside: tuple[str, ...]) -> Tasks | None:
    """What other instances ask of the same areas, beside the first key."""
    if not beside:
        return None
    reference = comparison.reference.distribution
    problems = Problems()
    others = []
    for name in beside:
        with problems.collecting():
            others.append(distribute(load(name)))
    changes = changes_of(reference.instance.country, problems)
    for each in others:
        with problems.collecting():
            _refuse_later(each.instance, reference.instance)
    problems.raise_any()
    return together((reference, *others), changes)
