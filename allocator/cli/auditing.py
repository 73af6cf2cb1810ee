"""From what was typed to an audit: of an instance's own published table, or of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from allocator.audit.published import Audit, audited, reach_of
from allocator.cli.totals import read_totals
from allocator.core.distribute import distribute
from allocator.model.downloaded import Asked, Downloaded, DownloadedRow
from allocator.model.instance import Instance, Published, PublishedRow
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading import numerals
from allocator.reading.downloaded.read import read_downloaded
from allocator.reading.instances import load
from allocator.reading.made import made
from allocator.words.text import LocalText, Text, text


@dataclass(frozen=True)
class Typed:
    """The options as typed."""

    rule: str | None
    totals: tuple[str, ...]
    of: str | None
    period: str | None
    day: str | None
    years: tuple[str, ...]
    tree: str | None
    columns: tuple[str, ...]
    names: tuple[str, ...]
    level: str
    notation: str | None
    sheet: str

    @property
    def of_a_file(self) -> dict[str, object]:
        """The options that say something of a file."""
        return {
            "--of": self.of,
            "--period": self.period,
            "--on": self.day,
            "--year": self.years,
            "--tree": self.tree,
            "--column": self.columns,
            "--name": self.names,
            "--level": self.level,
            "--notation": self.notation,
            "--sheet": self.sheet,
        }


def of_instance(name: str, typed: Typed) -> Audit:
    """The published table that an instance brings."""
    for option, value in typed.of_a_file.items():
        if value:
            raise _refused(
                option,
                text(
                    "{name} is an instance, and {option} is about a file.", name=name, option=option
                ),
                text("Leave it out, or give a file: `allocator audit TABLE.csv`."),
            )
    published = load(name).published
    if published is None:
        raise _refused(
            "",
            text("{name} has no published table.", name=name),
            text("Name one under `published:`, or audit a file: `allocator audit TABLE.csv`."),
        )
    asked = load(name, typed.rule, read_totals(typed.totals))
    return audited(distribute(asked), published, reach_of(asked))


def of_file(path: Path, typed: Typed) -> tuple[Audit, Downloaded]:
    """A file that somebody published, and how it was read."""
    instance = _instance(typed)
    division = instance.division
    asked = Asked(
        streams=instance.streams,
        levels=(*division.tree, *division.also),
        columns=_pairs("--column", typed.columns),
        names=_pairs("--name", typed.names),
        level=typed.level,
        notation=typed.notation or "",
        sheet=typed.sheet,
    )
    read = read_downloaded(path, asked, division.day, instance.country)
    rows = [_row(row, row.code) for row in (*read.rows, *_totals(read, instance))]
    published = Published(LocalText(path.name, path.name), tuple(rows))
    return audited(distribute(instance), published, reach_of(instance)), read


def _instance(typed: Typed) -> Instance:
    """The instance that the file is of, or one that the options make."""
    totals = read_totals(typed.totals)
    if typed.of is not None:
        for option, value in list(typed.of_a_file.items())[1:5]:
            if value:
                raise _refused(
                    option,
                    text("{option} is said beside --of, which says it already.", option=option),
                    text("Leave one of the two out."),
                )
        return load(typed.of, typed.rule, totals)
    if typed.rule is None or not totals:
        raise _refused(
            "--rule" if typed.rule is None else "--total",
            text("It is not said by which rule, and of which number, the table is."),
            text("Give --rule, --total, and --period or --on; or an instance with --of."),
        )
    day = _day(typed.day) if typed.day is not None else None
    years = {name: _year(year) for name, year in _pairs("--year", typed.years).items()}
    tree = tuple(part.strip() for part in typed.tree.split(",")) if typed.tree else ()
    return made(typed.rule, totals, typed.period, day, years, tree)


def _totals(read: Downloaded, instance: Instance) -> list[DownloadedRow]:
    """The totals of the country; one that does not say of what is the country's where all rows
    are of one level.
    """
    by_code = instance.division.by_code
    levels = {by_code[row.code].level for row in read.rows}
    root = instance.division.root.code
    have = {(row.stream, row.quantity) for row in read.totals if row.code == root}
    found = [row for row in read.totals if row.code == root]
    for row in read.totals:
        if not row.code and len(levels) == 1 and (row.stream, row.quantity) not in have:
            have.add((row.stream, row.quantity))
            found.append(
                DownloadedRow(root, row.stream, row.quantity, row.number, row.name, row.place)
            )
    return found


def _row(row: DownloadedRow, code: str) -> PublishedRow:
    return PublishedRow(code, row.stream, row.number, row.quantity, str(row.place))


def _pairs(option: str, written: tuple[str, ...]) -> dict[str, str]:
    """NAME=VALUE, once for each name."""
    problems = Problems()
    found: dict[str, str] = {}
    for one in written:
        name, sign, value = one.partition("=")
        name = name.strip()
        if not sign or not name or name in found:
            problems.add(
                Place(option),
                text("{written} is no pair, or names something twice.", written=f"'{one}'"),
                text("Write NAME=VALUE, once for each name."),
            )
        found[name] = value.strip()
    problems.raise_any()
    return found


def _day(written: str) -> date:
    try:
        return numerals.day(written)
    except numerals.Unreadable as error:
        raise _refused("--on", error.found, error.mend) from error


def _year(written: str) -> int:
    try:
        return numerals.year(written)
    except numerals.Unreadable as error:
        raise _refused("--year", error.found, error.mend) from error


def _refused(option: str, found: Text, mend: Text) -> InputError:
    return InputError(Problem(Place(option), found, mend))
