"""Reads the shared tables of a country: areas, mergers, borders and figures, by name and year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from allocator.model.indicator import Kind
from allocator.model.mergers import Change
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.country.areas import read_areas
from allocator.reading.country.other_names import OTHER_NAMES, read_other_names
from allocator.reading.country.points import read_points
from allocator.reading.formats.csv_table import DIALECTS, PLAIN, Dialect, read_csv
from allocator.reading.formats.numerals import Numerals, Unreadable, day, whole
from allocator.reading.formats.yaml_text import read_yaml
from allocator.reading.library import instances_folder
from allocator.reading.shapes.shaped import shaped
from allocator.reading.shapes.tables import TableShape
from allocator.words.nearest import nearest
from allocator.words.text import text

CHANGES = "changes.csv"  # the file of changes in a table of mergers
KINDS = ("merge", "split", "rename", "boundary")
NEIGHBOURS = "neighbours"  # the table of borders
CARTOGRAM = "cartogram"  # the table of places of circles
WATER = "water"  # the basis of a border that lies wholly in water
BASES = ("land", WATER)


def tables_folder(country: str) -> Path:
    return instances_folder() / country / "tables"


@dataclass(frozen=True)
class SharedTable:
    """A table that instances refer to by name and year."""

    folder: Path
    shape: TableShape

    def file(self, year: int, place: Place) -> Path:
        """The file of a year; a year that is not there says which are."""
        path = self.folder / f"{year}.csv"
        if not path.is_file():
            years = sorted(found.stem for found in self.folder.glob("*.csv"))
            raise InputError(
                Problem(
                    place,
                    text(
                        "The table {table} has no year {year}.",
                        table=f"'{self.shape.table}'",
                        year=str(year),
                    ),
                    text(
                        "It has {years}; a new year is a file {path}.",
                        years=f"{years[0]}-{years[-1]}" if len(years) > 1 else "".join(years),
                        path=f"{self.folder.name}/{year}.csv",
                    ),
                )
            )
        return path

    def division(self, year: int) -> date:
        """The day whose map the figures of a year follow."""
        return self.shape.divisions.get(str(year), date(year, 1, 1))


def shared_table(country: str, name: str, place: Place) -> SharedTable:
    """A country's table by name."""
    folder = tables_folder(country)
    known = sorted(path.parent.name for path in folder.glob("*/table.yaml"))
    if name not in known:
        raise InputError(
            Problem(
                place,
                text("There is no shared table {name}.", name=f"'{name}'"),
                nearest(
                    name, known, text("The tables are: {names}.", names=", ".join(known) or "-")
                ),
            )
        )
    return read_table(folder / name)


def read_table(folder: Path) -> SharedTable:
    """A shared table's description."""
    file = read_yaml(folder / "table.yaml")
    return SharedTable(folder, shaped(TableShape, file))


def years_of(country: str, name: str) -> list[int]:
    """The years of a shared table, the earliest first."""
    files = (tables_folder(country) / name).glob("*.csv")
    return sorted(int(path.stem) for path in files if path.stem.isdecimal())


def changes_of(country: str, problems: Problems) -> tuple[Change, ...]:
    """The changes of a country's municipalities, none where it has no table of them."""
    path = tables_folder(country) / "mergers" / CHANGES
    return read_changes(path, problems) if path.is_file() else ()


def other_names_of(country: str) -> dict[str, tuple[str, ...]]:
    """Per other name, written plainly, its codes; none where a country has no table of them."""
    path = tables_folder(country) / "names" / OTHER_NAMES
    problems = Problems()
    found = read_other_names(path, problems) if path.is_file() else {}
    problems.raise_any()
    return found


def read_changes(path: Path, problems: Problems) -> tuple[Change, ...]:
    """The mergers, splits, renames and border changes in a file, by day."""
    columns = ("date", "old_code", "old_name", "new_code", "new_name", "kind")
    table = read_csv(path, PLAIN, problems, (*columns, "persons", "old_population"))
    changes = []
    for record in table.once("date", "old_code", "new_code"):
        moment = record.read("date", lambda written, _: day(written))
        kind = record.read("kind", _kind)
        persons, population = record.read("persons", whole), record.read("old_population", whole)
        if moment is None or kind is None or persons is None or population is None:
            continue
        if persons > population or not population:
            problems.add(
                record.place,
                text("More persons move than lived there."),
                text("Mend persons or old_population."),
            )
            continue
        changes.append(
            Change(
                moment,
                record["old_code"],
                record["old_name"],
                record["new_code"],
                record["new_name"],
                kind,
                persons,
                population,
            )
        )
    _refuse_losses(changes, Place(table.file), problems)
    return tuple(sorted(changes, key=lambda change: change.day))


def _refuse_losses(changes: list[Change], place: Place, problems: Problems) -> None:
    """Whoever ceases to exist must have gone somewhere, to the last person."""
    moved: dict[tuple[date, str], Fraction] = {}
    for change in changes:
        key = change.day, change.old_code
        moved[key] = moved.get(key, Fraction(0)) + change.share
    for change in changes:
        share = moved[change.day, change.old_code]
        if (share > 1) or (change.kind != "boundary" and share != 1):
            problems.add(
                place,
                text(
                    "The parts of {name} on {day} do not add up to its population.",
                    name=change.old_name,
                    day=change.day,
                ),
                text("Mend the persons of its parts."),
            )


def _kind(written: str, _: Numerals) -> str:
    if written in KINDS:
        return written
    raise Unreadable(
        text("{written} is no kind of change.", written=f"'{written}'"),
        text("Write one of: {names}.", names=", ".join(KINDS)),
    )


@dataclass(frozen=True, slots=True)
class Border:
    """A border that two areas have in common."""

    codes: tuple[str, str]
    by_water: bool  # whether only water joins them


def read_borders(path: Path, problems: Problems) -> tuple[Border, ...]:
    """The borders in a file."""
    table = read_csv(path, PLAIN, problems, ("code_a", "code_b", "km", "basis"))
    borders = []
    seen: dict[frozenset[str], int] = {}
    for record in table.records:
        one, other = record.read("code_a", _filled_in), record.read("code_b", _filled_in)
        basis, km = record.read("basis", _basis), record.read("km", _length)
        if one is None or other is None or basis is None or km is None:
            continue
        first = seen.setdefault(frozenset((one, other)), record.line)
        if one == other:
            problems.add(
                record.place,
                text("{code} has a border with itself.", code=one),
                text("Take the line out, or mend one of its codes."),
            )
        elif first != record.line:
            problems.add(
                record.place,
                text(
                    "{value} stands here a second time; first on line {line}.",
                    value=f"{one}, {other}",
                    line=str(first),
                ),
                text("Keep one of the two lines."),
            )
        else:
            borders.append(Border((one, other), basis == WATER))
    return tuple(borders)


def _filled_in(written: str, _: Numerals) -> str:
    if written:
        return written
    raise Unreadable(text("the code is empty."), text("Fill it in."))


def _basis(written: str, _: Numerals) -> str:
    if written in BASES:
        return written
    raise Unreadable(
        text("{written} is no kind of border.", written=f"'{written}'"),
        text("Write one of: {names}.", names=", ".join(BASES)),
    )


def _length(written: str, numerals: Numerals) -> Fraction:
    length = numerals.read(written)
    if length > 0:
        return length
    raise Unreadable(
        text("{written} is no length.", written=f"'{written}'"), text("Write more than 0 km.")
    )


def dialect_of(written: str, place: Place) -> Dialect:
    """The way a CSV file is written, as its instance says."""
    if written not in DIALECTS:
        raise InputError(
            Problem(
                place,
                text("There is no dialect {written}.", written=f"'{written}'"),
                text("Write `dialect: nl`, or leave it out."),
            )
        )
    return DIALECTS[written]


def check_table(folder: Path) -> tuple[SharedTable, int]:
    """A shared table with all its files read, and how many they are."""
    table = read_table(folder)
    problems = Problems()
    files = sorted(folder.glob("*.csv"))
    for path in files:
        if path.name == CHANGES:
            read_changes(path, problems)
        elif path.name == OTHER_NAMES:
            read_other_names(path, problems)
        elif table.shape.table == NEIGHBOURS:
            read_borders(path, problems)
        elif table.shape.table == CARTOGRAM:
            read_points(path, problems)
        elif table.shape.columns:
            check_figures(path, table, problems)
        else:
            read_areas(path, PLAIN, tuple(table.shape.levels), problems)
    problems.raise_any()
    return table, len(files)


def check_figures(path: Path, table: SharedTable, problems: Problems) -> None:
    """Every figure of every column can be read."""
    columns = table.shape.columns
    for record in read_csv(path, PLAIN, problems, ("code", *columns), ("name",)).once("code"):
        for name, column in columns.items():
            record.read(name, figure_reader(column.kind))


def figure_reader(kind: Kind) -> Callable[[str, Numerals], Fraction]:
    """How a figure is read: counts are whole and not negative, rates may be anything."""
    if kind is Kind.RATE:
        return lambda written, numerals: numerals.read(written)
    return lambda written, numerals: Fraction(whole(written, numerals))
