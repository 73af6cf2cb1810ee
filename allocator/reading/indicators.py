"""Reads an indicator and brings it to the division of the instance's day.

Figures come from a shared table or from a file of the instance. Counts follow mergers in exact
proportion to persons and are added up to the instance's leaves; rates can do neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from allocator.model.indicator import Indicator, Kind, Quality
from allocator.model.mergers import Change, Portion, between, concerning, portions, unaccounted
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import IndicatorAsked, Mergers, Rule, YearAsked
from allocator.reading.areas import Map
from allocator.reading.csv_table import PLAIN, Dialect, read_csv
from allocator.reading.files import inside
from allocator.reading.library import shown
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
    for key in sorted(shape.model_fields_set & set(shape.OF_A_FILE)):
        raise InputError(
            Problem(
                file.place("indicators", name, key),
                text("{key} is said of a file, and not beside `table:`.", key=f"`{key}:`"),
                text("Take it out."),
            )
        )
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
    areas_on: Callable[[date], set[str]],
    problems: Problems,
) -> Indicator:
    """The indicator on the leaves of the instance; `areas_on` tells the areas of an earlier day."""
    figures = _figures(source, problems)
    moved = _moves(source, map_.division.day, changes, figures)
    held: dict[str, tuple[Portion, ...]]
    held = {code: (Portion(code, f.name, Fraction(1), f.value),) for code, f in figures.items()}
    carried: set[str] = set()
    if source.division and moved:
        lacking = [*unaccounted(figures, moved)]
        lacking = lacking or sorted(areas_on(source.division) - figures.keys())
        if lacking:
            raise _lacking(source, lacking)
        held = _carried(figures, moved)
        carried = {code for code, parts in held.items() if len(parts) > 1 or parts[0].share != 1}
        if carried:
            _refuse_carrying(source, asked, rule, carried)
    places = {code: figure.place for code, figure in figures.items()}
    _refuse_shifted(figures, map_, problems)
    values, made_of = _at_leaves(source, held, places, map_, problems)
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
    )


@dataclass(frozen=True, slots=True)
class _Figure:
    name: str
    value: Fraction
    place: Place


def _figures(source: Source, problems: Problems) -> dict[str, _Figure]:
    columns = ("code", source.column)
    table = read_csv(source.path, source.dialect, problems, columns, ("name", *source.beside))
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
    missing = _missing(held, map_)
    if missing:
        problems.add(
            Place(file),
            text("There is no {name} for {areas}.", name=f"'{source.name}'", areas=series(missing)),
            text("Add a line for each."),
        )
    values = {
        leaf: sum((part.amount for part in parts.values()), Fraction(0))
        for leaf, parts in made_of.items()
    }
    return values, {leaf: tuple(parts.values()) for leaf, parts in made_of.items()}


def _add(into: dict[str, Portion], parts: tuple[Portion, ...]) -> None:
    """Parts of the same old area that lie in one leaf are one part."""
    for part in parts:
        before = into.get(part.code, Portion(part.code, part.name, Fraction(0)))
        into[part.code] = Portion(
            part.code, part.name, before.share + part.share, before.amount + part.amount
        )


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
