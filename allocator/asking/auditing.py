"""From what was typed to an audit: of an instance's own published table, or of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from allocator.asking.totals import read_totals
from allocator.audit.published import Audit, audited, reach_of
from allocator.core.distribute import distribute
from allocator.model.areas import Division
from allocator.model.downloaded import Asked, Downloaded, DownloadedRow, LeftAside
from allocator.model.instance import Instance, Published, PublishedRow, Quantity
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.reading.downloaded.read import read_downloaded
from allocator.reading.formats import numerals
from allocator.reading.instances.made import made
from allocator.reading.instances.read import load
from allocator.reading.workbooks.table_file import OTHER_WORKBOOKS, WORKBOOKS
from allocator.words.text import LocalText, Text, text

#: Endings of files, whether or not they can be read.
TABLES = (".csv", ".tsv", ".txt", *WORKBOOKS, *OTHER_WORKBOOKS)

#: How the pairs of each option are written.
_FORMS = {"--column": "STREAM=HEADING", "--name": "NAME=CODE", "--year": "NAME=YYYY"}


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
    def without_instance(self) -> dict[str, object]:
        """The options that say what an instance would say of a file."""
        return {
            "--period": self.period,
            "--on": self.day,
            "--year": self.years,
            "--tree": self.tree,
        }

    @property
    def of_a_file(self) -> dict[str, object]:
        """The options that say something of a file."""
        return {
            "--of": self.of,
            **self.without_instance,
            "--column": self.columns,
            "--name": self.names,
            "--level": self.level,
            "--notation": self.notation,
            "--sheet": self.sheet,
        }


def is_table(path: Path) -> bool:
    """Whether what was named is a file with a table, and not an instance."""
    return path.suffix.lower() in TABLES


def of_instance(name: str, typed: Typed) -> Audit:
    """The published table that an instance brings."""
    problems = Problems()
    for option, value in typed.of_a_file.items():
        if value:
            problems.add(
                Place(option),
                text(
                    "{name} is an instance, and {option} is about a file.", name=name, option=option
                ),
                text("Leave it out, or give a file: `allocator audit TABLE.csv`."),
            )
    problems.raise_any()
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
    _refuse_elsewhere(read, instance)
    totals = _totals(read, division)
    rows = [_row(row) for row in (*read.rows, *totals)]
    published = Published(LocalText(path.name, path.name), tuple(rows))
    told = replace(
        read,
        recognised=(*read.recognised, *_taken(totals, division)),
        aside=(*read.aside, *_not_taken(read, totals)),
    )
    return audited(distribute(instance), published, reach_of(instance)), told


def _instance(typed: Typed) -> Instance:
    """The instance that the file is of, or one that the options make."""
    totals = read_totals(typed.totals)
    if typed.of is not None:
        problems = Problems()
        for option, value in typed.without_instance.items():
            if value:
                problems.add(
                    Place(option),
                    text("{option} is said beside --of, which says it already.", option=option),
                    text("Leave one of the two out."),
                )
        problems.raise_any()
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


def _refuse_elsewhere(read: Downloaded, instance: Instance) -> None:
    """Refuse areas that are there on the day, and are none of the instance's own."""
    problems = Problems()
    for row in read.rows:
        if row.code not in instance.division.by_code:
            problems.add(
                row.place,
                text(
                    "{area} is no area of {instance}.",
                    area=f"{row.name} ({row.code})",
                    instance=instance.name,
                ),
                text(
                    "Name another instance with --of, or leave the line aside: --name {example}.",
                    example=f'"{row.name}="',
                ),
            )
    problems.raise_any()


def _totals(read: Downloaded, division: Division) -> list[DownloadedRow]:
    """The totals of the country. A sum that does not say of what is one where it is the only one,
    below all areas of a level.
    """
    root = division.root.code
    sums = Counter((row.stream, row.quantity) for row in read.totals)
    found = []
    for row in read.totals:
        kind = row.stream, row.quantity
        if row.code == root or (sums[kind] == 1 and _is_whole_level(read, division, kind)):
            found.append(replace(row, code=root))
    return found


def _is_whole_level(read: Downloaded, division: Division, kind: tuple[str, Quantity]) -> bool:
    """Whether the numbers of a kind are those of all areas of one level."""
    codes = {row.code for row in read.rows if (row.stream, row.quantity) == kind}
    levels = {division.by_code[code].level for code in codes}
    return any(codes == {area.code for area in division.at(level)} for level in levels)


def _taken(totals: list[DownloadedRow], division: Division) -> Iterator[Text]:
    """Which lines are held against the sum of the others."""
    for place, written in {row.place: row.name for row in totals}.items():
        yield text(
            "Line {line}: '{written}' is taken for the sum of {area}.",
            line=str(place.line),
            written=written,
            area=division.root.name,
        )


def _not_taken(read: Downloaded, totals: list[DownloadedRow]) -> list[LeftAside]:
    """The sums that are not known to be of the country."""
    taken = {(row.stream, row.quantity, row.place) for row in totals}
    others = {
        row.place: row.name
        for row in read.totals
        if (row.stream, row.quantity, row.place) not in taken
    }
    why = text("it does not say of which area it is the sum")
    return [LeftAside(name, why, place) for place, name in others.items()]


def _row(row: DownloadedRow) -> PublishedRow:
    return PublishedRow(row.code, row.stream, row.number, row.quantity, str(row.place))


def _pairs(option: str, written: tuple[str, ...]) -> dict[str, str]:
    """What stands before and after the sign of each pair."""
    problems = Problems()
    found: dict[str, str] = {}
    for one in written:
        name, sign, value = one.partition("=")
        name = name.strip()
        if not sign or not name or name in found:
            problems.add(
                Place(option),
                text("{name} is named twice.", name=f"'{name}'")
                if name in found
                else text("{written} names nothing before a sign =.", written=f"'{one}'"),
                text("Write {form}, once for each.", form=_FORMS[option]),
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
