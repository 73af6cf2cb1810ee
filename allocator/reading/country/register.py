"""The register of municipalities: under which name each was there, from when until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from allocator.model.lineage import Register, Span, ending
from allocator.model.mergers import Change
from allocator.model.problem import Place, Problems
from allocator.reading.country.areas import read_areas
from allocator.reading.country.tables import changes_of, shared_table, years_of
from allocator.reading.formats.csv_table import PLAIN, read_csv
from allocator.reading.formats.numerals import whole

TABLE = "areas"
POPULATION = "population"


def read_register(country: str) -> Register:
    """The register of a country, from its tables of areas and of mergers."""
    problems = Problems()
    changes = changes_of(country, problems)
    years = years_of(country, TABLE)
    table = shared_table(country, TABLE, Place(""))
    names: dict[str, dict[int, str]] = {}
    for year in years:
        path = table.file(year, Place(""))
        records = read_areas(path, PLAIN, tuple(table.shape.levels), problems)
        (leaves, _), *_ = Counter(r["level"] for r in records.values()).most_common(1)
        for code, record in records.items():
            if record["level"] == leaves:
                names.setdefault(code, {})[year] = record["name"]
    first = date(years[0], 1, 1)
    founded = _founded(country, first, changes, problems)
    problems.raise_any()
    gone = {change.old_code: change for change in reversed(changes)}
    before = [Span(c, gone[c].old_name, None, gone[c].day) for c in gone if c not in names]
    spans = before + [
        span
        for code, of_year in sorted(names.items())
        for span in _spans(code, of_year, years, changes, founded)
    ]
    ordered = sorted(spans, key=lambda span: span.code)
    return Register(tuple(ordered), changes, first, date(years[-1], 12, 31))


def _founded(
    country: str, first: date, changes: tuple[Change, ...], problems: Problems
) -> set[str]:
    """The municipalities of which every inhabitant came on the first day of the record.

    One that was there the day before has more inhabitants than came to it.
    """
    came: Counter[str] = Counter()
    for change in changes:
        if change.day == first:
            came[change.new_code] += change.persons
    if first.year not in years_of(country, POPULATION):
        return set()
    path = shared_table(country, POPULATION, Place("")).file(first.year, Place(""))
    table = read_csv(path, PLAIN, problems, ("code", POPULATION), ("name",))
    people = {record["code"]: record.read(POPULATION, whole) for record in table.once("code")}
    return {code for code, number in came.items() if people.get(code) == number}


def _spans(
    code: str,
    of_year: dict[int, str],
    years: list[int],
    changes: tuple[Change, ...],
    founded: Collection[str],
) -> list[Span]:
    """The spans of a code; a new one begins where the name changes."""
    found: list[Span] = []
    for year, name in of_year.items():
        day = date(year, 1, 1)
        if found and found[-1].name == name:
            continue
        if found:
            found[-1] = Span(code, found[-1].name, found[-1].start, day)
        start = day if found or code in founded else _beginning(code, year, years, changes)
        found.append(Span(code, name, start, None))
    last = max(of_year)
    gone = [change.day for change in ending(code, changes)]
    if gone:
        found[-1] = Span(code, found[-1].name, found[-1].start, min(gone))
    elif last != years[-1]:
        found[-1] = Span(code, found[-1].name, found[-1].start, date(last + 1, 1, 1))
    return found


def _beginning(code: str, year: int, years: list[int], changes: tuple[Change, ...]) -> date | None:
    """The day on which a code began, or None where the record begins later."""
    if year == years[0]:
        return None
    day = date(year, 1, 1)
    coming = [c.day for c in changes if c.new_code == code and day - timedelta(366) < c.day <= day]
    return min(coming, default=day)
