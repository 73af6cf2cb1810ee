"""Where an indicator's figures stand and what they are: a shared table, or a file of the instance.

What the instance says is completed from the table it names, and held against what the rule asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from allocator.model.indicator import Kind, Quality
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import IndicatorAsked, Mergers, Rule, YearAsked
from allocator.reading.country.tables import dialect_of, shared_table
from allocator.reading.formats.csv_table import PLAIN, Dialect
from allocator.reading.formats.files import inside
from allocator.reading.formats.yaml_text import YamlFile
from allocator.reading.shapes.instances import IndicatorShape
from allocator.words.text import LocalText, text

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
