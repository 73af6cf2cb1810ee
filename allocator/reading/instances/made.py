"""An instance made on the spot: a rule, national numbers and a period, with the shared tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import Rule
from allocator.reading.country.areas import read_areas
from allocator.reading.country.register import TABLE
from allocator.reading.country.shelf import asked_by, figures_of
from allocator.reading.country.tables import shared_table
from allocator.reading.formats.csv_table import PLAIN
from allocator.reading.formats.yaml_text import YamlFile
from allocator.reading.instances.opened import Opened
from allocator.reading.instances.read import put_together
from allocator.reading.rules import find_rule
from allocator.reading.shapes.instances import InstanceShape
from allocator.reading.shapes.shaped import shaped
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
    opened = Opened(Path(), file, shape, Problems())
    return put_together(opened, totals, own_rule=asked)


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
    asked = asked_by(rule)
    problems = Problems()
    for name in years:
        if name not in asked:
            problems.add(
                Place("--year"),
                text("The rule {rule} does not ask for {name}.", rule=rule.name, name=f"'{name}'"),
                text("It asks for: {names}.", names=", ".join(asked)),
            )
    found: dict[str, dict[str, str]] = {}
    with problems.collecting():
        found = figures_of(country, asked, rule, day, years)
    problems.raise_any()
    return found
