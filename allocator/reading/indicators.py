"""Reads an indicator and brings it to the division of the instance's day.

Figures come from a shared table or from a file of the instance. Counts follow mergers in exact
proportion to persons and are added up to the instance's leaves; rates can do neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from allocator.model.indicator import Indicator, Kind, Quality
from allocator.model.mergers import Change, Portion, between, portions
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import IndicatorAsked, Mergers, Rule, YearAsked
from allocator.reading.areas import Map
from allocator.reading.csv_table import PLAIN, Dialect, read_csv
from allocator.reading.files import inside
from allocator.reading.schema import IndicatorShape
from allocator.reading.tables import dialect_of, figure_reader, shared_table
from allocator.reading.yaml_text import YamlFile
from allocator.words.levels import level_name
from allocator.words.text import LocalText, series, text

NOTHING_ASKED = IndicatorAsked(YearAsked.ANY, Mergers.BY_PERSONS, "")


@dataclass(frozen=True)
class Source:
    """Where an indicator's figures stand and what they are."""

    name: str
    title: LocalText
    kind: Kind
    quality: Quality
    year: int
    division: date | None  # the day whose map the figures follow; None: the instance's own
    reference: LocalText
    source: LocalText
    licence: str
    path: Path
    dialect: Dialect
    column: str
    beside: tuple[str, ...]  # further columns that the file may have
    place: Place  # where the instance names it


def source_of(
    name: str, shape: IndicatorShape, folder: Path, country: str, file: YamlFile
) -> Source:
    """What an instance says of an indicator, completed from the shared table it names."""
    place = file.place("indicators", name)
    if bool(shape.table) == bool(shape.file):
        raise InputError(
            Problem(
                place,
                text("The figures of {name} come from one place.", name=f"'{name}'"),
                text("Write either `table:` or `file:`."),
            )
        )
    column = shape.column or name
    if shape.file:
        return _own_source(name, column, shape, folder, file)
    table = shared_table(country, shape.table, place)
    if column not in table.shape.columns:
        raise InputError(
            Problem(
                place,
                text(
                    "The table {table} has no column {column}.",
                    table=f"'{shape.table}'",
                    column=f"'{column}'",
                ),
                text("Its columns are: {names}.", names=", ".join(table.shape.columns)),
            )
        )
    figures = table.shape.columns[column]
    reference = table.shape.reference
    year = str(shape.year)
    return Source(
        name=name,
        title=figures.title.local(),
        kind=figures.kind,
        quality=figures.quality,
        year=shape.year,
        division=table.division(shape.year),
        reference=LocalText(
            reference.nl.replace("{year}", year), reference.en.replace("{year}", year)
        )
        if reference
        else LocalText(year, year),
        source=_joined(table.shape.publisher.local(), table.shape.series.local()),
        licence=table.shape.licence,
        path=table.file(shape.year, place),
        dialect=PLAIN,
        column=column,
        beside=tuple(other for other in table.shape.columns if other != column),
        place=place,
    )


def _joined(publisher: LocalText, table: LocalText) -> LocalText:
    return LocalText(f"{publisher.nl}, {table.nl}", f"{publisher.en}, {table.en}")


def _own_source(
    name: str, column: str, shape: IndicatorShape, folder: Path, file: YamlFile
) -> Source:
    place = file.place("indicators", name)
    problems = Problems()
    for key, value in (
        ("kind", shape.kind),
        ("quality", shape.quality),
        ("title", shape.title),
        ("source", shape.source),
    ):
        if not value:
            problems.add(
                place,
                text("{name}: a file of figures needs {key}.", name=f"'{name}'", key=f"`{key}:`"),
                text("Add it, so that readers know what they see."),
            )
    problems.raise_any()
    assert shape.kind is not None
    assert shape.quality is not None
    assert shape.title is not None
    assert shape.source is not None
    return Source(
        name=name,
        title=shape.title.local(),
        kind=shape.kind,
        quality=shape.quality,
        year=shape.year,
        division=shape.division,
        reference=LocalText(str(shape.year), str(shape.year)),
        source=shape.source.local(),
        licence=shape.licence,
        path=inside(folder, shape.file, place),
        dialect=dialect_of(shape.dialect, place),
        column=column,
        beside=(),
        place=place,
    )


def check_year(source: Source, asked: IndicatorAsked, rule: Rule, day: date, place: Place) -> None:
    """The figures are of the year that the rule asks for."""
    article = f" ({asked.article})" if asked.article else ""
    wanted = f"{rule.name}{article}"
    if asked.year is YearAsked.PREVIOUS and source.year != day.year - 1:
        raise InputError(
            Problem(
                place,
                text(
                    "{name} is of {year}, and {rule} asks for {asked}: the calendar year before "
                    "the one in which the period begins.",
                    name=f"'{source.name}'",
                    year=str(source.year),
                    rule=wanted,
                    asked=str(day.year - 1),
                ),
                text("Write `year: {year}`.", year=str(day.year - 1)),
            )
        )
    if asked.year is YearAsked.LATEST and date(source.year, 1, 1) > day:
        raise InputError(
            Problem(
                place,
                text(
                    "{name} is of {year}, later than the period's first day, {day}.",
                    name=f"'{source.name}'",
                    year=str(source.year),
                    day=day,
                ),
                text("{rule} asks for the most recent figures known then.", rule=wanted),
            )
        )


def read_indicator(
    source: Source,
    asked: IndicatorAsked,
    rule: Rule,
    map_: Map,
    changes: tuple[Change, ...],
    problems: Problems,
) -> Indicator:
    """The indicator on the leaves of the instance."""
    table = read_csv(
        source.path, source.dialect, problems, ("code", source.column), ("name", *source.beside)
    )
    figures: dict[str, Fraction] = {}
    names: dict[str, str] = {}
    places: dict[str, Place] = {}
    for record in table.once("code"):
        value = record.read(source.column, figure_reader(source.kind))
        names[record["code"]], places[record["code"]] = record["name"], record.place
        figures[record["code"]] = Fraction(0) if value is None else value
    moved = between(changes, source.division, map_.division.day) if source.division else ()
    touched = {code for change in moved for code in (change.old_code, change.new_code)}
    carried = _carried(figures, names, moved) if touched & figures.keys() else {}
    if carried:
        _refuse_carrying(source, asked, rule, carried, problems)
    held = {
        **{
            code: (Portion(code, names[code], Fraction(1), value),)
            for code, value in figures.items()
            if code not in touched
        },
        **carried,
    }
    values = _at_leaves(source, held, places, map_, table.file, problems)
    return Indicator(
        name=source.name,
        title=source.title,
        kind=source.kind,
        year=source.year,
        reference=source.reference,
        source=source.source,
        licence=source.licence,
        quality=source.quality,
        file=table.file,
        values=values,
        portions={code: parts for code, parts in carried.items() if code in values},
    )


def _carried(
    figures: dict[str, Fraction], names: dict[str, str], moved: tuple[Change, ...]
) -> dict[str, tuple[Portion, ...]]:
    """For every municipality that changed, the parts of old ones that its figure is made of."""
    touched = {code for change in moved for code in (change.old_code, change.new_code)}
    found = portions((code for code in figures if code in touched), moved)
    return {
        new: tuple(
            Portion(old, names[old], share, share * figures[old]) for old, share in parts.items()
        )
        for new, parts in found.items()
    }


def _refuse_carrying(
    source: Source,
    asked: IndicatorAsked,
    rule: Rule,
    carried: dict[str, tuple[Portion, ...]],
    problems: Problems,
) -> None:
    """A rate cannot follow persons; and where an authority fixed the numbers, nothing may."""
    made = [code for code, parts in carried.items() if len(parts) > 1 or parts[0].share != 1]
    if not made:
        return  # renames only
    if source.kind is Kind.RATE:
        problems.add(
            source.place,
            text(
                "{name} is a rate of another division, and a rate cannot be carried through a "
                "merger ({codes}).",
                name=f"'{source.name}'",
                codes=series(tuple(sorted(made))),
            ),
            text("Give it in the division of the period's first day."),
        )
    elif asked.mergers is Mergers.DECIDED:
        problems.add(
            source.place,
            text(
                "Under {rule} an authority fixed the figures after mergers ({codes}).",
                rule=rule.version,
                codes=series(tuple(sorted(made))),
            ),
            text(
                "Give {name} in a file of its own, in the division of the period's first day.",
                name=f"'{source.name}'",
            ),
        )


def _at_leaves(
    source: Source,
    held: dict[str, tuple[Portion, ...]],
    places: dict[str, Place],
    map_: Map,
    file: str,
    problems: Problems,
) -> dict[str, Fraction]:
    """The figures added up to the leaves; figures too many and too few are problems."""
    values: dict[str, Fraction] = {}
    for code, parts in held.items():
        leaf = map_.finer.get(code)
        amount = sum((part.amount for part in parts), Fraction(0))
        if leaf is None:
            problems.add(
                places.get(code, Place(file)),
                text(
                    "{code} is no {level} on {day}.",
                    code=code,
                    level=level_name(map_.division.leaf_level),
                    day=map_.division.day,
                ),
                text("Take the line out, or give the figures in the right division."),
            )
        elif leaf != code and source.kind is Kind.RATE:
            problems.add(
                places.get(code, Place(file)),
                text("{code} lies below the leaves, and a rate cannot be added up.", code=code),
                text("Give the rate for each {level}.", level=level_name(map_.division.leaf_level)),
            )
        else:
            values[leaf] = values.get(leaf, Fraction(0)) + amount
    missing = _missing(held, map_)
    if missing:
        problems.add(
            Place(file),
            text(
                "There is no {name} for {areas}.",
                name=f"'{source.name}'",
                areas=series(tuple(missing)),
            ),
            text("Add a line for each."),
        )
    return values


def _missing(held: Mapping[str, object], map_: Map) -> list[str]:
    """The areas without a figure: leaves, or what lies below a leaf that has none itself."""
    below: dict[str, list[str]] = {}
    for code, leaf in map_.finer.items():
        if code != leaf:
            below.setdefault(leaf, []).append(code)
    missing = []
    for area in map_.division.leaves:
        if area.code in held:
            continue
        lacking = [code for code in below.get(area.code, ()) if code not in held]
        if area.code not in below or len(lacking) == len(below[area.code]):
            missing.append(f"{area.name} ({area.code})")
        else:
            missing.extend(sorted(lacking))
    return missing
