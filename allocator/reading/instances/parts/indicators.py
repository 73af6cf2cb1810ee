"""Reads an indicator and brings it to the division of the instance's day.

Counts follow mergers in exact proportion to persons and are added up to the instance's leaves;
rates can do neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from allocator.model.indicator import Indicator, Kind
from allocator.model.mergers import Change, Portion, between, concerning, portions, unaccounted
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import IndicatorAsked, Mergers, Rule
from allocator.reading.country.areas import Map
from allocator.reading.country.tables import figure_reader
from allocator.reading.instances.parts.areas import Ground
from allocator.reading.instances.parts.sources import Source
from allocator.reading.library import shown
from allocator.reading.workbooks.as_made import AsMade
from allocator.reading.workbooks.table_file import read_table
from allocator.words.levels import level_name
from allocator.words.plain import plainly
from allocator.words.text import series, text


class Missing(StrEnum):
    """What is done about areas of which there is no figure."""

    ERROR = "error"  # they are a problem that lists them
    EXCLUDE = "exclude"  # they have no weight in keys that need the figure
    MEAN = "mean"  # they are given the mean of the others


def read_indicator(
    source: Source,
    asked: IndicatorAsked,
    rule: Rule,
    ground: Ground,
    missing: Missing = Missing.ERROR,
) -> Indicator:
    """The indicator on the leaves of the instance."""
    map_, problems = ground.map, ground.opened.problems
    figures = _figures(source, ground)
    moved = _moves(source, map_.division.day, ground.changes, figures)
    held: dict[str, tuple[Portion, ...]]
    held = {code: (Portion(code, f.name, Fraction(1), f.value),) for code, f in figures.items()}
    carried: set[str] = set()
    if source.division and moved:
        lacking = [*unaccounted(figures, moved)]
        lacking = lacking or sorted(ground.areas_on(source.division) - figures.keys())
        if lacking:
            raise _lacking(source, lacking)
        held = _carried(figures, moved)
        carried = {code for code, parts in held.items() if len(parts) > 1 or parts[0].share != 1}
        if carried:
            _refuse_carrying(source, asked, rule, carried)
    places = {code: figure.place for code, figure in figures.items()}
    _refuse_shifted(figures, map_, problems)
    values, made_of = _at_leaves(source, held, places, map_, problems, missing)
    without = frozenset(_missing(held, map_))
    known = [value for leaf, value in values.items() if leaf not in without]
    if without and known:
        mean = sum(known, Fraction(0)) / len(known)
        values.update(dict.fromkeys(without, mean if missing is Missing.MEAN else Fraction(0)))
    touched = {map_.finer[code] for code in carried if code in map_.finer}
    return Indicator(
        name=source.name,
        title=source.title,
        kind=source.kind,
        year=source.year,
        reference=source.reference,
        source=source.source,
        licence=source.licence,
        quality=source.quality,
        values=values,
        portions={leaf: made_of[leaf] for leaf in values if leaf in touched},
        lacking=without if missing is Missing.EXCLUDE else frozenset(),
        assumed=without if missing is Missing.MEAN else frozenset(),
    )


@dataclass(frozen=True, slots=True)
class _Figure:
    name: str
    value: Fraction
    place: Place


def _figures(source: Source, ground: Ground) -> dict[str, _Figure]:
    division = ground.map.division

    def made() -> AsMade:
        return AsMade(
            ground.known_on(source.division or division.day),
            division.leaf_level,
            summed=(source.column,) if source.kind is Kind.COUNT else (),
            called={source.column: (plainly(source.title.nl), plainly(source.title.en))},
        )

    columns, beside = ("code", source.column), ("name", *source.beside)
    problems = ground.opened.problems
    table = read_table(source.path, source.dialect, problems, columns, beside, made)
    found = {}
    for record in table.once("code"):
        value = record.read(source.column, figure_reader(source.kind))
        # a figure that cannot be read is a problem already, and not one that is missing
        known = Fraction(0) if value is None else value
        found[record["code"]] = _Figure(record["name"], known, record.place)
    return found


def _refuse_shifted(figures: dict[str, _Figure], map_: Map, problems: Problems) -> None:
    """A row with the code of one area and the name of another is a slip of rows."""
    code_of = {area.name: area.code for area in map_.division.leaves}
    for code, figure in figures.items():
        other = code_of.get(figure.name, code)
        area = map_.division.by_code.get(code)
        if area is not None and other != code and area.name != figure.name:
            problems.add(
                figure.place,
                text(
                    "{code} is {area}, and the row is named {name} ({other}).",
                    code=code,
                    area=area.name,
                    name=figure.name,
                    other=other,
                ),
                text("Did rows slip? Mend the code or the name."),
            )


def _moves(
    source: Source, day: date, changes: tuple[Change, ...], figures: Mapping[str, object]
) -> tuple[Change, ...]:
    """The changes between the figures' division and that of the period's first day."""
    if source.division is None:
        if concerning(figures, between(changes, date(source.year, 1, 1), day)):
            raise InputError(
                Problem(
                    source.place,
                    text(
                        "Municipalities changed between 1 January {year} and {day}, and it is not "
                        "said which map the figures of {name} follow.",
                        year=str(source.year),
                        day=day,
                        name=f"'{source.name}'",
                    ),
                    text("Add `division:` with the first day of that map."),
                )
            )
        return ()
    if concerning(figures, between(changes, day, source.division)):
        raise InputError(
            Problem(
                source.place,
                text(
                    "{name} follows the map of {division}, later than the period's first day, "
                    "{day}, and municipalities changed in between.",
                    name=f"'{source.name}'",
                    division=source.division,
                    day=day,
                ),
                text("Give figures of that day or before."),
            )
        )
    return concerning(figures, between(changes, source.division, day))


def _lacking(source: Source, codes: list[str]) -> InputError:
    return InputError(
        Problem(
            Place(shown(source.path)),
            text(
                "There is no {name} for {areas}.",
                name=f"'{source.name}'",
                areas=series(codes),
            ),
            text("Add a line for each."),
        )
    )


def _carried(
    figures: dict[str, _Figure], moved: tuple[Change, ...]
) -> dict[str, tuple[Portion, ...]]:
    """For every municipality after the changes, the parts of old ones in its figure."""
    return {
        new: tuple(
            Portion(old, figures[old].name, share, share * figures[old].value)
            for old, share in parts.items()
        )
        for new, parts in portions(figures, moved).items()
    }


def _refuse_carrying(source: Source, asked: IndicatorAsked, rule: Rule, made: set[str]) -> None:
    """A rate cannot follow persons; and where an authority fixed the numbers, nothing may."""
    codes = series(sorted(made))
    if source.kind is Kind.RATE:
        raise InputError(
            Problem(
                source.place,
                text(
                    "{name} is a rate of another division, and a rate cannot be carried through a "
                    "merger ({codes}).",
                    name=f"'{source.name}'",
                    codes=codes,
                ),
                text("Give it in the division of the period's first day."),
            )
        )
    if asked.mergers is Mergers.DECIDED:
        raise InputError(
            Problem(
                source.place,
                text(
                    "Under {rule} an authority fixed the figures after mergers ({codes}).",
                    rule=rule.version,
                    codes=codes,
                ),
                text(
                    "Give {name} in a file of its own, in the division of the period's first day.",
                    name=f"'{source.name}'",
                ),
            )
        )


def _at_leaves(
    source: Source,
    held: dict[str, tuple[Portion, ...]],
    places: dict[str, Place],
    map_: Map,
    problems: Problems,
    choice: Missing,
) -> tuple[dict[str, Fraction], dict[str, tuple[Portion, ...]]]:
    """The figures added up to the leaves, and what they are made of; too many is a problem."""
    file = shown(source.path)
    made_of: dict[str, dict[str, Portion]] = {}
    for code, parts in held.items():
        leaf = map_.finer.get(code)
        place = places.get(code, Place(file))
        level = level_name(map_.division.leaf_level)
        if leaf is None:
            problems.add(
                place,
                text(
                    "{code} is no {level} on {day}.", code=code, level=level, day=map_.division.day
                ),
                text("Take the line out, or give the figures in the right division."),
            )
        elif leaf != code and source.kind is Kind.RATE:
            problems.add(
                place,
                text("{code} lies below the leaves, and a rate cannot be added up.", code=code),
                text("Give the rate for each {level}.", level=level),
            )
        elif leaf != code and leaf in held:
            problems.add(
                place,
                text("{code} lies in {leaf}, which has a figure itself.", code=code, leaf=leaf),
                text("Keep the one or the other, or it counts twice."),
            )
        else:
            _add(made_of.setdefault(leaf, {}), parts)
    missing = [each for lacking in _missing(held, map_).values() for each in lacking]
    if missing and (choice is Missing.ERROR or not made_of):
        problems.add(
            Place(file),
            text("There is no {name} for {areas}.", name=f"'{source.name}'", areas=series(missing)),
            text(
                "Add a line for each; `run`, `explain`, `compare`, `sweep` and `margins` also take "
                "--missing exclude or mean."
            ),
        )
    values = {
        leaf: sum((part.amount for part in parts.values()), Fraction(0))
        for leaf, parts in made_of.items()
    }
    return values, {leaf: tuple(parts.values()) for leaf, parts in made_of.items()}


def _add(into: dict[str, Portion], parts: tuple[Portion, ...]) -> None:
    """Parts of the same old area that lie in one leaf are one part."""
    for part in parts:
        before = into.get(part.code)
        into[part.code] = part if before is None else _together(before, part)


def _together(one: Portion, other: Portion) -> Portion:
    return Portion(one.code, one.name, one.share + other.share, one.amount + other.amount)


def _missing(held: Mapping[str, object], map_: Map) -> dict[str, list[str]]:
    """The leaves without a whole figure, each with what lacks: itself, or areas below it."""
    below: dict[str, list[str]] = {}
    for code, leaf in map_.finer.items():
        if code != leaf:
            below.setdefault(leaf, []).append(code)
    missing: dict[str, list[str]] = {}
    for area in map_.division.leaves:
        if area.code in held:
            continue
        lacking = [code for code in below.get(area.code, ()) if code not in held]
        if area.code not in below or len(lacking) == len(below[area.code]):
            missing[area.code] = [f"{area.name} ({area.code})"]
        elif lacking:
            missing[area.code] = sorted(lacking)
    return missing
