"""An instance made on the spot: a rule, national numbers and a period, with the shared tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allocator.key.formula import indicators
from allocator.key.reader import read_key
from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import Rule, YearAsked
from allocator.reading.areas import read_areas
from allocator.reading.csv_table import PLAIN
from allocator.reading.instances import Reading
from allocator.reading.register import TABLE
from allocator.reading.rules import WHOLE_TABLE, find_rule
from allocator.reading.schema import InstanceShape, shaped
from allocator.reading.sources import NOTHING_ASKED
from allocator.reading.tables import SharedTable, read_table, shared_table, tables_folder, years_of
from allocator.reading.yaml_text import YamlFile
from allocator.words.text import Text, text

#: The levels that stand beside the tree where a country has them.
BESIDE = ("safety_region",)

#: The stream of a rule that leaves its streams open, where the number is given no name.
NUMBER = "number"

#: By which option the parts of an instance are asked for.
_OPTIONS = {
    "rule": "--rule",
    "totals": "--total",
    "streams": "--total",
    "areas": "--tree",
    "period": "--period",
    "date": "--on",
    "indicators": "--year",
}


class _Typed(YamlFile):
    """What an instance.yaml would say, where it is typed as options."""

    def place(self, *path: str | int) -> Place:
        return Place(_OPTIONS.get(str(path[0]), "") if path else "")


@dataclass(frozen=True)
class _Made(Reading):
    """The reading of an instance whose rule is there already."""

    found: Rule

    def _rule(self, day: date) -> Rule:
        return self.found


def made(
    rule: str,
    totals: Mapping[str, int],
    period: str | None = None,
    day: date | None = None,
    years: Mapping[str, int] | None = None,
    tree: Sequence[str] = (),
    also: Sequence[str] | None = None,
) -> Instance:
    """The instance of a rule and its numbers in a period, or from a day on.

    A number under "" is that of the only stream. Figures come from the shared tables of the rule's
    country, of the years that are given or else of those that the rule asks for.
    """
    first = _first_day(period, day)
    asked = find_rule(rule, first, Place("--rule"))
    country = asked.name.partition("/")[0]
    named = period or first.isoformat()
    whole = _tree(country, first, asked)
    levels = list(tree) or whole
    # what stands beside the tree holds its smallest areas
    beside = _beside(country, levels) if also is None and levels[-1] == whole[-1] else also or ()
    data: dict[str, Any] = {
        "instance": f"{asked.name}-{re.sub('[^a-z0-9]+', '-', named.lower()).strip('-')}",
        "title": {"nl": f"{asked.title.nl}, {named}", "en": f"{asked.title.en}, {named}"},
        "rule": rule,
        "period": named,
        "totals": {},
        "areas": {"table": TABLE, "tree": levels, "also": list(beside)},
        "indicators": _figures(country, asked, first, years or {}),
    }
    if HalfYear.read(named) is None or day is not None:
        data["date"] = first.isoformat()
    if asked.streams is None:
        data["streams"] = _streams(totals)
    file = _Typed("", data, {})
    shape = shaped(InstanceShape, file)
    return _Made(Path(), file, shape, Problems(), asked).instance(None, totals)


def _refused(option: str, found: Text, mend: Text) -> InputError:
    return InputError(Problem(Place(option), found, mend))


def _first_day(period: str | None, day: date | None) -> date:
    """The day on which it begins; where both are given the reading holds them together."""
    half = HalfYear.read(period or "")
    if day is not None:
        return day
    if half is not None:
        return half.day
    if period:
        raise _refused(
            "--period",
            text("{period} is no half-year.", period=f"'{period}'"),
            text("Write it like 2023-H1, or add --on with the period's first day."),
        )
    raise _refused(
        "--period",
        text("It is not said for which period the numbers are."),
        text("Add --period 2023-H1, or --on with the first day."),
    )


def _streams(totals: Mapping[str, int]) -> dict[str, Any]:
    """The streams that the numbers are named after."""
    if not totals:
        raise _refused(
            "--total",
            text("No number is given to be divided."),
            text("Add --total N, or --total STREAM=N for each stream."),
        )
    one = {"nl": "aantal", "en": "number"}
    return {name or NUMBER: {"title": {"nl": name, "en": name} if name else one} for name in totals}


def _tree(country: str, day: date, rule: Rule) -> list[str]:
    """The levels from the country down to most areas, with those over which the rule goes down."""
    table = shared_table(country, TABLE, Place("--rule"))
    problems = Problems()
    path = table.file(day.year, Place("--period"))
    records = read_areas(path, PLAIN, tuple(table.shape.levels), problems)
    problems.raise_any()
    leaf_level, _ = Counter(record["level"] for record in records.values()).most_common(1)[0]
    record = next(record for record in records.values() if record["level"] == leaf_level)
    upward = []
    while record["parent"]:
        record = records[record["parent"]]
        upward.append(record["level"])
    between = [s.level for s in rule.steps if s.level not in ("", leaf_level, *upward)]
    return [*reversed(upward), *between, leaf_level]


def _beside(country: str, tree: Sequence[str]) -> list[str]:
    known = shared_table(country, TABLE, Place("--rule")).shape.levels
    return [level for level in BESIDE if level in known and level not in tree]


def _figures(
    country: str, rule: Rule, day: date, years: Mapping[str, int]
) -> dict[str, dict[str, str]]:
    """Per indicator of the rule the shared table that has it, and the year."""
    problems = Problems()
    tables = [read_table(path.parent) for path in tables_folder(country).glob("*/table.yaml")]
    asked = _asked(rule)
    for name in years:
        if name not in asked:
            problems.add(
                Place("--year"),
                text("The rule {rule} does not ask for {name}.", rule=rule.name, name=f"'{name}'"),
                text("It asks for: {names}.", names=", ".join(asked)),
            )
    found = {}
    for name in asked:
        having = [table for table in tables if name in table.shape.columns]
        if len(having) != 1:
            problems.add(
                Place("--rule"),
                text("No shared table, or more than one, has {name}.", name=f"'{name}'"),
                text("Make an instance of it, which says where its figures stand."),
            )
            continue
        with problems.collecting():
            year = years.get(name) or _year(country, rule, name, having[0], day)
            found[name] = {"table": having[0].shape.table, "year": str(year)}
    problems.raise_any()
    return found


def _asked(rule: Rule) -> tuple[str, ...]:
    """The indicators that anything in a rule names."""
    own = rule.streams.all if rule.streams else ()
    keys = [step.key for step in rule.steps] + [stream.key for stream in own if stream.key]
    if rule.formula:
        keys += [s.is_ for s in rule.formula.symbols if s.is_.written not in WHOLE_TABLE]
    named = [name for key in keys for name in indicators(read_key(key.written, key.place))]
    ties = [name for name in rule.ties if name != "code"]
    per = [limit.per_1000 for limit in rule.limits if limit.per_1000]
    return tuple(dict.fromkeys((*rule.indicators, *named, *ties, *per)))


def _year(country: str, rule: Rule, name: str, table: SharedTable, day: date) -> int:
    """The year that a rule asks for, or the latest that was there on the day."""
    if rule.indicators.get(name, NOTHING_ASKED).year is YearAsked.PREVIOUS:
        return day.year - 1
    years = years_of(country, table.shape.table)
    before = [year for year in years if date(year, 1, 1) <= day]
    if before:
        return before[-1]
    raise _refused(
        "--year",
        text("There are no figures of {name} of {day} or earlier.", name=f"'{name}'", day=day),
        text(
            "The first are of {year}: take a later period, or make an instance with your own.",
            year=str(years[0]),
        ),
    )
